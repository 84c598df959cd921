"""Many chats of one team, one cause, within minutes: told when it is more than chance, until the rate is back.

Chats are taken to come by themselves, as a Poisson process. Of such a process, the moments of a day at which a chat
comes and at least k - 1 others came in the ten minutes before it number on average

    144 · m · P(X ≥ k - 1),    m the chats usual in ten minutes, 144 times ten minutes a day

(the Mecke equation: Last and Penrose, Lectures on the Poisson Process, 2017, theorem 4.1). That bounds how often chance
alone begins a burst, with no correction for looking all the time, for it counts every moment. A burst begins where it
is less than `BY_CHANCE`, and stands until as many chats or more would be there by chance at one look in twenty.

X is Poisson only as far as m is known. It is known from r chats, so X is what a gamma posterior predicts: negative
binomial with mean m and size r (Gelman et al., Bayesian Data Analysis, 2013, section 2.6), Poisson where r is large.

There are two ways to know m: the mean of the last days, and this cause's share of them in what the other causes bring
now, so that a busy morning is no incident. A burst stands out against both. Its chats are never counted as usual.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import exp, lgamma, log
from typing import NamedTuple

from assist.reading import CAUSES

WINDOW = timedelta(minutes=10)
LEAST = 5  # chats; fewer are no burst however rare their cause is
BY_CHANCE = 0.002  # bursts a day for each cause of a team, at most: once in 500 days
BACK = 0.05  # the rate is back when so many chats would be there by chance as often as this
DAYS = timedelta(days=3)  # over which what is usual is counted
KNOWN_FOR = timedelta(minutes=30)  # before that nobody knows what is usual in a team
HOUR = timedelta(hours=1)
STEPPED = timedelta(hours=2)  # of what came before a start, so much is gone through again,
STEP = timedelta(minutes=1)  # a minute at a time
UNKNOWN = "other"  # the label of chats whose cause nobody knows


@dataclass(frozen=True, slots=True)
class Sighting:
    """A conversation, what it is about, and when that became known."""

    conversation: str
    cause: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Burst:
    """Chats of one cause that came together; `usual` is how many an hour would be usual now."""

    cause: str
    usual: float
    sightings: tuple[Sighting, ...]  # since it began, oldest first

    @property
    def since(self) -> datetime:
        """When the first of them came."""
        return self.sightings[0].at

    @property
    def latest(self) -> datetime:
        """When the last of them came."""
        return self.sightings[-1].at


class Usual(NamedTuple):
    """How many chats are usual in ten minutes, > 0, and how many chats that is known from."""

    mean: float
    rests_on: int


@dataclass(frozen=True, slots=True)
class Intake:
    """What came to one team: chats of the last ten minutes, counts of the days before them, bursts that stand."""

    since: datetime  # from when on everything that came is counted
    hours: Mapping[datetime, Mapping[str, int]] = field(default_factory=dict)  # by hour, how many of which cause
    recent: Mapping[str, Sighting] = field(default_factory=dict)  # by conversation
    bursts: Mapping[str, Burst] = field(default_factory=dict)  # by cause

    def heard(self, sightings: Iterable[Sighting], now: datetime) -> "Intake":
        """The intake later on. Of a conversation the last sighting holds, and counts once however often it is told."""
        begin = now - WINDOW
        known = {**self.recent, **{one.conversation: one for one in sightings if one.at > begin}}
        recent = {name: one for name, one in known.items() if one.at > begin}
        left = [one for one in known.values() if one.at <= begin and one.cause not in self.bursts]
        intake = replace(self, hours=_counted(self.hours, left, begin), recent=recent)
        return replace(intake, bursts=_standing(intake, now))

    def usual(self, now: datetime) -> Mapping[str, tuple[Usual, ...]]:
        """What would be usual in ten minutes of each recent cause: by the days before, and by how busy it is now."""
        # Each label is taken to have come once, so that a cause that never came has a rate, too.
        past, present = _total(self.hours), Counter(one.cause for one in self.recent.values())
        windows = max(1.0, (now - WINDOW - max(self.since, now - DAYS)) / WINDOW)
        found = {}
        for cause, count in present.items():
            came, others = past[cause] + 1, len(self.recent) - count + 1
            share = came / (past.total() - past[cause] + len(CAUSES))
            found[cause] = Usual(came / windows, came), Usual(others * share, others)
        return found


def intake_of(sightings: Iterable[Sighting], since: datetime, now: datetime) -> Intake:
    """The intake after what came up to now, in any order; with the bursts of the last hours that still stand."""
    begin = max(since, now - STEPPED)
    came = [one for one in sightings if one.at > now - DAYS]
    later = [one for one in came if one.at > begin]
    intake = Intake(since, _counted({}, (one for one in came if one.at <= begin), now))
    for step in range(1, max(1, int((now - begin) / STEP)) + 1):
        at = begin + step * STEP
        intake = intake.heard((one for one in later if one.at <= at), at)
    return intake.heard(later, now)


def _standing(intake: Intake, now: datetime) -> dict[str, Burst]:
    if now - intake.since < KNOWN_FOR:
        return {}
    usual, came = intake.usual(now), dict[str, list[Sighting]]()
    for one in sorted(intake.recent.values(), key=lambda one: (one.at, one.conversation)):
        came.setdefault(one.cause, []).append(one)
    bursts = {}
    for cause, found in came.items():
        before = intake.bursts.get(cause)
        if cause != UNKNOWN and all(_stands(before, len(found), one) for one in usual[cause]):
            hourly = max(mean for mean, _ in usual[cause]) * (HOUR / WINDOW)
            bursts[cause] = Burst(cause, hourly, _continued(before, found, intake.recent))
    return bursts


def _stands(before: Burst | None, chats: int, usual: Usual) -> bool:
    if before:
        return tail(chats, usual) < BACK
    return chats >= LEAST and begun_a_day(chats, usual) < BY_CHANCE


def _continued(before: Burst | None, found: Sequence[Sighting], recent: Mapping[str, Sighting]) -> tuple[Sighting, ...]:
    """What came since it began, without what turned out to be about something else."""
    if before is None:
        return tuple(found)
    earlier = (one for one in before.sightings if one.conversation not in recent)
    return (*earlier, *(one for one in found if one.at >= before.since))


def begun_a_day(chats: int, usual: Usual) -> float:
    """How many times a day chance alone brings so many chats together within ten minutes, at most."""
    return timedelta(days=1) / WINDOW * usual.mean * tail(chats - 1, usual)


def tail(least: int, usual: Usual) -> float:
    """The probability, 0..1, of so many chats or more. Summed from the near end, so that small ones are exact."""
    if least <= usual.mean:
        return 1.0 - sum(_probability(count, usual) for count in range(least))
    mean, rests = usual
    total, count, term = 0.0, least, _probability(least, usual)
    while term > total * 1e-12:
        total += term
        term *= (count + rests) / (count + 1) * mean / (mean + rests)
        count += 1
    return total


def _probability(count: int, usual: Usual) -> float:
    mean, rests = usual
    ways = lgamma(count + rests) - lgamma(count + 1) - lgamma(rests)
    return exp(ways + count * log(mean / (mean + rests)) + rests * log(rests / (mean + rests)))


def _counted(
    hours: Mapping[datetime, Mapping[str, int]], left: Iterable[Sighting], now: datetime
) -> dict[datetime, Mapping[str, int]]:
    """The counts by hour with what left the window, without the hours that are too long ago."""
    new = {hour: causes for hour, causes in hours.items() if hour > now - DAYS}
    for one in left:
        hour = one.at.replace(minute=0, second=0, microsecond=0)
        new[hour] = Counter(new.get(hour, {})) + Counter({one.cause: 1})
    return new


def _total(hours: Mapping[datetime, Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for causes in hours.values():
        total.update(causes)
    return total
