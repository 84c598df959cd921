"""Where a conversation is going: its trend, and the risk that it goes bad."""

from collections.abc import Sequence
from math import exp

WINDOW = 3  # customer's messages that the trend looks back over
SLACK = 6.0  # points of tension within which a trend is steady

# Weights of the logistic risk, set by hand until there is a fit; log-odds.
BASE = -3.6
PER_POINT = 0.05  # of tension
RISING = 0.7
FALLING = -0.7
PER_REFUSAL = 0.5
PER_INSULT = 0.6
AGAIN = 0.5  # a second or later contact
LEAVING = 0.9  # at full strength of churn


def trend(levels: Sequence[float]) -> str:
    """`rising`, `steady` or `falling`, from tension after each of the customer's messages, oldest first."""
    if len(levels) < 2:
        return "steady"
    change = levels[-1] - levels[-min(WINDOW, len(levels))]
    last = levels[-1] - levels[-2]
    if change >= SLACK and last >= 0:
        return "rising"
    if change <= -SLACK and last <= 0:
        return "falling"
    return "rising" if last >= SLACK else "falling" if last <= -SLACK else "steady"


def risk(tension: float, way: str, *, refusals: int, insults: int, contacts: int, churn: float) -> float:
    """Probability 0..1 that the conversation goes bad: a logistic over level, trend and what has gone wrong."""
    odds = BASE + PER_POINT * tension
    odds += {"rising": RISING, "falling": FALLING}.get(way, 0.0)
    odds += PER_REFUSAL * min(refusals, 3) + PER_INSULT * min(insults, 3)
    odds += AGAIN * (contacts >= 2) + LEAVING * churn
    return 1 / (1 + exp(-odds))
