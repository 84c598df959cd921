"""Rows to the values of their columns.

What the database could not keep is refused here, in the caller's own turn, where it costs nobody else a second try.
Documents become text here too, for two reasons: one after the other they hold the event loop for microseconds each,
where a group of them would hold it for milliseconds; and the store keeps what the caller had at the call, not what the
mapping became while it waited.
"""

import json
from datetime import datetime
from typing import Any

from app.store.inbox_rows import Delivery
from app.store.rows import AlertRow, ConversationRow, Document, Event, FeedbackRow, Json, Notice

Values = dict[str, Any]

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def conversation_values(row: ConversationRow) -> Values:
    """The columns of `conversations`.

    Raises `ValueError` on a time without a zone, a document that is not JSON, and a text with a NUL or half a surrogate
    pair.
    """
    return {
        "tenant": _text(row.tenant),
        "id": _text(row.id),
        "team": _text(row.team),
        "epoch": _text(row.epoch),
        "created_at": _aware(row.created_at),
        "updated_at": _aware(row.updated_at),
        "agent": _text(row.agent),
        "customer_id": _text(row.customer_id),
        "customer_name": _text(row.customer_name),
        "channel": _text(row.channel),
        "locale": _text(row.locale),
        "slots": _document(row.slots),
        "summary": _document(row.summary),
        "resolved_at": row.resolved_at and _aware(row.resolved_at),
        "revision": row.revision,
        "offset": row.offset,
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
        "message_id": _text(event.message_id),
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
    """The columns of `feedback`. Raises `ValueError` as `conversation_values` does."""
    return {
        "tenant": _text(row.tenant),
        "conversation": _text(row.conversation),
        "suggestion": _text(row.suggestion),
        "verdict": _text(row.verdict),
        "by": _text(row.by),
        "at": _aware(row.at),
        "reason": _text(row.reason),
        "version": _text(row.version),
        "distance": row.distance,
        "key": _text(row.key),
    }


def document_values(document: Document) -> Values:
    """The columns of `documents`. Raises `ValueError` as `conversation_values` does."""
    return {
        "tenant": _text(document.tenant),
        "kind": _text(document.kind),
        "id": _text(document.id),
        "body": _document(document.body),
        "updated_at": _aware(document.updated_at),
        "revision": document.revision,
    }


def alert_values(alert: AlertRow) -> Values:
    """The columns of `alerts`. Raises `ValueError` as `conversation_values` does, and on a turn below 1."""
    if alert.turn < 1:
        raise ValueError(f"turns count from 1, not {alert.turn}")
    return {
        "tenant": _text(alert.tenant),
        "team": _text(alert.team),
        "turn": alert.turn,
        "conversation": _text(alert.conversation),
        "offset": alert.offset,
        "at": _aware(alert.at),
        "kind": _text(alert.kind),
        "severity": _text(alert.severity),
        "score": alert.score,
        "threshold": alert.threshold,
        "text": _text(alert.text),
        "mail": _document(alert.mail),
        "due_at": alert.due_at and _aware(alert.due_at),
        "tries": alert.tries,
    }


def settled_values(alert: AlertRow, tries: int) -> Values:
    """What a delivery changes, and by `of_…` of which alert, after how many tries."""
    values = alert_values(alert)
    of_it = {f"of_{name}": values[name] for name in ("tenant", "team", "turn")}
    return {**of_it, "of_tries": tries, "due_at": values["due_at"], "tries": values["tries"]}


def delivery_values(delivery: Delivery) -> Values:
    """The columns of `inbox` but for its number. Raises `ValueError` as `conversation_values` does."""
    return {
        "tenant": _text(delivery.tenant),
        "connector": _text(delivery.connector),
        "key": _text(delivery.key),
        "conversation": _text(delivery.conversation),
        "at": _aware(delivery.at),
        "received_at": _aware(delivery.received_at),
        "due_at": _aware(delivery.due_at),
        "state": delivery.state,
        "outcome": _text(delivery.outcome),
        "tries": delivery.tries,
        "body": _document(delivery.body),
    }


def notice_of(row: ConversationRow, event: Event | None = None) -> Notice:
    """What other workers have to hear of: the event, or else what was told."""
    if event is None:
        return Notice(row.tenant, row.id, 0, row.revision)
    return Notice(row.tenant, row.id, event.offset, 0)


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone: the store keeps moments, not wall clocks")
    return at


def _text(value: str | None) -> str | None:
    """What every database can keep: PostgreSQL knows no NUL in a text."""
    if value is not None:
        _check_utf8(value)
        if "\x00" in value:
            raise ValueError("a text with a NUL character cannot be kept")
    return value


def _document(value: Json) -> str:
    """JSON as RFC 8259 has it, so no NaN; in it a NUL is an escape, which can be kept."""
    text = _encode(dict(value))
    _check_utf8(text)
    return text


def _check_utf8(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:  # which holds the whole text, and errors are logged
        raise ValueError(f"half of a surrogate pair at character {error.start} cannot be kept") from None
