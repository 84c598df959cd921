"""What people put on a conversation for each other: claimed, taken, let run, joined, an ending asked for, escalated.

Marks stand in the row's summary, left there by the actions of the log, so that every worker and every restart has the
same ones.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from app.auth import Principal
from app.errors import Refused
from app.models import ActionIn
from app.store.rows import ConversationRow, Json
from app.wire import stamp
from assist.conversation.fold import ALARMS, DONE
from assist.conversation.state import Conversation

WORSE = 10.0  # points of tension above those at which a chat was let run that end it

Marks = dict[str, Any]
By = Mapping[str, str]  # who, and when


def marks_of(summary: Json) -> Marks:
    """The marks on a conversation; a copy."""
    return dict(summary.get("marks", {}))


def after_message(summary: Json, state: Conversation) -> Marks:
    """The marks after a message: one that was let run is looked at again once it gets worse, or alarms anew."""
    marks = marks_of(summary)
    left = marks.get("let_run")
    if left and (_alarms(summary, state) or state.tension >= left["tension"] + WORSE):
        del marks["let_run"]
    return marks


def _alarms(summary: Json, state: Conversation) -> bool:
    """Whether the message that was just heard is the customer's and holds a safety signal.

    Those that were known when somebody let it run stand for the rest of the chat, and are no news.
    """
    new = state.run > summary.get("run", 0)
    return new and any(state.heard.signal(name) >= DONE for name in ALARMS)


def after_action(row: ConversationRow, action: ActionIn, who: Principal, now: datetime) -> Marks:
    """The marks after an action. Raises `Refused` (`claimed`, `invalid`) for one that these marks do not allow."""
    put = PUT.get(action.action)
    marks = marks_of(row.summary)
    if put:
        put(marks, action, {"by": who.subject, "at": stamp(now)}, row)
    return marks


def _claim(marks: Marks, _action: ActionIn, by: By, _row: ConversationRow) -> None:
    """Hers already, or new: two supervisors do not step in at once."""
    _unclaimed(marks, by)
    marks.pop("alert", None)
    marks.setdefault("claim", by)


def _unclaimed(marks: Marks, by: By) -> None:
    """Nobody else has it in hand."""
    claim = marks.get("claim", by)
    if claim["by"] != by["by"]:
        raise Refused("claimed", f"{claim['by']} has claimed this conversation and has to release it first", claim)


def _release(marks: Marks, _action: ActionIn, _by: By, _row: ConversationRow) -> None:
    marks.pop("claim", None)


def _take_over(marks: Marks, action: ActionIn, by: By, row: ConversationRow) -> None:
    """Kept is from whom it was taken first, to give it back; whoever assigns it to somebody else keeps nothing."""
    _unclaimed(marks, by)
    home = marks.pop("taken", {}).get("from", row.agent)
    if (action.to or by["by"]) == by["by"] and home not in (None, by["by"]):
        marks["taken"] = {**by, "from": home}


def _let_run(marks: Marks, _action: ActionIn, by: By, row: ConversationRow) -> None:
    marks.pop("alert", None)
    marks["let_run"] = {**by, "tension": row.summary.get("tension", 0.0)}


def _watch(marks: Marks, _action: ActionIn, _by: By, _row: ConversationRow) -> None:
    marks.pop("let_run", None)


def _join(marks: Marks, action: ActionIn, by: By, row: ConversationRow) -> None:
    _leave(marks, action, by, row)
    marks["joined"] = [*marks.get("joined", ()), by["by"]]


def _leave(marks: Marks, _action: ActionIn, by: By, _row: ConversationRow) -> None:
    left = [name for name in marks.pop("joined", ()) if name != by["by"]]
    if left:
        marks["joined"] = left


def _escalate(marks: Marks, action: ActionIn, by: By, _row: ConversationRow) -> None:
    marks["escalated"] = {**by, **({"to": action.to} if action.to else {})}


def _ask_ending(marks: Marks, action: ActionIn, by: By, _row: ConversationRow) -> None:
    """What was agreed stays agreed: it is not to be lost by asking twice."""
    agreed = marks.get("ending", {}).get("agreed_by")
    if agreed:
        raise Refused("invalid", f"{agreed} has agreed to end this conversation already")
    marks["ending"] = {**by, "text": action.text}


def _cosign(marks: Marks, _action: ActionIn, by: By, _row: ConversationRow) -> None:
    marks["ending"] = {**_asked(marks, by), "agreed_by": by["by"]}


def _decline(marks: Marks, _action: ActionIn, by: By, _row: ConversationRow) -> None:
    _asked(marks, by)
    del marks["ending"]


def _asked(marks: Marks, by: By) -> Mapping[str, Any]:
    """The ending that somebody else asked for."""
    asked: Mapping[str, Any] | None = marks.get("ending")
    if not asked:
        raise Refused("invalid", "nobody has asked to end this conversation")
    if asked["by"] == by["by"]:
        raise Refused("invalid", "you asked for this ending yourself: somebody else has to agree")
    return asked


def _close(marks: Marks, action: ActionIn, by: By, row: ConversationRow) -> None:
    _unclaimed(marks, by)
    _over(marks, action, by, row)
    marks["closed"] = by


def _over(marks: Marks, _action: ActionIn, _by: By, _row: ConversationRow) -> None:
    """Nobody has to look any more; that it was escalated, or taken over, stays true."""
    for name in ("claim", "let_run", "joined", "ending", "alert"):
        marks.pop(name, None)


PUT: Mapping[str, Callable[[Marks, ActionIn, By, ConversationRow], None]] = {
    "claim": _claim,
    "release": _release,
    "takeover": _take_over,
    "let_run": _let_run,
    "watch": _watch,
    "join": _join,
    "leave": _leave,
    "escalate": _escalate,
    "ask_ending": _ask_ending,
    "cosign": _cosign,
    "decline": _decline,
    "resolve": _over,
    "close": _close,
}


def marks_wire(summary: Json) -> dict[str, Any]:
    """The marks that everybody who may read the conversation sees, its agent too."""
    marks = marks_of(summary)
    return {
        "claimed_by": marks.get("claim", {}).get("by"),
        "joined": list(marks.get("joined", ())),
        "taken": marks.get("taken"),
        "let_run": "let_run" in marks,
        "ending": marks.get("ending"),
        "escalated": marks.get("escalated"),
    }
