"""At most so many alerts an hour: the threshold that follows from what the desk saw of late, and how good it was.

The one place that says when a chat *went bad*: its tension was critical, or it was escalated, or closed by force, or
the customer said that he was not content. Each is a moment; `Chat` holds the first and the last of them. An alert that
had somebody step in before any of it counts as a false one here: nobody knows what would have been.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from assist.conversation.alerting import POLICY

HOUR = timedelta(hours=1)
MOST = 60  # alerts an hour that a desk can ask for
USUAL = 6  # where nobody has said anything
FLOOR = 0.4  # lowest threshold. Of 250 simulated chats, 11 % went critical; of those that score less, 0
ENOUGH = 20  # chats from which the desk's own scores are believed
Z = 1.959964  # quantile of the normal distribution for 95 % on two sides


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat of the desk, as far as budget and quality go; `best` 0..1 is its highest score as a candidate."""

    best: float = 0.0
    best_at: datetime | None = None
    hours: frozenset[int] = frozenset()  # since 1970, in which something was said
    first_bad: datetime | None = None
    last_bad: datetime | None = None
    alerted: datetime | None = None  # when its first alert on risk came
    attended: bool = False  # claimed by a supervisor, or let run
    critical: bool = False  # at some time
    calm: bool = False  # at the end
    over: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `n`, and the 95 % interval of the share behind it, 0..1."""

    count: int
    n: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Quality:
    """What the alerts of a desk were worth.

    *precision*: alerted chats that went bad with that message or later. *recall*: bad chats with an alert not later
    than when they first went bad. *false_alarms*: chats that never went bad which had an alert. *recoveries*: chats
    that were critical and ended calm.
    """

    precision: Share
    recall: Share
    false_alarms: Share
    recoveries: Share


def threshold(chats: Collection[Chat], per_hour: int) -> float:
    """The score from which these chats would have had so many alerts an hour on the whole, `FLOOR`..1.

    Their k-th highest score, k being the budget of all hours in which anything was said. The cost policy's threshold as
    long as there is too little to go by. A desk that wants no alerts has one that nothing reaches: above 1.
    """
    if per_hour <= 0:
        return 2.0
    if len(chats) < ENOUGH:
        return POLICY.threshold
    hours = len(frozenset[int]().union(*(chat.hours for chat in chats)))
    scores = sorted((chat.best for chat in chats), reverse=True)
    wanted = per_hour * hours
    return max(FLOOR, scores[wanted - 1]) if 0 < wanted <= len(scores) else FLOOR


def full_until(raised: Sequence[datetime], per_hour: int) -> datetime | None:
    """Until when there is no room for one more after these, oldest first; None where there is.

    The k-th before the next one has to be an hour old, so that no 60 minutes ever hold more than k.
    """
    return raised[-per_hour] + HOUR if len(raised) >= per_hour > 0 else None


def held_back(chats: Iterable[Chat], limit: float, now: datetime) -> int:
    """How many chats reached the threshold within the last hour and had no alert, though nobody attends to them."""
    return sum(
        chat.best >= limit
        and chat.best_at is not None
        and chat.best_at > now - HOUR
        and chat.alerted is None
        and not chat.attended
        for chat in chats
    )


def quality(chats: Iterable[Chat]) -> Quality:
    """What the alerts of those chats that are over were worth."""
    over = [chat for chat in chats if chat.over]
    return Quality(
        precision=_share(over, lambda chat: chat.alerted is not None, _justified),
        recall=_share(over, lambda chat: chat.first_bad is not None, _in_time),
        false_alarms=_share(over, lambda chat: chat.first_bad is None, lambda chat: chat.alerted is not None),
        recoveries=_share(over, lambda chat: chat.critical, lambda chat: chat.calm),
    )


def _justified(chat: Chat) -> bool:
    return bool(chat.alerted and chat.last_bad and chat.last_bad >= chat.alerted)


def _in_time(chat: Chat) -> bool:
    return bool(chat.alerted and chat.first_bad and chat.alerted <= chat.first_bad)


def _share(chats: Iterable[Chat], of: Callable[[Chat], bool], those: Callable[[Chat], bool]) -> Share:
    among = [chat for chat in chats if of(chat)]
    count = sum(map(those, among))
    return Share(count, len(among), *wilson(count, len(among)))


def wilson(count: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927, J. Am. Stat. Assoc. 22, 209-212); 0..1 where n is 0."""
    if not n:
        return 0.0, 1.0
    share = count / n
    centre = share + Z * Z / (2 * n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)
