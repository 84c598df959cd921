"""Which conversations went from critical to calm, and the step that turned each.

The step is the last one that the agent took before the largest fall of tension since it was critical. It says what came
before the fall, not that it brought it about. A fall is read from one message of the customer to the next, so that what
the agent writes is judged by the answer that it gets.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assist.conversation.tension import EDGES
from assist.message import Role, Step

CALM, CRITICAL = EDGES[0], EDGES[-1]
DONE = 0.5  # probability from which a step counts as taken

Turning = Mapping[str, Any]
"""What has to be known of a conversation so far, as JSON:

`level`     tension after the customer's last message
`from`      the highest since it was critical; without it nothing is to be turned
`fall`      the largest fall since then, and `turned`, the step before it with its message (None: no step was seen)
`pending`   the agent's last step since the customer's last message
`recovery`  how it was turned, once it is
"""


@dataclass(frozen=True, slots=True)
class Said:
    """One message: who wrote it, the tension after it, and the probability of each step that it does."""

    id: str
    role: Role
    at: datetime
    tension: float
    steps: Mapping[str, float]


def turned(before: Turning, said: Said) -> dict[str, Any]:
    """What is known after one more message."""
    if said.role is Role.CUSTOMER:
        return _answered(before, said)
    step = _step(said)
    return {**before, "pending": [step, said.id]} if step and said.role is Role.AGENT else dict(before)


def turning_of(messages: Iterable[Said]) -> dict[str, Any]:
    """The same of a whole conversation."""
    known: dict[str, Any] = {}
    for said in messages:
        known = turned(known, said)
    return known


def _answered(before: Turning, said: Said) -> dict[str, Any]:
    known = {name: value for name, value in before.items() if name != "pending"}
    if said.tension >= CRITICAL:
        highest = said.tension if "recovery" in known else max(said.tension, known.get("from", 0.0))
        return {"level": said.tension, "from": highest}
    if "from" in known and "recovery" not in known:
        fall = known["level"] - said.tension
        if fall > known.get("fall", 0.0):
            known |= {"fall": round(fall, 1), "turned": before.get("pending")}
        if said.tension < CALM:
            known["recovery"] = _recovery(known, said)
    return {**known, "level": said.tension}


def _recovery(known: Turning, said: Said) -> dict[str, Any]:
    step, message = known.get("turned") or (None, None)
    return {
        "from": known["from"],
        "to": said.tension,
        "step": step,
        "message": message,
        "at": said.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }


def _step(said: Said) -> str | None:
    """The step that a message does most surely; of two the one that comes first in their usual order."""
    done = {step.value: said.steps.get(step.value, 0.0) for step in Step}
    step = max(done, key=lambda name: done[name])
    return step if done[step] >= DONE else None
