"""What was read from one message: the input of the fold, recorded with the message so that replay needs no model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from assist.message import Step

SIGNALS = (
    "anger",
    "frustration",
    "abuse",
    "threat",
    "distress",
    "urgency",
    "confusion",
    "gratitude",
    "complaint",
    "churn",
    "sarcasm",
)
# What else a customer's message may do, that a playbook can ask for beside the signals.
ACTS = (
    "refusal",
    "reassured",
    "question",
    "contact",
    "repetition",
    "shouting",
    "swearing",
    "impatience",
    "supervisor",
    "greeting",
    "remorse",
    "farewell",
    "foreign",
)
CAUSES = (
    "delivery",
    "delay",
    "damaged",
    "defect",
    "wrong_item",
    "missing_item",
    "billing",
    "refund",
    "cancellation",
    "account",
    "access",
    "outage",
    "booking",
    "lost_property",
    "policy",
    "miscommunication",
    "service",
    "information",
    "other",
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that made a score: a span of the original text (code points), what it shows and the rule that says so."""

    start: int
    end: int
    kind: str
    rule: str
    strength: float  # 0..1


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the message tells and a phrase can use: a slot, its value and the words that gave it."""

    slot: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cause:
    """What the trouble is about; `label` is one of `CAUSES`, `confidence` 0..1."""

    label: str = "other"
    confidence: float = 0.0


ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """What a message is written in: an ISO 639 code and its certainty 0..1; no code where too little tells it."""

    code: str = ""
    certainty: float = 0.0

    @property
    def foreign(self) -> bool:
        """Whether it is believed to be another language than English, the one that is read in full."""
        return self.code not in ("", ENGLISH)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is read from one message.

    `sentiment` -1..1; `signals` holds every one of `SIGNALS`, 0..1; `steps` the probability of each step that an
    agent's message does; `politeness` 0..1; `acts` are further things noticed, by name, 0..1 (a customer's are
    `ACTS`; an agent's are `question`, `swearing`, `shouting`, `promise`, `dismissive`, `handoff`); `scorer` names the
    trained scorer that had a part in it, None where rules alone or nothing was read; `language` is what the message is
    written in.
    """

    sentiment: float = 0.0
    signals: Mapping[str, float] = field(default_factory=lambda: MappingProxyType(dict.fromkeys(SIGNALS, 0.0)))
    cause: Cause = Cause()
    steps: Mapping[Step, float] = field(default_factory=lambda: MappingProxyType({}))
    politeness: float = 0.5
    acts: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    cues: tuple[Cue, ...] = ()
    facts: tuple[Fact, ...] = ()
    scorer: str | None = None
    language: Language = Language()

    def signal(self, name: str) -> float:
        """The strength 0..1 of a signal or an act; 0 for what was not seen."""
        found = self.signals.get(name)
        return self.acts.get(name, 0.0) if found is None else found
