"""What the store keeps: conversations, and for each the log of what happened in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from app.store.inbox_rows import Inbox

Json = Mapping[str, Any]
Kind = Literal["message", "edit", "delete", "action", "quiet", "alert"]


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """Who is in a conversation, and its tile as of the last event (`summary`, shown again after a restart).

    It has two parts, which two workers may change at the same time. What people told (team, agent, customer, channel,
    locale, slots) has a `revision`; what its log left (summary, updated_at, resolved_at) is as of the event `offset`.
    """

    tenant: str
    id: str
    team: str
    epoch: str  # changes when the log of this conversation was lost; positions of another epoch mean nothing
    created_at: datetime
    updated_at: datetime
    agent: str | None = None
    customer_id: str | None = None
    customer_name: str | None = None
    channel: str | None = None
    locale: str | None = None
    slots: Json = field(default_factory=dict)
    summary: Json = field(default_factory=dict)
    resolved_at: datetime | None = None
    revision: int = 0  # raised by 1 with every change of what was told
    offset: int = 0  # of the last event


class Notice(NamedTuple):
    """One change of a conversation that other workers have to hear of: an event's offset, or a row's new revision."""

    tenant: str
    conversation: str
    offset: int  # 0 for a change of what was told
    revision: int  # 0 for an event


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in a conversation; `offset` counts from 1 without a gap.

    `body` is the message, action or silence as it goes over the wire. A message also has its `seq` and id, its
    `reading` (the recorded input of the fold) and `outcome` (what the fold made of it, as it goes over the wire); a
    silence has the advice for an outcome. The text, reading and outcome of a message are replaced by an edit or a
    deletion, which is itself a further event, and so are the outcomes after it.
    """

    offset: int
    kind: Kind
    at: datetime
    body: Json
    seq: int | None = None
    message_id: str | None = None
    reading: Json | None = None
    outcome: Json | None = None


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """What an agent did with a suggestion.

    `version` is that of the set of playbooks it came from; `distance` 0..1 how far it was from what was really used,
    of which the text is not kept. `key` is the sender's: the same one again in a conversation changes nothing.
    """

    tenant: str
    conversation: str
    suggestion: str
    verdict: str
    by: str
    at: datetime
    reason: str | None = None
    version: str | None = None
    distance: float | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A small thing that supervisors share, as JSON: what a desk is set to, an incident.

    There are few of each kind, but for `written`, of which a conversation of a chat tool may have one.
    """

    tenant: str
    kind: str
    id: str
    body: Json
    updated_at: datetime
    revision: int = 1  # raised by 1 with every change


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert to the supervisors of a desk, which is a team of a tenant; the event `offset` of its conversation.

    A desk's alerts have turns 1, 2, 3, … without a gap, and times that never go back. `mail` has the subject and the
    text of a letter about it. `due_at` is when it is to be delivered next (None: not any more), after so many `tries`.
    """

    tenant: str
    team: str
    turn: int
    conversation: str
    offset: int
    at: datetime
    kind: str  # "risk", or a safety signal, which has no part in the budget
    severity: str
    score: float
    threshold: float
    text: str
    mail: Json
    due_at: datetime | None = None
    tries: int = 0


class StoreError(Exception):
    """Base of the store's errors.

    StoreError
    ├── Conflict      another writer took this offset, seq or message id first: load, fold again, retry
    ├── Unavailable   the database does not answer: tell the sender to come again
    └── Unusable      this database cannot be opened as it is: its one line says why
    """


class Conflict(StoreError):
    """The log is not what the caller took it for.

    Its offset, seq or message id is taken, or the offset before it is not there.
    """


class Unavailable(StoreError):
    """The database cannot be reached or does not take writes.

    Not acknowledged, which is not the same as not kept: an answer can be lost on its way. The message id tells.
    """


class Unusable(StoreError):
    """An unknown URL, a folder that is not there, a file that is no database, tables of a newer version."""


