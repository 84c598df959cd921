"""Why the tension is what it is: without a message, and without some of its words, by folding again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.conversation.fold import fold
from assist.conversation.state import Conversation
from assist.engine import Engine, Told
from assist.explain import explain, less
from assist.message import Message, Role
from assist.reading import Reading
from tests.conftest import START

CHAT = [
    (Role.CUSTOMER, "This is the third time I'm writing. Where is my order? Nobody there cares."),
    (Role.AGENT, "I am so sorry that nobody answered you. I will find your order now."),
    (Role.CUSTOMER, "You are all idiots, and I have been waiting for ten days."),
    (Role.AGENT, "I see why you are angry. I have found it, and it will be with you tomorrow by noon."),
    (Role.CUSTOMER, "Thank you so much, that helps."),
]


def messages() -> list[Message]:
    """The chat, a minute between two messages."""
    return [
        Message(f"m{seq}", seq, role, text, START + timedelta(minutes=seq)) for seq, (role, text) in enumerate(CHAT, 1)
    ]


@pytest.fixture(scope="module")
def told(engine: Engine) -> list[Told]:
    """The chat as it was recorded."""
    state, found = Conversation("c"), []
    for message in messages():
        heard = engine.hear(state, message)
        state = heard.conversation
        found.append(Told(message, heard.reading))
    return found


def tension(told: list[Told]) -> float:
    """Tension at the end of a transcript, by the fold alone."""
    state = Conversation("c")
    for item in told:
        state = fold(state, item.message, item.reading or Reading())
    return round(state.tension, 1)


@pytest.mark.parametrize("number", range(len(CHAT)))
def test_without_a_message_is_the_transcript_folded_without_it(told, number):
    """What stands as `without` is what really comes out when the line is taken from the transcript."""
    found = explain(Conversation("c"), told, f"m{number + 1}")
    assert found.without == tension([*told[:number], *told[number + 1 :]])
    assert found.tension == tension(told[: number + 1])


def test_the_insult_is_what_made_the_chat_hot(told):
    """Its words are among the points, and without them the message is far cooler."""
    found = explain(Conversation("c"), told, "m3")
    text = CHAT[2][1]
    insult = next(point for point in found.points if "idiots" in point.text)
    assert text[insult.start : insult.end] == insult.text
    assert insult.without < found.tension - 10
    assert all(point.points >= 0.05 or abs(point.without - found.tension) >= 0.04 for point in found.points)


def test_a_point_without_is_the_message_folded_with_the_reading_less_those_words(told):
    """The same fold, with nothing read in the words."""
    found = explain(Conversation("c"), told, "m3")
    for point in found.points:
        bare = Told(told[2].message, less(told[2].reading, point.start, point.end))
        assert point.without == tension([*told[:2], bare])


def test_thanks_are_shown_as_what_cools(told):
    """Words may have cooled a chat: without them it would be hotter."""
    found = explain(Conversation("c"), told, "m5")
    thanks = next(point for point in found.points if point.kind == "gratitude")
    assert thanks.without > found.tension


def test_what_the_host_told_stands_whichever_message_is_left_out(told):
    """The language that a host told before the first message is there without that message too."""
    hosted = [Told(told[0].message, told[0].reading, {"locale": "de-DE"}), *told[1:]]
    assert explain(Conversation("c"), hosted, "m1").without == tension(told[1:])


def test_an_unknown_message_has_no_explanation(told):
    """Nothing is made up."""
    assert explain(Conversation("c"), told, "m9") is None


@given(st.integers(0, 80), st.integers(0, 80))
def test_less_never_raises_what_was_read(engine, start, length):
    """Nothing is read more surely for words that are left out, and every probability stays one."""
    state = Conversation("c")
    reading = engine.read(Message("m", 1, Role.CUSTOMER, CHAT[2][1], START), state)
    bare = less(reading, start, start + length)
    assert bare.signals.keys() == reading.signals.keys()
    assert all(0 <= bare.signals[name] <= value for name, value in reading.signals.items())
    assert all(0 <= bare.acts[name] <= value for name, value in reading.acts.items())
    assert not [cue for cue in bare.cues if start <= cue.start and cue.end <= start + length]
