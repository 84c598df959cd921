"""Misspelt strong words are read as they are meant; everything else is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.spelling import changes
from assist.text import normalise


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("I am so agnry", "i am so angry"),
        ("this is rediculous and unaceptable", "this is ridiculous and unacceptable"),
        ("you 1d1ot", "you idiot"),
        ("what a $hitty app", "what a shitty app"),
        ("you are an i.d.i.o.t.", "you are an idiot."),
        ("I h a t e it", "i hate it"),
    ],
)
def test_a_strong_word_is_read_as_it_is_meant(said: str, read: str) -> None:
    """One slip, figures for letters, or gaps between them do not hide it."""
    assert normalise(said).plain == read


@pytest.mark.parametrize(
    "said",
    [
        "curious about it",
        "order l4mp-1d10",
        "u.s.a.",
        "plan a b c",
        "at 5 pm",
        "horribly",
        "a 4k tv",
        "unbelievably",
        "anger",
        "we lived",
    ],
)
def test_other_words_stay(said: str) -> None:
    """Codes, initials and words that only look alike are nobody's slips."""
    assert normalise(said).plain == said


@given(st.text("aghnrytfuiosk1$ .", max_size=60))
def test_a_mended_word_points_at_what_was_written(said: str) -> None:
    """Evidence is marked in the customer's own characters."""
    text = normalise(said)
    for start, end, word in changes(said):
        at = text.plain.find(word)
        if at >= 0 and text.plain.count(word) == 1:
            assert text.span(at, at + len(word)) == (start, end)
