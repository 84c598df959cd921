"""Dialect spellings are read as the standard words; names, codes and other words are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.dialect import MEANT, standard
from assist.text import normalise


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("I cannae get in, whit noo?", "i cannot get in, what now?"),
        ("dey said dat da parcel is lost", "they said that the parcel is lost"),
        ("Still waitin' and payin for nothin", "still waiting and paying for nothing"),
        ("u gonna refund ur customers?", "you going to refund your customers?"),
        ("Aye, thx. b4 5pm plz", "yes, thanks. before 5pm please"),
    ],
)
def test_a_dialect_is_read_as_the_standard_words(said: str, read: str) -> None:
    """Whatever reads the text sees the same words for both spellings."""
    assert normalise(said).plain == read


@pytest.mark.parametrize(
    "said", ["@u", "wi-fi", "u.s.a.", "b4/c7", "da_vinci", "mail ur@shop.example", "#dis", "stout", "wein", "begin"]
)
def test_parts_of_names_codes_and_longer_words_stay(said: str) -> None:
    """A spelling counts only as a word by itself."""
    assert normalise(said).plain == said


def test_evidence_points_at_the_words_as_they_were_written() -> None:
    """The standard words stand for the span of the dialect ones."""
    text = normalise("I cannae wait")
    at = text.plain.index("cannot")
    assert text.span(at, at + len("cannot")) == (2, 8)


def test_no_standard_word_is_itself_read_as_another() -> None:
    """One pass is enough, and reading twice changes nothing."""
    assert not [word for meant in MEANT.values() for word in meant.split() if word in MEANT]


@given(st.text("u wi'dat.-@ 4b", max_size=40))
def test_changes_are_in_order_and_apart(said: str) -> None:
    """Whatever is written."""
    ends = [0, *(place for start, end, _ in standard(said) for place in (start, end))]
    assert ends == sorted(ends)
