"""The trend follows the course of the conversation."""

import pytest

from assist.conversation.trend import trend


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
