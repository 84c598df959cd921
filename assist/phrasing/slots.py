"""Filling `{{slot}}` with what the conversation itself told. One pass of plain replacement; never a template language."""

import re
from collections.abc import Mapping

from assist.conversation.state import Conversation
from assist.playbook.schema import SLOTS, Phrase

SLOT = re.compile(r"\{\{(\w+)\}\}")
UNSAFE = re.compile(r"[{}\[\]\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")
MAX_VALUE = 80  # characters of a value that goes into a phrase
# How much a filled slot speaks for a phrase: the customer's own facts more than a name.
WEIGHT = {"name": 0.4, "agent": 0.2}


def known(state: Conversation) -> dict[str, str]:
    """Slot -> value for all that the host or the customer has told; what was said in the chat is newer and wins."""
    told = {**state.slots, **state.facts}
    values = {slot: _clean(told[slot]) for slot in SLOTS if told.get(slot)}
    return {slot: value for slot, value in values.items() if value}


def _clean(value: str) -> str:
    return " ".join(UNSAFE.sub(" ", value).split())[:MAX_VALUE].strip()


def fill(phrase: Phrase, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The phrase's text and the slots that nothing is known for; these show as `[slot]`."""
    missing = tuple(slot for slot in phrase.slots if slot not in values)
    return SLOT.sub(lambda found: values.get(found.group(1), f"[{found.group(1)}]"), phrase.text), missing


def worth(phrase: Phrase, values: Mapping[str, str]) -> float:
    """How well a phrase uses what is known: -10 for a gap, else up to 2 for filled slots."""
    if any(slot not in values for slot in phrase.slots):
        return -10.0
    return min(2.0, sum(WEIGHT.get(slot, 1.0) for slot in phrase.slots))
