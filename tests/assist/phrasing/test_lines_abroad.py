"""The lines in German, Spanish and French: what can be checked by rule, of every line that ships."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from app.language import language_model
from app.playbook_files import load
from app.settings import resource
from assist.engine import Engine
from assist.message import Message, Role, Step
from assist.phrasing.slots import fill
from assist.playbook.schema import TONES, Phrase
from assist.signals.detector import Context
from assist.signals.language import letters
from assist.signals.reader import Reader
from assist.signals.sentiment import SentimentAnalyzer
from tests.conftest import Talk

SETS = load(resource("playbooks")).by_language
IDENTIFY = language_model()
READER = Reader(SentimentAnalyzer(), identify=IDENTIFY)
LANGUAGES = ("de", "es", "fr")
WHOLE = {"house", "delivery", "billing", "abuse", "threat", "distress"}
# The others hold words of the language in which they were told: "two weeks" is no German.
SLOTS = {"name", "agent", "order", "amount"}
FILLED = {"name": "Maria", "agent": "Dana", "order": "48213", "amount": "49,90 €"}
MOST_WORDS = 27  # in a sentence; in French an elided word is one of its own to the eye
SENTENCES = 3
ENOUGH = 12  # letters of a line whose language can be told
# What would be too near: the forms for friends.
TOO_NEAR = {
    "de": r"\b(?:du|dich|dir|dein\w*|euch|euer)\b",
    "es": r"\b(?:tú|ti|contigo|tuy[oa]s?|vosotr[oa]s|os|te|tus?)\b",
    "fr": r"\b(?:tu|toi|te|(?<!un )ton|tes)\b|\bt'",
}
# Filler, coldness and what cools nobody down.
NEVER = {
    "de": r"leider|beruhigen sie|unannehmlichkeit|schnellstmöglich|zeitnah|laut (?:unseren )?agb|sehr geehrte|"
    r"ich kann ihre frustration|bitte haben sie verständnis|wie bereits|selbst schuld|hätten sie",
    "es": r"lamentablemente|desafortunadamente|cálmese|tranquilícese|inconvenientes|a la brevedad|nuestra política|"
    r"estimado cliente|entendemos su frustración|como ya le|culpa suya|debería haber (?!tenido)",
    "fr": r"malheureusement|calmez-vous|désagrément|dans les plus brefs délais|nos conditions générales|cher client|"
    r"nous comprenons votre frustration|comme déjà|votre faute|vous auriez dû (?!avoir)|pour la gêne",
}
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def lines(language: str) -> Iterator[Phrase]:
    """Every line of a language."""
    for book in SETS[language].all:
        yield from book.phrases


def text(phrase: Phrase) -> str:
    """A line as it would be sent."""
    return fill(phrase, FILLED)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_house_two_causes_and_all_of_safety(language: str) -> None:
    """Safety must not be English only, and every step has words."""
    assert {book.name for book in SETS[language].all} == WHOLE
    assert {protocol.name for protocol in SETS[language].protocols} == {"abuse", "threat", "distress"}
    assert {entry.step for entry in SETS[language].house.entries} == set(Step)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_three_lines_in_each_tone_and_one_that_needs_nothing(language: str) -> None:
    """Often nothing is known yet; and a line that was shown does not come back."""
    for entry in (entry for book in SETS[language].all for entry in book.entries):
        for tone in TONES:
            phrases = entry.phrases[tone]
            assert len(phrases) >= 3, (entry.rule, entry.line, tone)
            assert any(not phrase.slots for phrase in phrases), (entry.rule, entry.line, tone)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_stands_twice_and_none_is_in_another_language(language: str) -> None:
    """The model that reads customers reads our own words, too."""
    texts = [phrase.text for phrase in lines(language)]
    assert len(set(texts)) == len(texts)
    for phrase in lines(language):
        own = re.sub(r"\{\{\w+\}\}", "", phrase.text)
        if letters(own) >= ENOUGH:
            assert IDENTIFY(own)[0] == language, phrase.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_slots_are_those_that_are_the_same_in_every_language(language: str) -> None:
    """A name and a number; never English words in the middle of another sentence."""
    for phrase in lines(language):
        assert set(phrase.slots) <= SLOTS, phrase.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_short_and_whole(language: str) -> None:
    """Read in one second, under stress."""
    for phrase in lines(language):
        said = text(phrase)
        sentences = SENTENCE_END.split(said)
        assert re.search(r"[.?!]$", said), said
        assert re.match(r"[¿¡]?[A-ZÄÖÜÉÊÀÇÁÍÓÚ]", said), said
        assert not re.search(
            r"\b(?!vous vous |nous nous )(\w+)[ ,]+\1\b|\s{2}|\s[.,]|[.,;]{2}|[{}\[\]]", said.lower()
        ), said
        assert len(sentences) <= SENTENCES, said
        assert max(len(sentence.split()) for sentence in sentences) <= MOST_WORDS, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_customers_are_addressed_as_strangers_are(language: str) -> None:
    """German Sie, Spanish usted, French vous."""
    for phrase in lines(language):
        assert not re.search(TOO_NEAR[language], phrase.text.lower()), phrase.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_filler_or_cold(language: str) -> None:
    """What no customer wants to read is in no language."""
    for phrase in lines(language):
        assert not re.search(NEVER[language], phrase.text.lower()), phrase.text


def test_marks_are_those_of_the_language() -> None:
    """Spanish opens its questions; French leaves a space before them."""
    for phrase in lines("es"):
        assert phrase.text.count("?") == phrase.text.count("¿"), phrase.text
        assert phrase.text.count("!") == phrase.text.count("¡"), phrase.text
    for phrase in lines("fr"):
        assert not re.search(r"\w[?!;:]", phrase.text.replace("}}", "")), phrase.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_sent_as_it_stood_does_its_step(language: str) -> None:
    """Whatever its words: the checklist goes on."""
    for entry in (entry for book in SETS[language].all for entry in book.entries):
        for phrase in (phrase for tone in TONES for phrase in entry.phrases[tone]):
            said = text(phrase)
            message = Message("m1", 1, Role.AGENT, said, datetime(2026, 3, 4, 10, tzinfo=UTC))
            context = Context(Role.AGENT, offered=((entry.step, said),), language=language)
            assert len(said.split()) < 4 or READER.read(message, context).steps[entry.step] >= 0.5, said


OPENINGS = {
    "de": "Meine Bestellung ist immer noch nicht da und keiner antwortet mir!",
    "es": "¡Mi pedido no ha llegado y nadie me responde!",
    "fr": "Ma commande n'est toujours pas arrivée et personne ne me répond !",
}
THEN = {
    "de": ("Ja, genau.", "Das hilft mir nicht.", "Nein, das reicht mir nicht.", "Und jetzt?", "Danke."),
    "es": ("Sí, así es.", "Eso no me sirve.", "No, eso no me basta.", "¿Y ahora qué?", "Gracias."),
    "fr": ("Oui, c'est ça.", "Ça ne m'aide pas.", "Non, ça ne me suffit pas.", "Et maintenant ?", "Merci."),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_chat_stays_in_its_language_and_no_line_comes_twice(talk: Talk, engine: Engine, language: str) -> None:
    """Also through its short answers, which tell no language by themselves."""
    assert engine.playbooks.by_language
    shown: list[str] = []
    standing: set[str] = set()
    for said in (OPENINGS[language], *THEN[language]):
        heard = talk.customer(said)
        assert heard.conversation.language == language, said
        now = {item.text for item in heard.advice.suggestions}
        assert not (now - standing) & set(shown)
        shown += now
        standing = now
        assert len({item.tone for item in heard.advice.suggestions}) == len(TONES), said
        for item in heard.advice.suggestions:
            assert item.rule.startswith(f"{language}/"), item
            assert not item.missing
        talk.agent(heard.advice.suggestions[0].text)
        standing = {item.text for item in talk.state.suggestions}
        shown += standing
