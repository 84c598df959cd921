"""What a message is written in.

A detector from outside (`Identify`) says so where one is at hand; without it, the small words of a few languages and
the letters do. Either is believed only with enough letters, and another language than English only with more certainty:
a name, a brand or one borrowed word must not turn a chat round.
"""

import re
from collections.abc import Mapping
from typing import Protocol

from assist.reading import ENGLISH, Cue, Language
from assist.signals.patterns import COMMON
from assist.text import WORD, Text


class Identify(Protocol):
    """Says what a text is written in: a code of ISO 639 and its certainty 0..1. Pure, and safe in threads."""

    def __call__(self, text: str, /) -> tuple[str, float]:
        """The likeliest language of some words."""
        ...


UNKNOWN = "und"  # ISO 639 for a language that is not known
LOOKED_AT = 400  # characters from the beginning of a message
NOISE = re.compile(r"https?://\S{1,200}|[@#]\w{1,60}|\S{1,60}@\S{1,60}|\d[\d.,:/-]{0,30}")  # no language has these
FEWEST_LETTERS = 8
FEWEST_OTHER_LETTERS = 4  # beyond Latin, where a sign may be a word
SHORT = 20  # letters of a text below which another language has to be surer, as it has where half the words are English
SURE_ENGLISH = 0.6
SURE = 0.65
SURE_WHEN_SHORT = 0.85
HARDLY = 0.5  # certainty of what only the chat tells, or a greeting
GREETINGS: Mapping[str, str] = {
    **dict.fromkeys(("hallo", "moin", "servus", "guten"), "de"),
    **dict.fromkeys(("hola", "buenas", "buenos"), "es"),
    **dict.fromkeys(("bonjour", "bonsoir", "salut"), "fr"),
}
MOST_IN_GREETING = 3  # words
SENTENCE_ENDS = ".!?:"
OTHER_SCRIPT = 0.5  # share of letters beyond Latin that is another language by itself

