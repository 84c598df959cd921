"""The reader as a whole: every text, every role."""

import math
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.message import Message, Role
from assist.reading import CAUSES, SIGNALS, Reading
from assist.signals.detector import Context
from assist.signals.reader import Reader, added_up
from assist.signals.sentiment import SentimentAnalyzer
from tests.assist.signals.conftest import Read

READER = Reader(SentimentAnalyzer())
SAID = """
    I you where is my order never third time idiot kill thanks for nothing not! ? $40 #48213 Monday waiting two weeks
    soooo WHY f***
""".split()  # noqa: SIM905 - a list of words reads better without quotes
ODD = ["\U0001f621", "\u2019", "\u200b", "e\u0301", "\u0456t", "\ufb01", "\n"]
WORDS = st.sampled_from(SAID + ODD)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300),
    st.lists(WORDS, max_size=40).map(" ".join),
)


def message(text: str, role: Role = Role.CUSTOMER, **fields) -> Message:
    return Message("m1", 1, role, text, datetime(2025, 3, 4, 10, tzinfo=UTC), attachments=("a.png",), **fields)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, role=st.sampled_from(list(Role)))
def test_any_text_is_read(text: str, role: Role):
    """Nothing raises, every value is in range, every span points into the text, every signal has a cue."""
    reading = READER.read(message(text, role), Context(role, said=(frozenset({"order", "never", "waiting"}),)))
    assert -1 <= reading.sentiment <= 1
    assert list(reading.signals) == list(SIGNALS)
    values = [*reading.signals.values(), *reading.acts.values(), *reading.steps.values(), reading.politeness]
    assert all(0 <= value <= 1 and math.isfinite(value) for value in values)
    assert reading.cause.label in CAUSES
    assert 0 <= reading.cause.confidence <= 1
    for cue in reading.cues:
        assert 0 <= cue.start < cue.end <= len(text)
        assert 0 < cue.strength <= 1
    shown = {cue.kind for cue in reading.cues}
    assert {name for name, value in reading.signals.items() if value > 0} <= shown
    assert reading.acts.keys() <= shown
    for fact in reading.facts:
        assert 0 <= fact.start < fact.end <= len(text)
        assert fact.value.strip()


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_the_same_message_gives_the_same_reading(text: str):
    """Reading keeps nothing from one message to the next."""
    assert READER.read(message(text), Context(Role.CUSTOMER)) == READER.read(message(text), Context(Role.CUSTOMER))


@pytest.mark.parametrize("role", [Role.NOTE, Role.SYSTEM])
def test_notes_and_system_messages_are_not_read(read: Read, role: Role):
    """What only the team sees moves nothing."""
    assert read("You idiot, where is my order?", role) == Reading()


def test_a_deleted_or_empty_message_is_not_read():
    """What is gone says nothing, nor does a picture alone."""
    context = Context(Role.CUSTOMER)
    assert READER.read(message("You idiot", deleted=True), context) == Reading()
    assert READER.read(message("  "), context) == Reading()


def test_what_an_agent_says_of_the_customers_feelings_is_not_the_agents(read: Read):
    """Empathy is no frustration; an agent's own insult is one."""
    signals = read("I understand how frustrating and upsetting that is", Role.AGENT).signals
    assert set(signals) == set(SIGNALS)
    assert not any(signals.values())
    assert read("You are an idiot", Role.AGENT).signals["abuse"] >= 0.8


def test_spans_are_code_points_of_the_original(read: Read):
    """Emoji, curly quotes and stretched letters before the words do not shift the span."""
    text = "\U0001f621\U0001f621 \u201cSooooo\u201d\u2026 you don\u2019t caaaare"
    cue = next(cue for cue in read(text).cues if cue.rule == "nobody cares")
    assert text[cue.start : cue.end] == "you don\u2019t caaaare"


def test_distinct_rules_add_up_and_one_rule_counts_once(read: Read):
    """Noisy-or over rules: two of .5 make .75, one rule twice stays .5."""
    cues = [cue for cue in read("Nobody cares. Nobody cares. This is the third time").cues if cue.kind == "frustration"]
    assert {cue.rule for cue in cues} == {"nobody cares", "third contact"}
    assert added_up(cues)["frustration"] == 0.75


HARD = {
    "words": "This is terrible, I want my money back and nobody answers. Where is order 123? " * 250,
    "one letter": "a" * 20_000,
    "spaces": " " * 19_999 + "x",
    "you": "you " * 5_000,
    "emoji": "x\U0001f60a" * 10_000,
    "combining marks": "e" + "\u0301" * 10_000,
    "hashes": "#1" * 10_000,
    "amounts": "$1," * 6_666,
    "still": "still no " * 2_222,
    "mixed alphabets": "\u0430b" * 10_000,
}


@pytest.mark.parametrize("name", HARD)
def test_no_text_holds_the_reader_up(name: str):
    """A text of 20,000 characters costs a bounded time, far below what would hold an event loop."""
    text = HARD[name][:20_000]
    for role in (Role.CUSTOMER, Role.AGENT):
        best = min(_seconds(text, role) for _ in range(3))
        assert best < 0.05


def _seconds(text: str, role: Role) -> float:
    started = time.process_time()
    READER.read(message(text, role), Context(role))
    return time.process_time() - started