class Store(Protocol):
    """The truth. Every call returns after the commit; none runs SQL on the event loop.

    Each raises `Unavailable` when the database does not answer or takes no more, and those that write raise
    `ValueError` on a time without a zone or a document that is not JSON. Times come back in UTC.
    """

    @property
    def inbox(self) -> Inbox:
        """What connectors bring, until it is told to its conversation."""
        ...

    async def conversation(self, tenant: str, conversation: str) -> ConversationRow | None:
        """The row, or None."""
        ...

    async def put(self, row: ConversationRow) -> None:
        """Insert the row, or replace what was told of one whose revision is the one before `row.revision`.

        What its log left stays as it is. Raises `Conflict` (and changes nothing) on another revision.
        """
        ...

    async def append(
        self,
        row: ConversationRow,
        event: Event,
        revised: Sequence[Event] = (),
        *,
        told: bool = False,
        alert: AlertRow | None = None,
    ) -> None:
        """Insert `event`, replace body, reading and outcome of the `revised` ones and put `row`, in one transaction.

        Of an existing row it replaces what its log left, with `event.offset` for its offset; with `told` also what was
        told, as `put` does. `event` has the offset after the last one, the `revised` ones are before it; else
        `Conflict` or `ValueError`. Raises `Conflict` (and changes nothing) when the offset, seq or message id is
        taken; a seq and a message id are taken by messages only, so that an edit can name the message it is about.
        With `alert` that is inserted too; a turn of its desk that is taken is a `Conflict`.
        """
        ...

    async def rows(self, keys: Sequence[tuple[str, str]]) -> list[ConversationRow]:
        """The rows of many conversations, given by tenant and id, in any order; unknown ones are left out."""
        ...

    async def positions(self, keys: Sequence[tuple[str, str]]) -> list[Notice]:
        """Offset and revision of many conversations, by tenant and id, in any order; unknown ones are left out."""
        ...

    async def unpublished(self, most: int) -> list[Notice]:
        """Changes that were committed and not struck by `published` yet, at most so many.

        None where the store was opened without an outbox. With one, `put` and `append` write their notice in their
        own transaction.
        """
        ...

    async def published(self, notices: Sequence[Notice]) -> None:
        """Strike changes that other workers have been told of; unknown ones do no harm."""
        ...

    async def events(self, tenant: str, conversation: str, after: int = 0) -> list[Event]:
        """The log from the offset after `after`, in order."""
        ...

    async def message(self, tenant: str, conversation: str, message_id: str) -> Event | None:
        """The message event of that id, or None."""
        ...

    async def live(self) -> list[ConversationRow]:
        """All conversations that are not resolved, of every tenant, newest update first."""
        ...

    async def recent(self, since: datetime, most: int) -> list[ConversationRow]:
        """The conversations of every tenant in which something happened since then, newest update first."""
        ...

    async def add_feedback(self, row: FeedbackRow) -> None:
        """Keep one verdict."""
        ...

    async def documents(self, kind: str) -> list[Document]:
        """All documents of a kind, of every tenant, in any order."""
        ...

    async def document(self, tenant: str, kind: str, name: str) -> Document | None:
        """One of them; None where there is none."""
        ...

    async def put_document(self, document: Document) -> None:
        """Insert it, or replace the one whose revision is the one before. Raises `Conflict` on another revision."""
        ...

    async def team_rows(self, tenant: str, team: str, since: datetime, most: int) -> list[ConversationRow]:
        """The conversations of a team in which something happened since then, newest update first."""
        ...

    async def desk_alerts(self, tenant: str, team: str, since: datetime) -> list[AlertRow]:
        """The last alert of a desk and all others after `since`, by turn, as of one moment."""
        ...

    async def alerts(self, tenant: str, teams: Sequence[str] | None, since: datetime, most: int) -> list[AlertRow]:
        """The alerts of these teams, or of all, since then, newest first."""
        ...

    async def due_alerts(self, now: datetime, most: int) -> list[AlertRow]:
        """Alerts of every tenant that are due to be delivered, longest due first."""
        ...

    async def settle_alert(self, alert: AlertRow, tries: int) -> None:
        """Keep `due_at` and `tries` of an alert. Raises `Conflict` unless it has had so many `tries` until now."""
        ...

    async def ready(self) -> bool:
        """Whether the database answers and takes writes."""
        ...

    async def close(self) -> None:
        """Finish what is queued, then let go of the database. A second call is harmless."""
        ...
