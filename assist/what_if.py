"""What to expect of a draft: the tension after the customer's next message, as a range, and the words that make it.

Linear in what the draft does: steps take away a share of the heat, faults add points, courtesy takes some away. The
range is what eight in ten of the recorded answers with that expectation led to. What is fitted are associations in
recorded chats, held to the craft's signs: no step raises the expectation, no fault lowers it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assist.coach_rules import Remark
from assist.conversation.tension import REST
from assist.effect_table import RANGE, TABLE, Knots, Table
from assist.message import Step
from assist.reading import Reading
from assist.signals.steps import DETECTORS
from assist.text import normalise

FIRST_HEARD = (Step.LISTEN, Step.EMPATHIZE)
REPEATED = 0.5  # of the harm of a kind counts for each further remark of it
MOST_HARM = 45.0  # points that one message can add
DOES = 0.5  # probability from which a step's words are shown
SHOWN = 0.1  # points from which words are shown
MOST_REASONS = 12


@dataclass(frozen=True, slots=True)
class Effect:
    """Tension 0..100 to expect after the customer's next message; `low` <= `expected` <= `high`."""

    low: float
    expected: float
    high: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Words of a draft that move the expectation by so many `points`; `kind` is a step or a remark's kind."""

    start: int
    end: int
    text: str
    kind: str
    points: float


def expected_effect(
    tension: float,
    reading: Reading,
    remarks: Sequence[Remark],
    next_step: Step | None,
    *,
    table: Table = TABLE,
    knots: Knots = RANGE,
) -> Effect:
    """The tension to expect after the customer's next message, if a draft with this reading and these remarks is sent.

    `tension` is the current one, 0..100. Between `low` and `high` eight in ten are expected; the range is wider where
    the draft has faults whose harm nobody has measured.
    """
    measured = [remark for remark in remarks if remark.kind not in table.assumed]
    plain = _outcome(tension, reading, measured, next_step, table)
    full = _outcome(tension, reading, remarks, next_step, table)
    assumed = sum(points for remark, points in _harms(remarks, table) if remark.kind in table.assumed)
    low, high = ends(plain, knots)[0], ends(min(100.0, full + min(MOST_HARM, assumed) / 2), knots)[1]
    return Effect(round(min(low, full), 1), round(full, 1), round(max(high, full), 1))


def ends(expected: float, knots: Knots = RANGE) -> tuple[float, float]:
    """The range around an expectation: between the knots in a straight line."""
    at = min(len(knots) - 1, max(1, bisect_right(knots, expected, key=lambda knot: knot[0])))
    (left, *before), (right, *after) = knots[at - 1], knots[at]
    share = min(1.0, max(0.0, (expected - left) / (right - left)))
    low, high = (first + (last - first) * share for first, last in zip(before, after, strict=True))
    return low, high


def _outcome(
    tension: float, reading: Reading, remarks: Iterable[Remark], next_step: Step | None, table: Table
) -> float:
    above = max(0.0, tension - REST)
    share = sum(_relief(step, next_step, table) * p for step, p in reading.steps.items())
    left = min(tension, REST) + above * max(0.0, table.keep - share)
    ignored = table.ignored * (1.0 - max(reading.steps.values(), default=0.0))
    harm = min(MOST_HARM, sum(points for _, points in _harms(remarks, table)))
    return min(100.0, max(0.0, table.base + left + ignored + harm - table.polite * (reading.politeness - 0.5)))


def _relief(step: Step, next_step: Step | None, table: Table) -> float:
    early = table.early if step is Step.SOLVE and next_step in FIRST_HEARD else 0.0
    return max(0.0, table.relief[step] - early) + (table.advised if step is next_step else 0.0)


def _harms(remarks: Iterable[Remark], table: Table) -> Iterator[tuple[Remark, float]]:
    """The points of each remark; of several of a kind all but the first count less."""
    seen: set[str] = set()
    for remark in remarks:
        yield remark, table.harm[remark.kind] * (REPEATED if remark.kind in seen else 1.0)
        seen.add(remark.kind)


def because(
    draft: str,
    tension: float,
    reading: Reading,
    remarks: Sequence[Remark],
    next_step: Step | None,
    *,
    table: Table = TABLE,
) -> tuple[Reason, ...]:
    """The words that move the expectation, in the order of the draft, those of most points where there are many.

    Points above 0 raise it. The words of a step share what it takes away; one that is read from the whole draft, by no
    words of its own, spans all of it.
    """
    above = max(0.0, tension - REST)
    found = [
        Reason(remark.start, remark.end, draft[remark.start : remark.end], remark.kind, round(points, 1))
        for remark, points in _harms(remarks, table)
    ]
    text = normalise(draft)
    for step, probability in reading.steps.items():
        if probability < DOES:
            continue
        spans = _apart(text.span(start, end) for _, start, end in DETECTORS[step].matches(text)) or [(0, len(draft))]
        points = -above * _relief(step, next_step, table) * probability / len(spans)
        found += [Reason(start, end, draft[start:end], step.value, round(points, 1)) for start, end in spans]
    shown = sorted((one for one in found if abs(one.points) >= SHOWN), key=lambda one: -abs(one.points))
    return tuple(sorted(shown[:MOST_REASONS], key=lambda one: (one.start, one.end, one.kind)))


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in their order, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
