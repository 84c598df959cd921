"""Slots are filled by plain replacement; what is not known shows as a gap and is never invented."""

from hypothesis import given
from hypothesis import strategies as st

from assist.conversation.state import Conversation
from assist.phrasing.slots import fill, known, worth
from assist.playbook.schema import Phrase

PHRASE = Phrase("k", "{{name}}, order {{order}} is on its way, {{name}}.", "warm", ("name", "order"))


def test_a_gap_is_visible_and_listed() -> None:
    """As `[order]`, for the agent to fill."""
    text, missing = fill(PHRASE, {"name": "Sam"})
    assert text == "Sam, order [order] is on its way, Sam."
    assert missing == ("order",)


def test_what_was_said_in_the_chat_wins_over_what_the_host_told() -> None:
    """The customer's correction is newer."""
    state = Conversation("c", slots={"order": "1", "name": "Sam", "unheard-of": "x"}, facts={"order": "2"})
    assert known(state) == {"order": "2", "name": "Sam"}


@given(st.text(max_size=300))
def test_a_value_is_text_and_nothing_else(value: str) -> None:
    """No braces, no lines, no invisible characters, no second round of filling."""
    values = known(Conversation("c", slots={"name": value, "order": "{{name}}"}))
    text, _ = fill(PHRASE, values)
    assert "{" not in text
    assert "}" not in text
    assert "\n" not in text
    assert len(text) < 300


def test_a_phrase_with_more_of_their_facts_is_worth_more() -> None:
    """And one with a gap is worth least."""
    plain = Phrase("p", "On it.", "warm", ())
    assert worth(PHRASE, {}) < worth(plain, {}) < worth(PHRASE, {"name": "Sam", "order": "2"})
