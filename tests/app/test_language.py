"""The language model: it comes with its package, asks nobody, and gives the same answer in every thread."""

import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.language import language_model
from app.wire import pack, unpack
from assist.reading import Language, Reading
from assist.signals.language import Identify, spoken
from assist.text import normalise

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
NOT_BELIEVED = ["ok", "no", "merci", "lol", "order 48213", "https://example.org/de/sie/ich/nicht", "???", "@sie #ich"]
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
