"""The words of a summary in four languages: sentences with their gaps, and the names of causes, facts and steps."""

from collections.abc import Mapping
from types import MappingProxyType

SENTENCES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "cause": "It is about {cause}: “{quote}”",
            "cause_unknown": "It is not clear yet what it is about.",
            "fact": "{slot}: {value}",
            "wish": "They want: {value}",
            "supervisor": "They ask for somebody above: “{quote}”",
            "step": "{step}: “{quote}”",
            "refused": "They turned it down: “{quote}”",
            "promise": "Promised: “{quote}”",
            "standing": "Tension {tension} of 100, {trend}. Last: “{quote}”",
        },
        "de": {
            "cause": "Es geht um {cause}: “{quote}”",
            "cause_unknown": "Worum es geht, ist noch nicht klar.",
            "fact": "{slot}: {value}",
            "wish": "Gewünscht wird: {value}",
            "supervisor": "Jemand mit mehr Befugnis wird verlangt: “{quote}”",
            "step": "{step}: “{quote}”",
            "refused": "Abgelehnt: “{quote}”",
            "promise": "Zugesagt: “{quote}”",
            "standing": "Spannung {tension} von 100, {trend}. Zuletzt: “{quote}”",
        },
        "es": {
            "cause": "Se trata de {cause}: “{quote}”",
            "cause_unknown": "Todavía no está claro de qué se trata.",
            "fact": "{slot}: {value}",
            "wish": "Lo que pide: {value}",
            "supervisor": "Pide hablar con alguien superior: “{quote}”",
            "step": "{step}: “{quote}”",
            "refused": "Lo rechazó: “{quote}”",
            "promise": "Prometido: “{quote}”",
            "standing": "Tensión {tension} de 100, {trend}. Lo último: “{quote}”",
        },
        "fr": {
            "cause": "Il s'agit de {cause} : “{quote}”",
            "cause_unknown": "On ne sait pas encore de quoi il s'agit.",
            "fact": "{slot} : {value}",
            "wish": "Demande : {value}",
            "supervisor": "Demande un responsable : “{quote}”",
            "step": "{step} : “{quote}”",
            "refused": "A refusé : “{quote}”",
            "promise": "Promis : “{quote}”",
            "standing": "Tension {tension} sur 100, {trend}. Dernier message : “{quote}”",
        },
    }
)


def _names(languages: str, lines: str) -> Mapping[str, Mapping[str, str]]:
    """Language -> key -> name, from lines of `key | name in each language`."""
    codes = languages.split()
    found: dict[str, dict[str, str]] = {code: {} for code in codes}
    for line in lines.strip().splitlines():
        key, *names = (part.strip() for part in line.split("|"))
        for code, name in zip(codes, names, strict=True):
            found[code][key] = name
    return MappingProxyType(found)


NAMES = _names(
    "en de es fr",
    """
    delivery | a delivery | eine Lieferung | una entrega | une livraison
    delay | a delay | eine Verspätung | un retraso | un retard
    damaged | something damaged | etwas Beschädigtes | algo dañado | quelque chose d'abîmé
    defect | something that does not work | etwas, das nicht funktioniert | algo que no funciona | un défaut
    wrong_item | a wrong item | einen falschen Artikel | un artículo equivocado | un mauvais article
    missing_item | something missing | etwas, das fehlt | algo que falta | un article manquant
    billing | a charge or invoice | eine Abbuchung oder Rechnung | un cobro o factura | une facture ou un prélèvement
    refund | money back | Geld zurück | una devolución | un remboursement
    cancellation | a cancellation | eine Kündigung | una cancelación | une résiliation
    account | an account | ein Konto | una cuenta | un compte
    access | access | einen Zugang | el acceso | un accès
    outage | an outage | einen Ausfall | un corte | une panne
    booking | a booking | eine Buchung | una reserva | une réservation
    lost_property | lost property | eine Fundsache | un objeto perdido | un objet perdu
    policy | a rule | eine Regel | una norma | une règle
    miscommunication | a misunderstanding | ein Missverständnis | un malentendido | un malentendu
    service | how they were treated | die Behandlung | el trato recibido | l'accueil
    information | a question | eine Frage | una pregunta | une question
    order | Order | Bestellung | Pedido | Commande
    amount | Amount | Betrag | Importe | Montant
    date | Day | Tag | Día | Jour
    contact | Contact number | Kontakt Nummer | Contacto número | Contact numéro
    times | Written | Geschrieben | Ha escrito | A écrit
    waiting | Waiting for | Wartet seit | Espera desde hace | Attend depuis
    since | Goes on | Besteht | Sucede | Dure
    problem | Problem | Problem | Problema | Problème
    product | Product | Produkt | Producto | Produit
    promised | Was promised | Wurde zugesagt | Se le prometió | On avait promis
    feeling | Feels | Fühlt sich | Se siente | Se sent
    name | Name | Name | Nombre | Nom
    listen | Listened | Zugehört | Escuchado | Écouté
    empathize | Showed understanding | Verständnis gezeigt | Mostró comprensión | Compréhension montrée
    apologize | Apologized | Entschuldigt | Disculpas pedidas | Excuses présentées
    own | Took it on | Übernommen | Asumido | Pris en charge
    solve | Offered | Angeboten | Ofrecido | Proposé
    boundary | Set a limit | Grenze gesetzt | Límite puesto | Limite posée
    escalate | Brought somebody in | Jemanden hinzugezogen | Escalado | Transmis
    follow_up | Agreed on what follows | Weiteres vereinbart | Seguimiento acordado | Suivi convenu
    close | Closed | Abgeschlossen | Cerrado | Conclu
    rising | rising | steigend | en aumento | en hausse
    steady | steady | gleichbleibend | estable | stable
    falling | falling | fallend | en descenso | en baisse
    """,
)

# The words by which a summary is asked for, beginnings with a `*`, several in a row joined by `_`.
ASKED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": (
            *("summar*", "recap*", "tldr", "tl_dr", "sum_up", "sum_it_up", "sum_this_up", "catch_me_up", "bring_me_up"),
            *(
                "what_happened",
                "so_far",
                "what_is_this_about",
                "what's_this_about",
                "the_story",
                "overview",
                "in_short",
            ),
        ),
        "de": (
            *("zusammenfass*", "zusammenfassung", "fass*_zusammen", "fasse_zusammen", "uberblick", "was_ist_passiert"),
            *("bisher", "worum_geht_es", "worum_geht's", "kurzfassung"),
        ),
        "es": ("resumen", "resume", "resumir", "resumelo", "resumeme", "que_ha_pasado", "que_paso", "de_que_se_trata"),
        "fr": (
            *("resume", "resumer", "resumez", "recapitul*", "que_s'est_il_passe", "qu'est_il_arrive", "de_quoi_s'agit"),
            *("en_bref", "en_resume"),
        ),
    }
)
# "resume" is Spanish, French, and an English verb; these tell which.
SPANISH = frozenset("el la los del conversacion chat esto caso por favor hasta ahora".split())  # noqa: SIM905
FRENCH = frozenset("le la les de du moi conversation cette ce fais un stp s'il plait".split())  # noqa: SIM905
ENGLISH = frozenset("how do does can i should to the they when my their".split())  # noqa: SIM905
