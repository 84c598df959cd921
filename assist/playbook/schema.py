"""What a playbook is once it has been read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING

from assist.message import Step

if TYPE_CHECKING:
    from assist.playbook.cases import Case

TONES = ("warm", "neutral", "formal")
SLOTS = (
    *("name", "order", "amount", "date", "contact", "times", "waiting", "problem", "agent"),
    *("product", "promised", "feeling", "wish", "since"),
)
HOUSE = "house"
STYLES = ("assertive", "reserved", "analytical", "expressive")  # how a customer writes
STATUSES = ("draft", "active", "retired")  # only what is active speaks


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


CONDITIONS = tuple(item.name for item in fields(When))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line to send. `key` names it for good: playbook, step, tone and a hash of its text."""

    key: str
    text: str
    tone: str
    slots: tuple[str, ...]


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
    """One file of playbooks."""

    name: str
    title: str
    causes: tuple[str, ...]
    entries: tuple[Entry, ...]
    flow: tuple[Turn, ...] = ()
    interrupt: Interrupt | None = None
    priority: int = 0
    status: str = "active"
    language: str = "en"
    cases: "tuple[Case, ...]" = ()
    by_step: Mapping[Step, tuple[Entry, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Playbooks:
    """A whole set; `version` is a hash of its texts."""

    version: str
    house: Playbook
    by_cause: Mapping[str, Playbook]
    protocols: tuple[Playbook, ...]  # highest priority first
    all: tuple[Playbook, ...]
