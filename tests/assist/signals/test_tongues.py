"""What is read in German, Spanish and French: the words that must not be missed, and those that must not be misread."""

from datetime import UTC, datetime

import pytest

from app.language import language_model
from assist.conversation.tension import band
from assist.message import Message, Role, Step
from assist.reading import SIGNALS, Language, Reading
from assist.signals.detector import Context
from assist.signals.reader import Reader
from assist.signals.sentiment import SentimentAnalyzer
from tests.assist.signals.conftest import Read
from tests.conftest import Talk

READER = Reader(SentimentAnalyzer(), identify=language_model())
HARM = 0.7  # a threat from here on is of harm, below of lawyers
MEANT = [
    ("gratitude", "Vielen Dank, Sie haben mir sehr geholfen!"),
    ("gratitude", "Muchas gracias por su ayuda, muy amable."),
    ("gratitude", "Merci beaucoup pour votre aide, c'est très gentil."),
    ("anger", "Das ist eine bodenlose Frechheit!"),
    ("anger", "Ich bin wirklich stinksauer auf Sie."),
    ("anger", "Estoy muy enfadada con ustedes."),
    ("anger", "¡Esto es una vergüenza, ya basta!"),
    ("anger", "C'est inadmissible, je suis furieux."),
    ("anger", "Vous vous foutez de moi ou quoi ?"),
    ("complaint", "Mein Paket ist immer noch nicht angekommen."),
    ("complaint", "Todavía no he recibido mi pedido y nadie responde."),
    ("complaint", "Je n'ai toujours rien reçu et personne ne répond."),
    ("abuse", "Sie sind doch ein kompletter Vollidiot."),
    ("abuse", "Halten Sie einfach das Maul."),
    ("abuse", "Eres un imbécil y un inútil."),
    ("abuse", "Váyanse a la mierda, hijos de puta."),
    ("abuse", "Vous êtes vraiment des incapables."),
    ("abuse", "Va te faire foutre, espèce de connard."),
    ("supervisor", "Ich möchte sofort mit Ihrem Vorgesetzten sprechen."),
    ("supervisor", "Quiero hablar con un supervisor ahora mismo."),
    ("supervisor", "Passez-moi votre responsable tout de suite."),
    ("refusal", "Das hilft mir nicht weiter."),
    ("refusal", "Nein, ich will keinen Gutschein."),
    ("refusal", "Eso no me sirve de nada."),
    ("refusal", "No quiero un vale, quiero mi dinero."),
    ("refusal", "Ça ne me convient pas du tout."),
    ("refusal", "Je refuse votre proposition."),
    ("churn", "Ich kündige meinen Vertrag."),
    ("churn", "Quiero darme de baja hoy mismo."),
    ("churn", "Je vais résilier mon abonnement."),
    ("churn", "Bei Ihnen bestelle ich ganz sicher nie wieder."),
    ("churn", "Jamás volveré a comprar con ustedes."),
    ("churn", "Plus jamais je ne commande chez vous."),
    ("foreign", "Ich hätte da eine Frage zu Ihren Öffnungszeiten."),
]
VIOLENT = [
    "Ich bringe euch alle um!",
    "Ich weiß, wo du wohnst.",
    "Ich schlage dir die Fresse ein.",
    "Ich werde euch alle abstechen.",
    "Te voy a matar.",
    "Os voy a partir la cara.",
    "Sé dónde trabajas.",
    "Voy a quemar su tienda.",
    "Je vais te tuer.",
    "Je vais vous casser la gueule.",
    "Je sais où vous habitez.",
]
LAWFUL = [
    "Dann werde ich Sie eben verklagen.",
    "Sie hören von meinem Anwalt.",
    "Ich werde mich an die Verbraucherzentrale wenden.",
    "Voy a poner una denuncia contra ustedes.",
    "Tendrán noticias de mi abogado, voy a presentar una demanda.",
    "Je vais prendre un avocat et porter plainte.",
    "Nous nous verrons au tribunal.",
]
DESPERATE = [
    "Ich will nicht mehr leben.",
    "Ich bringe mich um.",
    "Ich denke darüber nach, mir das Leben zu nehmen.",
    "Ya no quiero vivir más.",
    "Me voy a suicidar.",
    "Estoy pensando en quitarme la vida.",
    "Je ne veux plus vivre.",
    "J'ai envie de mourir.",
    "Je vais me suicider.",
]
# Idioms, denials, third persons and false friends: neither an alarm nor the ladder.
HARMLESS = [
    "Ich könnte mich totlachen, das ist so lustig.",
    "Das Warten bringt mich noch um.",
    "Ich bringe Sie um 10 Uhr zum Bahnhof.",
    "Ich hole das Paket um 18 Uhr bei Ihnen ab.",
    "Ich sterbe vor Hunger.",
    "Ich werde Sie nicht verklagen, keine Sorge.",
    "Ich bin Anwältin und brauche eine Rechnung für die Kanzlei.",
    "Sie sind kein Idiot, das weiß ich doch.",
    "Mein Akku ist am Arsch, was kann ich tun?",
    "Die Tasche war in der Mitte kaputt, ich will die andere.",
    "Ihr Fahrer hat das Paket beim Nachbarn abgegeben.",
    "Me muero de risa con esto.",
    "Estoy muerta de hambre, ¿cuándo llega el repartidor?",
    "Esta espera me mata, de verdad.",
    "Voy a matar el tiempo mientras espero.",
    "No los voy a demandar, tranquilos.",
    "El servicio de mantenimiento fue inútil esta vez.",
    "Mi abogado necesita la factura a su nombre.",
    "Ça me tue, cette attente.",
    "Je suis mort de rire.",
    "Je meurs de faim, où est le livreur ?",
    "Je vais tuer le temps en attendant.",
    "C'est nul, le site ne marche pas.",
    "Je veux en finir avec cette commande.",
    "Mon frère est avocat, il a besoin d'une facture.",
    "Je ne vais pas porter plainte.",
]
CALM = [
    "Wann machen Sie morgen auf?",
    "Ich bin nicht wütend, ich habe nur eine Frage.",
    "Können Sie mir die Rechnung noch einmal schicken?",
    "¿Me puede decir el precio, por favor?",
    "No estoy enfadado, solo quiero saber el horario.",
    "Pourriez-vous me donner vos horaires ?",
    "Je ne suis pas en colère, je voudrais juste savoir.",
    "Die Lieferung ist die falsche, die Schuhe waren rot.",
    "Varan är slut i lager, när kommer den tillbaka?",
    "Ik heb de slot van de fiets nodig, de fiets staat al klaar.",
]
CAUSES = [
    ("delivery", "Wo bleibt meine Bestellung?"),
    ("delivery", "¿Dónde está mi paquete?"),
    ("delivery", "Où est ma commande ?"),
    ("billing", "Der Betrag wurde doppelt abgebucht."),
    ("billing", "Me han cobrado dos veces la cuota."),
    ("billing", "J'ai été prélevé deux fois ce mois-ci."),
    ("refund", "Ich hätte gern mein Geld zurück."),
    ("refund", "Quiero la devolución de mi dinero."),
    ("refund", "Je voudrais un remboursement."),
    ("other", "Wann machen Sie morgen auf?"),
]
DONE = [
    (Step.APOLOGIZE, "Das tut mir sehr leid."),
    (Step.EMPATHIZE, "Ich kann Ihren Ärger gut verstehen."),
    (Step.OWN, "Ich kümmere mich persönlich darum."),
    (Step.ESCALATE, "Ich hole meine Vorgesetzte dazu."),
    (Step.FOLLOW_UP, "Ich melde mich morgen bis zwölf Uhr bei Ihnen."),
    (Step.APOLOGIZE, "Le pido disculpas por lo ocurrido."),
    (Step.OWN, "Yo me encargo personalmente de su caso."),
    (Step.SOLVE, "Le envío hoy un paquete nuevo."),
    (Step.APOLOGIZE, "Je vous présente toutes mes excuses."),
    (Step.OWN, "Je m'en occupe tout de suite."),
    (Step.SOLVE, "Je vous rembourse la commande aujourd'hui."),
]


