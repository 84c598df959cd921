"""The course of a conversation: what both sides did so far, in a few running numbers.

Running means forget slowly and start from what is usual, so that one harsh message at the beginning is not yet a bad
conversation. Bounded in size, and made of recorded readings alone.
"""

from dataclasses import dataclass, replace
from math import log
from typing import Any

from assist.conversation.tension import hostile, stirring, sure
from assist.message import Role, Step
from assist.reading import Reading

FADE = 0.9  # what each further message leaves of the weight of those before
USUAL = -2.5  # log-odds of hostility, and of a bad end, where nothing is known
HELPED = 0.5  # probability of a step in an answer where nothing is known
UNKNOWN = 2.0  # messages that this is worth at the start
SUREST = 5.0  # log-odds beyond which no reading is believed
SEEN = 0.5  # probability from which an act counts as seen
HOSTILE = ("strife", "abuse", "threat")
EVASIVE = ("fails", "dismissive", "handoff")  # acts of an answer that is none
INSISTING = ("question", "impatience", "repetition")


@dataclass(frozen=True, slots=True)
class Course:
    """Running numbers over the messages of both sides.

    `weight` messages have been heard, older ones counting less. `derail` and `strife` are mean log-odds: that
    conversations with such messages go bad, and that the messages are hostile. `polite` is the mean of politeness and
    its moves (thanks, apology), 0..1, `helped` that of how surely an answer took a step. The others count and fade:
    `retorts` hostility answered in kind, `unanswered` a customer who insists while a question stands open, `failed`
    answers in which the agent could not do it, `repeated` a customer who says the same again.
    """

    weight: float = UNKNOWN
    derail: float = USUAL
    strife: float = USUAL
    polite: float = 0.5
    helped: float = HELPED
    answers: float = UNKNOWN  # that have been given, older ones counting less
    retorts: float = 0.0
    unanswered: float = 0.0
    failed: float = 0.0
    repeated: float = 0.0
    open: bool = False  # a question of the customer
    customer: float = 0.0  # how hostile the customer's last message was, 0..1
    agent: float = 0.0  # and the last answer


def go_on(before: Course, role: Role, reading: Reading) -> Course:
    """The course after one more message: the customer's, or an answer."""
    quarrel = hostile(reading)
    heat = max(stirring(name, quarrel if name == "strife" else reading.signal(name)) for name in HOSTILE)
    known = before.weight * FADE

    def mean(so_far: float, now: float) -> float:
        return (known * so_far + now) / (known + 1)

    side = _asked(before, reading, heat) if role is Role.CUSTOMER else _answered(before, reading, heat)
    return replace(
        before,
        weight=known + 1,
        derail=mean(before.derail, _odds(reading, "derail", quarrel)),
        strife=mean(before.strife, max(_odds(reading, name, quarrel) for name in HOSTILE)),
        polite=mean(before.polite, _polite(reading)),
        retorts=before.retorts * FADE + heat * (before.agent if role is Role.CUSTOMER else before.customer),
        **side,
    )


def _asked(course: Course, reading: Reading, heat: float) -> dict[str, Any]:
    """What only a customer's message changes."""
    insists = course.open and any(reading.signal(name) >= SEEN for name in INSISTING)
    return {
        "unanswered": course.unanswered * FADE + insists,
        "repeated": course.repeated * FADE + sure(reading, "repetition"),
        "open": course.open or reading.signal("question") >= SEEN,
        "customer": heat,
    }


def _answered(course: Course, reading: Reading, heat: float) -> dict[str, Any]:
    """What only an answer changes."""
    evades = reading.steps.get(Step.SOLVE, 0.0) < SEEN and (
        any(reading.signal(name) >= SEEN for name in EVASIVE) or reading.signal("question") >= SEEN
    )
    known = course.answers * FADE
    return {
        "answers": known + 1,
        "helped": (known * course.helped + max(reading.steps.values(), default=0.0)) / (known + 1),
        "failed": course.failed * FADE + sure(reading, "fails"),
        "open": course.open and evades,
        "agent": heat,
    }


def _odds(reading: Reading, name: str, quarrel: float) -> float:
    """Log-odds of what was read; never below what is usual where no scorer has read it."""
    read = quarrel if name == "strife" else reading.signal(name)
    probability = min(1 - 1e-9, max(1e-9, read))
    odds = max(-SUREST, min(SUREST, log(probability / (1 - probability))))
    return odds if name in reading.acts else max(USUAL, odds)


def _polite(reading: Reading) -> float:
    moves = (reading.signal("gratitude"), reading.signal("remorse"), reading.steps.get(Step.APOLOGIZE, 0.0))
    return max(reading.politeness, *moves)
