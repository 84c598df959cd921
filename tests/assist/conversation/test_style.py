"""How the customer writes: named when enough is known, kept until another leads clearly, and shown by their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.conversation.state import Conversation
from assist.conversation.style import KEPT, MOST, STYLES, Manner, observed
from assist.reading import Reading
from tests.conftest import Talk

CHATS = [
    ("assertive", "My order is late.", "Send it today or refund me.", "I want an answer now."),
    ("assertive", "Cancel my contract.", "No. Just cancel it.", "You need to confirm that by tonight."),
    ("assertive", "I need this fixed right now", "your app is broken", "fix it"),
    ("assertive", "I expect a refund. Today.", "Stop asking me questions and send the money back."),
    (
        "reserved",
        "Hi, sorry to bother you, I think my parcel might be a bit late?",
        "Thank you, could you possibly check when you have a moment please",
    ),
    ("reserved", "Hello, I was just wondering if it would be possible to change my seat", "No worries if not, thanks"),
    (
        "reserved",
        "Excuse me, maybe I did something wrong, but I'm not sure my payment went through.",
        "Thanks, that would be kind of you, please take your time",
    ),
    (
        "analytical",
        "I ordered two items on 12 March, order 48213, total 129.90. According to your page delivery takes 3-5 days.",
        "How long does the return take? I was charged 14.90 because of shipping, which means the total is wrong.",
    ),
    (
        "analytical",
        "The router drops the connection every 30 minutes since version 2.1. I tested two cables and compared logs.",
        "First I reset it, then I checked the settings. Why does it say error 504?",
    ),
    (
        "analytical",
        "Can you explain the difference between item 1 and item 2 on the invoice?",
        "The exact total should be 82.50, based on 5 units at 16.50.",
    ),
    (
        "expressive",
        "OMG my dress came totally ruined!!! I'm crying \U0001f62d",
        "I love your shop but this is the worst day ever!!",
    ),
    (
        "expressive",
        "I'm so upset!! This was for my mum's birthday \U0001f622",
        "I can't believe it, absolutely heartbroken",
    ),
    (
        "expressive",
        "Ugh seriously?! Again?? This makes me so mad!",
        "I feel like an idiot, I was sooo looking forward!",
    ),
]


def after(*texts: str) -> Manner:
    """The manner after these messages."""
    manner = Manner()
    for number, text in enumerate(texts, 1):
        manner = observed(manner, f"m{number}", text, Reading())
    return manner


@pytest.mark.parametrize(
    ("style", "lines"), [(style, lines) for style, *lines in CHATS], ids=lambda item: str(item)[:24]
)
def test_a_style_is_read_from_the_way_of_writing(style: str, lines: list[str]) -> None:
    """Whatever it is about."""
    assert after(*lines).style == style


@pytest.mark.parametrize(
    "lines",
    [
        ["Where is my order?"],
        ["OMG!!! I'm so upset \U0001f62d"],
        ["Hello", "My parcel has not come", "It is number 48213"],
        ["", "@brand", "https://example.com"],
        ["Wo ist mein Paket", "ich warte noch"],
    ],
)
def test_no_style_is_named_before_enough_is_known(lines: list[str]) -> None:
    """One short message, small talk, and plain facts say nothing about a manner."""
    assert not after(*lines).style


def test_a_style_does_not_flicker() -> None:
    """One loud line does not make an analytical customer expressive; a chat that goes on that way does."""
    calm = CHATS[7][1:]
    assert after(*calm, "That is so annoying!").style == "analytical"
    loud = [
        "OMG!!! I hate this \U0001f62d",
        "Ugh, I'm so mad!!",
        "worst day ever!!! I can't believe it",
        "I feel awful!!",
    ]
    assert after(*calm, *loud).style == "expressive"


def test_a_demand_with_a_please_is_no_demand() -> None:
    """It is asked for, softly."""
    assert after("Please send me a new one now", "Send me the invoice please").style != "assertive"
    assert after("Send me a new one now", "Send me the invoice").style == "assertive"


@pytest.mark.parametrize(
    ("style", "lines"), [(style, lines) for style, *lines in CHATS[::3]], ids=lambda item: str(item)[:24]
)
def test_the_words_that_made_it_are_shown(style: str, lines: list[str]) -> None:
    """Exact pieces of the customer's messages, a few, each with its rule."""
    evidence = after(*lines).evidence
    texts = {f"m{number}": text for number, text in enumerate(lines, 1)}
    assert 0 < len(evidence) <= KEPT
    for trait in evidence:
        assert trait.style == style
        assert trait.rule
        assert texts[trait.message][trait.start : trait.end] == trait.text


def test_the_style_is_never_the_agents(talk: Talk) -> None:
    """Only what the customer writes counts."""
    talk.customer("Where is my parcel?")
    for _ in range(4):
        talk.agent("OMG I'm so sorry!!! That is the worst!!! \U0001f62d I can't believe it!!")
    assert not talk.state.style
    assert talk.state.manner.messages == 1


def test_the_conversation_knows_the_style(talk: Talk) -> None:
    """The fold keeps it, so that phrases can be chosen by it."""
    for line in CHATS[0][1:]:
        talk.customer(line)
    assert talk.state.style == "assertive"


@given(st.lists(st.text(max_size=200), max_size=6))
def test_any_text_gives_bounded_marks_and_spans(lines: list[str]) -> None:
    """Nothing raises, nothing grows without bound, every span is a piece of its message."""
    manner = after(*lines)
    assert all(0 <= mark <= MOST / (1 - 0.85) for mark in manner.marks)
    assert len(manner.traits) <= KEPT * len(STYLES)
    texts = {f"m{number}": text for number, text in enumerate(lines, 1)}
    assert all(texts[trait.message][trait.start : trait.end] == trait.text for trait in manner.traits)
    assert manner.style in ("", *STYLES)
    assert Conversation("c").manner == Manner()
