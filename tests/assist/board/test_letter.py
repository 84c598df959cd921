"""An alert in words: what it says, and that nothing from outside can do more than be read."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from assist.board.letter import LONGEST_NAME, LONGEST_QUOTE, Party, alarmed, clean, letter, risen
from tests.conftest import Talk

PARTY = Party("c-17", "Maria Lopez", "dana", "support")


def test_the_letter_says_who_waits_why_and_what_was_tried(talk: Talk) -> None:
    """In plain text that can be sent on as it is."""
    talk.customer("Where is my parcel? It was promised for Monday!")
    talk.agent("I'm so sorry about that, I will look into it for you right away.")
    talk.customer("No. I want to speak to your supervisor, this is the third time I write and nobody there cares!")
    why = risen(talk.state, [0.1, talk.state.risk])
    subject, text = letter(PARTY, talk.state, why, "https://assist.example.org/supervisor")
    assert subject.startswith("Maria Lopez (support): risk rose from 10 % to ")
    assert "Maria Lopez waits for dana in team support since 09:03 UTC." in text
    assert "asks for somebody above" in text
    assert "Cause: delivery" in text
    assert "apologize" in text.partition("Tried so far: ")[2]
    assert "“nobody there cares”" in text or "nobody" in text
    assert text.endswith("Conversation c-17: https://assist.example.org/supervisor\n")


def test_a_chat_that_nobody_has_answered_says_so(talk: Talk) -> None:
    """Without a name, an agent or a step."""
    talk.customer("I am going to come to your office with a gun.")
    subject, text = letter(Party("c-1", team="support"), talk.state, alarmed("threat"), "/supervisor")
    assert subject == "A customer (support): safety: a threat of harm"
    assert "Tried so far: nothing yet" in text
    assert "waits for anybody" in text


def test_only_short_quotes_of_the_customer_go_in(talk: Talk) -> None:
    """Not the message."""
    talk.customer("You useless idiots, " + "my order number is 48213 and my card is 4111 1111 1111 1111. " * 20)
    _, text = letter(PARTY, talk.state, risen(talk.state, [0.7]), "/supervisor")
    assert "4111" not in text
    assert len(text) < 900


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_name_is_one_line_of_printable_characters(name: str, team: str):
    """So it makes no header, no line and no direction of its own."""
    made = clean(name, LONGEST_NAME)
    assert len(made) <= LONGEST_NAME
    assert not any(unicodedata.category(char).startswith("C") or char in "\u2028\u2029" for char in made)
    assert "\n" not in clean(team, LONGEST_QUOTE)


def test_a_name_with_line_ends_makes_no_header(talk: Talk) -> None:
    """The subject stays one line, and the letter keeps its lines."""
    talk.customer("Hello?")
    named = Party("c\n1", "Eve\r\nBcc: all@example.org\u202e", "dana\x00\x1b[2J", "support\n\nPS: call me")
    subject, text = letter(named, talk.state, risen(talk.state, [0.2]), "/supervisor")
    plain = letter(PARTY, talk.state, risen(talk.state, [0.2]), "/supervisor")[1]
    assert subject.isprintable()
    assert len(text.splitlines()) == len(plain.splitlines())
    assert all(line.isprintable() for line in text.splitlines())
