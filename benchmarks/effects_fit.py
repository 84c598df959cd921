"""`python -m benchmarks.effects_fit`: what answers led to, fitted, beside what is in force; how often the range holds.

Fits on the chats that may be trained on and on simulated ones. Measures on the fifth of them that no fit sees and on
real support chats, which are only measured on. Prints the numbers; `--write` puts them into `assist/effect_table.py`.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression, lsq_linear

from assist import effect_table
from assist.conversation.tension import REST
from assist.effect_table import RANGE, TABLE, Knots, Table
from assist.message import Step
from assist.what_if import FIRST_HEARD, REPEATED, expected_effect
from benchmarks import chats, effects
from benchmarks.effects import Answer
from benchmarks.effects_prior import BY_HAND
from benchmarks.labelled import DATA
from benchmarks.train.sets import part_of

Vector = NDArray[np.float64]
Say = Callable[[str], None]

FEWEST = 40  # answers with a kind of remark, below which its harm stays as it was set by hand
# What the answers of a source count for together, in answers: ours are many, and know no more than we do.
WORTH = {"simulated": 1_500.0, "casino": 400.0, "github_threads": 300.0, "convabuse": 200.0, "ukp_adhominem": 100.0}
PRIOR = 100.0  # answers that a number set by hand is worth, at a distance as large as itself
ERROR = 10.0  # points of tension that an answer is off, as a rule
SCALE = 0.05  # what a share set by hand is at least worth, and
POINTS = 2.0  # points, when a distance from it is measured
RANGED = 0.3  # of the chats to fit on are kept for the range
TAILS = (0.1, 0.9)
EDGES = (0.0, 10.0, 15.0, 20.0, 27.0, 35.0, 45.0, 60.0, 100.0)  # of the bins in which the range is found
FULL = 40  # answers of a bin, below which it is joined with the next


@dataclass(frozen=True, slots=True)
class Fit:
    """A table with its range."""

    table: Table
    knots: Knots


def main(say: Say = print) -> None:
    """Fit, print, and write where that is asked for."""
    cli = argparse.ArgumentParser(prog="benchmarks.effects_fit", description=__doc__)
    cli.add_argument("--data", type=Path, default=DATA / "dev", help="labelled sets")
    cli.add_argument("--write", action="store_true", help="write assist/effect_table.py")
    asked = cli.parse_args()
    seen = list(collected(asked.data))
    fit = fitted(seen)
    _print_table(fit.table, seen, say)
    for name, each in (("in force", Fit(TABLE, RANGE)), ("fitted", fit)):
        say(f"\n{name}")
        for line in measured(seen, each):
            say(f"  {line}")
    if asked.write:
        Path(str(effect_table.__file__)).write_text(source(fit), encoding="utf-8")


def collected(data: Path) -> Iterator[Answer]:
    """All answers."""
    engine = chats.engine()
    loads = (effects.abused_bots, effects.threads, effects.real, effects.tasks)
    yield from chain(effects.simulated(engine, effects.SIMULATED), *(load(engine, data) for load in loads))


def fitted(seen: Sequence[Answer]) -> Fit:
    """The table and the range that fit the part `fit` best; the range on chats that the table has not seen."""
    mine = [answer for answer in seen if answer.part == "fit"]
    first = [answer for answer in mine if not _for_range(answer)]
    table = fitted_table(first)
    return Fit(table, fitted_range([answer for answer in mine if _for_range(answer)], table))


def _for_range(answer: Answer) -> bool:
    return part_of(f"range {answer.chat}") == "check" or part_of(f"more {answer.chat}") == "fit"


def weights(seen: Sequence[Answer]) -> Vector:
    """What each answer counts for."""
    counts = Counter(answer.source for answer in seen)
    return np.array([WORTH[answer.source] / counts[answer.source] for answer in seen])


def counted(seen: Sequence[Answer]) -> Counter[str]:
    """Of how many answers each kind of remark is known."""
    return Counter(kind for answer in seen for kind in {remark.kind for remark in answer.remarks})


def fitted_table(seen: Sequence[Answer]) -> Table:
    """The numbers that tell the tension after the next message best, given those set by hand."""
    counts = counted(seen)
    kinds = [kind for kind in BY_HAND.harm if counts[kind] >= FEWEST]
    rows = np.array([_row(answer, kinds) for answer in seen])
    truth = np.array([answer.after - _told(answer, kinds) for answer in seen])
    prior, scale = _prior(kinds)
    worth = np.sqrt(weights(seen))
    held = np.sqrt(PRIOR) * ERROR / scale
    found = lsq_linear(
        np.vstack([rows * worth[:, None], np.diag(held)]),
        np.concatenate([truth * worth, held * prior]),
        bounds=(np.concatenate([[-20.0], np.zeros(len(prior) - 1)]), np.inf),
    ).x
    return _table(found, kinds, frozenset(BY_HAND.harm) - set(kinds) - {"personal_data"})


def _row(answer: Answer, kinds: Sequence[str]) -> list[float]:
    """What each number of the table is multiplied with for an answer."""
    above = max(0.0, answer.before - REST)
    steps = answer.reading.steps
    solve_early = steps.get(Step.SOLVE, 0.0) if answer.next_step in FIRST_HEARD else 0.0
    advised = steps.get(answer.next_step, 0.0) if answer.next_step else 0.0
    return [
        1.0,
        above,
        *(-above * steps.get(step, 0.0) for step in Step),
        -above * advised,
        above * solve_early,
        1.0 - max(steps.values(), default=0.0),
        0.5 - answer.reading.politeness,
        *(_times(answer, kind) for kind in kinds),
    ]


def _times(answer: Answer, kind: str) -> float:
    count = sum(remark.kind == kind for remark in answer.remarks)
    return 1.0 + REPEATED * (count - 1) if count else 0.0


def _told(answer: Answer, kinds: Sequence[str]) -> float:
    """What is not fitted: the floor, and the harm of kinds that are too rare."""
    rare = sum(BY_HAND.harm[kind] * _times(answer, kind) for kind in BY_HAND.harm if kind not in kinds)
    return min(answer.before, REST) + rare


def _prior(kinds: Sequence[str]) -> tuple[Vector, Vector]:
    hand = BY_HAND
    shares = [hand.keep, *hand.relief.values(), hand.advised, hand.early]
    points = [hand.ignored, hand.polite, *(hand.harm[kind] for kind in kinds)]
    scale = [POINTS * 5, *(max(SCALE, share) for share in shares), *(max(POINTS, one) for one in points)]
    return np.array([hand.base, *shares, *points]), np.array(scale)


def _table(found: Vector, kinds: Sequence[str], assumed: frozenset[str]) -> Table:
    base, keep, *rest = (round(float(number), 3) for number in found)
    relief = dict(zip(Step, rest, strict=False))
    advised, early, ignored, polite, *harm = rest[len(relief) :]
    return Table(
        base=round(base, 1),
        keep=keep,
        relief=relief,
        advised=advised,
        early=min(early, relief[Step.SOLVE]),
        ignored=round(ignored, 1),
        harm={**BY_HAND.harm, **{kind: round(points, 1) for kind, points in zip(kinds, harm, strict=True)}},
        polite=round(polite, 1),
        assumed=assumed,
    )


def fitted_range(seen: Sequence[Answer], table: Table) -> Knots:
    """What a tenth of the answers stayed below and a tenth went beyond, by what was expected; rising throughout."""
    expected = np.array([_expected(answer, table) for answer in seen])
    after, worth = np.array([answer.after for answer in seen]), weights(seen)
    middles, tails, sizes = [], [], []
    for inside in _bins(expected):
        middles.append(float(np.mean(expected[inside])))
        tails.append([weighted_quantile(after[inside], worth[inside], tail) for tail in TAILS])
        sizes.append(int(inside.sum()))
    rising = [isotonic_regression([one[side] for one in tails], weights=sizes).x for side in (0, 1)]
    knots = [(round(m, 1), round(float(a), 1), round(float(b), 1)) for m, a, b in zip(middles, *rising, strict=True)]
    return ((0.0, 0.0, knots[0][2]), *knots, (100.0, knots[-1][1], 100.0))


def _bins(expected: Vector) -> Iterator[NDArray[np.bool_]]:
    low = EDGES[0]
    for high in EDGES[1:]:
        inside = (expected >= low) & (expected <= high if high == EDGES[-1] else expected < high)
        if inside.sum() >= FULL:
            yield inside
            low = high


def weighted_quantile(values: Vector, worth: Vector, share: float) -> float:
    """The value that this share of the weight stays below or at."""
    order = np.argsort(values)
    passed = np.cumsum(worth[order])
    return float(values[order][np.searchsorted(passed, share * passed[-1])])


def _expected(answer: Answer, table: Table) -> float:
    return expected_effect(answer.before, answer.reading, answer.remarks, answer.next_step, table=table).expected


@dataclass(frozen=True, slots=True)
class Measure:
    """How well expectations held: mean error in points, that of the two floors, and of the range."""

    name: str
    count: int
    error: float
    stays: float
    cooled: float
    inside: float
    below: float
    above: float
    width: float

    def __str__(self) -> str:
        return (
            f"{self.name:26} n {self.count:5}  error {self.error:5.1f}  tension stays {self.stays:5.1f}  "
            f"fold cools {self.cooled:5.1f}  in the range {100 * self.inside:3.0f} % "
            f"(below {100 * self.below:2.0f}, above {100 * self.above:2.0f})  width {self.width:4.1f}"
        )


def measured(seen: Sequence[Answer], fit: Fit) -> Iterator[Measure]:
    """What a fit is worth on each source's part that it has not seen, and on all of them together by band."""
    held = [answer for answer in seen if answer.part != "fit"]
    for source in dict.fromkeys(answer.source for answer in held):
        yield measure(source, [answer for answer in held if answer.source == source], fit)
    for low, high in ((0, 25), (25, 50), (50, 101)):
        name = f"all, tension {low}-{min(high, 100)}"
        yield measure(name, [answer for answer in held if low <= answer.before < high], fit)
    yield measure("all", held, fit)
    yield measure("all, with a remark", [answer for answer in held if answer.remarks], fit)


