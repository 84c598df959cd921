"""What is news to a supervisor: a risk that rises, and a safety signal until it is answered."""

from dataclasses import replace
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from assist.board.rising import ANSWERED, KEPT, OPEN, answered, continued, rearms_below, safety, score
from assist.conversation.alerting import POLICY
from assist.conversation.state import Conversation
from assist.reading import Reading

risks = st.lists(st.floats(0, 1), max_size=9)


def after(*levels: float) -> float:
    """The score after these risks."""
    kept: list[float] = []
    for level in levels:
        kept = continued(kept, level)
    return score(kept)


def test_a_risk_that_stays_where_it_was_is_half_the_news():
    """However high it is, once it has stood there for as long as is remembered."""
    assert after(*[0.9] * KEPT) == 0.45
    assert after(0.1, *[0.9] * (KEPT - 1)) > POLICY.threshold
    assert after(0.1, *[0.9] * KEPT) < POLICY.threshold


def test_the_same_risk_is_more_news_the_lower_it_came_from():
    """It counts from the lowest of the last few messages; a chat that opens hot has not risen."""
    assert after(0.1, 0.2, 0.3, 0.8) > after(0.5, 0.5, 0.6, 0.8)
    assert after(0.8) == 0.4
    assert after() == 0.0


def test_a_risk_that_falls_is_no_news():
    """It gets better by itself."""
    assert after(0.1, 0.9, 0.8) == 0.0


@given(risks)
def test_a_score_is_within_bounds_and_never_above_the_risk(levels: list[float]):
    """0..1, and not more than what the risk itself is."""
    assert 0 <= after(*levels) <= (levels[-1] if levels else 0)


@given(risks, st.floats(0, 1), st.floats(0, 1))
def test_a_higher_risk_never_scores_less(levels: list[float], one: float, other: float):
    """After the same messages."""
    assert after(*levels, min(one, other)) <= after(*levels, max(one, other))


def test_it_is_news_again_only_well_below_the_threshold():
    """As for the agent's own alert."""
    assert rearms_below(0.8) == 0.8 * POLICY.hold < 0.8


def heard(signal: str = "", strength: float = 0.9, **alarms: float) -> Conversation:
    """A chat after a message of the customer with this signal, and these alarms so far."""
    reading = Reading()
    signals = MappingProxyType({**reading.signals, signal: strength} if signal else dict(reading.signals))
    return replace(Conversation("c"), run=1, heard=replace(reading, signals=signals), alarms=MappingProxyType(alarms))


def test_a_safety_signal_is_told_at_once_and_once_until_answered():
    """Then again when a further message shows it, and not for one that only follows it."""
    assert safety(heard("threat", threat=0.9), {}) == "threat"
    assert safety(heard("threat", threat=0.9), {"threat": OPEN}) is None
    told = answered({"threat": OPEN})
    assert told == {"threat": ANSWERED}
    assert safety(heard(threat=0.9), told) is None
    assert safety(heard("threat", threat=0.9), told) == "threat"


def test_a_second_kind_is_told_beside_the_first():
    """Each stands for itself."""
    assert safety(heard("distress", threat=0.9, distress=0.8), {"threat": OPEN}) == "distress"


def test_a_threat_with_lawyers_is_no_safety_signal():
    """It is the agent's to answer, and a matter of the risk."""
    assert safety(heard("threat", 0.6, threat=0.6), {}) is None
