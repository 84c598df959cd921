"""Tension 0..100: a table and the functions that read it.

A customer's message has a heat; it takes up a share of what is left to 100, so that the tenth complaint adds less than
the first. Thanks and relief take away a share of what is there. Once answered, tension cools towards `REST`: a share
with each further message, the rest with time. What an agent's message does eases, or stirs.

A probability counts by `sure`: learned ones are never 0, and the hum of many small ones must not add up to heat.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assist.message import Step
from assist.reading import Reading

REST = 10.0  # tension of a conversation in which nothing has been said
HALF_LIFE = 1_800.0  # seconds in which half of what is above REST is forgotten while nobody waits
# Probability at which `sure` is about half of it: what a signal may have in plain messages is below. Three quarters of
# our own plain examples have less than 0.42 of strife and 0.35 of sarcasm, and less than 0.17 of nearly all others.
HUM = 0.1
HUMS: Mapping[str, float] = MappingProxyType({"strife": 0.4, "sarcasm": 0.3})
MOST_RELIEF = 0.65  # share of the tension that one message of thanks takes away at most
MOST_EASED = 0.2  # share of what is above REST that one message of the agent takes away at most
# Tension is at least so much after a message that shows this signal at .5 or more. Not fitted: what a person means by
# these words, and what the protocols wait for.
FLOORS: Mapping[str, float] = MappingProxyType({"threat": 75.0, "distress": 60.0, "abuse": 55.0})
INSULT_FROM = 0.8  # probability of abuse from which its floor rises,
INSULT_FLOOR = 80.0  # up to this where it is certain: a plain insult is critical, whatever came before

BANDS = ("calm", "uneasy", "tense", "critical")
EDGES = (25.0, 50.0, 75.0)  # where each band but the first begins


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of tension.

    `heat` points by signal or act of a customer's message, at full strength, and `negative` those of a sentiment of -1;
    `gain` the share of the headroom that 100 points take. `relief` the share of the tension that goes at full strength,
    and `positive` that of a sentiment of +1. A customer who has been answered keeps `lasting` of what is above `REST`.
    `easing` the share of it that an agent's step takes away when done, `stirring` the points that an act adds.
    """

    heat: Mapping[str, float]
    negative: float
    gain: float
    relief: Mapping[str, float]
    positive: float
    lasting: float
    easing: Mapping[Step, float]
    stirring: Mapping[str, float]


# Fitted by `python -m benchmarks.tension_fit`, which prints what each number was before and what the table is worth.
TABLE = Table(
    heat=MappingProxyType(
        {
            "anger": 37.8,
            "frustration": 27.7,
            "dissatisfied": 28.1,
            "strife": 8.8,
            "abuse": 43.5,
            "threat": 61.4,
            "distress": 39.9,
            "urgency": 7.4,
            "confusion": 4.5,
            "complaint": 9.5,
            "churn": 17.1,
            "sarcasm": 10.2,
            "contact": 24.2,
            "repetition": 8.6,
            "shouting": 9.0,
            "refusal": 7.8,
            "impatience": 12.2,
        }
    ),
    negative=11.5,
    gain=0.565,
    relief=MappingProxyType(
        {
            "gratitude": 0.463,
            "remorse": 0.316,
            "reassured": 0.151,
        }
    ),
    positive=0.222,
    lasting=0.773,
    easing=MappingProxyType(
        {
            Step.LISTEN: 0.044,
            Step.EMPATHIZE: 0.068,
            Step.APOLOGIZE: 0.065,
            Step.OWN: 0.067,
            Step.SOLVE: 0.114,
            Step.BOUNDARY: 0.03,
            Step.ESCALATE: 0.029,
            Step.FOLLOW_UP: 0.034,
            Step.CLOSE: 0.02,
        }
    ),
    stirring=MappingProxyType(
        {
            "dismissive": 8.1,
            "handoff": 2.9,
            "strife": 4.6,
            "fails": 3.5,
        }
    ),
)


def band(tension: float) -> str:
    """`calm` < 25 <= `uneasy` < 50 <= `tense` < 75 <= `critical`."""
    return BANDS[bisect_right(EDGES, tension)]


def sure(reading: Reading, name: str) -> float:
    """What a signal or act counts, 0..1: less than its probability, the more so the nearer that is to a hum."""
    return standing_out(reading.signal(name), HUMS.get(name, HUM))


def standing_out(probability: float, hum: float) -> float:
    """A probability 0..1 weighed by how far it stands out of a hum."""
    return probability * probability * (1 + hum) / (probability + hum) if probability > 0 else 0.0


def points(reading: Reading, table: Table = TABLE) -> dict[str, float]:
    """Points of heat by what made them, for a customer's message; only those above 0."""
    found = {}
    for name, most in table.heat.items():
        if (probability := reading.signal(name)) > 0:
            found[name] = most * standing_out(probability, HUMS.get(name, HUM))
    if reading.sentiment < 0:
        found["sentiment"] = table.negative * -reading.sentiment
    return found


def heat(tension: float, reading: Reading, heats: Mapping[str, float], table: Table = TABLE) -> float:
    """Tension 0..100 after a customer's message that has these `points`. More gratitude never gives a higher result."""
    share = min(100.0, sum(heats.values())) / 100
    risen = tension + (100 - tension) * share * table.gain
    relief = sum(most * sure(reading, name) for name, most in table.relief.items())
    relief += table.positive * max(0.0, reading.sentiment)
    eased = risen * (1 - min(MOST_RELIEF, relief) * (1 - share))
    return min(100.0, max(0.0, eased, floor(reading)))


def floor(reading: Reading) -> float:
    """What tension is at least after a message: by what it shows, and by how surely it insults."""
    low = max((low for name, low in FLOORS.items() if reading.signal(name) >= 0.5), default=0.0)
    sureness = (reading.signal("abuse") - INSULT_FROM) / (1 - INSULT_FROM)
    return max(low, FLOORS["abuse"] + (INSULT_FLOOR - FLOORS["abuse"]) * sureness) if sureness > 0 else low


def answer(tension: float, reading: Reading, table: Table = TABLE) -> float:
    """Tension 0..100 after an agent's message: each step done eases; scorn, a brush-off or a failure stirs."""
    share = sum(table.easing[step] * probability for step, probability in reading.steps.items())
    eased = tension - max(0.0, tension - REST) * min(MOST_EASED, share)
    stirred = eased + sum(most * stirs(reading, name) for name, most in table.stirring.items())
    return min(100.0, max(0.0, stirred))


def stirs(reading: Reading, name: str) -> float:
    """How surely 0..1 a message does something that stirs."""
    return stirring(name, hostile(reading) if name == "strife" else reading.signal(name))


def stirring(name: str, probability: float) -> float:
    """How surely 0..1 something stirs that is done with this probability."""
    return standing_out(probability, HUMS.get(name, HUM))


def hostile(reading: Reading) -> float:
    """The probability 0..1 of strife in a message.

    Who takes a step is not quarrelling: "that would make me angry too" has the words of a quarrel, and is none.
    """
    return reading.signal("strife") * (1 - max(reading.steps.values(), default=0.0))


def rested(tension: float, seconds: float, table: Table = TABLE) -> float:
    """What is left of the tension when a customer who has been answered writes again after so many seconds."""
    return cool(REST + (tension - REST) * table.lasting, seconds) if tension > REST else tension


def cool(tension: float, seconds: float) -> float:
    """Tension after a pause in which the customer was not kept waiting."""
    if tension <= REST or seconds <= 0:
        return tension
    return float(REST + (tension - REST) * 0.5 ** (seconds / HALF_LIFE))
