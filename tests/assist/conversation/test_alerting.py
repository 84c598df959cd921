"""Alerts follow from what they cost, and one state of things is one alert."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.conversation.alerting import POLICY, Policy

costs = st.floats(0.01, 100)


@given(costs, costs)
def test_at_the_threshold_an_alert_costs_as_much_as_silence(false_alarm: float, miss: float) -> None:
    """Below it silence is cheaper, above it the alert."""
    policy = Policy(false_alarm=false_alarm, miss=miss)
    risk = policy.threshold
    assert (1 - risk) * false_alarm == pytest.approx(risk * miss)


def test_dearer_false_alarms_need_a_surer_forecast() -> None:
    """The supervisor's budget moves the threshold, not the belief."""
    assert Policy(false_alarm=4.0).threshold > Policy(false_alarm=1.0).threshold


def test_an_alert_stands_until_the_risk_is_well_below() -> None:
    """A risk that hovers around the threshold is one piece of news."""
    below = POLICY.threshold * (1 + POLICY.hold) / 2
    assert not POLICY.alerts(below, stands=False, falling=False)
    assert POLICY.alerts(below, stands=True, falling=False)
    assert not POLICY.alerts(POLICY.threshold * POLICY.hold - 0.01, stands=True, falling=False)


def test_what_gets_better_by_itself_is_no_new_alert() -> None:
    """Somebody is already doing the right thing."""
    assert not POLICY.alerts(0.99, stands=False, falling=True)
    assert POLICY.alerts(0.99, stands=True, falling=True)
