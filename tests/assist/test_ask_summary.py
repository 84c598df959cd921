"""Summaries by rule: when one is asked for, what is in it, and where each sentence comes from."""

from dataclasses import replace

import pytest

from assist.ask_summary import MOST, summarise, wanted_in
from assist.ask_summary_words import NAMES, SENTENCES
from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.message import Step
from assist.reading import CAUSES
from tests.assist.asking import Chat, chat


@pytest.fixture(scope="module")
def told(engine: Engine) -> Chat:
    """A chat with facts, an offer, a refusal, a promise and a wish."""
    return chat(
        engine,
        [
            ["customer", "This is the third time I'm writing. Where is my order 48213? It was promised for Monday."],
            ["agent", "I'm sorry. I'll look into it and write to you within two hours."],
            ["customer", "I want my money back, $40. Get me your manager."],
            ["agent", "I can send you a new one today."],
            ["customer", "No, that does not help. I want a refund."],
        ],
    )


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("summarise", "en"),
        ("Can you summarize this chat?", "en"),
        ("what happened so far?", "en"),
        ("catch me up", "en"),
        ("tl;dr", "en"),
        ("Kannst du das zusammenfassen?", "de"),
        ("Fass bitte zusammen", "de"),
        ("Überblick", "de"),
        ("un resumen por favor", "es"),
        ("resume la conversación", "es"),
        ("résume la conversation", "fr"),
        ("Résumé", "fr"),
        ("how do I resume the subscription?", ""),
        ("what can I offer?", ""),
        ("", ""),
    ],
)
def test_a_summary_is_asked_for_in_four_languages(question: str, language: str):
    """And the words that mean something else are told apart."""
    assert wanted_in(question) == language


def test_each_part_names_its_message(told: Chat):
    """Cause, facts, what was tried and refused, wishes, promises, how it stands."""
    found = {(item.kind, item.message) for item in summarise(told.state, told.entries)}
    assert {("fact", "m1"), ("fact", "m3"), ("step", "m2"), ("step", "m4"), ("refused", "m5")} <= found
    assert {("wish", "m3"), ("wish", "m5"), ("promise", "m2"), ("standing", "m5")} <= found
    ids = {entry.message.id for entry in told.entries}
    assert all(item.message in ids for item in summarise(told.state, told.entries))


def test_it_says_what_was_said(told: Chat):
    """With the chat's own facts and words."""
    texts = [item.text for item in summarise(told.state, told.entries)]
    assert "Order: 48213" in texts
    assert "Amount: $40" in texts
    assert "Promised: “I'll look into it and write to you within two hours.”" in texts
    assert any(text.startswith("They turned it down: “No, that does not help") for text in texts)


def test_gaps_are_filled_once(told: Chat):
    """A customer who writes a gap gets it back as it stands."""
    first = told.entries[0]
    hostile = replace(first, message=replace(first.message, text="{cause} {quote} {0} %s <b>where is it</b>"))
    texts = [item.text for item in summarise(told.state, (hostile,))]
    assert any("{cause} {quote} {0} %s <b>where is it</b>" in text for text in texts)


def test_an_empty_chat_has_a_summary(told: Chat):
    """It says that nothing is clear yet, and names no message."""
    (only,) = summarise(Conversation("c"), ())
    assert (only.kind, only.message) == ("cause", None)


def test_a_long_chat_stays_short(told: Chat):
    """However much was said."""
    assert len(summarise(told.state, told.entries * 40)) <= MOST


@pytest.mark.parametrize("language", SENTENCES)
def test_every_language_has_every_word(language: str):
    """Sentences with the same gaps, and a name for each cause and step."""
    gaps = {key: sorted(part.split("}")[0] for part in text.split("{")[1:]) for key, text in SENTENCES["en"].items()}
    here = {k: sorted(part.split("}")[0] for part in text.split("{")[1:]) for k, text in SENTENCES[language].items()}
    assert here == gaps
    assert NAMES[language].keys() == NAMES["en"].keys()
    assert {*CAUSES} - {"other"} <= NAMES[language].keys()
    assert {step.value for step in Step} <= NAMES[language].keys()
