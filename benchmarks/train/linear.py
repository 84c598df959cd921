"""The linear scorer: a table of hashed n-grams trained on the labels and on what the encoder says of the same texts.

Where a set says nothing of a head, the encoder does: every text teaches every head (distillation, Hinton et al. 2015).
"""

import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor, nn

from assist.signals.linear import CHARS_WEIGHT
from assist.signals.ngrams import ngrams
from assist.signals.scores import HEADS
from benchmarks.train.loss import Trust, loss_of
from benchmarks.train.prepared import prepared
from benchmarks.train.sets import Example

BITS = 18
WIDTH = 28
BATCH = 256
RATE = 4e-3
DROPPED = 0.3  # share of n-grams that are left out at random
DECAY = 1e-6
TRUST = Trust(beside=0.6, alone=0.5)
LEVELS = 127  # of an int8

Features = tuple[np.ndarray, np.ndarray]


class Bag(nn.Module):
    """The table and the heads."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(1 << BITS, WIDTH, mode="sum")
        self.heads = nn.Linear(WIDTH, len(HEADS))
        nn.init.normal_(self.table.weight, std=0.02)
        nn.init.normal_(self.heads.weight, std=0.3)

    def forward(self, rows: Tensor, starts: Tensor, weights: Tensor) -> Tensor:
        """Scores `[batch, heads]`."""
        scores: Tensor = self.heads(self.table(rows, starts, weights))
        return scores


def features(text: str) -> Features:
    """Rows of the table and their weights for a text that scorers read."""
    found = ngrams(text, BITS)
    words, chars = len(found.words), len(found.chars)
    weights = np.concatenate(
        (np.full(words, 1 / max(1, words) ** 0.5), np.full(chars, CHARS_WEIGHT / max(1, chars) ** 0.5))
    )
    return np.concatenate((found.words, found.chars)), weights.astype(np.float32)


def batch(found: Sequence[Features], dropped: float) -> tuple[Tensor, Tensor, Tensor]:
    """The input of `Bag` for several texts."""
    lengths = np.array([len(rows) for rows, _ in found])
    weights = torch.from_numpy(np.concatenate([weights for _, weights in found]))
    if dropped:
        weights = weights * (torch.rand(len(weights)) >= dropped) / (1 - dropped)
    rows = torch.from_numpy(np.concatenate([rows for rows, _ in found]))
    return rows, torch.from_numpy(np.concatenate(([0], lengths.cumsum()[:-1]))), weights


def train(examples: Sequence[Example], taught: np.ndarray | None, *, epochs: int, seed: int) -> Bag:
    """Train on all examples; *taught* are the encoder's scores `[examples, heads]` of them."""
    torch.manual_seed(seed)
    chance = Random(seed)
    data = prepared(examples)
    found = [features(text) for text in data.texts]
    model = Bag()
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, weight_decay=DECAY)
    steps = epochs * -(-len(found) // BATCH)
    plan = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / steps))
    teacher = None if taught is None else torch.from_numpy(taught)
    started = time.perf_counter()
    for epoch in range(epochs):
        order = list(range(len(found)))
        chance.shuffle(order)
        total = 0.0
        for start in range(0, len(order), BATCH):
            pack = order[start : start + BATCH]
            scores = model(*batch([found[index] for index in pack], DROPPED))
            loss = loss_of(scores, data.aims(pack), None if teacher is None else teacher[pack], TRUST)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            plan.step()
            total += loss.item() * len(pack)
        print(
            f"  epoch {epoch + 1}/{epochs}  loss {total / len(found):.4f}  {time.perf_counter() - started:.0f} s",
            flush=True,
        )
    model.eval()
    return model


def export(model: Bag, path: Path) -> None:
    """Write the arrays of `assist.signals.linear.LinearScorer`, the table as int8 with a scale for each column."""
    table = model.table.weight.detach().numpy()
    scale = np.abs(table).max(axis=0) / LEVELS
    np.savez_compressed(
        path,
        table=np.round(table / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        heads=model.heads.weight.detach().numpy().T.astype(np.float32),
        bias=model.heads.bias.detach().numpy().astype(np.float32),
    )
