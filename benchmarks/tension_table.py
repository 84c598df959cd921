"""The table of tension fitted: what it is fitted to, and the descent that fits it.

The loss is squared error where the truth is a level (the hidden mood of simulated customers) and cross-entropy where it
is a yes or no (an uncivil comment, a dissatisfied negotiator, a thread before an insult). The prior is the table set by
hand: a number leaves it only as far as the chats pay for it, and never changes its sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import exp, log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assist.conversation.tension import REST, Table, answer, heat, points, rested
from assist.message import Message, Role, Step
from assist.reading import Reading
from benchmarks.conversations import Chat

Vector = NDArray[np.float64]

# The table before any fit, set by hand on our own example chats.
BY_HAND = Table(
    heat={
        "anger": 32.0,
        "frustration": 24.0,
        "dissatisfied": 30.0,
        "strife": 10.0,
        "abuse": 52.0,
        "threat": 75.0,
        "distress": 45.0,
        "urgency": 8.0,
        "confusion": 5.0,
        "complaint": 14.0,
        "churn": 18.0,
        "sarcasm": 12.0,
        "contact": 16.0,
        "repetition": 8.0,
        "shouting": 8.0,
        "refusal": 10.0,
        "impatience": 12.0,
    },
    negative=12.0,
    gain=0.85,
    relief={"gratitude": 0.5, "remorse": 0.35, "reassured": 0.2},
    positive=0.2,
    lasting=0.85,
    easing={
        Step.LISTEN: 0.04,
        Step.EMPATHIZE: 0.05,
        Step.APOLOGIZE: 0.05,
        Step.OWN: 0.05,
        Step.SOLVE: 0.08,
        Step.BOUNDARY: 0.03,
        Step.ESCALATE: 0.03,
        Step.FOLLOW_UP: 0.03,
        Step.CLOSE: 0.02,
    },
    stirring={"dismissive": 6.0, "handoff": 3.0, "strife": 4.0, "fails": 4.0},
)
PRIOR = 0.02  # what the square of a number's distance from the prior costs, in logarithms
WEIGHTS = {"simulated": 1.0, "github_threads": 0.5, "casino": 1.0, "ukp_adhominem": 0.5, "own": 2.0}
LEVEL = 20.0  # points of tension that a squared error is measured in
STEEP = 15.0  # points of tension from even odds to 73 %
UNCIVIL = 40.0  # tension of even odds that a comment is uncivil, where both are as common


@dataclass(frozen=True, slots=True)
class Numbers:
    """A table as a row of logarithms and back; `lasting` by what it lets go."""

    shape: Table

    def of(self, table: Table) -> Vector:
        """The row of a table."""
        flat: list[float] = []
        for field in fields(Table):
            value = getattr(table, field.name)
            flat.extend(value.values() if not isinstance(value, float) else [_inward(field.name, value)])
        return np.log(np.array(flat))

    def table(self, row: Vector) -> Table:
        """The table of a row."""
        flat = iter(np.exp(row).tolist())
        made: dict[str, Any] = {}
        for field in fields(Table):
            value = getattr(self.shape, field.name)
            if isinstance(value, float):
                made[field.name] = _inward(field.name, next(flat))
            else:
                made[field.name] = {key: next(flat) for key in value}
        return Table(**made)


def _inward(name: str, value: float) -> float:
    return 1.0 - value if name == "lasting" else value


def course(chat: Sequence[tuple[Message, Reading]], table: Table) -> list[float]:
    """Tension after every message."""
    tension, waiting, found = REST, True, []
    before = chat[0][0].at
    for message, reading in chat:
        if message.role is Role.CUSTOMER:
            left = tension if waiting else rested(tension, (message.at - before).total_seconds(), table)
            tension = heat(left, reading, points(reading, table), table)
        else:
            tension = answer(tension, reading, table)
        waiting, before = message.role is Role.CUSTOMER, message.at
        found.append(tension)
    return found


def loss(chats: Sequence[Chat], table: Table) -> float:
    """How far tension by a table is from what is known of the chats; the mean of each source, weighted."""
    courses = [course(chat.turns, table) for chat in chats]
    total = 0.0
    for source, weight in WEIGHTS.items():
        mine = [(chat, levels) for chat, levels in zip(chats, courses, strict=True) if chat.source == source]
        total += weight * LOSSES[source](mine) if mine else 0.0
    return total


Told = Sequence[tuple[Chat, list[float]]]


def _moods(told: Told) -> float:
    """Squared distance from the customer's mood: after their words, and half as much from what an answer will make."""
    found, count = 0.0, 0.0
    for chat, levels in told:
        for at, (message, _) in enumerate(chat.turns):
            ahead = at + (message.role is not Role.CUSTOMER)
            if ahead < len(levels):
                weight = 1.0 if ahead == at else 0.5
                found += weight * ((levels[at] - chat.moods[ahead]) / LEVEL) ** 2
                count += weight
    return found / count


def _uncivil(told: Told) -> float:
    """Cross-entropy of uncivil comments, with as much weight as the civil ones."""
    seen: dict[bool, list[float]] = {True: [], False: []}
    for chat, levels in told:
        for (message, _), level, uncivil in zip(chat.turns, levels, chat.uncivil, strict=True):
            if message.role is Role.CUSTOMER:
                seen[uncivil].append(_cross(level - UNCIVIL, yes=uncivil))
    return float(np.mean(seen[True]) + np.mean(seen[False])) / 2


def _endings(told: Told) -> float:
    """Cross-entropy of a bad ending by the last tension, beside the mean of all."""
    middle = float(np.mean([levels[-1] for _, levels in told]))
    return float(np.mean([_cross(levels[-1] - middle, yes=chat.bad) for chat, levels in told]))


def _cross(above: float, *, yes: bool) -> float:
    return log(1 + exp(-above / STEEP if yes else above / STEEP))


LOSSES = {
    "simulated": _moods,
    "github_threads": _uncivil,
    "casino": _endings,
    "ukp_adhominem": _endings,
    "own": _endings,
}


def fitted(chats: Sequence[Chat], steps: int) -> Table:
    """The table that fits the chats best, given the prior."""
    numbers = Numbers(BY_HAND)
    prior = numbers.of(BY_HAND)

    def cost(row: Vector) -> float:
        return loss(chats, numbers.table(row)) + float(np.sum((row - prior) ** 2)) * PRIOR

    found = minimize(cost, prior, method="L-BFGS-B", bounds=[(-9, log(100))] * len(prior), options={"maxiter": steps})
    return rounded(numbers.table(found.x))


def rounded(table: Table) -> Table:
    """A table in numbers that a person can read."""
    made: dict[str, Any] = {}
    for field in fields(Table):
        value = getattr(table, field.name)
        made[field.name] = (
            _short(value) if isinstance(value, float) else {key: _short(one) for key, one in value.items()}
        )
    return Table(**made)


def _short(value: float) -> float:
    return round(value, 1) if value >= 1 else round(value, 3)
