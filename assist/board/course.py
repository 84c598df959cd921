"""How a conversation went, minute by minute: what a row of the heat-map over time is drawn from."""

from collections.abc import Iterable, Sequence
from datetime import datetime

KEPT = 60  # minutes in which something was said; after them the oldest are forgotten

Minute = Sequence[float]  # [minutes since 1970 in UTC, tension 0..100 after the last message of that minute]


def minute_of(at: datetime) -> int:
    """The whole minutes since 1970 in UTC."""
    return int(at.timestamp() // 60)


def continued(course: Sequence[Minute], at: datetime, tension: float) -> list[Minute]:
    """The course after a message: one entry a minute in which something was said, the oldest first, at most `KEPT`.

    A clock that was put back changes the last minute and makes no earlier one.
    """
    minute = minute_of(at)
    earlier = course[:-1] if course and course[-1][0] >= minute else course
    return [*earlier, [max(minute, course[-1][0] if course else minute), tension]][-KEPT:]


def course_of(levels: Iterable[tuple[datetime, float]]) -> list[Minute]:
    """The course of a whole conversation out of the tension after each of its messages, oldest first."""
    course: list[Minute] = []
    for at, tension in levels:
        course = continued(course, at, tension)
    return course
