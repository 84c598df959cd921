"""Fusion fitted: how rules, VADER and a scorer add up to calibrated probabilities.

Fitted on the part `fit` of the sets and of our own examples, which no scorer was trained on. Every number is held near
a plain prior (the score as it is, rules trusted), so that a signal with few examples keeps to it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from assist.message import Role, Step
from assist.reading import CAUSES
from assist.signals.cause import strengths
from assist.signals.detector import Context
from assist.signals.fusion import CAUSE_AT, NAMES
from assist.signals.politeness import politeness
from assist.signals.reader import DETECTORS, NEGATIVE, added_up, loud
from assist.signals.scores import INDEX, Array, Scores
from assist.signals.sentiment import SentimentAnalyzer
from assist.signals.steps import worded
from assist.text import Text, normalise
from benchmarks.train.sets import Example

# Heads beside the one of the same name that a signal may draw on, and whether sentiment may speak for it (-1: a
# negative one does).
BESIDE: Mapping[str, tuple[str, ...]] = {"frustration": ("neg",), "dissatisfied": ("neg",)}
FEELING: Mapping[str, int] = {
    "anger": -1,
    "frustration": -1,
    "abuse": -1,
    "complaint": -1,
    "dissatisfied": -1,
    "gratitude": 1,
}
# Swearing that is aimed at nobody hints at abuse and is none: it stays far below the half that counts as an insult.
HINTS: Mapping[str, Mapping[str, float]] = {"abuse": {"offensive": 0.3}}
SAFETY = frozenset(("threat", "distress"))  # rules of these are trusted in full
NEAR = 20.0  # examples that the prior of the learned part is worth
TRUST = 0.8  # in rules, before any example
SURE_OF_RULES = 5.0  # how firmly that is held, in log-likelihood for a difference of 1
MOST_OF_ONE = 1_500.0  # examples that one set counts for at most
OWN = 2.0  # weight of an example of our own: support chats, written for this
STEPS = frozenset(step.value for step in Step)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a text before fusion."""

    example: Example
    values: Array
    vader: float
    ruled: Mapping[str, float]  # strengths of signals and acts by rules
    steps: Mapping[str, float]
    causes: Mapping[str, float]
    polite: float


def seen(examples: Sequence[Example], score: Callable[[str], Scores]) -> list[Seen]:
    """Scores and rules of all texts."""
    analyzer = SentimentAnalyzer()
    detectors = [named.detect for named in DETECTORS if Role.CUSTOMER in named.roles]
    found = []
    for example in examples:
        text = normalise(example.text)
        vader = analyzer.score(example.text)
        found.append(_seen(example, text, score(example.text).values, vader, detectors))
    return found


def _seen(example: Example, text: Text, values: Array, vader: float, detectors: Sequence[Any]) -> Seen:
    context = Context(role=Role.CUSTOMER)
    cues = [cue for detect in detectors for cue in detect(text, context)]
    cues += loud(vader <= NEGATIVE, cues)
    steps = {step.value: strength for step, strength in worded(text).items()}
    return Seen(example, values, vader, added_up(cues), steps, strengths(text)[0], politeness(text))


def fuse(found: Sequence[Seen]) -> dict[str, Any]:
    """The numbers of `assist.signals.fusion.Fusion`."""
    heat, rules = _causes(found)
    return {
        "blends": {name: _blend(name, found) for name in NAMES},
        "sentiment": _grade("sentiment", found, low=-1.0, high=1.0),
        "politeness": _grade("politeness", found, low=0.0, high=1.0),
        "cause_heat": heat,
        "cause_rules": rules,
    }


def _weights(rows: Sequence[Seen]) -> np.ndarray:
    """Every set counts for `MOST_OF_ONE` examples at most."""
    sources = [row.example.source for row in rows]
    count = {source: sources.count(source) for source in set(sources)}
    return np.array(
        [min(1.0, MOST_OF_ONE / count[source]) * (OWN if source.startswith("own:") else 1.0) for source in sources]
    )


def _blend(name: str, found: Sequence[Seen]) -> dict[str, Any]:
    """The learned part on all sets; then trust in the rules on our own examples, which are in their register."""
    rows = [row for row in found if name in row.example.targets]
    own = [row for row in rows if row.example.source.startswith("own:")]
    heads = (name, *BESIDE.get(name, ()))
    bias, *weights, vader = _learned(rows, heads, FEELING.get(name, 0))
    blend = {
        "bias": bias,
        "heads": {head: weight for head, weight in zip(heads, weights, strict=True) if weight},
        "vader": vader,
        "hints": dict(HINTS.get(name, {})),
    }
    return {**blend, "trust": _trust(name, own, _odds(own, heads, np.array([bias, *weights, vader])))}


def _odds(rows: Sequence[Seen], heads: Sequence[str], x: np.ndarray) -> np.ndarray:
    values = np.array([[*(row.values[INDEX[head]] for head in heads), row.vader] for row in rows], float)
    odds: np.ndarray = x[0] + values.reshape(-1, len(heads) + 1) @ x[1:]
    return odds


