"""The frames about one conversation that go to its watchers."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from app.hand_over import HANDING_OVER, brief_place
from app.live import REVISING, Live, host_slots
from app.marks import marks_wire
from app.store.rows import ConversationRow, Event, Json
from app.wire import cause_wire, levels_wire, promises_wire, style_wire, whole_reading
from assist.advice import OUTRANKING

ACTIONS = 20  # the last ones that a snapshot carries; a call has them all
HISTORY = 60  # points of the tension's course that a snapshot carries
UNSAID = ("action", "quiet", "alert")  # kinds in which nobody said anything; of an alert watchers get its offset only
PRESSING = (None, *sorted(OUTRANKING))  # steps that do not wait until the customer has finished, and none at all
Known = Callable[[ConversationRow], Json | None]  # the incident that a conversation belongs to, as its sidebar shows it
AS_OF = ("tension", "band", "trend", "risk", "cause")  # of a state; a message's reading has them as of that message


def update_frame(live: Live, row: ConversationRow, event: Event, now: datetime) -> dict[str, Any]:
    """An `update`: the message with its reading and advice, an action or a silence; with the state after it."""
    outcome, heard = event.outcome, event.outcome if event.kind != "quiet" else None
    frame: dict[str, Any] = {
        "type": "update",
        "conversation": row.id,
        "offset": event.offset,
        "message": None if event.kind in UNSAID else event.body,
        "reading": whole_reading(heard["reading"], heard["advice"]) if heard else None,
        "advice": outcome["advice"] if outcome else advice_now(live, now),
        "state": state_wire(live, row, now),
    }
    if event.kind == "action":
        frame["action"] = event.body
        if event.body["action"] in HANDING_OVER:
            frame["brief"] = {"href": brief_place(row)}
    elif event.kind == "quiet":
        frame["quiet"] = event.body
    elif event.kind == "message" and heard:
        frame["state"] |= {name: heard["reading"][name] for name in AS_OF}
    return frame


def edit_frame(live: Live, row: ConversationRow, event: Event, log: Sequence[Event], now: datetime) -> dict[str, Any]:
    """The `update` for an edit or a deletion, out of the whole log as it is after it.

    Every later message was folded again: `revised` has their readings and the state has its history, so that who
    follows has what a fresh snapshot would give her.
    """
    messages = transcript([earlier for earlier in log if earlier.offset < event.offset])
    message = next(dict(message) for message in messages if message["id"] == event.body["id"])
    revised = [{"id": later["id"], "reading": later["reading"]} for later in messages if later["seq"] > message["seq"]]
    frame = {**update_frame(live, row, event, now), "reading": message.pop("reading"), "message": message}
    frame["state"]["history"] = _history(messages)
    return {**frame, "revised": revised}


def gap_frames(
    live: Live, row: ConversationRow, missed: Sequence[Event], log: Sequence[Event], now: datetime
) -> list[dict[str, Any]]:
    """The updates of a gap that reaches to the present. `log` is the whole log, needed where the gap has an edit.

    Messages go out as they are now. Each edit brings what it changed in all that is before it, so that a browser which
    is cut off between two of them has missed nothing of the first.
    """
    return [
        edit_frame(live, row, event, log, now) if event.kind in REVISING else update_frame(live, row, event, now)
        for event in missed
    ]


def state_wire(live: Live, row: ConversationRow, now: datetime) -> dict[str, Any]:
    """The state of a conversation as the sidebar gets it, without its history."""
    state = live.state
    waiting = (now - state.waiting_since).total_seconds() if state.waiting_since else 0.0
    return {
        "conversation": row.id,
        "customer": {"id": row.customer_id, "name": row.customer_name},
        "agent": row.agent,
        "team": row.team,
        **levels_wire(state),
        "cause": cause_wire(state),
        "style": style_wire(state),
        "language": state.language,
        "waiting_seconds": round(max(0.0, waiting)),
        "silent_minutes": state.silent,
        "typing": {role: live.typing.get(role, now) > now for role in ("customer", "agent")},
        "resolved": row.resolved_at is not None,
        "facts": {**host_slots(row), **state.facts},
        "promises": promises_wire(state),
        **marks_wire(row.summary),
        "recovery": row.summary.get("recovery"),
    }


def no_incident(_: ConversationRow) -> None:
    """Where nobody looks for incidents."""


def with_incident(frame: Json, row: ConversationRow, known: Known) -> dict[str, Any]:
    """The frame with the incident that its conversation belongs to now in its state."""
    return {**frame, "state": {**frame["state"], "incident": known(row)}}


def snapshot_frame(live: Live, row: ConversationRow, events: Sequence[Event], now: datetime) -> dict[str, Any]:
    """A `snapshot`: the whole transcript with its readings, the state with its history, the advice."""
    messages = transcript(events)
    return {
        "type": "snapshot",
        "conversation": row.id,
        "epoch": row.epoch,
        "offset": live.offset,
        "resumed": False,
        "messages": messages,
        "actions": actions_of(events)[-ACTIONS:],
        "state": {**state_wire(live, row, now), "history": _history(messages)},
        "advice": advice_now(live, now),
    }


def advice_now(live: Live, now: datetime) -> dict[str, Any]:
    """The advice as it is at this moment: it waits while the customer types, but for what cannot be put off."""
    typing = live.typing.get("customer", now) > now
    wait = typing and live.advice["next_step"] not in PRESSING
    return {**live.advice, "wait": live.advice["wait"] or wait}


def typing_frame(live: Live, row: ConversationRow, role: str, now: datetime, *, on: bool) -> dict[str, Any]:
    """Somebody types or has stopped, and whether the advice waits now. It has no offset."""
    wait = advice_now(live, now)["wait"]
    return {"type": "typing", "conversation": row.id, "role": role, "on": on, "wait": wait}


def _history(messages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"seq": message["seq"], "tension": reading["tension"], "band": reading["band"], "at": message["at"]}
        for message in messages[-HISTORY:]
        if (reading := message["reading"])
    ]


def actions_of(events: Sequence[Event]) -> list[dict[str, Any]]:
    """What people did to a conversation, in order: who, what, when, and `after` which message by its seq, or 0."""
    actions, seq = [], 0
    for event in events:
        seq = event.seq or seq if event.kind == "message" else seq
        if event.kind == "action":
            actions.append({"offset": event.offset, "after": seq, **event.body})
    return actions


def transcript(events: Sequence[Event]) -> list[dict[str, Any]]:
    """Every message, each with its whole reading, in order."""
    return [
        {**event.body, "reading": whole_reading(event.outcome["reading"], event.outcome["advice"])}
        for event in events
        if event.kind == "message" and event.outcome
    ]