def measure(name: str, seen: Sequence[Answer], fit: Fit) -> Measure:
    """What a fit is worth on some answers."""
    said = [
        expected_effect(one.before, one.reading, one.remarks, one.next_step, table=fit.table, knots=fit.knots)
        for one in seen
    ]
    after = np.array([answer.after for answer in seen])
    low, high = np.array([one.low for one in said]), np.array([one.high for one in said])
    return Measure(
        name=name,
        count=len(seen),
        error=float(np.mean(np.abs(after - [one.expected for one in said]))),
        stays=float(np.mean(np.abs(after - [answer.before for answer in seen]))),
        cooled=float(np.mean(np.abs(after - [answer.cooled for answer in seen]))),
        inside=float(np.mean((low <= after) & (after <= high))),
        below=float(np.mean(after < low)),
        above=float(np.mean(after > high)),
        width=float(np.mean(high - low)),
    )


def _flat(table: Table) -> Iterator[tuple[str, float]]:
    for field in fields(Table):
        value = getattr(table, field.name)
        if isinstance(value, Mapping):
            yield from ((f"{field.name} {key}", number) for key, number in value.items())
        elif isinstance(value, float):
            yield field.name, value


def _print_table(table: Table, seen: Sequence[Answer], say: Say) -> None:
    counts = counted([answer for answer in seen if answer.part == "fit"])
    say(f"{'number':28}{'by hand':>9}{'in force':>10}{'fitted':>9}{'answers':>9}")
    for (name, hand), (_, now), (_, then) in zip(_flat(BY_HAND), _flat(TABLE), _flat(table), strict=True):
        kind = name.removeprefix("harm ")
        known = f"{counts[kind]:9}{' assumed' if kind in table.assumed else ''}" if name.startswith("harm ") else ""
        say(f"{name:28}{hand:9.3f}{now:10.3f}{then:9.3f}{known}")


def source(fit: Fit) -> str:
    """The module of the table with other numbers."""
    text = Path(str(effect_table.__file__)).read_text(encoding="utf-8")
    return text[: text.index("TABLE = ")] + "\n".join(_lines(fit)) + "\n"


def _key(name: str) -> str:
    return f"Step.{name.name}" if isinstance(name, Step) else f'"{name}"'


def _lines(fit: Fit) -> Iterator[str]:
    yield "TABLE = Table("
    for field in fields(Table):
        value = getattr(fit.table, field.name)
        if isinstance(value, Mapping):
            yield f"    {field.name}=MappingProxyType(\n        {{"
            yield from (f"            {_key(key)}: {number}," for key, number in value.items())
            yield "        }\n    ),"
        elif isinstance(value, frozenset):
            listed = "\n".join(f'            "{kind}",' for kind in sorted(value))
            yield f"    {field.name}=frozenset(\n        {{\n{listed}\n        }}\n    ),"
        else:
            yield f"    {field.name}={value},"
    yield ")"
    yield "# Of what was expected: what a tenth of the answers stayed below, and what a tenth went beyond."
    yield "RANGE: Knots = ("
    yield from (f"    {knot}," for knot in fit.knots)
    yield ")"


if __name__ == "__main__":
    main()
