"""The lines of the packs that ship keep the same rules as all others, and each pack has its own way of speaking."""

import itertools
import re

import pytest

from app.playbook_files import load, packs_in
from app.settings import resource
from assist.message import Step
from assist.phrasing.slots import fill
from assist.playbook.schema import TONES, Phrase, Playbooks
from tests.assist.phrasing.test_lines import (
    ALIKE,
    CONTRACTED,
    NEVER,
    SENTENCES,
    STUMBLING,
    VALUES,
    grade,
    mistakes,
    sentences,
    telling,
)

FOLDER = resource("playbooks")
PACKS = packs_in(FOLDER)
SETS: dict[str, Playbooks] = {name: load(FOLDER, (name,)) for name in PACKS}
OWN = [
    (name, phrase)
    for name, whole in SETS.items()
    for book in whole.all
    for phrase in book.phrases
    if phrase.file.startswith("packs/")
]


def test_the_trades_that_are_promised_have_a_pack() -> None:
    """Seven of them."""
    assert {"retail", "saas", "telecom", "travel", "banking", "healthcare", "events"} <= set(PACKS)


@pytest.mark.parametrize("name", PACKS)
def test_every_pack_has_solutions_of_its_own(name: str) -> None:
    """What a trade can offer is what sets it apart; none of them changes the order of the steps."""
    base, whole = load(FOLDER), SETS[name]
    ids = {item.id for book in base.all for item in book.solutions}
    assert {item.id for book in whole.all for item in book.solutions} - ids
    assert whole.house.flow == base.house.flow
    assert whole.version != base.version


@pytest.mark.parametrize(("name", "phrase"), OWN, ids=lambda value: getattr(value, "key", value))
def test_a_line_of_a_pack_keeps_the_rules_of_style(name: str, phrase: Phrase) -> None:
    """Grammar with every kind of value, no filler, no blame, few sentences, easy words."""
    for turn in range(max(len(values) for values in VALUES.values())):
        text, missing = fill(phrase, {slot: values[turn % len(values)] for slot, values in VALUES.items()})
        assert not missing
        assert not list(mistakes(text)), (text, list(mistakes(text)))
    assert not re.search(rf"\b(?:{NEVER})\b", text, re.IGNORECASE), text
    assert not (phrase.tone == "formal" and CONTRACTED.search(text)), text
    assert len(sentences(text)) <= SENTENCES, text
    assert grade([text]) <= STUMBLING, (round(grade([text]), 1), text)


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("tone", TONES)
def test_the_lines_of_a_set_differ_in_more_than_a_word(name: str, tone: str) -> None:
    """A pack's lines from each other and from those below, step by step."""
    whole = [phrase for book in SETS[name].all if book.language == "en" for phrase in book.phrases]
    for step in Step:
        pool = [(phrase, telling(phrase)) for phrase in whole if f".{step}." in phrase.key and phrase.tone == tone]
        alike = [
            (one.text, other.text)
            for (one, words), (other, others) in itertools.combinations(pool, 2)
            if len(words & others) >= ALIKE * len(words | others)
        ]
        assert not alike, alike
