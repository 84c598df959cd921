"""A conversation's row: who may write to it or read it, and what the host, a message or a person makes of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.auth import Principal, reaches, sees
from app.errors import Refused
from app.live import host_slots, new_row
from app.marks import after_action
from app.models import ActionIn, ConversationIn
from app.store.rows import ConversationRow
from assist.conversation.state import Conversation


def made(who: Principal, conversation: str, team: str, now: datetime) -> ConversationRow:
    """The row of a new conversation. Raises `Refused` (`forbidden`) when her token is for another one."""
    if who.scope not in (None, conversation):
        raise Refused("forbidden", "your token is for another conversation")
    return new_row(who.tenant, conversation, team, now)


def reached(who: Principal, row: ConversationRow | None) -> ConversationRow:
    """The row of a conversation that she may write to. Raises `Refused` (`not_found`, `forbidden`)."""
    if row is None:
        raise Refused("not_found", "there is no such conversation")
    if not reaches(who, row):
        raise Refused("forbidden", "this conversation is not one of yours")
    return row


def seen(who: Principal, row: ConversationRow | None) -> ConversationRow:
    """The row of a conversation that she may read. Raises `Refused` (`not_found`, `forbidden`)."""
    if who.role == "ingest":
        raise Refused("forbidden", "an ingest token brings messages and reads nothing")
    found = reached(who, row)
    assert sees(who, found)
    return found


def merged(row: ConversationRow, new: ConversationIn) -> ConversationRow:
    """The row with what the host gives: its next revision."""
    given = new.model_dump(exclude_unset=True, exclude_none=True, include={"agent", "team", "channel", "locale"})
    if new.customer:
        customer = new.customer.model_dump(exclude_unset=True, exclude_none=True)
        given |= {f"customer_{key}": value for key, value in customer.items()}
    return replace(row, **given, slots={**row.slots, **(new.slots or {})}, revision=row.revision + 1)


def with_host(state: Conversation, row: ConversationRow) -> tuple[Conversation, Mapping[str, Any]]:
    """The state with what the host tells now, and what of that is new, to be recorded with the message."""
    told: dict[str, Any] = {
        "slots": host_slots(row),
        "channel": (row.channel or "").lower(),
        "locale": (row.locale or "").lower().replace("_", "-"),
    }
    new = {name: value for name, value in told.items() if value != getattr(state, name)}
    return replace(state, **new), new


def acted(row: ConversationRow, action: ActionIn, who: Principal, now: datetime) -> ConversationRow:
    """The row after an action; with its next revision where that changes what was told.

    Raises `Refused` (`claimed`, `invalid`) for an action that the marks on the conversation do not allow.
    """
    row = replace(row, summary={**row.summary, "marks": after_action(row, action, who, now)})
    match action.action:
        case "resolve" | "close":
            return replace(row, resolved_at=now, updated_at=now)
        case "reopen":
            return replace(row, resolved_at=None, updated_at=now)
        case "takeover":
            return replace(row, agent=action.to or who.subject, updated_at=now, revision=row.revision + 1)
    return row
