"""A turn of a backtest as rows of two cells, with the words marked that are only in one of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.backtest import Side, Turn, instructions
from assist.playbook.schema import TONES

ALIKE = 0.4  # of two lines' words in common, from which the words that differ are marked instead of the whole line
Line = tuple[str, str]  # a text, and the rule that it comes from


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are in both cells, or in this one only."""

    text: str
    only_here: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What one set shows, and the `playbook.step` that it comes from; empty where it shows nothing."""

    runs: tuple[Run, ...] = ()
    rule: str = ""

    def __str__(self) -> str:
        return " ".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Row:
    """What stands under a label by the one set and by the other."""

    label: str
    before: Cell
    after: Cell

    @property
    def same(self) -> bool:
        """Whether it reads the same."""
        return not any(run.only_here for run in (*self.before.runs, *self.after.runs))


def rows(turn: Turn) -> list[Row]:
    """The next step, the tension where it differs, the phrases by tone, and the instructions."""
    return [_row(*parts) for parts in _parts(turn)]


def _parts(turn: Turn) -> Iterator[tuple[str, Line, Line]]:
    sides = (turn.before, turn.after)
    yield "next step", *_both(_step(side) for side in sides)
    if "tension" in turn.differs:
        yield "tension", *_both(f"{side.state.tension:.1f}" for side in sides)
    for tone in TONES:
        for pair in _pairs(*(_in_tone(side, tone) for side in sides)):
            yield tone, *pair
    for pair in _pairs(*([(text, "") for text in instructions(side)] for side in sides)):
        yield "to do", *pair


def _in_tone(side: Side, tone: str) -> list[Line]:
    return [(item.text, item.rule) for item in side.state.suggestions if item.tone == tone]


def _both(texts: Iterable[str]) -> tuple[Line, Line]:
    one, other = texts
    return (one, ""), (other, "")


def _step(side: Side) -> str:
    return side.state.next_step.value if side.state.next_step else "none"


def _pairs(before: list[Line], after: list[Line]) -> Iterator[tuple[Line, Line]]:
    """The lines of two sides beside each other: those that are the same first, then the others in their order."""
    both = [line for line in before if line in after]
    left, right = ([line for line in side if line not in both] for side in (before, after))
    yield from zip(both, both, strict=True)
    for place in range(max(len(left), len(right))):
        yield left[place] if place < len(left) else ("", ""), right[place] if place < len(right) else ("", "")


def _row(label: str, before: Line, after: Line) -> Row:
    left, right = before[0].split(), after[0].split()
    matcher = SequenceMatcher(a=left, b=right, autojunk=False)
    if matcher.ratio() < ALIKE:
        return Row(label, _cell([(before[0], True)], before[1]), _cell([(after[0], True)], after[1]))
    codes = matcher.get_opcodes()
    return Row(
        label,
        _cell(((" ".join(left[i:j]), tag != "equal") for tag, i, j, _, _ in codes), before[1]),
        _cell(((" ".join(right[i:j]), tag != "equal") for tag, _, _, i, j in codes), after[1]),
    )


def _cell(parts: Iterable[tuple[str, bool]], rule: str) -> Cell:
    return Cell(tuple(Run(text, only_here) for text, only_here in parts if text), rule)
