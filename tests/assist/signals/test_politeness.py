"""Politeness from its markers."""

from assist.signals.politeness import NEUTRAL, politeness
from assist.text import normalise


def polite(text: str) -> float:
    return politeness(normalise(text))


def test_please_and_thanks_are_politer_than_orders():
    """Polite markers raise the number, orders and harsh words lower it."""
    assert polite("Could you please help me? Thank you!") > NEUTRAL > polite("Fix this rubbish now")


def test_a_plain_sentence_is_neutral():
    """Nothing said either way leaves the middle."""
    assert polite("The parcel is blue") == NEUTRAL


def test_a_marker_counts_once():
    """Ten pleases are no politer than one."""
    assert polite("please please please") == polite("please")
