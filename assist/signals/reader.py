"""Reads a message: every detector over one normalised text, and their cues added up to a `Reading`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from assist.message import Message, Role, Step
from assist.reading import SIGNALS, Cause, Cue, Fact, Language, Reading
from assist.signals import tongues
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
from assist.signals.cause import likeliest, strengths
from assist.signals.churn import CHURN
from assist.signals.complaint import COMPLAINT
from assist.signals.confusion import CONFUSION
from assist.signals.detector import AGENT, EVERYBODY, Context, Detector, NamedDetector
from assist.signals.distress import DISTRESS
from assist.signals.emoji import emoji
from assist.signals.facts import facts
from assist.signals.frustration import frustration
from assist.signals.fusion import AGENT_ACTS, CUSTOMER_ACTS, RULE, Fusion
from assist.signals.gratitude import gratitude
from assist.signals.language import Identify, foreign, spoken
from assist.signals.linear import LinearScorer
from assist.signals.patterns import Table, Tables
from assist.signals.politeness import NEUTRAL, politeness
from assist.signals.repetition import repetition
from assist.signals.sarcasm import sarcasm
from assist.signals.scores import Scores
from assist.signals.sentiment import SentimentAnalyzer
from assist.signals.steps import sent, worded
from assist.signals.threat import LAWFUL, harmless, threat
from assist.signals.urgency import URGENCY
from assist.signals.wishes import FAREWELL, IMPATIENCE, REMORSE, SUPERVISOR, greeting
from assist.text import WORD, Text, normalise

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
    NamedDetector("promise", PROMISE, AGENT),
    NamedDetector("dismissive", DISMISSIVE, AGENT),
    NamedDetector("handoff", HANDOFF, AGENT),
)
NO_STEPS: Mapping[Step, float] = MappingProxyType({})
NO_CAUSE = Cause()
READ = frozenset({Role.CUSTOMER, Role.AGENT, Role.BOT})

# What VADER's negative sentiment, and shouting in a cross message, add to a signal at full strength. Neither ever
# makes abuse, a threat or distress.
NEGATIVE = -0.3  # sentiment from which it counts
CORROBORATES: Mapping[str, float] = MappingProxyType({"anger": 0.2, "frustration": 0.25, "complaint": 0.3})
UNARMED = 0.3  # what a learned threat counts for in words of lawyers and the press, and in idioms, without a rule
ALARM = 0.5  # from here on the following start a protocol
# Where no rule holds the scorer must be as sure as this, or it stays below.
BARS: Mapping[str, float] = MappingProxyType({"abuse": 0.8, "threat": 0.9, "distress": 0.9})
# Swearing without any of these words is at the matter, as a rule: the scorer must be surer still that it is abuse.
SPOKEN_TO = frozenset(("you", "your", "youre", "yours", "u", "ur", "ya", "yall", "yourself", "yourselves"))
UNAIMED = 0.95
# A swear word, an insult or a threat in English is English, unless the rest surely is not.
PLAINLY_ENGLISH = frozenset({"abuse", "threat", "distress", "swearing"})
SURELY_FOREIGN = 0.9
UNTOLD = Language()
READ_IN_CUSTOMERS = (*SIGNALS, *CUSTOMER_ACTS)
FIGURES = frozenset({"order", "amount"})  # facts that are told in figures
MOCKED = 0.5  # sarcasm from which thanks are not believed
INSULT = 0.5  # an insult as strong as this also shows anger
ANGRY = 0.5
CROSS = frozenset({"anger", "frustration", "complaint", "abuse", "threat"})
LOUD: Mapping[str, float] = MappingProxyType({"anger": 0.45, "frustration": 0.2})


@dataclass(frozen=True, slots=True)
class Learned:
    """The trained side of a reader: a scorer that is always at hand, and how each scorer's scores are fused."""

    scorer: LinearScorer
    fusions: Mapping[str, Fusion]  # by the name of the scorer


@dataclass(frozen=True, slots=True)
class Detectors:
    """The detectors of one role: those that are tables are looked up together."""

    tables: Tables
    others: tuple[Detector, ...]

    @classmethod
    def of(cls, detectors: tuple[NamedDetector, ...], role: Role) -> "Detectors":
        """Those that read what this role says."""
        mine = [named.detect for named in detectors if role in named.roles]
        tables = Tables([detect for detect in mine if isinstance(detect, Table)])
        return cls(tables, tuple(detect for detect in mine if not isinstance(detect, Table)))

    def cues(self, text: Text, context: Context) -> list[Cue]:
        """What they all find."""
        return [*self.tables.cues(text), *(cue for detect in self.others for cue in detect(text, context))]


