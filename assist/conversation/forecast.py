"""The forecast: the risk that a conversation goes bad, from its level and its course.

A logistic with few weights, each with the sign that a person would give it: whatever is hostile, failed or repeated
never lowers the risk, whatever is polite never raises it.
"""

from collections.abc import Mapping, Sequence
from math import exp
from types import MappingProxyType

from assist.conversation.course import HELPED, USUAL, Course

WINDOW = 3  # customer's messages that the slope looks back over
STEEPEST = 50.0  # points of tension within it
MOST = 3.0  # of one kind that count
BASE = -4.65  # log-odds of a conversation in which nothing has happened
# Fitted by `python -m benchmarks.tension_fit`; BASE too.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "level": 0.41,
        "slope": 1.09,
        "derail": 1.43,
        "strife": 0.66,
        "polite": -2.28,
        "helped": -2.45,
        "retorts": 1.19,
        "unanswered": 0.07,
        "failed": 0.07,
        "repeated": 0.69,
        "refusals": 0.1,
        "insults": 0.15,
        "again": 0.1,
        "churn": 0.34,
        "alarm": 1.42,
    }
)


def features(
    course: Course,
    levels: Sequence[float],
    tension: float,
    *,
    refusals: int,
    insults: int,
    contacts: int,
    churn: float,
    alarm: float,
) -> dict[str, float]:
    """What the forecast looks at, by the names of `WEIGHTS`; 0 where there is nothing to see.

    *levels* are tensions after the customer's last messages, oldest first, *tension* the present one, 0..100.
    """
    slope = levels[-1] - levels[-min(WINDOW, max(1, len(levels) - 1))]  # the first level is of nothing said yet
    return {
        "level": tension / 100,
        "slope": max(-STEEPEST, min(STEEPEST, slope)) / STEEPEST,
        "derail": course.derail - USUAL,
        "strife": course.strife - USUAL,
        "polite": course.polite - 0.5,
        "helped": course.helped - HELPED,
        "retorts": min(MOST, course.retorts),
        "unanswered": min(MOST, course.unanswered),
        "failed": min(MOST, course.failed),
        "repeated": min(MOST, course.repeated),
        "refusals": min(MOST, refusals),
        "insults": min(MOST, insults),
        "again": float(contacts >= 2),
        "churn": churn,
        "alarm": alarm,
    }


def risk(seen: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS, base: float = BASE) -> float:
    """Probability 0..1 that the conversation goes bad."""
    return 1 / (1 + exp(-base - sum(weight * seen[name] for name, weight in weights.items())))
