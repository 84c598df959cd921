"""Examples laid out as arrays, in the order of the heads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from assist.reading import CAUSES
from assist.signals.legible import legible
from assist.signals.scores import BINARY, GRADED
from assist.text import normalise
from benchmarks.train.sets import Example

OPEN = -100.0  # a target that is not known


class Aims(NamedTuple):
    """What is known of a batch: targets `[batch, binary + graded]`, causes (-1: none) and weights `[batch]`."""

    targets: Tensor
    causes: Tensor
    weights: Tensor


@dataclass(slots=True)
class Prepared:
    """Examples with their targets as arrays."""

    texts: list[str]
    targets: np.ndarray  # [examples, binary + graded], OPEN where unknown
    causes: np.ndarray  # index of CAUSES, -1 where unknown
    weights: np.ndarray

    def aims(self, pack: Sequence[int]) -> Aims:
        """What is known of the examples with these indices."""
        return Aims(*(torch.from_numpy(array[pack]) for array in (self.targets, self.causes, self.weights)))


def seen_text(text: str) -> str:
    """What a scorer reads of a text."""
    return legible(normalise(text)).plain


def prepared(examples: Sequence[Example]) -> Prepared:
    """Texts normalised and targets laid out in the order of the heads."""
    names = (*BINARY, *GRADED)
    targets = np.full((len(examples), len(names)), OPEN, np.float32)
    for row, example in enumerate(examples):
        for name, value in example.targets.items():
            targets[row, names.index(name)] = value
    causes = np.array([CAUSES.index(e.cause) if e.cause else -1 for e in examples])
    weights = np.array([e.weight for e in examples], np.float32)
    return Prepared([seen_text(e.text) for e in examples], targets, causes, weights)
