"""Why the tension is what it is: a conversation folded again without one of its messages, or without some words of it.

Only recorded readings are used: no model is asked, and the same transcript gives the same answer. The readings of the
other messages stay as they are, also where they were read in the light of what is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from assist.conversation.fold import evidence, fold
from assist.conversation.state import Conversation, Evidence
from assist.conversation.tension import points
from assist.engine import Told
from assist.message import Message, Role
from assist.reading import SIGNALS, Reading

MOVED = 0.05  # points of tension that words must move, or bring, to be shown


@dataclass(frozen=True, slots=True)
class Point:
    """Words of a message with the points of heat that they brought.

    `without` is what the tension right after the message would be if nothing had been read in these words.
    """

    start: int
    end: int
    text: str
    kind: str
    rule: str
    points: float
    without: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a message did. `tension` 0..100 is that after it, `without` that of the conversation now had it not been.

    `points` has the words that moved it, the strongest first.
    """

    message: str
    tension: float
    without: float
    points: tuple[Point, ...]


def explain(start: Conversation, told: Sequence[Told], message_id: str) -> Explanation | None:
    """The explanation of one message of a transcript, told from *start*; None where there is no such message.

    Every message must have its recorded reading. Folds the transcript once, what comes after the message a second time,
    and the message once more for each place in it where something was read.
    """
    at = next((at for at, item in enumerate(told) if item.message.id == message_id), None)
    if at is None:
        return None
    item = told[at]
    before = _folded(start, told[:at])
    before = replace(before, **item.host) if item.host else before
    message, reading = item.message, item.reading or Reading()
    after = fold(before, message, reading)
    return Explanation(
        message=message.id,
        tension=round(after.tension, 1),
        without=round(_folded(before, told[at + 1 :]).tension, 1),
        points=tuple(_points(before, message, reading, after.tension)),
    )


def _folded(state: Conversation, told: Iterable[Told]) -> Conversation:
    for item in told:
        state = replace(state, **item.host) if item.host else state
        state = fold(state, item.message, item.reading or Reading())
    return state


def _points(before: Conversation, message: Message, reading: Reading, tension: float) -> Iterator[Point]:
    heats = points(reading) if message.role is Role.CUSTOMER else {}
    left: dict[tuple[int, int], float] = {}
    for item in evidence(message, reading, heats):
        span = item.start, item.end
        if span not in left:
            left[span] = fold(before, message, less(reading, *span)).tension
        if item.points >= MOVED or (abs(left[span] - tension) >= MOVED and _counts(item, reading)):
            yield Point(*span, item.text, item.kind, item.rule, item.points, round(left[span], 1))


def _counts(item: Evidence, reading: Reading) -> bool:
    """Whether it is a signal or an act that was read, not the naming of a cause."""
    return reading.signal(item.kind) > 0


def less(reading: Reading, start: int, end: int) -> Reading:
    """The reading with nothing read in `start..end` and in what lies inside.

    A kind's probability is shared out among its words by their strengths, as its points are: it keeps the share of the
    words that are left, and is gone with the last of them.
    """
    gone = [cue for cue in reading.cues if start <= cue.start and cue.end <= end]
    values = {cue.kind: _left(reading, cue.kind, start, end) for cue in gone}
    known = {name: value for name, value in values.items() if name in SIGNALS}
    acts = {name: value for name, value in values.items() if name in reading.acts}
    return replace(
        reading,
        signals=MappingProxyType({**reading.signals, **known}),
        acts=MappingProxyType({**reading.acts, **acts}),
        cues=tuple(cue for cue in reading.cues if cue not in gone),
    )


def _left(reading: Reading, kind: str, start: int, end: int) -> float:
    mine = [cue for cue in reading.cues if cue.kind == kind]
    total = sum(cue.strength for cue in mine)
    kept = sum(cue.strength for cue in mine if not (start <= cue.start and cue.end <= end))
    return reading.signal(kind) * kept / total if total else 0.0
