"""What a trained scorer says of one text: a score for each head, and what each word brought to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assist.reading import CAUSES
from assist.signals.legible import Legible

CUSTOMER_HEADS = (
    "neg",
    "pos",
    "anger",
    "frustration",
    "abuse",
    "offensive",
    "threat",
    "legal",
    "distress",
    "urgency",
    "confusion",
    "gratitude",
    "complaint",
    "churn",
    "sarcasm",
    "dissatisfied",
    "strife",
    "derail",
)
AGENT_HEADS = (
    "listen",
    "empathize",
    "apologize",
    "own",
    "solve",
    "boundary",
    "escalate",
    "follow_up",
    "close",
    "explore",
    "fails",
)
BINARY = CUSTOMER_HEADS + AGENT_HEADS  # scored in log-odds
GRADED = ("sentiment", "politeness")  # sentiment -1..1; politeness in standard deviations around 0
HEADS = (*BINARY, *GRADED, *(f"cause:{label}" for label in CAUSES))  # causes: log-odds up to a constant
INDEX: Mapping[str, int] = MappingProxyType({head: at for at, head in enumerate(HEADS)})

Array = NDArray[np.float32]


class Parts(Protocol):
    """What each span of `Scores.spans` brought to a head's score."""

    def __call__(self, head: int) -> Array:
        """One number a span; with the head's bias and what no word made they add up to the score."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of one text by one scorer.

    `values` holds a score for each of `HEADS`; `spans` are words of `legible.plain`.
    """

    scorer: str  # "linear" or "encoder"
    values: Array
    legible: Legible
    spans: Sequence[tuple[int, int]]
    parts: Parts

    def value(self, head: str) -> float:
        """The score of a head."""
        return float(self.values[INDEX[head]])