# Without a detector: small words that English does not have; accents are gone.
SMALL_WORDS: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, _, words in (
        line.strip().partition(" ")
        for line in """
        de ich du sie wir ihr mein meine ist nicht und oder aber das der mit fur auf ein eine warum wo wann wie bitte danke nein ja habe haben konnen kann seit immer noch kein keine keiner sehr deutsch hallo
        es el los las una por para pero que porque donde cuando como estoy esta esto muy nadie hola gracias puedo quiero tengo mi mis cuenta pedido usted ustedes espanol en con no
        fr je tu nous vous est pas et ou mais pourquoi quand comment bonjour merci mon ma mes votre une des les avec suis jai cest depuis francais commande personne
        it io non sono che perche dove quando ciao grazie il gli della mio mia ho ancora nessuno italiano
        pt nao voce meu minha obrigado obrigada estou onde por ainda ninguem
        nl ik jij niet het een mijn waarom waar hoe bedankt geen heb hebben nog wacht
        pl nie jest gdzie moje moja dlaczego prosze dziekuje czekam
        """.strip().splitlines()  # noqa: E501 - one line a language
    )
}
# What is said in short English messages beside the common small words.
CIVIL = frozenset("go good great hello help lovely much nice oh okay perfect please sorry thank thanks yes".split())  # noqa: SIM905
# Of all these those that other languages have too.
SHARED = frozenset(
    """
    a all am an as at by do for had has he i in is me no not of on or so to u up us was we will
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
# Words that hardly anybody writes in another language.
ENGLISH_ONLY = (COMMON | CIVIL) - SHARED | frozenset(
    """
    account after again already always another answer anything arent asked asking away back because before being both
    called cant charged come could couldnt customer days delivered delivery didnt doesnt doing done each ever every
    everything few first fix fixed getting give going had hasnt havent having him his hours into isnt issue its keep
    know last lets like long make many maybe might minutes money need never nobody nothing off only order other own
    package parcel phone please received refund replacement said same say sent shipped should shouldnt since someone
    something such sure take tell than then these thing things think those though through till time times today told too
    tried trying twice two under until use wait waiting wanted was wasnt weeks well went where which while why within
    without wont work working would wouldnt wrong yet
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
PLAINLY = 0.95  # certainty of English by so many of these:
FEWEST_PLAIN = 2  # different ones,
BAGFUL = 8  # and one for each so many in the bag, which holds a word and its beginning
FEWEST_WORDS = 3  # different small words in a message, and
MORE_THAN_ENGLISH = 2  # so many times the common English words
BY_WORDS = 0.8  # certainty of what small words tell

NAMES: Mapping[str, str] = dict(
    pair.split("=")
    for pair in """
    en=English de=German es=Spanish fr=French it=Italian pt=Portuguese nl=Dutch pl=Polish sv=Swedish da=Danish
    no=Norwegian fi=Finnish cs=Czech sk=Slovak hu=Hungarian ro=Romanian bg=Bulgarian el=Greek tr=Turkish ru=Russian
    uk=Ukrainian sr=Serbian hr=Croatian sl=Slovenian et=Estonian lv=Latvian lt=Lithuanian ca=Catalan gl=Galician
    eu=Basque ar=Arabic he=Hebrew fa=Persian ur=Urdu hi=Hindi bn=Bengali ta=Tamil te=Telugu th=Thai vi=Vietnamese
    id=Indonesian ms=Malay tl=Filipino zh=Chinese ja=Japanese ko=Korean sq=Albanian mk=Macedonian ka=Georgian
    hy=Armenian az=Azerbaijani kk=Kazakh sw=Swahili af=Afrikaans is=Icelandic ga=Irish cy=Welsh
    """.split()  # noqa: SIM905 - pairs read better without quotes
)


def name(code: str) -> str:
    """A language's English name; "another language" for one that has none here."""
    return NAMES.get(code, "another language")


def spoken(text: Text, identify: Identify | None, chat: str = ENGLISH) -> Language:
    """What a message is written in, as far as it can be believed; `Language()` where it cannot.

    In a *chat* in another language a message that tells too little by itself is in that one; before, a bare greeting is
    in its own, but no more surely than that.
    """
    found = _alone(text, identify)
    if found.code:
        return found
    words = text.words
    code = chat if chat != ENGLISH else GREETINGS.get(words[0], "") if 0 < len(words) <= MOST_IN_GREETING else ""
    return Language(code, HARDLY) if code else found


def _alone(text: Text, identify: Identify | None) -> Language:
    if identify is not None and _plainly_english(text):
        return Language(ENGLISH, PLAINLY)
    words = " ".join(NOISE.sub(" ", text.original[:LOOKED_AT].encode("utf-8", "ignore").decode()).split())
    if letters(words) < (FEWEST_OTHER_LETTERS if _other_script(words) else FEWEST_LETTERS):
        return Language()
    if identify is None:
        return _by_words(text, words)
    code, certainty = identify(words)
    if code != ENGLISH and " " not in words and not _other_script(words):
        return Language()  # one word may be a name, a place or borrowed
    if certainty < _needed(code, words) or (code != ENGLISH and _doubtful(code, text, words, identify)):
        return Language()
    return Language(code, round(certainty, 4))


def _plainly_english(text: Text) -> bool:
    """Whether a message has so many words of English, as they stand, that nobody needs to be asked."""
    plain = len(ENGLISH_ONLY & text.bag)
    return text.where is None and plain >= FEWEST_PLAIN and plain * BAGFUL >= len(text.bag)


def _doubtful(code: str, text: Text, words: str, identify: Identify) -> bool:
    """Whether what looks like another language may be English after all.

    By its words, once dialects are read as the standard ("ah cannae get in" has Latin's looks), or for its names alone.
    """
    said = text.words
    count = len(said) - text.plain.count("@")  # a handle is no word
    english = sum(word in COMMON or word in CIVIL for word in said)
    plainly = sum(word in ENGLISH_ONLY for word in said)
    if (english >= FEWEST_WORDS and english * 2 >= count) or (plainly > 1 and plainly * 2 >= count):
        return True
    if letters(words) < SHORT and not ENGLISH_ONLY.isdisjoint(WORD.findall(words.lower())):
        return True
    plain = text.plain[:LOOKED_AT]
    standard = plain != text.original[:LOOKED_AT].lower() and plain.isascii()
    return (standard and identify(plain)[0] == ENGLISH) or not _without_names(code, words, identify)


def _without_names(code: str, words: str, identify: Identify) -> bool:
    """Whether a text is in a language by other words than names: who is called Agnieszka need not write Polish."""
    said = words.split()
    rest = " ".join(
        word
        for before, word in zip([".", *said], said, strict=False)
        if before[-1] in SENTENCE_ENDS or not word[0].isupper() or word.isupper()
    )
    if rest == words:
        return True
    found, certainty = identify(rest)
    return letters(rest) >= FEWEST_OTHER_LETTERS and found == code and certainty >= SURE


def letters(text: str) -> int:
    """How many letters a text has."""
    return sum(map(str.isalpha, text))


def _needed(code: str, words: str) -> float:
    if code == ENGLISH:
        return SURE_ENGLISH
    said = words.lower().split()
    english = sum(word in COMMON for word in said) * 2 >= len(said)
    return SURE if (letters(words) >= SHORT and not english) or _other_script(words) else SURE_WHEN_SHORT


def _by_words(text: Text, words: str) -> Language:
    counts = {code: len(small & text.bag) for code, small in SMALL_WORDS.items()}
    code = max(counts, key=lambda code: counts[code])
    english = sum(word in COMMON for word in text.words)
    if counts[code] >= FEWEST_WORDS:
        found = sum(word in SMALL_WORDS[code] for word in text.words)
        return Language(code, BY_WORDS) if found >= MORE_THAN_ENGLISH * english else Language()
    if _other_script(words):
        return Language(UNKNOWN, BY_WORDS)
    return Language(ENGLISH, BY_WORDS) if english >= FEWEST_WORDS else Language()


def _other_script(words: str) -> bool:
    if words.isascii():
        return False
    found = [char for char in words if char.isalpha()]
    return len(found) >= FEWEST_OTHER_LETTERS and sum(char > "\u024f" for char in found) >= OTHER_SCRIPT * len(found)


def foreign(text: Text, language: Language) -> list[Cue]:
    """The act of a message in another language than English."""
    return [Cue(0, len(text.original), "foreign", "not in English", 0.9)] if language.foreign else []
