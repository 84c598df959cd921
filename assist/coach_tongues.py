"""The coach's small tables for German, Spanish and French: what must not be missed in a draft in these languages.

On the normalised text, so without accents. Not measured: there are no chats of agents in these languages to measure on.
"""

from collections.abc import Mapping
from types import MappingProxyType

from assist.coach_rules import Rule, says, sentence, unless

GERMAN_TIME = r"\b(?:heute|morgen|\w+tag|uhr|stunden?|minuten|werktagen?|jetzt|sofort)\b|\[[a-z]"
GERMAN = (
    *sentence(
        "calm_down",
        "Ich sehe, wie \u00e4rgerlich das ist, und m\u00f6chte es mit Ihnen kl\u00e4ren.",
        r"\b(?:beruhigen sie sich|beruhige dich|regen sie sich (?:bitte |doch )?(?:nicht|ab))\b",
        r"\bbleiben sie (?:bitte |doch )?(?:ruhig|sachlich)\b",
        r"\bkein grund,? (?:sich )?(?:so )?(?:aufzuregen|zu schreien|laut zu werden|unhoflich zu)\b",
    ),
    *sentence(
        "blaming",
        "Ich sehe mir an, was passiert ist und wie ich es in Ordnung bringen kann.",
        r"\bdas ist (?:ihre (?:eigene )?schuld|ihr (?:eigener )?fehler)\b",
        r"\bsie hatten (?:\w+ ){0,4}(?:lesen|prufen|wissen|beachten|melden|sagen) (?:mussen|sollen|konnen)\b",
        r"\bsie haben (?:\w+ ){0,4}nicht (?:gelesen|beachtet|gepruft|befolgt)\b",
    ),
    *sentence(
        "dismissive",
        "Das kann ich f\u00fcr Sie tun: [was Sie tun k\u00f6nnen].",
        r"\bkann (?:ich|man) (?:leider |auch )?nichts (?:machen|tun|andern)\b",
        r"\bnicht (?:mein|unser) problem\b",
        r"\bdas ist (?:nun mal|nunmal|eben|halt) so\b",
        r"\bist (?:doch )?nicht so schlimm\b",
        r"\bmussen sie (?:eben|halt|einfach) (?:warten|geduld)",
    ),
    *says("as_i_said", "mit anderen Worten:", r"\bwie (?:ich )?(?:bereits|schon)? ?(?:gesagt|erwahnt|mitgeteilt)[,:]"),
    *unless(
        GERMAN_TIME,
        *says("vague_promise", "bis [Zeitpunkt]", r"\b(?:so bald wie moglich|schnellstmoglich|zeitnah|in kurze)\b"),
        *says("vague_promise", "ich melde mich bis [Zeitpunkt]", r"\b(?:wir melden uns|ich melde mich)\b(?! bis)"),
    ),
    *sentence(
        "passing_on",
        "Ich kl\u00e4re das f\u00fcr Sie und schreibe Ihnen bis [Zeitpunkt].",
        r"\b(?:dafur|hierfur) (?:bin ich|sind wir) nicht zustandig\b",
        r"\bnicht (?:meine|unsere) (?:abteilung|zustandigkeit)\b",
        r"\bwenden sie sich (?:bitte )?an (?!mich|uns)",
    ),
    *sentence(
        "absolute_no",
        "Das kann ich f\u00fcr Sie tun: [was Sie tun k\u00f6nnen].",
        r"\bdas (?:geht|ist) (?:leider )?(?:nicht|unmoglich|nicht moglich)(?=[.!]|$)",
        r"\b(?:auf keinen fall|ausgeschlossen)(?=[.!]|$)",
    ),
    *sentence(
        "policy_wall",
        "Der Grund ist [der Grund]. Das kann ich tun: [was Sie tun k\u00f6nnen].",
        r"\b(?:gegen|laut|wegen|gemaß|nach) unseren?r? (?:richtlinien?|agb|vorschriften|bedingungen)\b",
    ),
    *sentence(
        "non_apology",
        "Es tut mir leid, dass das passiert ist, und ich helfe Ihnen, es in Ordnung zu bringen.",
        r"\b(?:tut mir leid|entschuldigung|entschuldigen sie),? (?:wenn|falls) (?:sie|das|es)\b",
    ),
    *sentence(
        "canned",
        "Es tut mir leid, dass [was passiert ist].",
        r"\b(?:etwaige|entstandenen?|die) unannehmlichkeiten\b",
    ),
    *sentence(
        "rude",
        "Ich sehe, wie \u00e4rgerlich das ist, und m\u00f6chte es mit Ihnen kl\u00e4ren.",
        r"\b(?:idioten?|halten sie (?:den|ihren) mund|spinnen sie|sind sie (?:blod|dumm|taub|bescheuert))\b",
    ),
)

