"""The brief of a conversation, and the brief in a frame."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from app.entries import entries_of
from app.jsontext import dumps
from app.store.rows import ConversationRow, Event
from assist.brief import Brief, make_brief

HANDING_OVER = frozenset({"escalate", "takeover"})  # actions whose frames carry the brief
MOST = 4 * 1024  # characters of a brief that goes into a frame


def brief_of(row: ConversationRow, events: Sequence[Event]) -> Brief:
    """The brief of a conversation out of its whole log."""
    return make_brief(row.id, customer=row.customer_name or row.customer_id or "", entries=entries_of(events))


def brief_place(row: ConversationRow) -> str:
    """Where the brief of a conversation is read."""
    return f"/api/v1/conversations/{quote(row.id, safe='')}/brief"


def brief_wire(row: ConversationRow, events: Sequence[Event]) -> dict[str, Any]:
    """Where the brief is, and the brief itself where it is small enough for a frame.

    It is not kept with the action: a message that is deleted later would live on in it.
    """
    brief = brief_of(row, events).as_json()
    return {"href": brief_place(row), **(brief if len(dumps(brief)) <= MOST else {})}
