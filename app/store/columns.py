"""Rows to the values of their columns.

What the database could not keep is refused here, in the caller's own turn, where it costs nobody else a second try.
Documents become text here too, for two reasons: one after the other they hold the event loop for microseconds each,
where a group of them would hold it for milliseconds; and the store keeps what the caller had at the call, not what the
mapping became while it waited.
"""

import json
from datetime import datetime
from typing import Any

from app.store.rows import ConversationRow, Event, FeedbackRow, Json

Values = dict[str, Any]


def conversation_values(row: ConversationRow) -> Values:
    """The columns of `conversations`. Raises `ValueError` on a time without a zone or a document that is not JSON."""
    return {
        "tenant": row.tenant,
        "id": row.id,
        "team": row.team,
        "epoch": row.epoch,
        "created_at": _aware(row.created_at),
        "updated_at": _aware(row.updated_at),
        "agent": row.agent,
        "customer_id": row.customer_id,
        "customer_name": row.customer_name,
        "channel": row.channel,
        "locale": row.locale,
        "slots": _document(row.slots),
        "summary": _document(row.summary),
        "resolved_at": row.resolved_at and _aware(row.resolved_at),
    }


def event_values(row: ConversationRow, event: Event) -> Values:
    """The columns of `events`. Raises `ValueError` as `conversation_values` does, and on an offset below 1."""
    if event.offset < 1:
        raise ValueError(f"offsets count from 1, not {event.offset}")
    return {
        "tenant": row.tenant,
        "conversation": row.id,
        "offset": event.offset,
        "previous": event.offset - 1 or None,
        "kind": event.kind,
        "at": _aware(event.at),
        "body": _document(event.body),
        "seq": event.seq,
        "message_id": event.message_id,
        "reading": None if event.reading is None else _document(event.reading),
        "outcome": None if event.outcome is None else _document(event.outcome),
    }


def revised_values(row: ConversationRow, revised: Event) -> Values:
    """What an edit or a deletion replaces in an event, and by `of_…` which event it is."""
    values = event_values(row, revised)
    return {
        "of_tenant": values["tenant"],
        "of_conversation": values["conversation"],
        "of_offset": values["offset"],
        "body": values["body"],
        "reading": values["reading"],
        "outcome": values["outcome"],
    }


def feedback_values(row: FeedbackRow) -> Values:
    """The columns of `feedback`. Raises `ValueError` on a time without a zone."""
    return {
        "tenant": row.tenant,
        "conversation": row.conversation,
        "suggestion": row.suggestion,
        "verdict": row.verdict,
        "by": row.by,
        "at": _aware(row.at),
        "reason": row.reason,
        "version": row.version,
        "distance": row.distance,
        "key": row.key,
    }


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone: the store keeps moments, not wall clocks")
    return at


def _document(value: Json) -> str:
    """JSON as RFC 8259 has it, so no NaN."""
    return json.dumps(dict(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