def _learned(rows: Sequence[Seen], heads: Sequence[str], feeling: int) -> list[float]:
    """Bias, a weight for each head and one for VADER."""
    truth = np.array([row.example.targets[heads[0]] for row in rows])
    weights = _weights(rows)
    start = np.array([0.0, 1.0, *[0.0] * len(heads)])

    def loss(x: np.ndarray) -> float:
        apart = ((x[1:] - start[1:]) ** 2).sum() / 2 + 0.02 * x[0] ** 2
        return _surprise(truth, _sure(_odds(rows, heads, x)), weights) + NEAR * float(apart)

    vader = {-1: (-3.0, 0.0), 0: (0.0, 0.0), 1: (0.0, 3.0)}[feeling]
    best = minimize(loss, start, bounds=[(-6, 6), *[(0, 3)] * len(heads), vader], method="L-BFGS-B").x
    return [round(float(number), 4) for number in best]


def _trust(name: str, own: Sequence[Seen], odds: np.ndarray) -> float:
    """How far a rule of strength 1 is believed, 0..1."""
    truth = np.array([row.example.targets[name] for row in own])
    ruled = np.array([(row.steps if name in STEPS else row.ruled).get(name, 0.0) for row in own])
    weights = np.ones(len(own))

    def loss(x: np.ndarray) -> float:
        fused = 1 - (1 - _sure(odds)) * (1 - x[0] * ruled)
        return _surprise(truth, fused, weights) + SURE_OF_RULES * float((x[0] - TRUST) ** 2)

    if name in SAFETY:
        return 1.0
    best = minimize(loss, np.array([TRUST]), bounds=[(0.0, 0.98)], method="L-BFGS-B").x
    return round(float(best[0]), 4)


def _sure(odds: np.ndarray) -> np.ndarray:
    probability: np.ndarray = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return probability


def _surprise(truth: np.ndarray, seen_as: np.ndarray, weights: np.ndarray) -> float:
    """Cross-entropy, summed."""
    held = np.clip(seen_as, 1e-6, 1 - 1e-6)
    return float(-(weights * (truth * np.log(held) + (1 - truth) * np.log(1 - held))).sum())


def _grade(name: str, found: Sequence[Seen], *, low: float, high: float) -> dict[str, Any]:
    """Cross-entropy on the value brought to 0..1; for politeness the standard deviations through a logistic."""
    rows = [row for row in found if name in row.example.targets]
    heads = ("sentiment", "pos", "neg") if name == "sentiment" else ("politeness",)
    values = np.array([[row.values[INDEX[head]] for head in heads] for row in rows], float)
    other = np.array([row.vader if name == "sentiment" else row.polite for row in rows])
    told = np.array([row.example.targets[name] for row in rows])
    truth = (told + 1) / 2 if name == "sentiment" else 1 / (1 + np.exp(-told))
    weights = _weights(rows)

    def loss(x: np.ndarray) -> float:
        odds = x[0] + x[1] * other + values @ x[2:]
        return _surprise(truth, _sure(odds), weights) + 0.5 * float((x[1:] ** 2).sum())

    bounds = [(-6, 6), (0, 6), *[(0, 6) if head != "neg" else (-6, 0) for head in heads]]
    best = [round(float(number), 4) for number in minimize(loss, np.zeros(2 + len(heads)), bounds=bounds).x]
    return {
        "bias": best[0],
        "heads": dict(zip(heads, best[2:], strict=True)),
        "ruled": best[1],
        "low": low,
        "high": high,
    }


def _causes(found: Sequence[Seen]) -> tuple[float, float]:
    """What scores of causes are multiplied with, on all sets; what a rule adds, on our own examples."""
    rows = [row for row in found if row.example.cause]
    heat = _fitted(rows, lambda x, values, _: x * values, 1.0)
    own = [row for row in rows if row.example.source.startswith("own:")]
    return heat, _fitted(own, lambda x, values, ruled: heat * values + x * ruled, 1.0)


def _fitted(
    rows: Sequence[Seen], odds_of: Callable[[float, np.ndarray, np.ndarray], np.ndarray], start: float
) -> float:
    """The number with which the true causes are likeliest."""
    values = np.array([row.values[CAUSE_AT : CAUSE_AT + len(CAUSES)] for row in rows], float)
    ruled = np.array([[row.causes.get(label, 0.0) for label in CAUSES] for row in rows])
    truth = np.array([CAUSES.index(row.example.cause or "other") for row in rows])
    weights = _weights(rows)

    def loss(x: np.ndarray) -> float:
        odds = odds_of(x[0], values, ruled)
        shares = np.exp(odds - odds.max(axis=1, keepdims=True))
        right = shares[np.arange(len(rows)), truth] / shares.sum(axis=1)
        return float(-(weights * np.log(np.maximum(right, 1e-9))).sum())

    best = minimize(loss, np.array([start]), bounds=[(0.2, 5)], method="L-BFGS-B").x
    return round(float(best[0]), 4)
