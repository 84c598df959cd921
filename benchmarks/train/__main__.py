"""Train the scorers and write their weights: `python -m benchmarks.train [STAGE ...]`, all stages by default."""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from app.encoder import Encoder
from assist.signals.linear import LinearScorer
from assist.text import normalise
from benchmarks.train import encoder, linear
from benchmarks.train.base import base
from benchmarks.train.export import export
from benchmarks.train.fuse import fuse, seen
from benchmarks.train.manifest import write_manifest
from benchmarks.train.sets import Example, examples

ROOT = Path(__file__).resolve().parents[2]
OWN = Path(__file__).parent / "examples"
SEED = 20
FIRST_EPOCHS = 3
EPOCHS = 2
LINEAR_EPOCHS = 6
THREADS = 2
OWN_TIMES = 2  # our own examples are few and short, and are shown so many times an epoch
STAGES = ("first", "teach", "encoder", "export", "linear", "fusion")


def main() -> int:
    """Run the stages asked for, in their order; what is kept between them is in the working folder."""
    cli = argparse.ArgumentParser(prog="benchmarks.train", description=__doc__)
    cli.add_argument("stages", nargs="*", default=STAGES, metavar="STAGE", help=", ".join(STAGES))
    cli.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "dev", help="labelled sets")
    cli.add_argument("--work", type=Path, default=ROOT / "build" / "train", help="where what is between stages is kept")
    cli.add_argument("--out", type=Path, default=ROOT / "app" / "weights")
    cli.add_argument("--sample", type=int, metavar="N", help="learn from every Nth example: the whole way in minutes")
    args = cli.parse_args()
    if set(args.stages) - set(STAGES):
        cli.error(f"the stages are {', '.join(STAGES)}")
    if args.sample and (args.work == cli.get_default("work") or args.out == cli.get_default("out")):
        cli.error("a sample is not to replace what ships: give --work and --out")
    for folder in (args.work, args.out):
        folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(THREADS)
    every = list(examples(args.data, OWN))
    learned = [example for example in every if example.part == "train"][:: args.sample or 1]
    print(f"{len(every)} examples, {len(learned)} of them to learn from", flush=True)
    learned += [example for example in learned if example.source.startswith("own:")] * (OWN_TIMES - 1)
    for stage in STAGES:
        if stage in args.stages:
            print(stage, flush=True)
            run(stage, learned, [example for example in every if example.part == "fit"], args.work, args.out)
    return 0


def run(stage: str, learned: Sequence[Example], fit: Sequence[Example], work: Path, out: Path) -> None:
    """One stage; each writes what the next ones read."""
    first, second, kept, taught = (work / name for name in ("first.pt", "second.pt", "encoder.pt", "taught.npy"))
    if stage == "first":
        encoder.train(base(), learned, None, epochs=FIRST_EPOCHS, seed=SEED, kept=first)
    elif stage == "teach":
        np.save(taught, encoder.scores_of(*encoder.trained(base(), first), [example.text for example in learned]))
    elif stage == "encoder":
        encoder.train(base(), learned, np.load(taught), epochs=EPOCHS, seed=SEED, kept=second)
        encoder.mean((first, second), kept)
    elif stage == "export":
        export(encoder.trained(base(), kept)[0], out / "encoder.onnx")
        shutil.copy(base() / "tokenizer.json", out / "tokenizer.json")
    elif stage == "linear":
        model = linear.train(learned, np.load(taught), epochs=LINEAR_EPOCHS, seed=SEED)
        linear.export(model, out / "linear.npz")
    else:
        write_fusion(fit, out)
    write_manifest(out)


def write_fusion(fit: Sequence[Example], out: Path) -> None:
    """Fit the numbers of both scorers as they ship, on texts that neither was trained on."""
    better = Encoder((out / "encoder.onnx").read_bytes(), (out / "tokenizer.json").read_bytes())
    with np.load(out / "linear.npz") as arrays:
        quick = LinearScorer.of(dict(arrays))
    numbers = {
        "encoder": fuse(seen(fit, better.score)),
        "linear": fuse(seen(fit, lambda text: quick.score(normalise(text)))),
    }
    (out / "fusion.json").write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    sys.exit(main())