SPANISH_TIME = (
    r"\b(?:hoy|manana|ahora|horas?|minutos|dias|lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b|\[[a-z]"
)
SPANISH = (
    *sentence(
        "calm_down",
        "Veo lo molesto que es esto y quiero resolverlo con usted.",
        r"\b(?:calmese|tranquilicese|relajese|calmate|tranquilizate)\b",
        r"\bno (?:se enfade|se enoje|se altere|se ponga asi|hace falta gritar|grite)\b",
    ),
    *sentence(
        "blaming",
        "Voy a ver qu\u00e9 ha pasado y c\u00f3mo puedo arreglarlo.",
        r"\b(?<!no )es (?:su|tu) (?:propia )?culpa\b",
        r"\b(?:usted )?(?:deberia|tendria que) haber(?:lo|la|nos)? (?:leido|revisado|avisado|comprobado|sabido)",
        r"\b(?:usted )?no (?:ha )?(?:leyo|leido|reviso|revisado|siguio|seguido)\b",
    ),
    *sentence(
        "dismissive",
        "Esto es lo que puedo hacer por usted: [lo que puede hacer].",
        r"\bno (?:puedo|podemos) hacer nada\b(?! sin)",
        r"\bno es (?:mi|nuestro) problema\b",
        r"\b(?:es lo que hay|no es para tanto|las cosas son asi)\b",
    ),
    *says(
        "as_i_said", "en otras palabras:", r"\bcomo (?:ya )?(?:le |te )?(?:he dicho|dije|mencione|indique|comente)[,:]"
    ),
    *unless(
        SPANISH_TIME,
        *says("vague_promise", "antes de [hora]", r"\b(?:lo antes posible|cuanto antes|a la mayor brevedad)\b"),
        *says("vague_promise", "le escribo antes de [hora]", r"\bnos pondremos en contacto(?: con usted)?\b"),
    ),
    *sentence(
        "passing_on",
        "Yo lo consulto por usted y le escribo antes de [hora].",
        r"\bno es (?:mi|nuestro) departamento\b",
        r"\b(?:tiene|debe|tendra) (?:que )?(?:llamar|contactar|dirigirse|hablar) (?:a|al|con)\b",
    ),
    *sentence(
        "absolute_no",
        "Esto es lo que puedo hacer por usted: [lo que puede hacer].",
        r"\b(?:eso )?(?:es imposible|no es posible|de ninguna manera)(?=[.!]|$)",
    ),
    *sentence(
        "policy_wall",
        "La raz\u00f3n es [la raz\u00f3n]. Lo que puedo hacer es [lo que puede hacer].",
        r"\b(?:va contra|por|segun|debido a) (?:nuestras?|la) (?:politicas?|normas?) (?:de la empresa|interna)?",
    ),
    *sentence(
        "non_apology",
        "Siento que haya pasado esto y voy a ayudarle a arreglarlo.",
        r"\b(?:siento|lamento|disculpe|perdon) si\b",
        r"\b(?:siento|lamento) que (?:se sienta|lo vea) asi\b",
    ),
    *sentence(
        "canned",
        "Siento que [lo que ha pasado].",
        r"\b(?:las|cualquier) (?:molestias?|inconvenientes?) (?:ocasion|caus)",
    ),
    *sentence(
        "rude",
        "Veo lo molesto que es esto y quiero resolverlo con usted.",
        r"\b(?:idiotas?|imbecil|callese|es usted (?:tonto|sordo))\b",
    ),
)

