"""The frames about one conversation that go to its watchers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.live import Live, host_slots
from app.store.rows import ConversationRow, Event
from app.wire import cause_wire, levels_wire, whole_reading

HISTORY = 60  # points of the tension's course that a snapshot carries


def update_frame(live: Live, row: ConversationRow, event: Event, now: datetime) -> dict[str, Any]:
    """An `update`: the message with its reading and advice, or an action; with the state after it."""
    outcome = event.outcome
    frame: dict[str, Any] = {
        "type": "update",
        "conversation": row.id,
        "offset": event.offset,
        "message": None if event.kind == "action" else event.body,
        "reading": whole_reading(outcome["reading"], outcome["advice"]) if outcome else None,
        "advice": outcome["advice"] if outcome else live.advice,
        "state": state_wire(live, row, now),
    }
    if event.kind == "action":
        frame["action"] = event.body
    return frame


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
        "waiting_seconds": round(max(0.0, waiting)),
        "typing": {role: live.typing.get(role, now) > now for role in ("customer", "agent")},
        "resolved": row.resolved_at is not None,
        "facts": {**host_slots(row), **state.facts},
    }


def snapshot_frame(live: Live, row: ConversationRow, events: Sequence[Event], now: datetime) -> dict[str, Any]:
    """A `snapshot`: the whole transcript with its readings, the state with its history, the advice."""
    messages = transcript(events)
    history = [
        {"seq": message["seq"], "tension": reading["tension"], "band": reading["band"], "at": message["at"]}
        for message in messages[-HISTORY:]
        if (reading := message["reading"])
    ]
    return {
        "type": "snapshot",
        "conversation": row.id,
        "epoch": row.epoch,
        "offset": live.offset,
        "resumed": False,
        "messages": messages,
        "state": {**state_wire(live, row, now), "history": history},
        "advice": live.advice,
    }


def transcript(events: Sequence[Event]) -> list[dict[str, Any]]:
    """Every message, each with its whole reading, in order."""
    return [
        {**event.body, "reading": whole_reading(event.outcome["reading"], event.outcome["advice"])}
        for event in events
        if event.kind == "message" and event.outcome
    ]
