"""The threshold that keeps a budget, the cap, and the measured quality with its intervals."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from assist.board.budget import ENOUGH, FLOOR, HOUR, Chat, full_until, held_back, quality, threshold, wilson
from assist.conversation.alerting import POLICY

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def desk(hours: int, *scores: float) -> list[Chat]:
    """Chats with these scores, over so many hours of work."""
    return [Chat(best=score, hours=frozenset({number % hours})) for number, score in enumerate(scores)]


def test_the_threshold_is_the_score_that_would_have_kept_the_budget():
    """Two an hour over five hours: the tenth highest of all."""
    scores = [0.4 + number / 100 for number in range(50)]
    assert threshold(desk(5, *scores), 2) == sorted(scores)[-10]


def test_a_desk_with_few_chats_has_the_threshold_of_the_cost_policy():
    """Until there is something to go by."""
    assert threshold(desk(1, *[0.9] * (ENOUGH - 1)), 6) == POLICY.threshold
    assert threshold(desk(1, *[0.9] * ENOUGH), 6) == 0.9


def test_a_calm_desk_is_not_filled_up_with_noise():
    """Where there is less than the budget, the floor decides."""
    assert threshold(desk(5, *[0.05] * 100), 6) == FLOOR
    assert threshold(desk(90, *[0.99] * 100), 60) == FLOOR


def test_a_desk_that_wants_none_has_a_threshold_that_nothing_reaches():
    """Not even a score of 1."""
    assert threshold(desk(1, *[1.0] * 100), 0) > 1


@given(st.lists(st.floats(0, 1), min_size=ENOUGH, max_size=200), st.integers(1, 60), st.integers(1, 24))
def test_a_larger_budget_never_raises_the_threshold(scores: list[float], wanted: int, hours: int):
    """And what reaches the threshold was within the budget, but for equal scores and the floor."""
    chats = desk(hours, *scores)
    limit = threshold(chats, wanted)
    assert threshold(chats, wanted + 1) <= limit
    observed = len({hour for chat in chats for hour in chat.hours})
    assert sum(score > limit for score in scores) <= wanted * observed


@given(st.lists(st.integers(0, 7_200), max_size=80), st.integers(1, 6))
def test_no_sixty_minutes_ever_hold_more_than_the_budget(pauses: list[int], budget: int):
    """Whatever the times at which somebody would raise one."""
    now, raised = NOON, list[datetime]()
    for pause in pauses:
        now += timedelta(seconds=pause)
        until = full_until([at for at in raised if at > now - HOUR], budget)
        if until is None:
            raised.append(now)
        else:
            assert until > now
    for index, at in enumerate(raised[budget:]):
        assert at - raised[index] >= HOUR


@pytest.mark.parametrize(("count", "n"), [(0, 1), (1, 1), (0, 12), (5, 12), (3, 40), (199, 200)])
def test_the_interval_is_wilsons(count: int, n: int):
    """Against another one's implementation of it."""
    theirs = binomtest(count, n).proportion_ci(0.95, method="wilson")
    assert wilson(count, n) == pytest.approx((theirs.low, theirs.high), abs=1e-6)


def test_of_nothing_nothing_is_known():
    """The whole interval."""
    assert wilson(0, 0) == (0.0, 1.0)


def at(minutes: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def bad(first: float, last: float, **more: object) -> Chat:
    """A chat that was bad at these minutes."""
    return Chat(first_bad=at(first), last_bad=at(last), **more)


def test_the_quality_counts_each_chat_where_it_belongs():
    """In time, too late, in vain, missed; those that go on are not counted."""
    chats = [
        bad(5, 9, alerted=at(3), critical=True),  # before it went bad
        bad(5, 5, alerted=at(5), critical=True, calm=True),  # with that message, and it ended well
        bad(5, 9, alerted=at(7), critical=True),  # late, but it went on
        bad(5, 6, alerted=at(7), critical=True, calm=True),  # when it was over
        bad(5, 9, critical=True),  # missed
        Chat(alerted=at(3)),  # in vain
        *[Chat()] * 3,
        bad(5, 9, alerted=at(3), over=False),
    ]
    found = quality(chats)
    assert (found.precision.count, found.precision.n) == (3, 5)
    assert (found.recall.count, found.recall.n) == (2, 5)
    assert (found.false_alarms.count, found.false_alarms.n) == (1, 4)
    assert (found.recoveries.count, found.recoveries.n) == (2, 5)
    assert (found.recall.low, found.recall.high) == wilson(2, 5)


def test_held_back_is_what_reached_the_threshold_and_had_no_turn():
    """Within the hour; not what a supervisor has in hand or had an alert about."""
    chats = [
        Chat(best=0.8, best_at=at(-10)),
        Chat(best=0.8, best_at=at(-61)),
        Chat(best=0.8, best_at=at(-10), alerted=at(-9)),
        Chat(best=0.8, best_at=at(-10), attended=True),
        Chat(best=0.6, best_at=at(-10)),
        Chat(),
    ]
    assert held_back(chats, 0.7, NOON) == 1
