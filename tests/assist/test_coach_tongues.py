"""The coach on drafts in German, Spanish and French."""

import pytest

from assist.coach import Moment, review
from assist.coach_rules import REASONS
from assist.coach_tongues import TONGUES
from assist.conversation.state import Conversation
from assist.message import Message, Role
from assist.reading import Language, Reading
from tests.conftest import START

FAULTY = [
    ("de", "calm_down", "Bitte beruhigen Sie sich."),
    ("de", "blaming", "Das ist Ihr eigener Fehler."),
    ("de", "blaming", "Sie h\u00e4tten die Bedingungen lesen m\u00fcssen."),
    ("de", "dismissive", "Da kann ich leider nichts machen."),
    ("de", "as_i_said", "Wie bereits gesagt, das Paket ist im Depot."),
    ("de", "vague_promise", "Wir melden uns bei Ihnen."),
    ("de", "vague_promise", "Wir pr\u00fcfen das zeitnah."),
    ("de", "passing_on", "Bitte wenden Sie sich an den Paketdienst."),
    ("de", "absolute_no", "Das geht nicht."),
    ("de", "policy_wall", "Das ist gegen unsere Richtlinien."),
    ("de", "non_apology", "Tut mir leid, wenn Sie das so sehen."),
    ("de", "canned", "Wir bitten um Verst\u00e4ndnis f\u00fcr die entstandenen Unannehmlichkeiten."),
    ("de", "rude", "Sind Sie taub?"),
    ("es", "calm_down", "C\u00e1lmese, por favor."),
    ("es", "blaming", "Es su propia culpa."),
    ("es", "dismissive", "No puedo hacer nada."),
    ("es", "as_i_said", "Como ya le he dicho, el paquete est\u00e1 en el almac\u00e9n."),
    ("es", "vague_promise", "Lo miramos lo antes posible."),
    ("es", "passing_on", "Tiene que llamar a la mensajer\u00eda."),
    ("es", "absolute_no", "Eso es imposible."),
    ("es", "policy_wall", "Va contra nuestra pol\u00edtica interna."),
    ("es", "non_apology", "Siento si le ha molestado."),
    ("es", "canned", "Disculpe las molestias ocasionadas."),
    ("es", "rude", "C\u00e1llese ya."),
    ("fr", "calm_down", "Calmez-vous, s'il vous pla\u00eet."),
    ("fr", "blaming", "C'est votre faute."),
    ("fr", "dismissive", "Je ne peux rien faire."),
    ("fr", "as_i_said", "Comme je vous l'ai d\u00e9j\u00e0 dit, le colis est au d\u00e9p\u00f4t."),
    ("fr", "vague_promise", "Nous reviendrons vers vous."),
    ("fr", "passing_on", "Veuillez contacter le transporteur."),
    ("fr", "absolute_no", "C'est impossible."),
    ("fr", "policy_wall", "Selon notre r\u00e8glement, non."),
    ("fr", "non_apology", "D\u00e9sol\u00e9 si cela vous a g\u00ean\u00e9."),
    ("fr", "canned", "Veuillez nous excuser pour la g\u00eane occasionn\u00e9e."),
    ("fr", "rude", "Taisez-vous."),
]
FINE = [
    ("de", "Ich sehe, wie \u00e4rgerlich das ist. Ich melde mich bis 17 Uhr bei Ihnen."),
    ("de", "Das ist nicht Ihr Fehler. Wenden Sie sich jederzeit an mich."),
    ("de", "Das geht nicht mehr heute, aber morgen um 9 Uhr."),
    ("es", "No es su culpa. Le escribo hoy antes de las cinco."),
    ("es", "Siento mucho lo que ha pasado con su pedido."),
    ("fr", "Ce n'est pas votre faute. Je vous \u00e9cris demain avant midi."),
    ("fr", "Je suis d\u00e9sol\u00e9 que votre colis ne soit pas arriv\u00e9."),
]


def remarks(language: str, draft: str):
    """The remarks on a draft for a customer of its language."""
    reading = Reading(language=Language(language, 0.9))
    return review(draft, moment=Moment(Conversation("c", language=language, settled=True), reading))


@pytest.mark.parametrize(("language", "kind", "draft"), FAULTY)
def test_a_fault_is_remarked_in_its_language(language, kind, draft):
    """With a better wording that has no fault itself."""
    found = {remark.kind: remark for remark in remarks(language, draft)}
    assert kind in found
    assert found[kind].better
    assert remarks(language, found[kind].better) == ()


@pytest.mark.parametrize(("language", "draft"), FINE)
def test_a_good_draft_passes_in_its_language(language, draft):
    """Nothing is remarked where there is nothing to say."""
    assert remarks(language, draft) == ()


def test_every_kind_of_a_tongue_has_a_reason_and_a_fault():
    """No rule is left out of these tests."""
    for language, rules in TONGUES.items():
        kinds = {rule.kind for rule in rules}
        assert kinds <= REASONS.keys()
        assert kinds == {kind for spoken, kind, _ in FAULTY if spoken == language}


def test_the_draft_is_read_in_the_language_that_the_reader_finds(engine):
    """From the reader to the remark, in a chat in German."""
    state = Conversation("c", language="de", settled=True)
    draft = "Bitte beruhigen Sie sich, das Paket ist doch schon unterwegs zu Ihnen."
    reading = engine.read(Message("d", 1, Role.AGENT, draft, START), state)
    assert "calm_down" in {remark.kind for remark in review(draft, moment=Moment(state, reading))}
