"""What an agent's message does to a simulated customer's mood, 0 content .. 100 boiling: tables, then two functions.

The points are a design of ours, not a measurement: they make good craft pay and bad craft cost, in the usual order.
"""

from collections.abc import Mapping
from enum import StrEnum

from assist.message import Step
from assist.simulator.profile import Temperament


class Fault(StrEnum):
    """What goes wrong on the agent's side."""

    DISMISSIVE = "dismissive"
    HANDOFF = "handoff"
    SCRIPTED = "scripted"
    UNANSWERED = "unanswered"
    WAITING = "waiting"


RELIEF = {
    Step.LISTEN: 9,
    Step.EMPATHIZE: 12,
    Step.APOLOGIZE: 10,
    Step.OWN: 11,
    Step.SOLVE: 20,
    Step.ESCALATE: 8,
    Step.FOLLOW_UP: 6,
    Step.CLOSE: 2,
}
HEAT = {Fault.DISMISSIVE: 16, Fault.HANDOFF: 12, Fault.SCRIPTED: 7, Fault.UNANSWERED: 8, Fault.WAITING: 9}
SURE = 0.5  # a step counts from this probability
REPEATED = 0.5  # of the relief is left when the same step comes again
UNHEARD = 0.5  # of a solution's relief arrives at a heated customer whom nobody has heard out
HEATED = 60  # mood from which somebody wants to be heard first
BOUNDARY_MINDED = -15
BOUNDARY_RESENTED = 8
HEARD_BY = frozenset({Step.LISTEN, Step.EMPATHIZE, Step.APOLOGIZE})


def relief(step: Step, mood: float, done: frozenset[Step], temperament: Temperament) -> float:
    """Points by which one step lowers the mood; `done` are the steps of the messages before."""
    points = RELIEF.get(step, 0) * temperament.yields
    if step in done and step is not Step.SOLVE:
        points *= REPEATED
    if step is Step.SOLVE and mood >= HEATED and not done & HEARD_BY:
        points *= UNHEARD
    return points


def heat(faults: frozenset[Fault], temperament: Temperament) -> float:
    """Points by which faults raise the mood."""
    return sum(HEAT[fault] for fault in faults) * temperament.flares


def sure(steps: Mapping[Step, float]) -> list[Step]:
    """The steps that a message does, in their usual order."""
    return [step for step in Step if steps.get(step, 0.0) >= SURE]
