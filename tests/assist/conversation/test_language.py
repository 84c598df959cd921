"""The language of a conversation: what the customer writes, not what one message looks like."""

from assist.conversation.language import turned
from assist.reading import Language

GERMAN = Language("de", 0.98)
LONG = "Ich warte seit drei Wochen auf mein Paket"


def after(*said: tuple[Language, str], first: bool = False, expected: bool = False) -> str:
    """The language after messages of an English conversation."""
    spoken = ("en", "")
    for heard, text in said:
        spoken = turned(spoken, heard, text, first=first, expected=expected)
    return spoken[0]


def test_one_short_line_does_not_turn_it() -> None:
    """A "Danke schön!" is a courtesy."""
    assert after((GERMAN, "Danke schön!")) == "en"


def test_two_short_lines_turn_it() -> None:
    """The second shows that it is meant."""
    assert after((GERMAN, "Ja, bitte!"), (GERMAN, "Wann kommt es?")) == "de"


def test_english_between_two_short_lines_keeps_it() -> None:
    """Who goes back to English goes on in English."""
    assert after((GERMAN, "Ja, bitte!"), (Language("en", 0.9), "when?"), (GERMAN, "Danke schön!")) == "en"


def test_two_lines_in_two_languages_do_not_turn_it() -> None:
    """They speak for neither."""
    assert after((GERMAN, "Ja, bitte!"), (Language("fr", 0.9), "Merci bien")) == "en"


def test_one_long_line_turns_it() -> None:
    """Nobody writes a whole sentence by accident."""
    assert after((GERMAN, LONG)) == "de"


def test_the_first_words_turn_it() -> None:
    """Nothing speaks for English before anything was said."""
    assert after((GERMAN, "Wo ist es?"), first=True) == "de"


def test_what_the_host_expects_needs_no_second_line() -> None:
    """A customer whose locale is German and who writes German is answered so at once."""
    assert after((GERMAN, "Wo ist es?"), expected=True) == "de"


def test_what_is_not_believed_changes_nothing() -> None:
    """Neither a number nor a smile takes back what they lean to."""
    assert after((GERMAN, "Ja, bitte!"), (Language(), "48213"), (GERMAN, "Wann kommt es?")) == "de"
