"""What is kept of a conversation beside its log: what its tile shows, and what tells where to look."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app import alert_marks
from app.marks import after_message
from app.store.rows import Event, Json
from app.wire import levels_wire, stamp
from assist.board.benefit import asks_above, benefit, still_asks
from assist.board.course import continued, course_of
from assist.board.recovery import Said, turned, turning_of
from assist.conversation.silence import awaited
from assist.conversation.state import Conversation
from assist.engine import Heard
from assist.message import Role


def after_heard(before: Json, heard: Heard, asked: int | None, at: datetime) -> Json:
    """The summary after a message that came at that time; `before` is the one before it, empty for the first.

    `asked` is the scale of a question how it was that was open before it.
    """
    levels = _levels(before, heard.conversation)
    return {
        **levels,
        "cause_since": _cause_since(before, heard.conversation, at),
        "course": continued(before.get("course", ()), at, levels["tension"]),
        "peak": max(before.get("peak", 0.0), levels["tension"]),
        "rising": alert_marks.risen(before.get("rising", {}), heard, asked, at),
        **_turning(turned(before.get("turning", {}), _said(heard, at))),
    }


def after_edit(before: Json, state: Conversation, log: Sequence[Event]) -> Json:
    """The summary after an edit or a deletion, by which the whole log may read otherwise."""
    heard = [event for event in log if event.kind == "message" and event.outcome]
    levels = _levels({**before, "asked_above": any(asks_above(_reading(event)["acts"]) for event in heard)}, state)
    course = course_of((event.at, _reading(event)["tension"]) for event in heard)
    return {
        **levels,
        "cause_since": _cause_since(before, state, log[-1].at),
        "course": course,
        "peak": max((tension for _, tension in course), default=0.0),
        **_turning(turning_of(map(_kept, heard))),
    }


def after_silence(before: Json, state: Conversation) -> Json:
    """The summary after a silence, in which nothing was said."""
    return _levels(before, state)


def _levels(before: Json, state: Conversation) -> dict[str, Any]:
    """What was kept before, with what the state says now."""
    asked = still_asks(before.get("asked_above", False), state)
    stepping_in = benefit(state, asked=asked)
    return {
        **before,
        "asked_above": asked,
        **levels_wire(state),
        "alarm": round(max(state.alarms.values(), default=0.0), 3),
        "soon": stepping_in.soon,
        "change": stepping_in.change,
        "because": list(stepping_in.because),
        "cause": state.cause.label,
        "language": state.language,
        "next_step": state.next_step,
        "waiting_since": stamp(state.waiting_since) if state.waiting_since else None,
        "silences": state.silences if awaited(state) else None,  # told so far, where an answer is to be expected
        "run": state.run,  # messages of the customer without an answer
        "marks": alert_marks.after_message(after_message(before, state), state),
    }


def _cause_since(before: Json, state: Conversation, at: datetime) -> str:
    """When the present cause became known: by our clock, as all times by which chats are compared."""
    known: str | None = before.get("cause_since")
    return known if known and before.get("cause") == state.cause.label else stamp(at)


def _turning(known: dict[str, Any]) -> dict[str, Any]:
    return {"turning": known, "recovery": known.get("recovery")}


def _said(heard: Heard, at: datetime) -> Said:
    steps = {step.value: share for step, share in heard.reading.steps.items()}
    return Said(heard.message.id, heard.message.role, at, round(heard.conversation.tension, 1), steps)


def _kept(event: Event) -> Said:
    """The same out of the log."""
    reading = _reading(event)
    role = Role(event.body["role"])
    return Said(event.body["id"], role, event.at, reading["tension"], reading["steps_done"])


def _reading(event: Event) -> Json:
    assert event.outcome is not None
    reading: Json = event.outcome["reading"]
    return reading
