"""What says nearly the same as something shown or sent in a chat does not come again."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.phrasing.choose import choose
from assist.phrasing.wear import KEPT, recalled, remembered, said_in, same, worn_out
from assist.playbook.match import match
from tests.assist.phrasing.test_choose import STATE
from tests.conftest import Talk

ALIKE = [
    ("You're welcome! Is there anything else I can do for you?", "You are welcome. Is there anything else I can do?"),
    ("I'll check the payment and write to you by noon.", "I'll check your payment now and write to you before noon."),
    (
        "I can start the refund today, or have it sent again today. Which do you want?",
        "Two options: I have it sent again today, or I start the refund today. Which do you prefer?",
    ),
    (
        "I'm asking the carrier where your parcel is.",
        "Thanks for the number. I'm asking the carrier right now where the parcel is, so give me a moment.",
    ),
]
DIFFERENT = [
    ("I'm sorry your parcel is late.", "Which day would suit you for the delivery?"),
    ("I'll check the payment today.", "I'll check the address on your account."),
    ("Thank you.", "Thank you, that helps."),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_the_same_in_other_words_is_the_same(one: str, other: str) -> None:
    """Small words, order and endings do not make a new line; nor does a longer message around it."""
    assert worn_out(one, [said_in(other)])
    assert worn_out(other, [said_in(one)])


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_thing_is_not(one: str, other: str) -> None:
    """One or two words in common prove nothing."""
    assert not worn_out(one, [said_in(other)])


@given(st.frozensets(st.sampled_from("abcdefghij")), st.frozensets(st.sampled_from("abcdefghij")))
def test_likeness_has_no_direction(one: frozenset[str], other: frozenset[str]) -> None:
    """And a text with three content words is like itself."""
    assert same(one, other) == same(other, one)
    assert same(one, one) == (len(one) >= 3)


@given(st.lists(st.text(max_size=50), max_size=60))
def test_a_chat_remembers_only_the_last_ones(texts: list[str]) -> None:
    """However long it runs, and as the words they are."""
    kept = remembered((), texts)
    assert recalled(kept) == tuple(map(said_in, texts))[-KEPT:]


def test_what_the_agent_wrote_herself_is_not_suggested(talk: Talk) -> None:
    """In her own words, close to a phrase: no suggestion that would say it again, for the rest of the chat."""
    lines = [
        "My parcel was promised for Monday and it is still not here. Where is it?",
        "So where is it?",
        "This is the third time I'm writing about my parcel!",
        "And now?",
        "Do something.",
    ]
    sent: list[frozenset[str]] = []
    for line in lines:
        heard = talk.customer(line)
        assert heard.advice.suggestions
        for item in heard.advice.suggestions:
            assert not worn_out(item.text, sent), item.text
        own = f"Well, {heard.advice.suggestions[0].text}"
        talk.agent(own)
        sent.append(said_in(own))


def test_a_line_that_is_shown_is_not_followed_by_its_like(engine: Engine) -> None:
    """Through a long chat: nothing is shown that says what was shown before and is gone."""
    talk = Talk(engine, Conversation("long", slots={"name": "Sam", "agent": "Dana"}))
    before: dict[str, frozenset[str]] = {}
    standing: dict[str, frozenset[str]] = {}
    for number in range(12):
        heard = talk.customer(
            ("Where is my order?", "I'm really angry now!", "That does not help me at all.")[number % 3]
        )
        now = {item.key: said_in(item.text) for item in heard.advice.suggestions}
        before |= {key: words for key, words in standing.items() if key not in now}
        for item in heard.advice.suggestions:
            if item.key not in standing:
                assert item.key not in before
                assert not worn_out(item.text, before.values()), item.text
        standing = now


def test_a_worn_line_comes_last(engine: Engine) -> None:
    """What the customer or the team had too often gives way to any other line that is as fresh."""
    found = match(engine.playbooks, STATE)
    assert found.step is not None
    usual = {item.key for item in choose(STATE, found.step, found.entries)}
    varied = {item.key for item in choose(replace(STATE, worn=frozenset(usual)), found.step, found.entries)}
    assert usual.isdisjoint(varied)
    everything = frozenset(phrase.key for entry in found.entries for tone in entry.phrases.values() for phrase in tone)
    assert {item.key for item in choose(replace(STATE, worn=everything), found.step, found.entries)} == usual
