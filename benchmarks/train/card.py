"""`python -m benchmarks.train.card`: the model card and the notice of the weights, from figures that were measured.

The figures are files of the working folder:

    python -m benchmarks --only latency --only accuracy --only calibration --write --json build/train/figures.json
    python -m benchmarks.fairness --json build/train/fairness.json
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np

from app import encoder
from assist.signals import ngrams
from assist.signals.scores import BINARY, GRADED, HEADS
from benchmarks import fairness
from benchmarks.accuracy import METRICS, Score, Target, marked
from benchmarks.calibration import AIM
from benchmarks.figures import number
from benchmarks.labelled import DATA, READERS
from benchmarks.places import Writers, filled
from benchmarks.train.base import SHA256
from benchmarks.train.manifest import WEIGHTS, write_manifest
from benchmarks.train.sets import Example, examples
from benchmarks.train.thanks import SOURCES, notice

HERE = Path(__file__).parent
OWN = HERE / "examples"
WORK = HERE.parents[1] / "build" / "train"
TEMPLATE = HERE / "card.in.md"
MODULES = {"encoder": encoder, "ngrams": ngrams, "fairness": fairness}
MARKS = {"met": "met", "near": "met, not all that is aimed at", "": ""}


def main() -> None:
    """Write MODEL_CARD.md and NOTICE beside the weights, and their sums into the manifest."""
    cli = argparse.ArgumentParser(prog="python -m benchmarks.train.card", description=__doc__)
    cli.add_argument("--data", type=Path, default=DATA / "dev", help="labelled sets")
    cli.add_argument("--work", type=Path, default=WORK, help="where the figures are")
    cli.add_argument("--out", type=Path, default=WEIGHTS)
    asked = cli.parse_args()
    write(asked.out, asked.work, list(examples(asked.data, OWN)))


def write(out: Path, work: Path, every: Sequence[Example]) -> None:
    """Write the card, the notice and the manifest. Raises FileNotFoundError when figures are missing."""
    figures = json.loads((work / "figures.json").read_text(encoding="utf-8"))
    moved = json.loads((work / "fairness.json").read_text(encoding="utf-8"))
    text = filled(TEMPLATE.read_text(encoding="utf-8"), writers(out, figures, moved, every))
    (out / "MODEL_CARD.md").write_text(text, encoding="utf-8")
    (out / "NOTICE").write_text(notice(), encoding="utf-8")
    write_manifest(out)


def writers(out: Path, figures: dict[str, Any], moved: dict[str, Any], every: Sequence[Example]) -> Writers:
    """What fills the places of the card."""
    learned = [example for example in every if example.part != "check"]
    with np.load(out / "linear.npz", allow_pickle=False) as arrays:
        rows, width = arrays["table"].shape
    return {
        "accuracy": partial(_joined, accuracy(figures["accuracy"])),
        "alone": partial(", ".join, [f"`{head}`" for head in alone(learned)]),
        "base": lambda: SHA256,
        "calibration": partial(_joined, calibration(figures["calibration"])),
        "fairness": partial(_joined, unfairness(moved)),
        "heads": lambda: str(len(HEADS)),
        "learned": partial(_joined, heads(learned)),
        "own": partial(_joined, own(every)),
        "sets": partial(_joined, sets(every)),
        "size": lambda name: _size((out / name).stat().st_size),
        "speed": partial(_joined, speed(figures["latency"])),
        "table_rows": lambda: f"{rows:,}",
        "table_width": lambda: str(width),
        "value": _value,
    }


def _joined(lines: Iterator[str]) -> str:
    return "\n".join(lines).strip()


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.0f} kB"


def _value(name: str) -> str:
    module, _, path = name.partition(".")
    return f"{attrgetter(path)(MODULES[module]):g}"


def accuracy(report: dict[str, Any]) -> Iterator[str]:
    """A line a task: VADER, both readers, the interval and what was wanted."""
    yield "| task | n | metric x 100 | VADER | linear | encoder | ± (95 %) | at least | aim | |"
    yield "| --- | --: | --- | --: | --: | --: | --: | --: | --: | --- |"
    for wire in report["scores"]:
        told = {**wire, "target": Target(**wire["target"]) if wire["target"] else None}
        score = Score(**{key: value for key, value in told.items() if key != "verdict"})
        figures = (score.vader, score.linear, score.encoder, score.margin)
        wanted = score.target or Target(0.0)
        cells = [*(_one(value) for value in figures), *("" if not aim else f"{aim:g}" for aim in wanted)]
        mark = MARKS.get(score.verdict) or marked(score)
        yield f"| {score.task} | {score.n} | {METRICS[score.metric]} | {' | '.join(cells)} | {mark} |"


def _one(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def calibration(report: dict[str, Any]) -> Iterator[str]:
    """A line a signal and set: the error of both readers."""
    yield (
        "Expected calibration error over 15 bins of equal mass, with its 95 % interval (basic bootstrap), and the "
        f"error that chance alone shows with so many texts. Wanted is {AIM} at most where it is marked."
    )
    yield ""
    yield "| signal | set | n | with the label | linear | by chance | encoder | by chance | |"
    yield "| --- | --- | --: | --: | --: | --: | --: | --: | --- |"
    for answer in report["answers"]:
        cells = [cell for reader in READERS for cell in _error(answer["readers"].get(reader))]
        share = f"{answer['n']} | {100 * answer['share']:.1f} %"
        yield f"| {answer['signal']} | {answer['source']} | {share} | {' | '.join(cells)} | {answer['verdict']} |"


def _error(one: dict[str, Any] | None) -> tuple[str, str]:
    if one is None:
        return "", ""
    return f"{one['error']:.3f} ({one['low']:.3f} to {one['high']:.3f})", f"{one['chance']:.3f}"


def unfairness(moved: dict[str, Any]) -> Iterator[str]:
    """A table a reader."""
    for reader, told in moved.items():
        yield from (f"**{reader}**", "")
        yield from fairness.written(fairness.Line(**line) for line in told)
        yield ""


def speed(figures: list[dict[str, Any]]) -> Iterator[str]:
    """A line a figure, beside bare VADER where that is its floor."""
    yield "| what | ours | floor | ratio |"
    yield "| --- | --: | --: | --: |"
    for one in figures:
        floor = "" if one["floor"] is None else f"{number(one['floor'], one['unit'])}, {one['beside']}"
        ratio = "" if one["ratio"] is None else f"{one['ratio']:.2f}"
        yield f"| {one['what']} | {number(one['ours'], one['unit'])} | {floor} | {ratio} |"


def sets(every: Sequence[Example]) -> Iterator[str]:
    """A line a public set."""
    count = Counter(example.source for example in every if not _is_own(example))
    yield "| set | what | texts | licence of the copy | by, from |"
    yield "| --- | --- | --: | --- | --- |"
    for name in (*count, *(SOURCES.keys() - count.keys())):
        source = SOURCES[name]
        texts = f"{count[name]:,}" if name in count else ""
        yield f"| {name} | {source.what} | {texts} | {source.licence} | {source.makers}; {source.origin} |"


def own(every: Sequence[Example]) -> Iterator[str]:
    """A line a file of our own examples, with the lines of each label."""
    yield "| file | lines | of them |"
    yield "| --- | --: | --- |"
    for name in dict.fromkeys(example.source for example in every if _is_own(example)):
        here = [example for example in every if example.source == name]
        labels = Counter(head for example in here for head, target in example.targets.items() if target > 0.5)
        causes = sum(example.cause is not None for example in here)
        told = [f"{head} {count}" for head, count in labels.most_common()] + ([f"a cause {causes}"] if causes else [])
        yield f"| {name.removeprefix('own:')}.tsv | {len(here):,} | {', '.join(told)} |"


def heads(learned: Sequence[Example]) -> Iterator[str]:
    """A line a head: each set that has texts with the label, ours last."""
    yield "| head | public sets | our own |"
    yield "| --- | --- | --- |"
    found = _counted(learned)
    for head in BINARY:
        public = [f"{source} {_share(count)}" for source, count in found[head].items() if source != "own" and count[0]]
        yield f"| `{head}` | {', '.join(public)} | {_share(found[head]['own']) if 'own' in found[head] else ''} |"
    for head in GRADED:
        yield f"| `{head}` | {', '.join(f'{source} {count[1]:,}' for source, count in found[head].items())} | |"
    causes = Counter("own" if _is_own(example) else example.source for example in learned if example.cause)
    public = [f"{source} {count:,}" for source, count in causes.items() if source != "own"]
    yield f"| `cause:…` | {', '.join(public)} | {causes['own']:,} |"


def alone(learned: Sequence[Example]) -> list[str]:
    """Heads that have the label in no public set."""
    found = _counted(learned)
    return [head for head in BINARY if not any(count[0] for source, count in found[head].items() if source != "own")]


def _counted(learned: Sequence[Example]) -> dict[str, dict[str, tuple[int, int]]]:
    """By head and set: texts with the label, and texts with or without it."""
    found: dict[str, dict[str, tuple[int, int]]] = {head: {} for head in (*BINARY, *GRADED)}
    for example in learned:
        source = "own" if _is_own(example) else example.source
        for head, target in example.targets.items():
            yes, of_all = found[head].get(source, (0, 0))
            found[head][source] = yes + (target > 0.5), of_all + 1
    return found


def _share(count: tuple[int, int]) -> str:
    return f"{count[0]:,} of {count[1]:,}"


def _is_own(example: Example) -> bool:
    return example.source.startswith("own:")


if __name__ == "__main__":
    main()
