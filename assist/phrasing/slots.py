"""Filling `{{slot}}` with what the conversation told. One pass of plain replacement; never a template language."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from assist.conversation.state import Conversation
from assist.playbook.schema import SLOT, SLOTS, Phrase

UNSAFE = re.compile(r"[{}\[\]\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")
MAX_VALUE = 80  # characters of a value that goes into a phrase
FACTS = frozenset(SLOTS) - {"name", "agent"}  # what the customer has to be listened to for


def known(state: Conversation) -> dict[str, str]:
    """Slot -> value for all that the host or the customer has told; what was said in the chat is newer and wins."""
    told = {**state.slots, **state.facts}
    values = {slot: _clean(told[slot]) for slot in SLOTS if told.get(slot)}
    return {slot: value for slot, value in values.items() if value}


def _clean(value: str) -> str:
    return " ".join(UNSAFE.sub(" ", value).split())[:MAX_VALUE].strip()


def fill(phrase: Phrase, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The phrase's text and the slots that nothing is known for; these show as `[slot]`."""
    if not phrase.slots:
        return phrase.text, ()
    missing = tuple(slot for slot in phrase.slots if slot not in values)
    return SLOT.sub(lambda found: values.get(found.group(1), f"[{found.group(1)}]"), phrase.text), missing


def worth(phrase: Phrase, values: Mapping[str, str], used: AbstractSet[str] = frozenset()) -> float:
    """How well a phrase uses what is known: 1 with a fact of the customer's, 0 without, -1 with a gap.

    More than one fact is not worth more: else the same wordy line would win in every chat. A fact that is *used* in a
    line beside it counts half: lines that stand together are to differ in what they say.
    """
    if not values.keys() >= set(phrase.slots):
        return -1.0
    told = FACTS & set(phrase.slots)
    return 0.0 if not told else 0.5 if told <= used else 1.0