FRENCH_TIME = (
    r"\b(?:aujourd'hui|demain|maintenant|heures?|minutes|jours|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)\b|\[[a-z]"
)
FRENCH = (
    *sentence(
        "calm_down",
        "Je vois \u00e0 quel point c'est p\u00e9nible et je veux r\u00e9gler cela avec vous.",
        r"\b(?:calmez-vous|calme-toi|restez calme|du calme|detendez-vous)\b",
        r"\b(?:ne vous enervez pas|inutile de (?:crier|vous enerver|hausser le ton))\b",
    ),
    *sentence(
        "blaming",
        "Je regarde ce qui s'est pass\u00e9 et comment je peux y rem\u00e9dier.",
        r"\bc'est (?:de )?votre (?:propre )?faute\b",
        r"\bvous auriez du (?:le |la |nous )?(?:lire|verifier|savoir|prevenir|signaler)\b",
        r"\bvous n'avez pas (?:lu|verifie|suivi|respecte)\b",
    ),
    *sentence(
        "dismissive",
        "Voici ce que je peux faire pour vous\u00a0: [ce que vous pouvez faire].",
        r"\b(?:je ne peux|nous ne pouvons|on ne peut) rien (?:y )?faire\b",
        r"\bce n'est pas (?:mon|notre) probleme\b",
        r"\b(?:c'est comme ca|ce n'est pas (?:si )?grave)\b",
    ),
    *says(
        "as_i_said",
        "en d'autres termes\u00a0:",
        r"\bcomme (?:je (?:vous )?l'ai (?:deja )?(?:dit|explique|indique)|deja (?:dit|indique|mentionne)) ?[,:]",
    ),
    *unless(
        FRENCH_TIME,
        *says(
            "vague_promise",
            "d'ici [heure]",
            r"\b(?:des que possible|au plus vite|dans les meilleurs delais|sous peu)\b",
        ),
        *says("vague_promise", "je vous \u00e9cris d'ici [heure]", r"\b(?:nous reviendrons|nous revenons) vers vous\b"),
    ),
    *sentence(
        "passing_on",
        "Je m'en occupe pour vous et je vous \u00e9cris d'ici [heure].",
        r"\bce n'est pas (?:mon|notre) (?:service|departement)\b",
        r"\b(?:vous devez|il faut|veuillez) (?:appeler|contacter|vous adresser)\b(?! (?:le )?(?:1[5-8]|112|3114))",
    ),
    *sentence(
        "absolute_no",
        "Voici ce que je peux faire pour vous\u00a0: [ce que vous pouvez faire].",
        r"\b(?:c'est impossible|ce n'est pas possible|hors de question)(?=[.!]|$)",
    ),
    *sentence(
        "policy_wall",
        "La raison est [la raison]. Ce que je peux faire, c'est [ce que vous pouvez faire].",
        r"\b(?:contraire a|selon|a cause de|en raison de) (?:notre|nos) (?:politique|reglement|regles|conditions)\b",
    ),
    *sentence(
        "non_apology",
        "Je suis d\u00e9sol\u00e9 que cela soit arriv\u00e9, et je vais vous aider \u00e0 y rem\u00e9dier.",
        r"\b(?:desolee?|m'excuse|excuses|pardon) si\b",
    ),
    *sentence("canned", "Je suis d\u00e9sol\u00e9 que [ce qui s'est pass\u00e9].", r"\bla gene occasionnee\b"),
    *sentence(
        "rude",
        "Je vois \u00e0 quel point c'est p\u00e9nible et je veux r\u00e9gler cela avec vous.",
        r"\b(?:idiote?s?|imbeciles?|taisez-vous|vous etes (?:bete|stupide|sourde?))\b",
    ),
)

TONGUES: Mapping[str, tuple[Rule, ...]] = MappingProxyType({"de": GERMAN, "es": SPANISH, "fr": FRENCH})
