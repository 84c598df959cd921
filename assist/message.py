"""A message of a conversation. A `Message` that exists is valid: it has words or attachments and an aware time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assist.errors import InvalidMessage

MAX_TEXT = 20_000  # characters of a message
MAX_DRAFT = 8_000  # characters of an agent's draft
MAX_ID = 200  # characters of an id made by somebody else


class Role(StrEnum):
    """Who speaks. A `note` is seen by the team only and never moves the tension."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    NOTE = "note"
    SYSTEM = "system"


class Step(StrEnum):
    """The de-escalation steps in their usual order."""

    LISTEN = "listen"
    EMPATHIZE = "empathize"
    APOLOGIZE = "apologize"
    OWN = "own"
    SOLVE = "solve"
    BOUNDARY = "boundary"
    ESCALATE = "escalate"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `seq` counts from 1 in its conversation, `at` is an aware time in UTC."""

    id: str
    seq: int
    role: Role
    text: str
    at: datetime
    attachments: tuple[str, ...] = ()
    deleted: bool = False

    def __post_init__(self) -> None:
        if self.seq < 1:
            raise InvalidMessage("invalid", f"seq is {self.seq}; it counts from 1")
        if self.at.tzinfo is None:
            raise InvalidMessage("invalid", f"time {self.at.isoformat()} has no zone; RFC 3339 in UTC is meant")
        if not self.deleted:
            check_text(self.text, attachments=len(self.attachments))


def check_text(text: str, *, limit: int = MAX_TEXT, attachments: int = 0) -> None:
    """Raise `InvalidMessage` (`too_long`, `invalid_text`, `empty_text`) unless a text can be read and kept."""
    if len(text) > limit:
        raise InvalidMessage("too_long", f"the text has {len(text):,} characters; at most {limit:,} are allowed")
    if "\x00" in text:
        raise InvalidMessage("invalid_text", "the text holds a NUL character")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidMessage(
            "invalid_text", f"the text holds half of a surrogate pair at character {error.start}"
        ) from None
    if not text.strip() and not attachments:
        raise InvalidMessage("empty_text", "the text is empty and there are no attachments")
