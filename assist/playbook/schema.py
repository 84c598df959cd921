"""What a playbook is once it has been read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING

from assist.message import Step

if TYPE_CHECKING:
    from assist.playbook.cases import Case

TONES = ("warm", "neutral", "formal")
LENGTHS = ("short", "full")
SHORT = 12  # words at most of a short line; a slot counts as one
SLOTS = (
    *("name", "order", "amount", "date", "contact", "times", "waiting", "problem", "agent"),
    *("product", "promised", "feeling", "wish", "since"),
)
SLOT = re.compile(r"\{\{(\w+)\}\}")  # as it stands in a phrase
HOUSE = "house"
ENGLISH = "en"
STATUSES = ("draft", "active", "retired")  # only what is active speaks
PEOPLE = ("agent", "lead", "supervisor")  # who may promise something, each also what those before may
COSTS = ("refund", "voucher")  # what a solution may cost the house, and what a policy may cap


@dataclass(frozen=True, slots=True)
class When:
    """Conditions that must all hold; a field left at its default asks nothing."""

    bands: tuple[str, ...] = ()
    trend: str = ""
    signals: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType({})
    )  # at least so strong in the customer's last message
    done: tuple[Step, ...] = ()
    not_done: tuple[Step, ...] = ()
    contacts: int = 0  # at least so many times written
    insults: int = 0  # at least so many abusive messages so far
    refusals: int = 0  # at least so many solutions turned down
    run: int = 0  # at least so many messages in a row without an answer
    unclear: bool = False  # the cause is not known yet
    answered: bool = False  # the team spoke last
    styles: tuple[str, ...] = ()  # how the customer writes is one of these
    waiting: int = 0  # whole minutes at least without an answer, as of the last message
    channels: tuple[str, ...] = ()  # the chat came in by one of these, in small letters
    locales: tuple[str, ...] = ()  # prefixes by whole parts, in small letters: `de` holds for `de-AT`
    rated: bool = False  # their last message says how it was for them, and asks for nothing more
    quiet: int = 0  # they do not answer the team's last message, told at least so many times since they wrote
    asked: tuple[str, ...] = field(init=False, repr=False, compare=False)  # the fields that ask something

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", tuple(name for name in CONDITIONS if getattr(self, name)))


CONDITIONS = tuple(item.name for item in fields(When) if item.init)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line to send. `key` names it for good: playbook, step, tone and a hash of its text."""

    key: str
    text: str
    tone: str
    slots: tuple[str, ...]
    stated: str = ""  # its length, where the author says it
    file: str = ""
    line: int = 0

    @property
    def length(self) -> str:
        """`short` or `full`: as its author says, else by its words."""
        return self.stated or ("short" if len(self.text.split()) <= SHORT else "full")


# By tone, of what has nothing to say.
SILENT: Mapping[str, tuple[Phrase, ...]] = MappingProxyType(dict.fromkeys(TONES, ()))


@dataclass(frozen=True, slots=True)
class Entry:
    """A step of a playbook: when it fits, why it is taken, its phrases by tone and what to do besides.

    It has phrases, instructions (`does`), or both. Among entries that hold, a higher `priority` (0..100) comes first.
    """

    playbook: str
    step: Step
    reason: str
    when: When
    phrases: Mapping[str, tuple[Phrase, ...]]
    line: int
    conditional: bool = False  # made for a moment, rather than for every time
    does: tuple[str, ...] = ()  # told to the agent, never to the customer
    critical: bool = False
    priority: int = 0
    solution: str = ""  # the id of the solution that it offers
    file: str = ""

    @property
    def rule(self) -> str:
        """By which the agent sees where a phrase comes from: playbook, step and solution."""
        return f"{self.playbook}.{self.step}" + (f".{self.solution}" if self.solution else "")


@dataclass(frozen=True, slots=True)
class Solution:
    """One way out of a trouble; `worth` is what it costs the house, in its currency, where that does not depend.

    `offer` is the entry that promises it. Where that is not the agent's to promise, the lines of `ask` take the place
    of the promise; where there are none, those of the policy.
    """

    id: str
    needs: str
    costs: str
    worth: float | None
    offer: Entry
    ask: Mapping[str, tuple[Phrase, ...]]


@dataclass(frozen=True, slots=True)
class Policy:
    """What the house allows. `caps` are by kind of cost, in `currency`; `promises` by person, ids or costs."""

    caps: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    currency: str = ""
    promises: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    forbidden: tuple[str, ...] = ()  # words in small letters that no phrase may hold
    goodwill: tuple[Solution, ...] = ()
    ask: Mapping[str, tuple[Phrase, ...]] = field(default_factory=lambda: SILENT)
    quiet_after: tuple[int, ...] | None = None  # minutes without an answer that are told, one after the other
    file: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the house's flow: the step to take next when the condition holds."""

    step: Step
    when: When
    reason: str


@dataclass(frozen=True, slots=True)
class Interrupt:
    """A protocol takes over when the customer's last message shows a signal at least so strongly."""

    signal: str
    at_least: float


@dataclass(frozen=True, slots=True)
class Playbook:
    """One playbook; `file` is the one that it stands in, or the first of its parts."""

    file: str
    name: str
    title: str
    causes: tuple[str, ...]
    entries: tuple[Entry, ...]
    flow: tuple[Turn, ...] = ()
    interrupt: Interrupt | None = None
    priority: int = 0
    status: str = "active"
    language: str = ENGLISH
    cases: "tuple[Case, ...]" = ()
    solutions: tuple[Solution, ...] = ()  # in the order in which they are offered
    policy: Policy = Policy()
    by_step: Mapping[Step, tuple[Entry, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def offers(self) -> tuple[Solution, ...]:
        """Its solutions, and the gestures of its policy."""
        return (*self.solutions, *self.policy.goodwill)

    @property
    def phrases(self) -> Iterator[Phrase]:
        """Every phrase of the file."""
        for entry in self.entries:
            yield from (phrase for tone in entry.phrases.values() for phrase in tone)
        for solution in self.offers:
            asked = () if solution.ask is solution.offer.phrases else tuple(solution.ask.values())
            for tone in (*solution.offer.phrases.values(), *asked):
                yield from tone
        yield from (phrase for tone in self.policy.ask.values() for phrase in tone)


def by_step(entries: Iterable[Entry]) -> Mapping[Step, tuple[Entry, ...]]:
    """The entries of each step, in their order."""
    listed = tuple(entries)
    return MappingProxyType({step: tuple(entry for entry in listed if entry.step is step) for step in Step})


def by_priority(protocols: Iterable[Playbook]) -> tuple[Playbook, ...]:
    """Protocols in the order in which they are asked, highest priority first."""
    return tuple(sorted(protocols, key=lambda protocol: -protocol.priority))


@dataclass(frozen=True, slots=True)
class Playbooks:
    """A whole set in one language; `version` is a hash of its texts, `by_language` has the sets in others."""

    version: str
    house: Playbook
    by_cause: Mapping[str, Playbook]
    protocols: tuple[Playbook, ...]  # highest priority first
    all: tuple[Playbook, ...]
    policy: Policy = Policy()  # of the house, in whatever language it speaks
    by_language: "Mapping[str, Playbooks]" = field(default_factory=lambda: MappingProxyType({}))  # all but English

    def speaking(self, language: str) -> "Playbooks":
        """The set in a language; the English one where there is none."""
        return self.by_language.get(language, self)
