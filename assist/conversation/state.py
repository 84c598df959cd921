"""The state of a conversation: all that later messages need to know of earlier ones, bounded in size."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from assist.conversation.course import Course
from assist.conversation.forecast import features, risk
from assist.conversation.promises import Promise
from assist.conversation.style import Manner
from assist.conversation.tension import REST
from assist.message import Role, Step
from assist.reading import ENGLISH, Cause, Reading

KEPT_LEVELS = 8  # of tension after a customer's message, for the trend
KEPT_SAID = 5  # word sets of the customer's last messages, for repetition


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that made a score, in the message that holds them; `points` of heat that their kind brought."""

    message: str
    start: int
    end: int
    text: str
    kind: str
    rule: str
    points: float


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step that the team has done, and the message that did it: when it came, and who wrote it."""

    message: str
    seq: int
    at: datetime | None = None
    role: Role = Role.AGENT


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A phrase ready to send; `key` names the playbook's line, `missing` the slots that show as a gap."""

    id: str
    key: str
    step: Step
    text: str
    tone: str
    missing: tuple[str, ...]
    rule: str
    reason: str
    evidence: tuple[Evidence, ...]
    critical: bool = False
    version: str = ""  # of the set of playbooks that it comes from


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation after its last message. Same messages and readings, same value."""

    id: str
    slots: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # told by the host
    channel: str = ""  # by which the chat came in, told by the host
    locale: str = ""  # of the customer, told by the host
    language: str = ENGLISH  # what the customer writes
    leaning: str = ""  # another language that their last message was in, too short to turn the conversation
    settled: bool = False  # a language has been believed for more than a greeting
    style: str = ""  # how the customer writes; '' as long as that does not show
    manner: Manner = Manner()  # what the style is read from, and the words that show it
    seq: int = 0
    at: datetime | None = None
    tension: float = REST
    trend: str = "steady"
    levels: tuple[float, ...] = (REST,)
    course: Course = Course()
    warned: bool = False  # the forecast was worth an alert, and still is
    ringing: bool = False  # and nobody has answered since
    steps: Mapping[Step, StepDone] = field(default_factory=lambda: MappingProxyType({}))
    causes: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))  # votes so far
    cause: Cause = Cause()
    cause_evidence: tuple[Evidence, ...] = ()
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # slots told by the customer
    said: tuple[frozenset[str], ...] = ()
    heard: Reading = Reading()  # the customer's last message
    evidence: tuple[Evidence, ...] = ()  # its words
    contacts: int = 0  # how many times they have written about this; 0 when not said
    insults: int = 0  # messages with abuse aimed at the agent
    refusals: int = 0  # solutions turned down
    alarms: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))  # safety signals heard so far
    run: int = 0  # customer's messages in a row without an answer
    venting: bool = False  # they are still pouring it out: several messages in quick succession
    waiting_since: datetime | None = None  # first unanswered message of the customer
    called: bool = False  # somebody above was called in because that was the next step
    asked: int | None = None  # how it was, on a scale up to this (0 without one), and not answered yet
    rated: bool = False  # their last message says how it was, and asks for nothing more
    silent: int = 0  # whole minutes that the team's last message has gone without an answer, once that was told
    silences: int = 0  # how often that was told since the customer last wrote
    suggestions: tuple[Suggestion, ...] = ()  # what stands in the sidebar
    gone: frozenset[str] = frozenset()  # keys of phrases that were shown and are not to come back
    told: str = ""  # words of a message of the team that is not among `shown` yet
    shown: tuple[str, ...] = ()  # content words of phrases that are gone, and of what the team wrote
    worn: frozenset[str] = frozenset()  # keys of phrases that this customer or the team had too often, told by the host
    next_step: Step | None = None
    offered: frozenset[str] = frozenset()  # solutions and gestures whose phrases were sent, by their rule
    refused: frozenset[str] = frozenset()  # solutions turned down
    promises: tuple[Promise, ...] = ()  # made to the customer, oldest first

    @property
    def seen(self) -> Mapping[str, float]:
        """What the forecast looks at, by name."""
        return features(
            self.course,
            self.levels,
            self.tension,
            refusals=self.refusals,
            insults=self.insults,
            contacts=self.contacts,
            churn=self.heard.signal("churn"),
            alarm=max(self.alarms.values(), default=0.0),
        )

    @property
    def risk(self) -> float:
        """Probability 0..1 that the conversation goes bad, from its level, its course and what has gone wrong in it."""
        return risk(self.seen)
