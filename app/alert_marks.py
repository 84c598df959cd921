"""What alerts to supervisors leave in a conversation's summary, and what takes it away again.

Under `rising` what the desk's numbers are made of; among the marks `alert` (the last one, until it is `answered` and
the risk has fallen), `rearms_below` (the risk that it must fall below before it is news again; none: it is news),
`safety` (the signals that were told, by how they stand) and `owed` (one that has to be told).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.store.rows import AlertRow, ConversationRow, Json
from app.wire import stamp
from assist.board.rising import OPEN, answered, continued, rearms_below, safety, score
from assist.conversation.satisfaction import answer
from assist.conversation.state import Conversation
from assist.conversation.tension import EDGES
from assist.engine import Heard
from assist.message import Role

CRITICAL = EDGES[-1]  # points of tension
RISK = "risk"


def risen(rising: Json, heard: Heard, asked: int | None, at: datetime) -> Mapping[str, Any]:
    """What is kept under `rising` after a message that came at that time; `asked` is the scale of an open question."""
    state = heard.conversation
    new = dict(rising)
    if state.tension >= CRITICAL:
        new["critical"] = [new.get("critical", [stamp(at)])[0], stamp(at)]  # first and last
    if heard.message.role is not Role.CUSTOMER:
        return new
    new["risks"] = continued(new.get("risks", ()), round(state.risk, 4))
    new["score"] = round(score(new["risks"]), 4)
    if new["score"] > new.get("best", 0.0):
        new |= {"best": new["score"], "best_at": stamp(at)}
    said = answer(heard.message.text, asked) if asked is not None else None
    if said and said.content is False:
        new["unhappy"] = stamp(at)
    return new


def after_message(marks: dict[str, Any], state: Conversation) -> dict[str, Any]:
    """The marks after a message, a silence or an edit: what is answered and has fallen stands no longer."""
    alert = marks.get("alert")
    if state.run == 0:
        if told := marks.get("safety"):
            marks["safety"] = answered(told)
        if alert:
            marks["answered"] = True
    marks.pop("owed", None)
    if kind := safety(state, marks.get("safety", {})):
        marks["owed"] = kind
    over = alert and (alert["kind"] != RISK or state.risk < rearms_below(alert["threshold"]))
    if over and "answered" in marks:
        del marks["alert"]
    if state.risk < marks.get("rearms_below", 0.0):
        del marks["rearms_below"]
    return marks


def alerted(summary: Json, alert: AlertRow) -> Json:
    """The summary with an alert that was raised."""
    marks, rising = dict(summary.get("marks", {})), dict(summary.get("rising", {}))
    marks["alert"] = alert_wire(alert)
    marks.pop("answered", None)
    if alert.kind == RISK:
        marks["rearms_below"] = rearms_below(alert.threshold)
        rising.setdefault("alerted", stamp(alert.at))
    else:
        marks["safety"] = {**marks.get("safety", {}), alert.kind: OPEN}
        marks.pop("owed", None)
    return {**summary, "marks": marks, "rising": rising}


def owes(row: ConversationRow) -> bool:
    """Whether there was a safety signal in it that its supervisors were not told of."""
    return "owed" in row.summary.get("marks", {}) and row.resolved_at is None


def alert_wire(alert: AlertRow) -> dict[str, Any]:
    """An alert as supervisors get it."""
    return {
        "kind": alert.kind,
        "severity": alert.severity,
        "at": stamp(alert.at),
        "score": alert.score,
        "threshold": alert.threshold,
        "text": alert.text,
    }