@pytest.fixture
def abroad() -> Read:
    """Reads a text with the language model and without any scorer."""

    def read(text: str, role: Role = Role.CUSTOMER, **before) -> Reading:
        message = Message("m1", 1, role, text, datetime(2026, 3, 4, 10, tzinfo=UTC))
        return READER.read(message, Context(role, **before))

    return read


@pytest.mark.parametrize(("signal", "text"), MEANT)
def test_plain_words_are_read(abroad: Read, signal: str, text: str) -> None:
    """From one half on a playbook may answer it."""
    assert abroad(text).signal(signal) >= 0.5


@pytest.mark.parametrize("text", VIOLENT)
def test_a_threat_of_violence_starts_the_protocol(abroad: Read, text: str) -> None:
    """Safety does not end where English does."""
    assert abroad(text).signal("threat") >= HARM


@pytest.mark.parametrize("text", LAWFUL)
def test_lawyers_are_heard_and_are_no_harm(abroad: Read, text: str) -> None:
    """They go to a supervisor; nobody is asked to take them back."""
    assert 0.5 <= abroad(text).signal("threat") < HARM


@pytest.mark.parametrize("text", DESPERATE)
def test_despair_is_heard(abroad: Read, text: str) -> None:
    """In every language that has words for it."""
    assert abroad(text).signal("distress") >= 0.5


