"""A team's chats by the hour, and what the team has to carry: sums over chats, never over a person.

What is counted is what was written to the team; nothing is inferred of anybody who wrote for it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import fmean

from assist.board.course import Minute, minute_of
from assist.conversation.tension import EDGES, band

HOUR = timedelta(hours=1)
TENSE = EDGES[1]
FEWEST = 5  # agents of whom a sum is told; of fewer it would tell of each


@dataclass(frozen=True, slots=True)
class Chat:
    """What a conversation's row tells of it; `course` is its tension by minute, `peak` the highest."""

    begun: datetime
    peak: float
    cause: str
    course: Sequence[Minute] = ()
    agent: str | None = None
    escalated: bool = False
    recovered: datetime | None = None

    @property
    def mean(self) -> float:
        """Its mean tension by minute."""
        return fmean([level for _, level in self.course] or [self.peak])

    def during(self, first: int, end: int) -> list[float]:
        """Its tension in those minutes since 1970 in which something was said."""
        return [level for minute, level in self.course if first <= minute < end]


@dataclass(slots=True)
class Hour:
    """The chats that began in an hour, and the recoveries that happened in it."""

    start: datetime
    bands: Counter[str] = field(default_factory=Counter)  # by their highest tension
    causes: Counter[str] = field(default_factory=Counter)
    means: list[float] = field(default_factory=list)
    escalated: int = 0
    recovered: int = 0

    @property
    def chats(self) -> int:
        """How many began."""
        return len(self.means)

    @property
    def mean(self) -> float | None:
        """Their mean tension; None where none began."""
        return fmean(self.means) if self.means else None


@dataclass(frozen=True, slots=True)
class Load:
    """What a team of `agents` carried in an hour, each rounded so that no change of it tells of one person."""

    agents: int
    chats_each: float  # conversations for each agent, to halves
    tense: float  # share of them that were tense or critical, to twentieths


def hours_of(chats: Iterable[Chat], until: datetime, count: int) -> list[Hour]:
    """The last hours of the clock, the oldest first, with the one that is not over yet as the last."""
    last = until.replace(minute=0, second=0, microsecond=0)
    hours = [Hour(last - HOUR * back) for back in range(count - 1, -1, -1)]
    for chat in chats:
        if hour := _hour(hours, chat.begun):
            hour.bands[band(chat.peak)] += 1
            hour.causes[chat.cause] += 1
            hour.means.append(chat.mean)
            hour.escalated += chat.escalated
        if chat.recovered and (hour := _hour(hours, chat.recovered)):
            hour.recovered += 1
    return hours


def _hour(hours: Sequence[Hour], at: datetime) -> Hour | None:
    index = (at - hours[0].start) // HOUR
    return hours[index] if 0 <= index < len(hours) else None


def load_of(chats: Iterable[Chat], until: datetime) -> Load | None:
    """What the team carried in the last whole hour of the clock; None where fewer than five agents were there.

    Only what was said in that hour counts, so that what comes later changes nothing of it.
    """
    end = minute_of(until.replace(minute=0, second=0, microsecond=0))
    there = [(chat.agent, said) for chat in chats if chat.agent and (said := chat.during(end - 60, end))]
    agents = len({agent for agent, _ in there})
    if agents < FEWEST:
        return None
    return Load(
        agents=agents,
        chats_each=_to(0.5, len(there) / agents),
        tense=_to(0.05, sum(max(said) >= TENSE for _, said in there) / len(there)),
    )


def _to(step: float, value: float) -> float:
    return round(round(value / step) * step, 2)
