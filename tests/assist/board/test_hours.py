"""A team's hours, and what it carries."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assist.board.course import minute_of
from assist.board.hours import FEWEST, Chat, hours_of, load_of

NOW = datetime(2026, 3, 2, 12, 20, tzinfo=UTC)


def chat(minutes_ago: int = 90, peak: float = 10.0, **more: object) -> Chat:
    """A chat that began so long ago, and in which nothing was said since."""
    begun = NOW - timedelta(minutes=minutes_ago)
    usual = {"begun": begun, "peak": peak, "course": [[minute_of(begun), peak]], "cause": "billing"}
    return Chat(**{**usual, **more})  # type: ignore[arg-type]


def test_a_chat_counts_in_the_hour_in_which_it_began() -> None:
    """By its highest tension; a recovery in the hour in which it came."""
    first, second, third = hours_of(
        [chat(90, 80.0, recovered=NOW), chat(80, 30.0, cause="delivery", escalated=True), chat(5)], NOW, 3
    )
    assert [hour.start.hour for hour in (first, second, third)] == [10, 11, 12]
    assert (first.chats, second.chats, third.chats) == (1, 1, 1)
    assert first.bands == Counter(critical=1)
    assert (second.causes, second.escalated, second.mean) == (Counter(delivery=1), 1, 30.0)
    assert (first.recovered, third.recovered) == (0, 1)
    assert hours_of([], NOW, 1)[0].mean is None


@given(st.lists(st.integers(-100, 100 * 60), max_size=60), st.integers(1, 48))
def test_every_chat_of_these_hours_is_counted_once(ages: list[int], count: int) -> None:
    """And none of before or after."""
    hours = hours_of([chat(age) for age in ages], NOW, count)
    end = hours[-1].start + timedelta(hours=1)
    inside = [age for age in ages if hours[0].start <= NOW - timedelta(minutes=age) < end]
    assert len(hours) == count
    assert sum(hour.chats for hour in hours) == len(inside)


def test_of_fewer_than_five_agents_nothing_is_told() -> None:
    """Nor of chats that nobody has."""
    few = [chat(70, agent=f"a{n}") for n in range(FEWEST - 1)]
    assert load_of([*few, chat(70), chat(70)], NOW) is None
    assert load_of([*few, chat(70, agent="one more")], NOW) is not None


def test_a_load_is_rounded_and_of_a_whole_hour() -> None:
    """One more chat does not show whose it is, and what comes later changes nothing."""
    chats = [chat(70, 60.0 if n % 3 else 10.0, agent=f"a{n % 5}") for n in range(50)]
    load = load_of(chats, NOW)
    assert load is not None
    assert (load.agents, load.chats_each, load.tense) == (5, 10.0, 0.65)
    assert load_of([*chats, chat(70, agent="a0")], NOW) == load
    assert load_of([*chats, *(chat(10, 99.0, agent="new") for _ in range(9))], NOW) == load
    later = [replace(one, course=[*one.course, [minute_of(NOW), 99.0]], peak=99.0) for one in chats]
    assert load_of(later, NOW + timedelta(minutes=30)) == load
