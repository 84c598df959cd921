"""Makes sentences from our own templates: `{slot}` is a fact or another rule of the grammar, chosen by chance.

Only templates of this package are expanded, facts are put in as they are: a fact that holds braces stays a fact.
"""

import random
import re
from collections.abc import Mapping, Sequence

from assist.simulator.profile import Profile

Rules = Mapping[str, tuple[str, ...]]

SLOT = re.compile(r"\{(\w+)\}")
SENTENCE_START = re.compile(r"(^|[.!?] )([a-z])")
SPACES = re.compile(r" {2,}")
ORDINALS = ("first", "second", "third", "fourth", "fifth")
NUMBERS = ("one", "two", "three", "four", "five")


def facts_of(profile: Profile) -> dict[str, str]:
    """The slots that a profile fills."""
    return {
        "name": profile.name,
        "first": profile.name.split()[0],
        "item": profile.item,
        "order": profile.order,
        "amount": profile.amount,
        "date": profile.date,
        "ordinal": ORDINALS[profile.contacts - 1],
        "times": NUMBERS[profile.contacts - 1],
        "days": str(profile.days),
    }


def history_of(profile: Profile) -> str:
    """The tag for what went before: whether the customer writes again or for the first time."""
    return "again" if profile.contacts > 1 else "first"


class Speaker:
    """Expands rules for one speaker of one chat, and does not choose the same template twice while others are left."""

    def __init__(self, rules: Rules, facts: Mapping[str, str], rng: random.Random) -> None:
        self._rules = rules
        self._facts = facts
        self._rng = rng
        self._used: set[str] = set()

    def say(self, rule: str, tags: tuple[str, ...]) -> str:
        """A text for a rule: `rule.tag` goes before `rule` itself, which has its turn when the former is worn out."""
        text = SPACES.sub(" ", self._expand(rule, tags)).strip()
        return SENTENCE_START.sub(lambda start: start[1] + start[2].upper(), text)

    def _expand(self, rule: str, tags: tuple[str, ...]) -> str:
        def fill(slot: re.Match[str]) -> str:
            name = slot[1]
            return self._facts[name] if name in self._facts else self._expand(name, tags)

        return SLOT.sub(fill, self._choose(rule, tags))

    def _choose(self, rule: str, tags: tuple[str, ...]) -> str:
        levels = find(self._rules, rule, tags)
        fresh = ([option for option in level if option not in self._used] for level in levels)
        chosen = self._rng.choice(next(filter(None, fresh), levels[0]))
        self._used.add(chosen)
        return chosen


def find(rules: Rules, rule: str, tags: tuple[str, ...]) -> list[Sequence[str]]:
    """The templates for a rule, the most fitting first. Raises `KeyError` for a rule that the grammar does not have."""
    names = [name for name in (*(f"{rule}.{tag}" for tag in tags), rule) if name in rules]
    if not names:
        raise KeyError(rule)
    return [rules[name] for name in names]
