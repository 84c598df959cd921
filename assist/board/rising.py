"""What is news to a supervisor: a risk that rises, not one that is high; and somebody who may not be safe."""

from collections.abc import Mapping, Sequence

from assist.advice import LEGAL
from assist.conversation.alerting import POLICY
from assist.conversation.state import Conversation

KEPT = 4  # risks after a customer's message that are kept
OPEN, ANSWERED = "open", "answered"  # how an alarm stands that was told
AGAIN = 0.5  # strength from which a message alarms anew, as in the fold
# From which strength a signal is an alarm to supervisors: below, a threat is of lawyers and not of harm.
SAFETY: Mapping[str, float] = {"threat": LEGAL, "distress": AGAIN}


def continued(risks: Sequence[float], risk: float) -> list[float]:
    """The risks 0..1 after one more message of the customer, oldest first, at most `KEPT`."""
    return [*risks, risk][-KEPT:]


def score(risks: Sequence[float]) -> float:
    """How much of an alert the last of these risks is, 0..1: the mean of the risk and of how far it has risen.

    It has risen from the lowest of the last `KEPT`. So a chat that opens hot or stays where it was scores half its
    risk, and one that gets better by itself 0: the team has its chance to answer before a supervisor is called.
    """
    if not risks or (len(risks) > 1 and risks[-1] < risks[-2]):
        return 0.0
    return (risks[-1] + risks[-1] - min(risks)) / 2


def rearms_below(threshold: float) -> float:
    """The risk below which a chat that was alerted on may be news again: well below what it was told at."""
    return threshold * POLICY.hold


def safety(state: Conversation, told: Mapping[str, str]) -> str | None:
    """The safety signal that has to be told now, or None; `told` says which were and whether they are answered.

    One is told when it first comes, and again when a further message shows it after an answer.
    """
    for kind, least in SAFETY.items():
        if state.alarms.get(kind, 0.0) < least or told.get(kind) == OPEN:
            continue
        if kind not in told or (state.run and state.heard.signal(kind) >= AGAIN):
            return kind
    return None


def answered(told: Mapping[str, str]) -> dict[str, str]:
    """The same once the team has answered."""
    return dict.fromkeys(told, ANSWERED)
