"""Steps: which de-escalation steps an agent's message does, each with a probability.

The tables (`steps_person.py`, `steps_matter.py`) ask for what a step is made of, not for its tone. A phrase that stood
in the sidebar and was sent as it stood does the step that it was offered for, and hardly another.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod
from types import MappingProxyType

from assist.message import Step
from assist.signals import steps_matter, steps_person
from assist.signals.detector import Context
from assist.signals.patterns import Match, Table, Tables
from assist.text import Text, normalise, says

TABLES = {**steps_person.TABLES, **steps_matter.TABLES}
WORDS = {**steps_person.WORDS, **steps_matter.WORDS}
ASIDES = {**steps_person.ASIDES, **steps_matter.ASIDES}
DETECTORS: Mapping[Step, Table] = MappingProxyType({step: Table(step.value, TABLES[step], WORDS) for step in Step})
SPOILERS: Mapping[Step, Table] = MappingProxyType({step: Table(step.value, table) for step, table in ASIDES.items()})
ALL = Tables((*DETECTORS.values(), *SPOILERS.values()))
PLACES = {step: at for at, step in enumerate(DETECTORS)}
SPOILER_PLACES = {step: at for at, step in enumerate(SPOILERS, start=len(DETECTORS))}
SENTENCE_MARK = re.compile(r"[.!?](?:\s|$)|\n")

OFFERED = 0.95
AS_IT_STOOD = 1.4  # words of a message for each of the phrase's, up to which it is the phrase and nothing besides
BESIDE = 0.25  # most for another step of a phrase sent as it stood; an apology says so itself


def worded(text: Text) -> dict[Step, float]:
    """The probability 0..1 of every step by its words, in their usual order."""
    found = ALL.matches(text)
    return {step: _probability(step, text, found) for step in DETECTORS}


def sent(found: Mapping[Step, float], text: Text, context: Context) -> Mapping[Step, float]:
    """The probabilities after a look at what stood in the sidebar: a phrase sent as it stood does its own step."""
    words = text.words
    phrases = list(_sent(words, context.offered))
    if any(len(words) <= AS_IT_STOOD * length for _, length in phrases):
        found = {step: value if step is Step.APOLOGIZE else min(value, BESIDE) for step, value in found.items()}
    return MappingProxyType({**found, **{step: max(found[step], OFFERED) for step, _ in phrases}})


def _probability(step: Step, text: Text, found: Mapping[int, list[Match]]) -> float:
    hits = found.get(PLACES[step])
    if not hits:
        return 0.0
    if step in SPOILERS:
        spoilt = [(start, end) for _, start, end in found.get(SPOILER_PLACES[step], ())]
        hits = [hit for hit in hits if not any(_together(text.plain, hit[1:], other) for other in spoilt)]
    left = {rule.rule: 1.0 - rule.strength for rule, _, _ in hits}
    return round(1.0 - prod(left.values()), 4)


def _together(plain: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans stand in one sentence."""
    return SENTENCE_MARK.search(plain, min(one[1], other[1]), max(one[0], other[0])) is None


def _sent(words: Sequence[str], offered: Iterable[tuple[Step, str]]) -> Iterator[tuple[Step, int]]:
    """Steps of the phrases that stood in the sidebar and stand, nearly as they were, in the message; their lengths."""
    here = frozenset(words)
    return ((step, len(normalise(phrase).words)) for step, phrase in offered if says(here, phrase))
