"""Train the scorers and write their weights: `python -m benchmarks.train [STAGE ...]`, all stages by default."""

import argparse
import sys
from pathlib import Path

import torch

from benchmarks.train import encoder
from benchmarks.train.base import base
from benchmarks.train.sets import examples

ROOT = Path(__file__).resolve().parents[2]
OWN = Path(__file__).parent / "examples"
SEED = 20
EPOCHS = 3
THREADS = 2
STAGES = ("encoder",)


def main() -> int:
    """Run the stages asked for, in their order."""
    cli = argparse.ArgumentParser(prog="benchmarks.train", description=__doc__)
    cli.add_argument("stages", nargs="*", choices=STAGES, default=STAGES)
    cli.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "dev", help="labelled sets")
    cli.add_argument("--work", type=Path, default=ROOT / "build" / "train", help="where what is between stages is kept")
    args = cli.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(THREADS)
    every = list(examples(args.data, OWN))
    learned = [example for example in every if example.part == "train"]
    print(f"{len(every)} examples, {len(learned)} of them to learn from", flush=True)
    if "encoder" in args.stages:
        encoder.train(base(), learned, epochs=EPOCHS, seed=SEED, kept=args.work / "encoder.pt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