class Reader:
    """Reads messages with one analyzer, one tuple of detectors and what was learned.

    Pure: the same message and scores give the same reading. Without *learned* it reads by its rules alone; without
    *identify* it knows a few languages by their small words.
    """

    def __init__(
        self,
        analyzer: SentimentAnalyzer,
        learned: Learned | None = None,
        detectors: tuple[NamedDetector, ...] = DETECTORS,
        identify: Identify | None = None,
    ) -> None:
        self._analyzer = analyzer
        self._identify = identify
        self._learned = learned
        self._detectors = {role: Detectors.of(detectors, role) for role in READ}

    def read(self, message: Message, context: Context, scores: Scores | None = None) -> Reading:
        """The reading of one message; an empty one for notes, system messages, deleted and empty texts.

        *scores* are those of a better scorer for this very text; without them the linear scorer is asked.
        """
        if message.role not in READ or message.deleted or not message.text.strip():
            return Reading()
        text = normalise(message.text)
        language = spoken(text, self._identify, context.language)
        cues = self._detectors[message.role].cues(text, context)
        if (
            language.foreign
            and language.certainty < SURELY_FOREIGN
            and any(cue.kind in PLAINLY_ENGLISH for cue in cues)
        ):
            language = UNTOLD
        if language.foreign:
            return replace(_abroad(message, text, context, language, cues), language=language)
        if message.role is Role.CUSTOMER:
            cues.extend(tongues.cues(text, language))
        return replace(self._at_home(message, text, context, cues, scores), language=language)

    def _at_home(
        self, message: Message, text: Text, context: Context, cues: list[Cue], scores: Scores | None
    ) -> Reading:
        sentiment = self._analyzer.score(message.text)
        if self._learned is None or not WORD.search(text.plain):  # no scorer was taught to read marks and pictures
            return self._by_rules(message, text, context, sentiment, cues)
        scores = scores or self._learned.scorer.score(text)
        fusion = self._learned.fusions[scores.scorer]
        if message.role is Role.CUSTOMER:
            return _customer(text, sentiment, cues, fusion, scores)
        return _agent(text, context, sentiment, cues, fusion=fusion, scores=scores)

    def _by_rules(self, message: Message, text: Text, context: Context, sentiment: float, cues: list[Cue]) -> Reading:
        polite = politeness(text)
        if message.role is not Role.CUSTOMER:
            return _reading(cues, added_up(cues), sentiment, polite, done=sent(worded(text), text, context))
        cues.extend(loud(sentiment <= NEGATIVE, cues))
        if sentiment <= NEGATIVE:
            start, end = self._analyzer.harshest(text)
            cues.extend(
                Cue(start, end, kind, "vader", round(-most * sentiment, 4)) for kind, most in CORROBORATES.items()
            )
        scores, named = strengths(text)
        label = likeliest(scores)
        cues.extend(named.get(label.label, ()))
        return _reading(cues, added_up(cues), sentiment, polite, cause=label, told=facts(text, cues))


def _abroad(message: Message, text: Text, context: Context, language: Language, english: list[Cue]) -> Reading:
    """A message in another language: by the rules of the tongues, and by what means the same everywhere.

    VADER and the scorers know English words only; what they made of others would be false tension.
    """
    cues = [*tongues.own(english, text), *foreign(text, language)]
    if message.role is not Role.CUSTOMER:
        done = sent(tongues.steps(text, worded(text)), text, context)
        return _reading(cues, added_up(cues), 0.0, NEUTRAL, done=done)
    cues.extend(tongues.cues(text, language))
    cues.extend(loud(False, cues))
    scores, named = tongues.causes(text)
    label = likeliest(scores)
    cues.extend(named.get(label.label, ()))
    return _reading(cues, added_up(cues), 0.0, NEUTRAL, cause=label, told=_figures(text))


def _figures(text: Text) -> tuple[Fact, ...]:
    """Facts that are told in figures, which are the same in every language."""
    told = {fact.slot: fact for fact in facts(text, ()) if fact.slot in FIGURES}
    return tuple({**told, **{fact.slot: fact for fact in tongues.facts(text)}}.values())


