"""Rows to store, with every field given."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from app.store.rows import ConversationRow, Event, FeedbackRow

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


def conversation(name: str = "c-1", **changes: Any) -> ConversationRow:
    """A conversation with nothing left to its default."""
    fields = {
        "tenant": "default",
        "id": name,
        "team": "parcels",
        "epoch": "e-1",
        "created_at": NOON,
        "updated_at": NOON + timedelta(minutes=5),
        "agent": "mina",
        "customer_id": "k-77",
        "customer_name": "Zoë Müller",
        "channel": "web",
        "locale": "en-IE",
        "slots": {"order": "A-1001", "amounts": [12.5, None, True], "nested": {"a": {"b": []}}},
        "summary": {"tension": 61, "band": "tense"},
        "resolved_at": None,
    }
    return ConversationRow(**(fields | changes))


def message(offset: int, **changes: Any) -> Event:
    """A message event whose seq is its offset."""
    fields = {
        "offset": offset,
        "kind": "message",
        "at": NOON + timedelta(seconds=offset),
        "body": {"id": f"m-{offset}", "text": f"line {offset}"},
        "seq": offset,
        "message_id": f"m-{offset}",
        "reading": {"sentiment": -0.4},
        "outcome": {"tension": offset},
    }
    return Event(**(fields | changes))


def edit(offset: int, of: Event, **changes: Any) -> Event:
    """The event that says that `of` was edited; it names the message, as an edit may."""
    return message(offset, **({"kind": "edit", "seq": of.seq, "message_id": of.message_id} | changes))


def verdict(**changes: Any) -> FeedbackRow:
    """An agent's word on a suggestion."""
    fields = {
        "tenant": "default",
        "conversation": "c-1",
        "suggestion": "s-1",
        "verdict": "edited",
        "by": "mina",
        "at": NOON.astimezone(timezone(timedelta(hours=-8))),
        "reason": "too stiff",
        "version": "5f84670e4cf9",
        "distance": 0.25,
    }
    return FeedbackRow(**(fields | changes))
