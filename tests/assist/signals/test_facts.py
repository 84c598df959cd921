"""Facts for the slots of phrases."""

import pytest

from assist.message import Role
from tests.assist.signals.conftest import Read

CASES = [
    ("order", "48213", "My order number is 48213."),
    ("order", "A-48213", "It's about order #A-48213, please"),
    ("order", "48213", "ref: 48213"),
    ("order", "AB12345", "booking reference AB12345"),
    ("order", None, "I placed an order in 2024 or so, @115714"),
    ("order", None, "my order is late"),
    ("order", None, "it broke with #ios11"),
    ("order", "48213", "any news on #48213?"),
    ("amount", "$49.99", "You took $49.99 from me"),
    ("amount", "40 euros", "I paid 40 euros"),
    ("amount", "\u20ac1,200.50", "it was \u20ac1,200.50 in all"),
    ("amount", None, "I ordered 40 chairs"),
    ("date", "Monday", "It was promised for monday"),
    ("date", "last Tuesday", "it should have been here by last Tuesday"),
    ("date", "12 March", "delivery was due 12 March"),
    ("date", None, "I ordered it on Monday"),
    ("date", None, "It was promised to me when I called on Monday"),
    ("contact", "third", "This is the third time I'm writing"),
    ("contact", "fourth", "my 4th email about this"),
    ("contact", None, "this is the third time it broke"),
    ("times", "three times", "This is the third time I ask"),
    ("times", "four times", "I have called you 4 times"),
    ("times", "twice", "I emailed you twice"),
    ("times", None, "I was charged three times"),
    ("waiting", "two weeks", "I've been waiting for two weeks"),
    ("waiting", "an hour", "on hold for an hour"),
    ("waiting", "3 days", "3 days late and no word"),
    ("waiting", None, "It says delivery takes two weeks"),
    ("name", "Anna", "Hi, my name is Anna Berg"),
    ("name", "Jo", "I'm Jo from Leeds"),
    ("name", None, "I'm Furious about this"),
    ("name", None, "my name is not important"),
]


@pytest.mark.parametrize(("slot", "value", "text"), CASES)
def test_a_fact_is_read_only_where_it_is_told(read: Read, slot: str, value: str | None, text: str):
    """Each line gives its value; near misses give nothing."""
    told = {fact.slot: fact.value for fact in read(text).facts}
    assert told.get(slot) == value


PROBLEMS = [
    ("Hello! Where is my parcel?", "Where is my parcel?"),
    ("Hi, I can't log in since the update!", "I can't log in since the update"),
    (
        "My lamp arrived broken and I have now told three of your people about it, and they laughed",
        "My lamp arrived broken",
    ),
    ("You idiot, where is my order", None),
    ("Your useless people lost my bag", None),
    ("Thanks, all good", None),
    ("Fix it now!", None),
    ("My code doesn't work \U0001f62d", None),
    ("WHERE IS MY ORDER???", None),
]


@pytest.mark.parametrize(("text", "words"), PROBLEMS)
def test_the_problem_is_quoted_in_their_own_words(read: Read, text: str, words: str | None):
    """A short clause that names the trouble, without insults; nothing rather than something unfit."""
    facts = [fact for fact in read(text).facts if fact.slot == "problem"]
    assert [fact.value for fact in facts] == ([words] if words else [])
    assert all(text[fact.start : fact.end] == fact.value and len(fact.value) <= 60 for fact in facts)


def test_an_agent_tells_no_facts(read: Read):
    """Slots are filled from what the customer says."""
    assert read("Your order 48213 was promised for Monday", Role.AGENT).facts == ()