def _customer(text: Text, vader: float, cues: list[Cue], fusion: Fusion, scores: Scores) -> Reading:
    """A customer's message: every signal fused from its rules and the scorer."""
    cues.extend(loud(vader <= NEGATIVE, cues))
    found = added_up(cues)
    probable = _held(fusion.learned(scores, vader), text, cues, scores)
    for name in READ_IN_CUSTOMERS:
        learned, ruled = probable[name], found.get(name, 0.0)
        faint = name in BARS and max(learned, ruled) < ALARM  # two faint signs make no alarm
        found[name] = round(max(learned, ruled), 4) if faint else fusion.blends[name].fused(learned, ruled)
        if learned > ruled:  # else the words of the rules tell it better
            cues.extend(fusion.cues(scores, name, learned))
    if found["sarcasm"] >= MOCKED:
        found["gratitude"] = round(found["gratitude"] * (1 - found["sarcasm"]), 4)
    causes, named = strengths(text)
    label = fusion.cause(scores, causes)
    cues.extend(named.get(label.label, ()))
    if label.label not in named:
        cues.extend(fusion.cause_cues(scores, label))
    told = facts(text, [cue for cue in cues if cue.rule != RULE])
    polite = fusion.politeness.of(scores, politeness(text))
    sentiment = fusion.sentiment.of(scores, vader)
    return _reading(cues, found, sentiment, polite, cause=label, told=told, scorer=scores.scorer)


def _held(learned: dict[str, float], text: Text, cues: list[Cue], scores: Scores) -> dict[str, float]:
    """Learned probabilities, held back where a mistake would set off an alarm or the ladder for nothing."""
    kinds = {cue.kind for cue in cues}
    threats = {cue.rule for cue in cues if cue.kind == "threat"}
    if threats <= LAWFUL and (threats or scores.value("legal") > 0 or harmless(text, cues)):
        learned["threat"] *= UNARMED
    bars = {**BARS, "abuse": UNAIMED} if "swearing" in kinds and SPOKEN_TO.isdisjoint(text.bag) else BARS
    for name, bar in bars.items():
        if name not in kinds and learned[name] < bar:
            learned[name] *= ALARM / bar
    return learned


def _agent(text: Text, context: Context, vader: float, cues: list[Cue], *, fusion: Fusion, scores: Scores) -> Reading:
    """An agent's message: its steps, what it may stir up and its politeness; never how the agent feels."""
    found = added_up(cues)
    learned = fusion.learned(scores, vader)
    for name in AGENT_ACTS:
        found[name] = fusion.blends[name].fused(learned[name], found.get(name, 0.0))
        cues.extend(fusion.cues(scores, name, learned[name]))
    done = sent(fusion.steps(learned, worded(text)), text, context)
    polite = fusion.politeness.of(scores, politeness(text))
    return _reading(cues, found, fusion.sentiment.of(scores, vader), polite, done=done, scorer=scores.scorer)


def loud(negative: bool, cues: list[Cue]) -> list[Cue]:
    """What a strong insult and a loud voice add to what the words say."""
    found = [
        Cue(cue.start, cue.end, "anger", cue.rule, ANGRY)
        for cue in cues
        if cue.kind == "abuse" and cue.strength >= INSULT
    ]
    kinds = {cue.kind for cue in cues}
    if negative or (kinds & CROSS and "gratitude" not in kinds):
        found += [
            Cue(cue.start, cue.end, kind, cue.rule, round(most * cue.strength, 4))
            for cue in cues
            if cue.kind == "shouting"
            for kind, most in LOUD.items()
        ]
    return found


def _reading(
    cues: list[Cue],
    found: Mapping[str, float],
    sentiment: float,
    polite: float,
    *,
    cause: Cause = NO_CAUSE,
    done: Mapping[Step, float] = NO_STEPS,
    told: tuple[Fact, ...] = (),
    scorer: str | None = None,
) -> Reading:
    acts = {kind: value for kind, value in found.items() if kind not in SIGNALS and kind != "cause"}
    return Reading(
        sentiment=sentiment,
        signals=MappingProxyType({name: found.get(name, 0.0) for name in SIGNALS}),
        cause=cause,
        steps=done,
        politeness=polite,
        acts=MappingProxyType(acts),
        cues=tuple(sorted(cues, key=lambda cue: (cue.start, cue.end, cue.kind, cue.rule))),
        facts=told,
        scorer=scorer,
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
