"""The loss of both scorers: what people labelled, and beside it, or where nobody did, what a teacher says.

With a teacher every text teaches every head (distillation, Hinton et al., 2015); a student of its own kind comes out
better than its teacher (born-again networks, Furlanello et al., 2018).
"""

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from assist.signals.scores import BINARY, GRADED
from benchmarks.train.prepared import OPEN, Aims

GRADED_WEIGHT = {"sentiment": 4.0, "politeness": 0.5}
CAUSE_WEIGHT = 0.5
CAUSES_AT = len(BINARY) + len(GRADED)


class Trust(NamedTuple):
    """The weight of a teacher's word: beside a label (that has the rest of 1), and alone."""

    beside: float
    alone: float


def loss_of(scores: Tensor, aims: Aims, teacher: Tensor | None, trust: Trust) -> Tensor:
    """Mean loss of scores `[batch, heads]`: cross-entropy, squared error for graded heads."""
    known = aims.targets > OPEN
    aim, weight = aims.targets, known * aims.weights[:, None]
    if teacher is not None:
        told = torch.cat((torch.sigmoid(teacher[:, : len(BINARY)]), teacher[:, len(BINARY) : CAUSES_AT]), dim=1)
        aim = torch.where(known, trust.beside * told + (1 - trust.beside) * aim, told)
        weight = torch.where(known, weight, torch.full_like(weight, trust.alone))
    seen, binary = scores[:, : len(BINARY)], aim[:, : len(BINARY)].clamp(0, 1)
    each = functional.binary_cross_entropy_with_logits(seen, binary, reduction="none")
    total, count = (each * weight[:, : len(BINARY)]).sum(), weight.sum()
    for at, name in enumerate(GRADED, start=len(BINARY)):
        total = total + GRADED_WEIGHT[name] * ((scores[:, at] - aim[:, at]) ** 2 * weight[:, at]).sum()
    cross, sure = _causes(scores[:, CAUSES_AT:], aims, None if teacher is None else teacher[:, CAUSES_AT:], trust)
    return (total + CAUSE_WEIGHT * (cross * sure).sum()) / (count + sure.sum()).clamp(min=1.0)


def _causes(scores: Tensor, aims: Aims, teacher: Tensor | None, trust: Trust) -> tuple[Tensor, Tensor]:
    """Cross-entropy of the causes of each text, and its weight."""
    known = aims.causes >= 0
    kinds = functional.one_hot(aims.causes.clamp(min=0), scores.shape[1]).float()
    sure = known * aims.weights
    if teacher is not None:
        told = torch.softmax(teacher, dim=1)
        kinds = torch.where(known[:, None], trust.beside * told + (1 - trust.beside) * kinds, told)
        sure = torch.where(known, sure, torch.full_like(sure, trust.alone))
    return -(kinds * torch.log_softmax(scores, dim=1)).sum(dim=1), sure
