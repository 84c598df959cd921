"""The pattern language of the detectors' tables."""

import time

import pytest

from assist.signals.patterns import Table, rows
from assist.text import normalise


def found(pattern: str, text: str, mark: str = "") -> list[str]:
    table = Table("kind", f"    rule: 0.5{mark}\n        {pattern}\n")
    return [text[cue.start : cue.end] for cue in table(normalise(text))]


@pytest.mark.parametrize(
    ("pattern", "text", "spans"),
    [
        ("third time", "the third  time now", ["third  time"]),
        ("third|3rd time", "3rd time", ["3rd time"]),
        ("no_one cares", "No one cares", ["No one cares"]),
        ("very [bloody] late", "very late, very bloody late", ["very late", "very bloody late"]),
        ("frustrat*", "Frustrating!", ["Frustrating"]),
        ("nobody ~2 cares", "nobody over there cares", ["nobody over there cares"]),
        ("nobody ~2 cares", "nobody in the whole shop cares", []),
        ("waited # days", "waited 12 days", ["waited 12 days"]),
        ("i don't know", "I dont know", ["I dont know"]),
        ("i don't know", "I don\u2019t know", ["I don\u2019t know"]),
        ("time", "sometimes timely time", ["time"]),
        ("again $", "again and again!", ["again"]),
        ("YOU lie", "you guys lie", ["you guys lie"]),
    ],
)
def test_a_pattern_finds_its_words(pattern: str, text: str, spans: list[str]):
    """Alternatives, optional words, stems, gaps, numbers and apostrophes mean what the language says."""
    assert found(pattern, text) == spans


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Give me that", ["Give"]),
        ("Hello there. @shop give it", []),
        ("Well, give it", ["give"]),
        ("They give up. Give in", ["Give"]),
    ],
)
def test_a_caret_holds_a_pattern_to_the_start_of_a_sentence(text: str, spans: list[str]):
    """A greeting may stand before it, other words may not."""
    expected = ["give"] if text.startswith("Hello") else spans
    assert found("^ give", text) == expected


@pytest.mark.parametrize(
    "text", ["I'm not angry", "not at all angry", "I am never really angry", "I wasn't angry", "without being angry"]
)
def test_a_denied_rule_does_not_hold(text: str):
    """Two words may stand between the negation and what it denies."""
    assert found("angry", text) == []


@pytest.mark.parametrize(
    "text",
    ["I can't believe how angry", "not only angry", "I want angry people", "No, angry", "I don't know why. angry"],
)
def test_a_negation_of_something_else_changes_nothing(text: str):
    """ "Want" holds no "n't", and what stands in another clause is not denied."""
    assert found("angry", text) == ["angry"]


def test_a_plain_rule_holds_after_a_negation():
    """Rules that carry their own negation are marked."""
    assert found("cares", "nobody not cares", " plain") == ["cares"]


def test_a_gap_never_passes_a_negation():
    """ "You are not an idiot" is no insult."""
    assert found("you ~3 idiot", "you are not an idiot") == []


def test_a_long_pattern_goes_on_in_the_next_line():
    """A line further in continues the one above, after a bar without a space."""
    table = "    rule: 0.5\n        one|\n            two three\n            four\n        five\n"
    assert rows(table)[0].patterns == ("one|two three four", "five")


def test_at_most_three_spans_of_a_rule_are_kept():
    """A message that says one thing ten times is not ten pieces of evidence."""
    assert found("late", "late late late late late") == ["late"] * 3


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ("        lost pattern\n", "stands before the first rule"),
        ("    rule: 0.5\n        [maybe] not\n", "must start with a word"),
        ("    rule: 0.5\n        a*\n", "no word to find it by"),
    ],
)
def test_a_wrong_table_is_refused_when_it_is_made(table: str, word: str):
    """The mistake is named, and nothing is guessed."""
    with pytest.raises(ValueError, match=word):
        Table("kind", table)


def test_a_search_is_linear_in_the_text():
    """Twice the text takes about twice the time, even for texts made to hurt."""
    table = Table("kind", "    rule: 0.5\n        you ~5 fool ~5 $\n        you ~5 you ~5 fool\n")
    short, long = (normalise(f"fool {'you ' * count}") for count in (400, 800))
    table(long)

    def cost(text):
        started = time.process_time()
        for _ in range(5):
            table(text)
        return time.process_time() - started

    best = min(cost(long) / max(cost(short), 1e-6) for _ in range(5))
    assert best < 3.2
