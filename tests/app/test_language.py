"""The language model: it comes with its package, asks nobody, and gives the same answer in every thread."""

import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from app.language import language_model
from app.wire import advice_wire, pack, unpack
from assist.conversation.state import Conversation
from assist.engine import Engine, Told
from assist.reading import Language, Reading
from assist.signals.language import Identify, spoken
from assist.signals.reader import Reader
from assist.signals.sentiment import SentimentAnalyzer
from assist.text import normalise
from tests.conftest import Talk

WRITTEN = [
    ("de", "Ich warte seit drei Wochen auf mein Paket."),
    ("es", "Hola, mi pedido no ha llegado y quiero saber dónde está."),
    ("fr", "Bonjour, je voudrais savoir pourquoi ma commande est en retard."),
    ("it", "Buongiorno, non riesco ad accedere al mio conto da ieri."),
    ("pl", "Dzień dobry, nie mogę się zalogować na moje konto."),
    ("sv", "Hej, jag har inte fått mitt paket än och undrar var det är."),
    ("tr", "Merhaba, siparişim hala gelmedi, ne zaman gelecek?"),
    ("ru", "Здравствуйте, где мой заказ?"),
    ("zh", "我的包裹还没有到"),
    ("en", "hello where is my stuff"),
    ("en", "WHY IS NOBODY ANSWERING ME"),
    ("en", "Hola, where is my order? This is a disgrace."),
    ("de", "ICH WARTE SEIT DREI WOCHEN AUF MEIN PAKET"),
]
NOT_BELIEVED = [
    "ok",
    "no",
    "merci",
    "lol",
    "order 48213",
    "https://example.org/de/sie/ich/nicht",
    "???",
    "@sie #ich",
    "hi there",
]
BORROWED = [
    "The café sold me a crème brûlée torch and the El Camino poster, gracias!",
    "Please deliver to Rue de la Paix 12, Saint-Denis, and ring at Müller.",
    "Queso Yes Or No",
    "Kind regards, Agnieszka",
    "Thanks, Giuseppe Esposito here",
    "Yours, Wolfgang Müller-Lüdenscheidt",
]


@pytest.fixture(scope="module")
def identify() -> Identify:
    """The model, loaded once."""
    return language_model()


@pytest.mark.parametrize(("code", "text"), WRITTEN)
def test_the_language_of_a_sentence_is_known(identify: Identify, code: str, text: str) -> None:
    """Also in capitals, in other scripts and with slips."""
    assert spoken(normalise(text), identify).code == code


@pytest.mark.parametrize("text", NOT_BELIEVED)
def test_too_little_is_not_believed(identify: Identify, text: str) -> None:
    """A word, a number or a link is in no language."""
    assert spoken(normalise(text), identify) == Language()


@pytest.mark.parametrize("text", BORROWED)
def test_borrowed_words_are_no_foreign_language(identify: Identify, text: str) -> None:
    """A name or a dish must not turn a chat round."""
    assert not spoken(normalise(text), identify).foreign


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is in the package: no socket is opened, from loading to asking."""

    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert language_model()("Wo ist mein Paket, bitte?")[0] == "de"


def test_threads_may_share_the_model(identify: Identify) -> None:
    """Eight at once give the answers of one."""
    texts = [text for _, text in WRITTEN] * 40
    alone = [identify(text) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(identify, texts)) == alone


@pytest.mark.parametrize("text", ["", " ", "\ud800 \udfff", "a\x00b\nc", "\n" * 500, "é" * 20_000, "ich " * 5_000])
def test_hostile_texts_are_answered(identify: Identify, text: str) -> None:
    """Lone surrogates, zeros and lengths must not break a reading."""
    assert 0 <= spoken(normalise(text), identify).certainty <= 1


def test_a_recorded_language_comes_back_and_older_readings_have_none() -> None:
    """Replay gives the same; what was recorded before languages were read stays readable."""
    reading = Reading(language=Language("de", 0.9871))
    assert unpack(pack(reading)) == reading
    older = {name: value for name, value in pack(reading).items() if name != "language"}
    assert unpack(older).language == Language()


GERMAN = ["Wo ist mein Paket? Ich warte seit drei Wochen!", "Nein.", "48213", "Das ist eine Frechheit, ihr Idioten!"]


def test_a_replay_needs_no_detector_and_gives_the_same(engine: Engine) -> None:
    """Languages are recorded with the readings: an engine that knows none folds them to the same advice."""
    talk = Talk(engine, Conversation("replayed"))
    heard = [talk.customer(text) for text in GERMAN]
    assert {each.conversation.language for each in heard} == {"de"}
    told = [Told(each.message, unpack(pack(each.reading))) for each in heard]
    without = Engine(Reader(SentimentAnalyzer()), engine.playbooks)
    again = list(without.replay(Conversation("replayed"), told))
    assert [advice_wire(each.advice) for each in again] == [advice_wire(each.advice) for each in heard]
    assert again[-1].conversation == heard[-1].conversation


def test_a_customer_whose_locale_is_told_is_believed_at_once(engine: Engine) -> None:
    """One short German line is enough where the host said so, and is not where it did not."""
    english = "Hello, I have a question about my order."
    for locale, language in (("de-at", "de"), ("", "en")):
        talk = Talk(engine, Conversation("located", locale=locale))
        talk.customer(english)
        assert talk.customer("Können Sie Deutsch?").conversation.language == language


def test_a_set_without_the_language_says_so_in_english(engine: Engine) -> None:
    """A house that has no German words asks for a common language, with an honest caution."""
    only_english = Engine(engine.reader, replace(engine.playbooks, by_language={}))
    advice = Talk(only_english, Conversation("lost")).customer(GERMAN[0]).advice
    assert advice.cautions[0].startswith("This is in German")
    assert all("language" in item.text or "English" in item.text for item in advice.suggestions)


def test_the_caution_says_how_far_a_language_is_read(engine: Engine) -> None:
    """Plain words in three of them, guesses in the others."""
    polish = Talk(engine, Conversation("pl")).customer("Dzień dobry, nie mogę się zalogować na moje konto.").advice
    assert polish.cautions[0] == (
        "This is in Polish, which is not read well: tension and cause are guesses. Read it yourself."
    )
    french = Talk(engine, Conversation("fr")).customer("Bonjour, je n'ai pas reçu ma commande.").advice
    assert "only plain words are read" in french.cautions[0]
    assert not any("read" in text for text in Talk(engine, Conversation("en")).customer("Where is it?").advice.cautions)


def test_a_greeting_is_answered_in_kind_and_binds_to_nothing(engine: Engine) -> None:
    """Who says "Hola" is greeted in Spanish; a short English line after it is answered in English at once."""
    talk = Talk(engine, Conversation("greeted"))
    assert {item.rule for item in talk.customer("¡Hola!").advice.suggestions} == {"es/house.listen"}
    assert talk.customer("where's my order?").conversation.language == "en"
    assert talk.customer("Y ya está.").conversation.language == "en"
