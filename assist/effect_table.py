"""The numbers of the what-if: what an answer is expected to do to the tension, and how far off that may be.

Written by `python -m benchmarks.effects_fit --write`, which prints what they are worth; docs/coach.md has the figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assist.message import Step

# Knots of the range: (expected, low, high) in points of tension, rising.
Knots = tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of the expectation.

    What is above `REST` keeps the share `keep`, and everybody has `base` points. A step takes away the share `relief`
    of what is above `REST`, `advised` more where it is the next one, `early` less where a solution comes before the
    customer was heard. `ignored` are the points of a message without any step, `harm` those of a remark by its kind,
    and `polite` what full courtesy takes away beside none. `assumed` are the kinds whose harm is set by judgement.
    """

    base: float
    keep: float
    relief: Mapping[Step, float]
    advised: float
    early: float
    ignored: float
    harm: Mapping[str, float]
    polite: float
    assumed: frozenset[str]


TABLE = Table(
    base=0.4,
    keep=0.859,
    relief=MappingProxyType(
        {
            Step.LISTEN: 0.073,
            Step.EMPATHIZE: 0.097,
            Step.APOLOGIZE: 0.103,
            Step.OWN: 0.11,
            Step.SOLVE: 0.288,
            Step.BOUNDARY: 0.054,
            Step.ESCALATE: 0.098,
            Step.FOLLOW_UP: 0.055,
            Step.CLOSE: 0.029,
        }
    ),
    advised=0.028,
    early=0.075,
    ignored=4.0,
    harm=MappingProxyType(
        {
            "calm_down": 10.4,
            "blaming": 10.7,
            "defensive": 8.0,
            "dismissive": 9.0,
            "as_i_said": 6.0,
            "vague_promise": 3.0,
            "jargon": 2.0,
            "passing_on": 8.4,
            "apology_with_but": 5.0,
            "non_apology": 6.5,
            "self_deprecating": 3.0,
            "shouting": 6.0,
            "absolute_no": 8.0,
            "policy_wall": 8.0,
            "canned": 4.5,
            "overpromise": 2.0,
            "forbidden": 2.0,
            "rude": 13.4,
            "run_on": 1.0,
            "no_answer": 4.4,
            "missing_empathy": 3.2,
            "wrong_language": 10.0,
            "personal_data": 0.0,
        }
    ),
    polite=4.6,
    assumed=frozenset(
        {
            "absolute_no",
            "apology_with_but",
            "defensive",
            "forbidden",
            "jargon",
            "overpromise",
            "policy_wall",
            "run_on",
            "self_deprecating",
            "shouting",
            "wrong_language",
        }
    ),
)
# Of what was expected: what a tenth of the answers stayed below, and what a tenth went beyond.
RANGE: Knots = (
    (0.0, 0.0, 6.7),
    (6.2, 1.9, 6.7),
    (12.9, 4.5, 23.4),
    (17.3, 7.7, 28.4),
    (23.3, 9.4, 34.4),
    (30.7, 12.9, 43.0),
    (39.4, 23.7, 51.1),
    (51.4, 33.7, 71.9),
    (68.2, 55.8, 83.0),
    (100.0, 55.8, 100.0),
)
