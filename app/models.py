"""What may come in over HTTP and the sockets, checked by pydantic at the door."""

import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from assist.message import MAX_ID

ActionName = Literal[
    "escalate", "takeover", "whisper", "resolve", "reopen", "note", "claim", "release",
    "let_run", "watch", "join", "leave", "ask_ending", "cosign", "decline", "close",
]  # fmt: skip
NEEDS_TEXT = ("whisper", "note", "ask_ending", "close")
Verdict = Literal["inserted", "edited", "sent", "dismissed", "up", "down"]
Manner = Literal["friendlier", "formal", "shorter", "firmer"]
RoleName = Literal["customer", "agent", "bot", "note", "system"]

REPLACED = "\ufffd"  # what becomes of bytes in a path that are not UTF-8: two different ids would be one


def printable(value: str) -> str:
    """The text itself. Raises `ValueError` where a person could not see it all."""
    if not value.isprintable() or REPLACED in value:
        raise ValueError("only printable characters are allowed")
    return value


def _no_control(value: str) -> str:
    if any(unicodedata.category(char) == "Cc" for char in value):
        raise ValueError("control characters are not allowed")
    return value


def _no_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("the text holds a NUL character")
    return value


def _stamp(value: object) -> object:
    # Pydantic would take a number too, and guess whether it counts seconds or milliseconds.
    if not isinstance(value, str) or value[4:5] != "-":
        raise ValueError("a time is text as in 2026-03-02T09:00:00Z (RFC 3339, UTC)")
    return value


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("the time has no zone; RFC 3339 in UTC is meant")
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise ValueError("the time is outside of the years 1 to 9999 in UTC") from None


Id = Annotated[str, StringConstraints(min_length=1, max_length=MAX_ID), AfterValidator(printable)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=MAX_ID), AfterValidator(_no_control)]
Attachment = Annotated[str, StringConstraints(min_length=1, max_length=2_000), AfterValidator(printable)]
Time = Annotated[datetime, BeforeValidator(_stamp), AfterValidator(_aware)]
Remark = Annotated[str, StringConstraints(max_length=2_000), AfterValidator(_no_nul)]


class Incoming(BaseModel):
    """Unknown keys are let through and not read, so that senders may add to theirs."""

    model_config = ConfigDict(extra="ignore", strict=False)


class Customer(Incoming):
    """Who writes."""

    id: Id | None = None
    name: Name | None = None


class ConversationIn(Incoming):
    """`PUT /conversations/{id}`: the fields given are merged in."""

    customer: Customer | None = None
    agent: Id | None = None
    team: Id | None = None
    channel: Id | None = None
    locale: Id | None = None
    slots: Annotated[dict[Id, Annotated[str, StringConstraints(max_length=200)]], Field(max_length=50)] | None = None


class MessageIn(Incoming):
    """A message as it comes in; its text is checked by `assist`, whose words for what is wrong are on the wire."""

    id: Id | None = None
    role: RoleName
    text: str = ""
    at: Time | None = None
    attachments: Annotated[list[Attachment], Field(max_length=50)] = []


class EditIn(Incoming):
    """A new text for a message."""

    text: str


class TypingIn(Incoming):
    """Who is typing."""

    role: Literal["customer", "agent"]
    on: bool


class DraftIn(Incoming):
    """What the agent is about to send."""

    text: str


class FeedbackIn(Incoming):
    """What an agent did with a suggestion."""

    suggestion: Id
    verdict: Verdict
    id: Id | None = None  # the sender's; the same one again changes nothing
    reason: Remark | None = None
    final: str | None = None  # what was really put in or sent; measured, never kept


class RewriteIn(Incoming):
    """The agent's own text, and how it is to sound."""

    text: str
    manner: Manner


class QuestionIn(Incoming):
    """What the agent asks the playbooks and the transcript."""

    text: str


class ActionIn(Incoming):
    """Something that a person does to a conversation."""

    action: ActionName
    text: Remark | None = None
    to: Id | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.action in NEEDS_TEXT and not (self.text or "").strip():
            raise ValueError(f"a {self.action} needs a text")
        return self


class DeskIn(Incoming):
    """How many alerts on risk an hour a desk wants at most."""

    alerts_per_hour: Annotated[int, Field(ge=0, le=60, strict=True)]


class EmbedIn(Incoming):
    """A short-lived token for a sidebar; `ttl` in seconds."""

    subject: Id
    conversation: Id | None = None
    ttl: Annotated[int, Field(ge=60, le=43_200)] = 3_600


class DemoIn(Incoming):
    """Which demo conversation; a new one when left out."""

    conversation: Id | None = None
