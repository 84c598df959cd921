"""The cause of a message."""

import pytest

from assist.reading import CAUSES
from assist.signals.cause import LABEL_OF, LABELS
from tests.assist.signals.conftest import Read, quoted

CASES = [
    ("delivery", "Where is my order?"),
    ("delivery", "My package has not arrived yet"),
    ("delivery", "The tracking has not moved for days"),
    ("delay", "Our flight is delayed by three hours"),
    ("delay", "My transfer is still pending"),
    ("damaged", "The vase arrived broken"),
    ("damaged", "The box came smashed"),
    ("defect", "The speaker stopped working after a week"),
    ("defect", "The app keeps crashing"),
    ("wrong_item", "You sent me the wrong size"),
    ("wrong_item", "I ordered blue and got red instead"),
    ("missing_item", "Two parts are missing from the box"),
    ("billing", "I was charged twice"),
    ("billing", "There is a fee on my bill that I don't know"),
    ("refund", "I want my money back"),
    ("refund", "When do I get my refund?"),
    ("cancellation", "I want to cancel my order"),
    ("booking", "Our train was cancelled"),
    ("account", "How do I change the address in my account?"),
    ("account", "I want to delete my account"),
    ("access", "I can't log in"),
    ("access", "I forgot my password"),
    ("outage", "The internet has been down since noon"),
    ("outage", "Is there an outage in my area?"),
    ("booking", "I can't book a seat on the flight"),
    ("lost_property", "You lost my suitcase"),
    ("lost_property", "I left my wallet on the train"),
    ("policy", "What is your policy on that?"),
    ("miscommunication", "I was told one thing in the shop and another on the phone"),
    ("service", "Your agent was rude and hung up on me"),
    ("service", "Nobody there cares"),
    ("information", "I would like to know your opening hours"),
    ("other", "Hello"),
    ("other", "Blue is a nice word"),
]


@pytest.mark.parametrize(("label", "text"), CASES)
def test_a_cause_is_told_from_its_words(read: Read, label: str, text: str):
    """Each line of the table gets its label, and words that show it."""
    reading = read(text)
    assert reading.cause.label == label
    assert bool(quoted(reading, text, "cause")) == (label != "other")


def test_every_label_has_words_and_every_rule_one_label():
    """All fixed labels but `other` can be found, and no rule's name stands under two."""
    assert set(LABELS) == set(CAUSES) - {"other"}
    assert len(LABEL_OF) == sum(table.count(": 0.") for table in LABELS.values())


def test_a_clear_cause_is_surer_than_a_mixed_one(read: Read):
    """The confidence falls where another label is near."""
    clear = read("I was charged twice").cause
    mixed = read("I was charged twice for the parcel that has not arrived").cause
    assert 0 < mixed.confidence < clear.confidence <= 1