@pytest.mark.parametrize("text", HARMLESS)
def test_idioms_denials_and_false_friends_are_no_alarm(abroad: Read, text: str) -> None:
    """Nobody calls a supervisor because somebody dies of laughter."""
    reading = abroad(text)
    assert max(reading.signal("threat"), reading.signal("distress"), reading.signal("abuse")) < 0.5


@pytest.mark.parametrize("text", CALM)
def test_calm_words_are_calm(talk: Talk, text: str) -> None:
    """With the scorers at hand, too: what they make of other languages is false tension."""
    heard = talk.customer(text)
    assert band(heard.conversation.tension) == "calm"
    assert max(heard.reading.signal(name) for name in SIGNALS if name != "complaint") < 0.3


@pytest.mark.parametrize(("cause", "text"), CAUSES)
def test_the_cause_is_named_by_plain_words(abroad: Read, cause: str, text: str) -> None:
    """So that the right playbook speaks."""
    assert abroad(text).cause.label == cause


@pytest.mark.parametrize(("step", "text"), DONE)
def test_an_agents_steps_are_ticked(abroad: Read, step: Step, text: str) -> None:
    """An agent who writes her own words in another language gets no stale advice."""
    assert abroad(text, Role.AGENT).steps[step] >= 0.5


def test_the_words_are_shown_with_rule_and_language(abroad: Read) -> None:
    """Evidence points into the original text, accents and all."""
    text = "Für Sie gilt wohl: Das ist eine Unverschämtheit!"
    cue = next(cue for cue in abroad(text).cues if cue.kind == "anger")
    assert text[cue.start : cue.end] == "Unverschämtheit"
    assert cue.rule == "plain words of anger, in German"


def test_facts_in_figures_are_taken(abroad: Read) -> None:
    """Numbers mean the same everywhere; words of time are left alone."""
    facts = abroad("Bestellnummer: 48213, es geht um 49,90 €, seit drei Wochen.").facts
    assert {fact.slot: fact.value for fact in facts} == {"order": "48213", "amount": "49,90 €"}


def test_a_threat_muttered_in_another_language_is_heard_in_an_english_message(abroad: Read) -> None:
    """Safety is looked for in every message, whatever it is believed to be written in."""
    reading = abroad("You have been no help at all with my order, thanks for that. Ich bringe euch um!")
    assert not reading.language.foreign
    assert reading.signal("threat") >= HARM


def test_english_words_of_two_hold_abroad_and_single_ones_do_not(abroad: Read) -> None:
    """An insult of two words is one everywhere; a Swedish "slut" is an end."""
    assert abroad("Ich warte seit Wochen auf mein Paket, fuck you!").signal("abuse") >= 0.5
    assert abroad("Varan är slut i lager, när kommer den tillbaka?").signal("abuse") == 0


def test_in_a_german_chat_a_short_answer_is_german_and_english_is_still_english(abroad: Read) -> None:
    """A bare "Nein." tells nothing by itself, and is a refusal there; a number is one everywhere."""
    assert abroad("Nein.", language="de").signal("refusal") >= 0.5
    assert abroad("Nein.", language="de").language == Language("de", 0.5)
    assert [fact.value for fact in abroad("48213", language="de").facts] == ["48213"]
    assert abroad("Okay, can we go on in English then?", language="de").language.code == "en"


def test_without_a_detector_small_words_tell_the_language(read: Read) -> None:
    """A reader that was given none still knows a few."""
    assert read("Hola, no puedo entrar en mi cuenta y nadie me ayuda.").language.code == "es"
    assert read("Wo ist mein Paket? Ich warte seit drei Wochen.").language.code == "de"
    assert read("где мой заказ").language.code == "und"
    assert not read("I can't log in to my account").language.foreign
