"""Reads a message: every detector over one normalised text, and their cues added up to a `Reading`."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from assist.message import Message, Role
from assist.reading import SIGNALS, Cue, Reading
from assist.signals.abuse import ABUSE
from assist.signals.anger import ANGER
from assist.signals.detector import EVERYBODY, Context, NamedDetector
from assist.signals.frustration import FRUSTRATION
from assist.signals.gratitude import GRATITUDE
from assist.signals.sentiment import SentimentAnalyzer
from assist.signals.threat import THREAT
from assist.text import normalise

DETECTORS: tuple[NamedDetector, ...] = (
    NamedDetector("anger", ANGER),
    NamedDetector("frustration", FRUSTRATION),
    NamedDetector("abuse", ABUSE, EVERYBODY),
    NamedDetector("threat", THREAT, EVERYBODY),
    NamedDetector("gratitude", GRATITUDE, EVERYBODY),
)
READ = frozenset({Role.CUSTOMER, Role.AGENT, Role.BOT})


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
        strengths = _strengths(cues)
        return Reading(
            sentiment=sentiment,
            signals=MappingProxyType({name: strengths.get(name, 0.0) for name in SIGNALS}),
            cues=tuple(cues),
        )


def _strengths(cues: Iterable[Cue]) -> Mapping[str, float]:
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
        strengths[kind] = min(1.0, round(1.0 - left, 4))
    return strengths
