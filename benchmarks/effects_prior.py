"""The table of effects before any fit, set by judgement from the craft's usual order.

A number leaves it only as far as the chats pay for it; the harm of a kind that is too rare stays as it is here.
"""

from assist.effect_table import Table
from assist.message import Step

BY_HAND = Table(
    base=0.0,
    keep=1.0,
    relief={
        Step.LISTEN: 0.08,
        Step.EMPATHIZE: 0.12,
        Step.APOLOGIZE: 0.10,
        Step.OWN: 0.10,
        Step.SOLVE: 0.20,
        Step.BOUNDARY: 0.06,
        Step.ESCALATE: 0.10,
        Step.FOLLOW_UP: 0.05,
        Step.CLOSE: 0.03,
    },
    advised=0.03,
    early=0.10,
    ignored=3.0,
    harm={
        "calm_down": 12.0,
        "blaming": 12.0,
        "defensive": 8.0,
        "dismissive": 12.0,
        "as_i_said": 6.0,
        "vague_promise": 3.0,
        "jargon": 2.0,
        "passing_on": 8.0,
        "apology_with_but": 5.0,
        "non_apology": 6.0,
        "self_deprecating": 3.0,
        "shouting": 6.0,
        "absolute_no": 8.0,
        "policy_wall": 8.0,
        "canned": 4.0,
        "overpromise": 2.0,
        "forbidden": 2.0,
        "rude": 18.0,
        "run_on": 1.0,
        "no_answer": 5.0,
        "missing_empathy": 4.0,
        "wrong_language": 10.0,
        "personal_data": 0.0,
    },
    polite=4.0,
    assumed=frozenset(),
)
