"""What every chat tool's words become: one normalised event, the same for all tools."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from app.wire import stamp

Headers = Mapping[str, str]  # names in lower case; ":url" is the address that the tool has called
Verdict = Literal["ok", "bad_signature", "too_old"]
Kind = Literal["message", "edit", "delete", "typing", "status", "assigned", "label"]
Role = Literal["customer", "agent", "bot", "system"]
URL = ":url"  # no header can have this name: what is under it comes from the door and not from the sender


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in a conversation of a chat tool, with the tool's own ids.

    `role` says who wrote it, also of a private message, which is for the team only. `text` is plain text as it was
    meant to be read; None where the event has none or it has to be fetched (`needs_fetch`). `event` is the tool's own
    id of the event where it has one that is the same in every retry.
    """

    kind: Kind
    conversation: str | None
    message: str | None = None
    role: Role | None = None
    private: bool = False
    text: str | None = None
    at: datetime | None = None
    needs_fetch: bool = False
    author: str | None = None
    event: str | None = None
    on: bool | None = None  # typing: whether somebody types
    status: str | None = None  # status: in the tool's own word
    resolved: bool | None = None  # status: whether that word means that the conversation is over
    assignee: str | None = None  # assigned: None for nobody; message: who has the conversation, where that is told
    labels: tuple[str, ...] | None = None
    customer: str | None = None  # the customer's name, where the tool tells it
    attachments: tuple[str, ...] = ()  # what each file is, or its name; with them `text` may be empty
    echo: bool = False  # written by ourselves: nothing new

    def wire(self) -> dict[str, Any]:
        """As JSON; the first seven keys are always there, the others where they say something."""
        wire: dict[str, Any] = {
            "kind": self.kind,
            "conversation": self.conversation,
            "message": self.message,
            "role": self.role,
            "private": self.private,
            "text": self.text,
            "at": None if self.at is None else stamp(self.at),
        }
        if self.kind == "assigned" or self.assignee is not None:
            wire["assignee"] = self.assignee
        more = {name: getattr(self, name) for name in ("author", "event", "on", "status", "resolved", "customer")}
        wire |= {name: value for name, value in more.items() if value is not None}
        if self.labels is not None:
            wire["labels"] = list(self.labels)
        if self.attachments:
            wire["attachments"] = list(self.attachments)
        return wire | {name: True for name in ("needs_fetch", "echo") if getattr(self, name)}


@dataclass(frozen=True, slots=True)
class Signed:
    """A delivery as the tool would send it."""

    headers: Headers
    raw: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a delivery is answered with, beside the 200."""

    body: bytes = b'{"ok":true}'
    kind: str = "application/json"


OK, EMPTY = Answer(), Answer(b"{}")


def lowered(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers by their names in lower case."""
    return {name.lower(): value for name, value in headers.items()}
