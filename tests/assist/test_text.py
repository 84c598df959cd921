"""Normalised text and the way back to the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.text import SCORED, normalise, sentences


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Hello THERE", "hello there"),
        ("don\u2019t \u201cgo\u201d \u2013 now", 'don\'t "go" - now'),
        ("soooo goooood", "so good"),
        ("reallllly waitinggg", "really waiting"),
        ("nooooo!!!!!! why???", "no!! why??"),
        ("a\u200bb\u00adc", "abc"),
        ("caf\u00e9 re\u0301sume\u0301", "cafe resume"),
        ("\u0456diot \u0441lown", "idiot clown"),
        ("\u043f\u0440\u0438\u0432\u0435\u0442", "\u043f\u0440\u0438\u0432\u0435\u0442"),
        ("\ufb01ne \u2460", "fine 1"),
        ("f*** this sh*t, 5*** hotel", "fuck this shit, 5*** hotel"),
        ("a\tb\u00a0c", "a b c"),
        ("ten 1000000 www.x", "ten 1000000 www.x".replace("www", "w")),
    ],
)
def test_a_text_is_made_plain(text: str, plain: str):
    """Case, quotes, stretched letters, hidden and look-alike characters and masked swearing are evened out."""
    assert normalise(text).plain == plain


@given(st.text(max_size=200))
def test_every_plain_character_comes_from_the_original(text: str):
    """Spans of the plain text lead to spans of the original, in order."""
    made = normalise(text)
    where = made.where or tuple(range(len(made.plain)))
    assert len(where) == len(made.plain)
    assert list(where) == sorted(where)
    for index in range(len(made.plain)):
        start, end = made.span(index, index + 1)
        assert 0 <= start < end <= len(text)


def test_a_span_covers_the_stretched_word_up_to_its_last_kept_letter():
    """Evidence begins where the word begins."""
    text = "It is soooo late"
    made = normalise(text)
    start, end = made.span(made.plain.index("so"), made.plain.index(" late"))
    assert text[start : start + 2] == "so"
    assert text[start:end] in "soooo"


def test_a_long_text_keeps_its_head_and_its_tail():
    """Only so many characters are normalised, and the tail still points at the end of the original."""
    text = "a b " * 5_000 + "the end"
    made = normalise(text)
    assert made.cut
    assert len(made.plain) <= SCORED
    start, end = made.span(len(made.plain) - 3, len(made.plain))
    assert text[start:end] == "end"


def test_the_bag_holds_words_stems_and_a_mark_for_numbers():
    """Patterns look up whether their words are there at all."""
    assert {"dont", "frustrated", "frus*", "#", "41"} <= normalise("DON'T be frustrated, 41!").bag


def test_sentences_are_told_apart():
    """Spans stand without the white space around them."""
    text = "Where is it? Nobody cares.  Really"
    assert [text[start:end] for start, end in sentences(text)] == ["Where is it?", "Nobody cares.", "Really"]
