"""The weights of the forecast fitted, and its belief and decisions measured.

A logistic over `assist.conversation.forecast.features`, near weights set by hand and with their signs. Every moment of
a conversation is an example of how it ended, with one conversation's weight shared among its moments. The threads went
bad far more often than chats with support do; simulated chats hold the base of those, and what is in a conversation has
to tell the one from the other, for no forecast knows where its conversation came from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assist.conversation.alerting import POLICY
from assist.conversation.fold import fold
from assist.conversation.forecast import WEIGHTS, risk
from assist.conversation.state import Conversation
from benchmarks.conversations import Chat

Vector = NDArray[np.float64]
# The weights before any fit, as a person would set them.
BY_HAND: Mapping[str, float] = {
    "level": 1.0,
    "slope": 0.5,
    "derail": 0.5,
    "strife": 0.5,
    "polite": -1.0,
    "helped": -1.0,
    "retorts": 0.5,
    "unanswered": 0.2,
    "failed": 0.2,
    "repeated": 0.3,
    "refusals": 0.3,
    "insults": 0.4,
    "again": 0.3,
    "churn": 0.5,
    "alarm": 1.0,
}
RIDGE = 0.5  # what the square of a weight's distance from that costs, in conversations
LAST = 16.0  # weight of the last moment beside each other one: it is what the forecast is held to
# What a source counts for, and the share of it that went bad: the few threads of `fit` are brought to the share of all
# that is not `check`, simulated chats to that of a calmer desk than ours. Negotiations are left out: that one was
# dissatisfied with what he got does not make it bad.
SOURCES = {"ukp_adhominem": (170.0, 0.5), "github_threads": (40.0, 0.2), "simulated": (100.0, 0.1)}
LEAST = 1 / 3  # share of the weight set by hand that stays, whatever the threads say: they are no chats with support


@dataclass(frozen=True, slots=True)
class Weighed:
    """A forecast's numbers."""

    base: float
    weights: Mapping[str, float]

    def at(self, state: Conversation) -> float:
        """The risk of a conversation."""
        return risk(state.seen, self.weights, self.base)


def states(chat: Chat) -> list[Conversation]:
    """The conversation after every message."""
    state, found = Conversation(""), []
    for message, reading in chat.turns:
        state = fold(state, message, reading)
        found.append(state)
    return found


def fitted(chats: Sequence[Chat]) -> Weighed:
    """The weights that tell best how the chats ended."""
    names = list(WEIGHTS)
    rows, truth, worth = [], [], []
    for chat in chats:
        if chat.source not in SOURCES:
            continue
        moments = states(chat)
        share = _counts(chats, chat) / (len(moments) - 1 + LAST)
        for at, state in enumerate(moments, 1):
            seen = state.seen
            rows.append([seen[name] for name in names])
            truth.append(chat.bad)
            worth.append(share * (LAST if at == len(moments) else 1.0))
    found = _logistic(np.array(rows), np.array(truth, float), np.array(worth), names)
    numbers = [round(float(number), 2) for number in found]
    return Weighed(numbers[0], dict(zip(names, numbers[1:], strict=True)))


def _counts(chats: Sequence[Chat], chat: Chat) -> float:
    worth, bad = SOURCES[chat.source]
    alike = sum(one.source == chat.source and one.bad == chat.bad for one in chats)
    return worth * (bad if chat.bad else 1 - bad) / alike


def _logistic(rows: Vector, truth: Vector, worth: Vector, names: Sequence[str]) -> Vector:
    prior = np.array([BY_HAND[name] for name in names])

    def cost(x: Vector) -> tuple[float, Vector]:
        odds = x[0] + rows @ x[1:]
        loss = worth @ (np.logaddexp(0, odds) - truth * odds) + RIDGE * ((x[1:] - prior) @ (x[1:] - prior))
        off = worth * (1 / (1 + np.exp(-odds)) - truth)
        return float(loss), np.concatenate(([off.sum()], off @ rows + 2 * RIDGE * (x[1:] - prior)))

    least = LEAST * prior
    bounds = [(None, low) if low < 0 else (low, None) for low in least]
    start = np.concatenate(([0.0], prior))
    return np.asarray(minimize(cost, start, jac=True, method="L-BFGS-B", bounds=[(None, None), *bounds]).x)


@dataclass(frozen=True, slots=True)
class Alerts:
    """What a policy did: shares of the conversations that went well and badly in which it gave an alert."""

    false: float
    caught: float


def alerts(chats: Sequence[Chat], forecast: Weighed) -> Alerts:
    """The alerts of the policy in force, at this forecast, after messages of customers."""
    rang: dict[bool, list[bool]] = {True: [], False: []}
    for chat in chats:
        stands = any_yet = False
        for state in states(chat):
            if state.run:
                stands = POLICY.alerts(forecast.at(state), stands=stands, falling=state.trend == "falling")
                any_yet |= stands
        rang[chat.bad].append(any_yet)
    return Alerts(false=_mean(rang[False]), caught=_mean(rang[True]))


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
