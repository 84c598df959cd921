"""Names that are words, where they are names and where they are not."""

import pytest

from assist.names import LIKE, NAME, renamed
from assist.signals.people import STAND_IN
from assist.signals.sentiment import SentimentAnalyzer
from assist.text import normalise


@pytest.mark.parametrize(
    "said",
    [
        "My name is Dick and I have waited a week.",
        "Grace here, order 5512.",
        "Thanks Joy, all is well now.",
        "No, Rich, a voucher does not help me.",
        "Hope told me about it yesterday.",
        "I gave it to Precious at the desk.",
    ],
)
def test_a_name_is_read_as_a_plain_one_of_the_same_length(said: str) -> None:
    """Every place in the text stays where it was."""
    found = renamed(said)
    assert found != said
    assert len(found) == len(said)
    assert NAME.search(found) is None


@pytest.mark.parametrize(
    "said",
    [
        "you Dick!",
        "You are such a Dick",
        "what a dick",
        "Hope you can help me.",
        "I Love this shop",
        "the Bill is wrong",
        "Will you help me?",
        "Happy With My New Phone Thank You",
        "GRACE PERIOD IS OVER",
        "a Storm-proof tent",
    ],
)
def test_a_word_that_is_no_name_stays(said: str) -> None:
    """An insult stays one, and so does what only has a capital."""
    assert renamed(said) == said


def test_a_name_brings_no_feeling() -> None:
    """VADER and the rules read Joy and Storm as they read Ana and Alice."""
    vader = SentimentAnalyzer()
    assert vader.score("I spoke to Joy yesterday.") == vader.score("I spoke to Ana yesterday.")
    assert normalise("Please call Storm back.").plain == normalise("Please call Alice back.").plain


def test_the_names_that_stand_in_are_known_as_names() -> None:
    """Scorers read them as they read every name."""
    assert {STAND_IN[name.lower()] for name in LIKE.values()} == {"alex"}
