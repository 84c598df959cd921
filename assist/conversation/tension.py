"""Tension 0..100: a table of points and two small functions that read it.

A customer's message has a heat; it takes up a share of what is left to 100, so that the tenth complaint adds less than
the first. Thanks and relief take away a share of what is there. Between messages tension cools towards `REST`, unless
the customer is kept waiting. The points are a first table set by hand on our own example chats.
"""

from bisect import bisect_right
from collections.abc import Mapping
from types import MappingProxyType

from assist.message import Step
from assist.reading import Reading

REST = 10.0  # tension of a conversation in which nothing has been said
HALF_LIFE = 1_800.0  # seconds in which half of what is above REST is forgotten while nobody waits
CALMING = 0.92  # a message without heat keeps this much of what is above REST
GAIN = 0.85  # share of the headroom that a message of full heat takes

# Points of heat at full strength, by signal or act of a customer's message.
HEAT: Mapping[str, float] = MappingProxyType(
    {
        "anger": 32.0,
        "frustration": 24.0,
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
    }
)
NEGATIVE = 8.0  # points for a sentiment of -1
# Tension is at least so much after a message that shows this signal at .5 or more.
FLOORS: Mapping[str, float] = MappingProxyType({"threat": 75.0, "distress": 60.0, "abuse": 55.0})
# Share of the tension that goes at full strength.
RELIEF: Mapping[str, float] = MappingProxyType({"gratitude": 0.5, "remorse": 0.35, "reassured": 0.2})
POSITIVE = 0.1  # share that goes at a sentiment of +1
# Share of the tension that an agent's step takes away when done, and points that a bad move adds.
EASING: Mapping[Step, float] = MappingProxyType(
    {
        Step.LISTEN: 0.04,
        Step.EMPATHIZE: 0.05,
        Step.APOLOGIZE: 0.05,
        Step.OWN: 0.05,
        Step.SOLVE: 0.08,
        Step.BOUNDARY: 0.03,
        Step.ESCALATE: 0.03,
        Step.FOLLOW_UP: 0.03,
        Step.CLOSE: 0.02,
    }
)
MOST_EASED = 0.15  # one message of the agent takes away at most this share
STIRRING: Mapping[str, float] = MappingProxyType({"dismissive": 6.0, "handoff": 3.0})

BANDS = ("calm", "uneasy", "tense", "critical")
EDGES = (25.0, 50.0, 75.0)  # where each band but the first begins


def band(tension: float) -> str:
    """`calm` < 25 <= `uneasy` < 50 <= `tense` < 75 <= `critical`."""
    return BANDS[bisect_right(EDGES, tension)]


def points(reading: Reading) -> dict[str, float]:
    """Points of heat by what made them, for a customer's message; only those above 0."""
    found = {name: most * strength for name, most in HEAT.items() if (strength := reading.signal(name)) > 0}
    if reading.sentiment < 0:
        found["sentiment"] = NEGATIVE * -reading.sentiment
    return found


def heat(tension: float, reading: Reading) -> float:
    """Tension 0..100 after a customer's message. More gratitude never gives a higher result."""
    share = min(100.0, sum(points(reading).values())) / 100
    risen = tension + (100 - tension) * share * GAIN
    relief = sum(most * reading.signal(name) for name, most in RELIEF.items())
    relief += POSITIVE * max(0.0, reading.sentiment)
    eased = risen * (1 - min(0.65, relief) * (1 - share))
    if share < 0.05:
        eased = min(eased, REST + (eased - REST) * CALMING if eased > REST else eased)
    floor = max((low for name, low in FLOORS.items() if reading.signal(name) >= 0.5), default=0.0)
    return min(100.0, max(0.0, eased, floor))


def answer(tension: float, reading: Reading) -> float:
    """Tension 0..100 after an agent's message: each step done eases, a dismissive or passed-on answer stirs."""
    share = sum(EASING[step] * probability for step, probability in reading.steps.items())
    eased = tension - max(0.0, tension - REST) * min(MOST_EASED, share)
    stirred = eased + sum(most * reading.signal(name) for name, most in STIRRING.items())
    return min(100.0, max(0.0, stirred))


def cool(tension: float, seconds: float) -> float:
    """Tension after a pause in which the customer was not kept waiting."""
    if tension <= REST or seconds <= 0:
        return tension
    return float(REST + (tension - REST) * 0.5 ** (seconds / HALF_LIFE))
