"""How well a line suits the way in which the customer writes.

It decides between lines that say equally much of what is known, never what is offered: short ones for who is assertive,
more facts and an order of things for who is analytical, full ones that name a feeling for who is expressive, short ones
that are soft and unhurried for who is reserved. The three tones keep their places.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from assist.phrasing.slots import FACTS
from assist.playbook.schema import Phrase

LENGTH = 2  # what the right length is worth: more than a soft word or a feeling named, as much as no hurry
LONG = 28  # words of a line that is as long as they get
BREATH = 4  # words more or less are not felt

ORDERED = re.compile(
    r"\b(?:first|then|next|step|steps|both|two|options?|either|one by one|line by line|check\w*|because|why|exact\w*"
    r"|minutes?|hours?|noon|by tomorrow|within|facts?|confirm\w*)\b",
    re.IGNORECASE,
)
FELT = re.compile(
    r"\b(?:feel\w*|angry|anger|upset\w*|annoy\w*|worr\w+|hard|hurt\w*|tired|tiring|fed up|frustrat\w*"
    r"|infuriating|maddening|disappoint\w*|sad|glad|happy|care|heart|hear you|sorry|let down|thank you)\b",
    re.IGNORECASE,
)
HURRIED = re.compile(r"\b(?:now|right away|straight away|immediately|at once|right now|today)\b", re.IGNORECASE)
SOFT = re.compile(
    r"\b(?:may|would|could|might|shall|if you like|whenever|take (?:your|the) (?:time|room)|either way|let me)\b|\?",
    re.IGNORECASE,
)


def _assertive(phrase: Phrase, _: int) -> int:
    return LENGTH * (phrase.length == "short") + max(0, LONG - len(phrase.text.split())) // BREATH


def _analytical(phrase: Phrase, facts: int) -> int:
    return min(facts, 2) + (len(ORDERED.findall(phrase.text)) >= 2)


def _expressive(phrase: Phrase, _: int) -> int:
    return LENGTH * (phrase.length == "full") + bool(FELT.search(phrase.text)) + ("feeling" in phrase.slots)


def _reserved(phrase: Phrase, _: int) -> int:
    unhurried = HURRIED.search(phrase.text) is None
    return LENGTH * (phrase.length == "short") + bool(SOFT.search(phrase.text)) + LENGTH * unhurried


SUITS: Mapping[str, Callable[[Phrase, int], int]] = {
    "assertive": _assertive,
    "reserved": _reserved,
    "analytical": _analytical,
    "expressive": _expressive,
}


@lru_cache(maxsize=8_192)  # lines times styles
def suits(style: str, phrase: Phrase) -> int:
    """How well a line suits a style, 0..9; 0 for all as long as no style is known.

    Only a line whose slots are all filled is asked about, so each slot is a fact.
    """
    read = SUITS.get(style)
    return read(phrase, len(FACTS & set(phrase.slots))) if read else 0
