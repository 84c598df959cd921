"""Rules, VADER and a scorer put together: one calibrated probability a signal, with the words behind it.

The learned part is a logistic over scores and sentiment (Platt, 1999); a rule that holds leaves open what its trust
allows (noisy-or). All numbers are fitted on texts that no scorer was trained on, one set of numbers a scorer.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import exp
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assist.message import Step
from assist.reading import CAUSES, SIGNALS, Cause, Cue
from assist.signals.patterns import COMMON
from assist.signals.scores import HEADS, INDEX, Array, Scores

NO_HINTS: Mapping[str, float] = MappingProxyType({})
RULE = "learned words"
SUREST = 30.0  # log-odds beyond which a probability does not change
SHOWN = 0.2  # learned probability from which its words are given
MOST = 2  # spans of one signal
SHARE = 0.15  # of what speaks for a signal that a word must bring to be shown
CUSTOMER_ACTS = ("dissatisfied", "strife", "derail")  # beside SIGNALS; the last two are read in everybody's words
AGENT_ACTS = ("strife", "derail", "fails")
WORDLESS = frozenset({"derail"})  # a matter of the course of a thread: no single word is shown for it
CAUSE_AT = INDEX[f"cause:{CAUSES[0]}"]
NAMED = 0.7  # strength of a rule from which its words name a cause, though the scorer sees none,
DISPUTED = 0.5  # with this confidence
SURE = 0.25  # probability from which a cause is named


@dataclass(frozen=True, slots=True)
class Blend:
    """Log-odds `bias + sum(weight * score) + vader * sentiment`; `trust` 0..1 in the rules of the same name.

    `hints` are heads that speak for the signal only so far: the most that each may add.
    """

    bias: float
    heads: Mapping[str, float]
    vader: float = 0.0
    trust: float = 1.0
    hints: Mapping[str, float] = field(default_factory=lambda: NO_HINTS)

    def fused(self, learned: float, ruled: float) -> float:
        """One probability from the learned one and the strength of the rules that hold."""
        return round(1.0 - (1.0 - learned) * (1.0 - self.trust * ruled), 4)


@dataclass(frozen=True, slots=True)
class Grade:
    """A value between *low* and *high*: a logistic over scores and what was read without the scorer."""

    bias: float
    heads: Mapping[str, float]
    ruled: float
    low: float
    high: float

    def of(self, scores: Scores, ruled: float) -> float:
        """The value; *ruled* is what VADER or the rules make of the text."""
        odds = self.bias + self.ruled * ruled
        odds += sum(weight * scores.value(head) for head, weight in self.heads.items())
        return round(self.low + (self.high - self.low) * _logistic(odds), 4)


def _logistic(odds: float) -> float:
    return 1 / (1 + exp(-max(-SUREST, min(SUREST, odds))))


@dataclass(frozen=True, slots=True)
class Fusion:
    """The numbers for one scorer: a blend for each signal, act and step, and those for cause and graded heads.

    `weights` [blend, `HEADS`], `bias` and `vader` [blend] are those of the blends, to be reckoned all at once.
    """

    blends: Mapping[str, Blend]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    vader: NDArray[np.float64]
    sentiment: Grade
    politeness: Grade
    cause_heat: float  # what the scores of causes are multiplied with before they become probabilities
    cause_rules: float  # log-odds that a rule of strength 1 adds to its cause

    @classmethod
    def of(cls, numbers: Mapping[str, Any]) -> "Fusion":
        """The fusion of plain numbers, as the weights' file holds them."""
        blends = {name: Blend(**blend) for name, blend in numbers["blends"].items()}
        weights = np.zeros((len(blends), len(HEADS)))
        for row, blend in enumerate(blends.values()):
            for head, weight in blend.heads.items():
                weights[row, INDEX[head]] = weight
        return cls(
            blends,
            weights,
            np.array([blend.bias for blend in blends.values()]),
            np.array([blend.vader for blend in blends.values()]),
            Grade(**numbers["sentiment"]),
            Grade(**numbers["politeness"]),
            numbers["cause_heat"],
            numbers["cause_rules"],
        )

    def learned(self, scores: Scores, sentiment: float) -> dict[str, float]:
        """The probability 0..1 of every name that the scorer and VADER give."""
        odds = self.weights @ scores.values.astype(np.float64) + self.vader * sentiment + self.bias
        found = dict(zip(self.blends, (0.5 + 0.5 * np.tanh(0.5 * odds)).tolist(), strict=True))
        for name, blend in self.blends.items():
            for head, most in blend.hints.items():
                found[name] = 1.0 - (1.0 - found[name]) * (1.0 - most * _logistic(scores.value(head)))
        return found

    def cues(self, scores: Scores, name: str, probability: float) -> Iterable[Cue]:
        """The words that speak most for a signal; their strengths add up to at most its probability."""
        if probability < SHOWN or name in WORDLESS:
            return ()
        parts = np.zeros(len(scores.spans), np.float32)
        for head, weight in self.blends[name].heads.items():
            parts += np.float32(weight) * scores.parts(INDEX[head])
        return _spans(scores, name, probability, parts)

    def steps(self, learned: Mapping[str, float], ruled: Mapping[Step, float]) -> dict[Step, float]:
        """The probability of every step of an agent's message."""
        return {step: self.blends[step.value].fused(learned[step.value], strength) for step, strength in ruled.items()}

    def cause(self, scores: Scores, ruled: Mapping[str, float]) -> Cause:
        """The likeliest cause with its probability; `Cause()` where none is likely enough."""
        odds = self.cause_heat * scores.values[CAUSE_AT : CAUSE_AT + len(CAUSES)].astype(np.float64)
        for label, strength in ruled.items():
            odds[CAUSES.index(label)] += self.cause_rules * strength
        shares = np.exp(odds - odds.max())
        shares /= shares.sum()
        at = int(shares.argmax())
        if CAUSES[at] == "other" or shares[at] < SURE:
            named = max(ruled, key=lambda label: ruled[label], default="other")
            return Cause(named, DISPUTED) if ruled.get(named, 0.0) >= NAMED else Cause()
        return Cause(CAUSES[at], round(float(shares[at]), 4))

    def cause_cues(self, scores: Scores, cause: Cause) -> Iterator[Cue]:
        """The words that speak most for a cause."""
        if cause.confidence:
            yield from _spans(scores, "cause", cause.confidence, scores.parts(INDEX[f"cause:{cause.label}"]))


def _spans(scores: Scores, kind: str, probability: float, parts: Array) -> Iterator[Cue]:
    """The words with the greatest parts, in the original text; the whole text where no word speaks for it."""
    plain, spans = scores.legible.plain, scores.spans
    speaking = [(-part, at) for at, part in enumerate(parts.tolist()) if part > 0 and plain[spans[at][0]].isalnum()]
    # Small words are shown only where no other word speaks: "was" and "I" tell a reader nothing.
    speaking = [(part, at) for part, at in speaking if plain[slice(*spans[at])] not in COMMON] or speaking
    if not speaking:
        yield Cue(0, len(scores.legible.text.original), kind, RULE, round(probability, 4))
        return
    total = sum(part for part, _ in speaking)
    for rank, (part, at) in enumerate(sorted(speaking)[:MOST]):
        share = part / total
        if rank == 0 or share >= SHARE:
            yield Cue(*scores.legible.span(*spans[at]), kind, RULE, round(probability * share, 4))


NAMES = (*SIGNALS, *CUSTOMER_ACTS, "fails", *(step.value for step in Step))
