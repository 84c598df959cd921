"""Reads a message: every detector over one normalised text, and their cues added up to a `Reading`."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from assist.message import Message, Role, Step
from assist.reading import SIGNALS, Cause, Cue, Fact, Reading
from assist.signals.abuse import ABUSE
from assist.signals.acts import (
    CONTACT,
    DISMISSIVE,
    HANDOFF,
    PROMISE,
    SWEARING,
    question,
    reassured,
    refusal,
    shouting,
)
from assist.signals.anger import ANGER
from assist.signals.cause import cause
from assist.signals.churn import CHURN
from assist.signals.complaint import COMPLAINT
from assist.signals.confusion import CONFUSION
from assist.signals.detector import AGENT, EVERYBODY, Context, NamedDetector
from assist.signals.distress import DISTRESS
from assist.signals.emoji import emoji
from assist.signals.facts import facts
from assist.signals.frustration import frustration
from assist.signals.gratitude import gratitude
from assist.signals.politeness import politeness
from assist.signals.repetition import repetition
from assist.signals.sarcasm import sarcasm
from assist.signals.sentiment import SentimentAnalyzer
from assist.signals.steps import steps
from assist.signals.threat import threat
from assist.signals.urgency import URGENCY
from assist.signals.wishes import FAREWELL, IMPATIENCE, REMORSE, SUPERVISOR, foreign, greeting
from assist.text import Text, normalise

DETECTORS: tuple[NamedDetector, ...] = (
    NamedDetector("abuse", ABUSE, EVERYBODY),
    NamedDetector("threat", threat, EVERYBODY),
    NamedDetector("distress", DISTRESS),
    NamedDetector("anger", ANGER),
    NamedDetector("frustration", frustration),
    NamedDetector("complaint", COMPLAINT),
    NamedDetector("churn", CHURN),
    NamedDetector("sarcasm", sarcasm, EVERYBODY),
    NamedDetector("urgency", URGENCY),
    NamedDetector("confusion", CONFUSION),
    NamedDetector("gratitude", gratitude, EVERYBODY),
    NamedDetector("emoji", emoji),
    NamedDetector("swearing", SWEARING, EVERYBODY),
    NamedDetector("shouting", shouting, EVERYBODY),
    NamedDetector("question", question, EVERYBODY),
    NamedDetector("refusal", refusal),
    NamedDetector("contact", CONTACT),
    NamedDetector("reassured", reassured),
    NamedDetector("repetition", repetition),
    NamedDetector("impatience", IMPATIENCE),
    NamedDetector("supervisor", SUPERVISOR),
    NamedDetector("greeting", greeting),
    NamedDetector("remorse", REMORSE),
    NamedDetector("farewell", FAREWELL),
    NamedDetector("foreign", foreign),
    NamedDetector("promise", PROMISE, AGENT),
    NamedDetector("dismissive", DISMISSIVE, AGENT),
    NamedDetector("handoff", HANDOFF, AGENT),
)
NO_STEPS: Mapping[Step, float] = MappingProxyType({})
READ = frozenset({Role.CUSTOMER, Role.AGENT, Role.BOT})

# What VADER's negative sentiment, and shouting in a cross message, add to a signal at full strength. Neither ever
# makes abuse, a threat or distress.
NEGATIVE = -0.3  # sentiment from which it counts
CORROBORATES: Mapping[str, float] = MappingProxyType({"anger": 0.2, "frustration": 0.25, "complaint": 0.3})
INSULT = 0.5  # an insult as strong as this also shows anger
ANGRY = 0.5
CROSS = frozenset({"anger", "frustration", "complaint", "abuse", "threat"})
LOUD: Mapping[str, float] = MappingProxyType({"anger": 0.45, "frustration": 0.2})


class Reader:
    """Reads messages with one analyzer and one tuple of detectors. Pure: the same message gives the same reading."""

    def __init__(self, analyzer: SentimentAnalyzer, detectors: tuple[NamedDetector, ...] = DETECTORS) -> None:
        self._analyzer = analyzer
        self._detectors = {role: tuple(named.detect for named in detectors if role in named.roles) for role in READ}

    def read(self, message: Message, context: Context) -> Reading:
        """The reading of one message; an empty one for notes, system messages, deleted and empty texts."""
        if message.role not in READ or message.deleted or not message.text.strip():
            return Reading()
        text = normalise(message.text)
        sentiment = self._analyzer.score(message.text)
        cues = [cue for detect in self._detectors[message.role] for cue in detect(text, context)]
        if message.role is not Role.CUSTOMER:
            return _reading(text, sentiment, cues, label=Cause(), done=steps(text, context), told=())
        cues.extend(self._corroborated(text, sentiment, cues))
        label, named = cause(text)
        cues.extend(named)
        return _reading(text, sentiment, cues, label=label, done=NO_STEPS, told=facts(text, cues))

    def _corroborated(self, text: Text, sentiment: float, cues: list[Cue]) -> Iterator[Cue]:
        """What a negative sentiment and a loud voice add to what the words say."""
        kinds = {cue.kind for cue in cues}
        for cue in cues:
            if cue.kind == "abuse" and cue.strength >= INSULT:
                yield Cue(cue.start, cue.end, "anger", cue.rule, ANGRY)
        if sentiment <= NEGATIVE:
            start, end = self._analyzer.harshest(text)
            for kind, most in CORROBORATES.items():
                yield Cue(start, end, kind, "vader", round(most * -sentiment, 4))
        elif CROSS.isdisjoint(kinds) or "gratitude" in kinds:
            return
        for cue in cues:
            if cue.kind == "shouting":
                for kind, most in LOUD.items():
                    yield Cue(cue.start, cue.end, kind, cue.rule, round(most * cue.strength, 4))


def _reading(
    text: Text, sentiment: float, cues: list[Cue], *, label: Cause, done: Mapping[Step, float], told: tuple[Fact, ...]
) -> Reading:
    strengths = added_up(cues)
    acts = {kind: value for kind, value in strengths.items() if kind not in SIGNALS and kind != "cause"}
    return Reading(
        sentiment=sentiment,
        signals=MappingProxyType({name: strengths.get(name, 0.0) for name in SIGNALS}),
        cause=label,
        steps=done,
        politeness=politeness(text),
        acts=MappingProxyType(acts),
        cues=tuple(sorted(cues, key=lambda cue: (cue.start, cue.end, cue.kind, cue.rule))),
        facts=told,
    )


def added_up(cues: Iterable[Cue]) -> dict[str, float]:
    """Strength of each kind: one minus the product of what each distinct rule leaves open (noisy-or)."""
    by_kind: dict[str, dict[str, float]] = {}
    for cue in cues:
        rules = by_kind.setdefault(cue.kind, {})
        rules[cue.rule] = max(cue.strength, rules.get(cue.rule, 0.0))
    strengths = {}
    for kind, rules in by_kind.items():
        left = 1.0
        for strength in rules.values():
            left *= 1.0 - strength
        strengths[kind] = round(1.0 - left, 4)
    return strengths
