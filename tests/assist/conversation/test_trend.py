"""Trend and risk follow the course of the conversation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.conversation.trend import risk, trend


@pytest.mark.parametrize(
    ("levels", "way"),
    [
        ([10], "steady"),
        ([10, 50], "rising"),
        ([60, 58, 57], "steady"),
        ([60, 45, 30], "falling"),
        ([30, 60, 40], "falling"),
        ([60, 30, 50], "rising"),
        ([10, 40, 70, 71], "rising"),
    ],
)
def test_the_trend_is_what_a_person_would_call_it(levels: list[float], way: str) -> None:
    """By the last three messages, and the last one has a say."""
    assert trend(levels) == way


@given(st.floats(0, 100), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.floats(0, 1))
def test_risk_is_a_probability_that_grows_with_a_rising_trend(
    tension: float, refusals: int, insults: int, contacts: int, churn: float
) -> None:
    """Rising is worse than steady, steady worse than falling, all else the same."""
    told = {"refusals": refusals, "insults": insults, "contacts": contacts, "churn": churn}
    falling, steady, rising = (risk(tension, way, **told) for way in ("falling", "steady", "rising"))
    assert 0 <= falling < steady < rising <= 1
