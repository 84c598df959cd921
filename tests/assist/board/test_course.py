"""The minutes of a conversation."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assist.board.course import KEPT, continued, course_of, minute_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
START = minute_of(NOON)


def test_a_minute_keeps_the_tension_after_its_last_message() -> None:
    """Two messages in one minute are one entry; a minute in which nothing was said has none."""
    said = [(NOON, 10.0), (NOON + timedelta(seconds=59), 40.0), (NOON + timedelta(minutes=3), 30.0)]
    assert course_of(said) == [[START, 40.0], [START + 3, 30.0]]


def test_a_clock_that_was_put_back_makes_no_earlier_minute() -> None:
    """The last minute has the newest tension."""
    assert continued([[START, 10.0]], NOON - timedelta(minutes=5), 80.0) == [[START, 80.0]]


@given(st.lists(st.tuples(st.integers(-90, 90), st.floats(0, 100)), max_size=2 * KEPT))
def test_minutes_rise_and_are_bounded(said: list[tuple[int, float]]) -> None:
    """Whatever the clock does."""
    course = course_of([(NOON + timedelta(minutes=after), level) for after, level in said])
    minutes = [minute for minute, _ in course]
    assert minutes == sorted(set(minutes))
    assert len(course) <= KEPT
    assert not said or course[-1][1] == said[-1][1]
