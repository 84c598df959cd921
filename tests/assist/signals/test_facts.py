"""Facts for the slots of phrases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.message import Role
from assist.playbook.schema import SLOTS
from assist.signals.facts import facts
from assist.text import normalise
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
    ("amount", "\u20ac40", "I paid 40 euros"),
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
    ("order", None, "it came at 10am."),
    ("order", None, "my order is 30minutes late"),
    ("order", None, "what a year #2017"),
    ("amount", "$35", "Can I get the 35$ refunded"),
    ("amount", "\u00a340", "you took 40 quid from me"),
    ("amount", "AUD 1700", "refund me AUD1700"),
    ("amount", "40 \u20ac", "I was charged 40\u20ac"),
    ("amount", None, "happy with the $3 burrito I saw in your window last week"),
    ("amount", None, "you charged me $1.5k"),
    ("amount", None, "I paid $100 billion, not"),
    ("date", None, "do I have to wait till Friday?"),
    ("date", None, "if I don't hear by Friday I'm gone"),
    ("times", None, "I have updated my phone twice"),
    ("times", "five times", "@brand called 5 times, no resolution"),
    ("waiting", "two weeks", "waiting a fortnight already"),
    ("waiting", "2 weeks", "waited 2wks"),
    ("waiting", "2.5 hours", "I waited 2.5 hrs"),
    ("waiting", "an hour and a half", "we have been waiting for an hour and a half"),
    ("waiting", "a couple of weeks", "waiting for couple of weeks"),
    ("waiting", None, "I now have to wait 3 days"),
    ("waiting", None, "my flight is delayed 2 hours"),
    ("since", "since Monday", "My internet has been down since monday"),
    ("since", "since the last update", "it crashes ever since the last update"),
    ("since", "since yesterday", "the problem started yesterday"),
    ("since", "for three days", "it's not working for three days now"),
    ("since", "for the last 6 days", "it has been stuck for the last 6 days"),
    ("since", None, "I've been a customer since March"),
    ("since", None, "Since Monday is a holiday, will you come on Tuesday?"),
    ("since", None, "I've been with you for 10 years now"),
    ("promised", "it would be replaced within 5 days", "I was told it would be replaced within 5 days, but nothing"),
    ("promised", "a callback by Monday", "They promised me a callback by Monday and I got none"),
    ("promised", "by Friday", "It was supposed to be here by Friday"),
    ("promised", "my refund will arrive tomorrow", "your colleague said that my refund will arrive tomorrow"),
    ("promised", None, "I was told you don't refund"),
    ("promised", None, "They told me to call tomorrow"),
    ("promised", None, "I told them it would rain today"),
    ("promised", None, "it wasn't even scheduled for today"),
    ("promised", None, "I was told THAT YOUR <b>IDIOTS</b> would call me by Monday"),
    ("feeling", "let down", "I feel so let down by this"),
    ("feeling", "frustrated", "Really frustrated with this app"),
    ("feeling", "angry", "this makes me angry"),
    ("feeling", None, "I'm not angry"),
    ("feeling", None, "I will be upset if it is late"),
    ("feeling", None, "my daughter is upset"),
    ("feeling", None, "it is a sad story"),
    ("wish", "a refund", "How do I get a refund?"),
    ("wish", "a full refund", "I want a full refund now"),
    ("wish", "your money back", "I just want my money back"),
    ("wish", "a refund", "please refund me"),
    ("wish", "a replacement", "can you send me a replacement"),
    ("wish", "another driver", "I want another driver"),
    ("wish", "an explanation", "I'd like an explanation"),
    ("wish", None, "I don't want a refund"),
    ("wish", None, "They said I would get a refund"),
    ("wish", None, "I got a refund yesterday, thanks"),
    ("product", "iPhone 6", "my iphone 6 stopped working"),
    ("product", "washing machine", "our new washing machine leaks"),
    ("product", "shoes", "I ordered some shoes from you"),
    ("product", "Apple TV", "My apple tv is black"),
    ("product", "washing machine", "I ordered a washing machine and was told nothing"),
    ("product", None, "you have my phone number"),
    ("product", None, "it does not play on my phone"),
    ("product", None, "I got a phone call"),
    ("product", None, "sitting at my desk all day"),
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


@given(st.text(max_size=400))
def test_a_fact_of_any_text_points_at_its_words(text: str):
    """Whatever is written: a known slot, a short value, and a span of the message that is not empty."""
    for fact in facts(normalise(text), ()):
        assert fact.slot in SLOTS
        assert 0 < len(fact.value) <= 80
        assert text[fact.start : fact.end].strip()


WORDS = st.sampled_from(
    """
    I was told promised me my new phone order #48213 $40 back refund want a the two weeks waiting for since Monday by
    called you 3 times third time angry not let down so , . ? don't would will be here it supposed to name is Anna
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)


@settings(max_examples=300)
@given(st.lists(WORDS, min_size=1, max_size=25))
def test_no_fact_is_invented_or_cut_from_the_middle_of_a_word(words: list[str]):
    """A quoted value stands in the message letter for letter, and every span begins and ends where a word does."""
    text = " ".join(words)
    for fact in facts(normalise(text), ()):
        if fact.slot in ("promised", "problem", "order", "name"):
            assert fact.value == text[fact.start : fact.end]
        assert fact.start == 0 or not text[fact.start - 1].isalnum() or not text[fact.start].isalnum()
        assert fact.end == len(text) or not (text[fact.end].isalnum() and text[fact.end - 1].isalnum())


@pytest.mark.parametrize(
    "bait",
    [
        "i was told that ",
        "supposed to a b c d ",
        "i have called ",
        "been stuck for 2 ",
        "please give me the ",
        "my new phone ",
        "so very ",
        "$1,1",
        "1-1",
        "waiting over a ",
    ],
)
def test_bait_for_the_patterns_costs_no_more_than_its_length(bait: str):
    """Ten times the text costs about ten times the time, and never more than a moment."""
    import time

    def cost(text: str) -> float:
        read = normalise(text)
        return min(_timed(time.perf_counter, read) for _ in range(5))

    assert cost(bait * (4000 // len(bait))) < 60 * max(cost(bait * (400 // len(bait))), 0.0002)


def _timed(clock, read) -> float:
    start = clock()
    facts(read, ())
    return clock() - start
