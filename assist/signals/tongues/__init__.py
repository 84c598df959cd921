"""What is read in languages other than English: small rule tables, honest about being small."""

from collections.abc import Iterator, Mapping
from math import prod

from assist.message import Step
from assist.reading import ENGLISH, Cue, Language
from assist.signals.tongues.facts import facts
from assist.signals.tongues.french import FRENCH
from assist.signals.tongues.german import GERMAN
from assist.signals.tongues.spanish import SPANISH
from assist.signals.tongues.tongue import Tongue
from assist.text import Text

__all__ = ["READ", "TONGUES", "causes", "cues", "facts", "own", "steps"]

TONGUES: tuple[Tongue, ...] = (GERMAN, SPANISH, FRENCH)
READ = frozenset(tongue.code for tongue in TONGUES)


def cues(text: Text, language: Language) -> list[Cue]:
    """What the tongues find in a customer's message.

    In one believed to be English only what bears on safety: a threat may be muttered in one's own language.
    """
    return [cue for tongue in TONGUES for cue in tongue.cues(text, safety_only=language.code == ENGLISH)]


def causes(text: Text) -> tuple[dict[str, float], dict[str, list[Cue]]]:
    """By label: the strength 0..1 of what names it in one of the tongues, and the words."""
    named: dict[str, list[Cue]] = {}
    for label, cue in (pair for tongue in TONGUES for pair in tongue.caused(text)):
        named.setdefault(label, []).append(cue)
    return {label: 1.0 - prod(1.0 - cue.strength for cue in found) for label, found in named.items()}, named


def steps(text: Text, worded: Mapping[Step, float]) -> dict[Step, float]:
    """The probability of every step of an agent's message: *worded* is what the English rules make of it."""
    found = [tongue.done(text) for tongue in TONGUES]
    return {step: max(strength, *(done.get(step, 0.0) for done in found)) for step, strength in worded.items()}


def own(english: list[Cue], text: Text) -> Iterator[Cue]:
    """Of the English rules' cues those that mean the same anywhere.

    Marks, pictures and capitals do, and English of two words or more; a single word is as likely a false friend.
    """
    for cue in english:
        words = text.original[cue.start : cue.end].split()
        if cue.kind in ANYWHERE or (len(words) > 1 and cue.kind not in WHOLE) or not any(map(str.isalpha, words)):
            yield cue


ANYWHERE = frozenset({"shouting", "question", "repetition", "swearing", "greeting"})
WHOLE = frozenset({"cause", "sarcasm"})  # judged from the whole of a message by what English words are in it
