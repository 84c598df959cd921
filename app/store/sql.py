"""The store on a SQL database: SQLAlchemy Core, dialect-neutral.

Writes go through the group writer, reads have connections of their own. Which database it is, and what its
connections need, is known to the module that opens the engines (`sqlite`, `postgresql`).
"""
# ruff: noqa: D102 - what each call does stands in `Store`

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncEngine

from app.store.columns import (
    alert_values,
    conversation_values,
    document_values,
    event_values,
    feedback_values,
    notice_of,
    revised_values,
    settled_values,
)
from app.store.commit import Commit
from app.store.connections import connected
from app.store.faults import named_errors
from app.store.inbox import SqlInbox
from app.store.rows import AlertRow, ConversationRow, Document, Event, FeedbackRow, Notice, Unavailable
from app.store.schema import IS_DUE, IS_LIVE, IS_MESSAGE, alerts, conversations, documents, events, outbox
from app.store.statements import Write
from app.store.writer import GroupWriter

PAGE = 100  # rows; so many documents are parsed at a time before others on the event loop have their turn
KEYS = 500  # conversations asked for in one statement; SQLite takes 32,766 parameters
READ_WITHIN = 0.8  # seconds for what a sender waits for; she has her answer within one, whatever the database does
LOOK_WITHIN = 10.0  # seconds for all that is live or recent, which may be much and which no sender waits for
CLOSE_WITHIN = 1.0  # seconds for the database to take leave

_CONVERSATION = select(*(conversations.c[field.name] for field in fields(ConversationRow)))
_KEY = tuple_(conversations.c.tenant, conversations.c.id)
_POSITION = select(
    conversations.c.tenant,
    conversations.c.id.label("conversation"),
    conversations.c.offset,
    conversations.c.revision,
)
_EVENT = select(*(events.c[field.name] for field in fields(Event)))
_NEWEST = conversations.c.updated_at.desc(), conversations.c.tenant, conversations.c.id
_DOCUMENT = select(*(documents.c[field.name] for field in fields(Document)))
_ALERT = select(*(alerts.c[field.name] for field in fields(AlertRow)))
_NOTICE = select(*(outbox.c[name] for name in Notice._fields)).order_by(*outbox.primary_key)


class SqlStore:
    """The `Store` on two engines of one database: one connection that writes, a few that read."""

    def __init__(self, writing: AsyncEngine, reading: AsyncEngine, *, outbox: bool = False) -> None:
        self._writing = writing
        self._reading = reading
        self._outbox = outbox
        self._writer: GroupWriter[Write] = GroupWriter(Commit(writing))
        self.inbox = SqlInbox(self._writer.write, self._all, writing.dialect.name)

    async def conversation(self, tenant: str, conversation: str) -> ConversationRow | None:
        query = _CONVERSATION.where(conversations.c.tenant == tenant, conversations.c.id == conversation)
        found = await self._all(query, READ_WITHIN)
        return ConversationRow(**found[0]) if found else None

    async def put(self, row: ConversationRow) -> None:
        values = conversation_values(row)
        await self._writer.write(Write(conversation=values, told=True, notice=self._noted(row)))

    async def append(
        self,
        row: ConversationRow,
        event: Event,
        revised: Sequence[Event] = (),
        *,
        told: bool = False,
        alert: AlertRow | None = None,
    ) -> None:
        if any(earlier.offset >= event.offset for earlier in revised):
            raise ValueError(f"event {event.offset} can revise earlier ones only")
        await self._writer.write(
            Write(
                conversation=conversation_values(row) | {"offset": event.offset},
                event=event_values(row, event),
                told=told,
                revised=[revised_values(row, earlier) for earlier in revised],
                alert=alert_values(alert) if alert else None,
                notice=self._noted(row, event),
            )
        )

    async def rows(self, keys: Sequence[tuple[str, str]]) -> list[ConversationRow]:
        return [ConversationRow(**found) for found in await self._of(_CONVERSATION, keys)]

    async def positions(self, keys: Sequence[tuple[str, str]]) -> list[Notice]:
        return [Notice(**found) for found in await self._of(_POSITION, keys)]

    async def unpublished(self, most: int) -> list[Notice]:
        if not self._outbox:
            return []
        return [Notice(**found) for found in await self._all(_NOTICE.limit(most), READ_WITHIN)]

    async def published(self, notices: Sequence[Notice]) -> None:
        if notices:
            await self._writer.write(Write(struck=notices))

    async def events(self, tenant: str, conversation: str, after: int = 0) -> list[Event]:
        of_it = events.c.tenant == tenant, events.c.conversation == conversation, events.c.offset > after
        log = _EVENT.where(*of_it).order_by(events.c.offset)
        return [Event(**found) for found in await self._all(log, READ_WITHIN)]

    async def message(self, tenant: str, conversation: str, message_id: str) -> Event | None:
        query = _EVENT.where(
            events.c.tenant == tenant,
            events.c.conversation == conversation,
            events.c.message_id == message_id,
            IS_MESSAGE,
        )
        found = await self._all(query, READ_WITHIN)
        return Event(**found[0]) if found else None

    async def live(self) -> list[ConversationRow]:
        found = await self._all(_CONVERSATION.where(IS_LIVE).order_by(*_NEWEST), LOOK_WITHIN)
        return [ConversationRow(**row) for row in found]

    async def recent(self, since: datetime, most: int) -> list[ConversationRow]:
        last = _CONVERSATION.where(conversations.c.updated_at >= since).order_by(*_NEWEST).limit(most)
        return [ConversationRow(**found) for found in await self._all(last, LOOK_WITHIN)]

    async def add_feedback(self, row: FeedbackRow) -> None:
        await self._writer.write(Write(feedback=feedback_values(row)))

    async def documents(self, kind: str) -> list[Document]:
        return [Document(**found) for found in await self._all(_DOCUMENT.where(documents.c.kind == kind), LOOK_WITHIN)]

    async def document(self, tenant: str, kind: str, name: str) -> Document | None:
        its = documents.c.tenant == tenant, documents.c.kind == kind, documents.c.id == name
        found = await self._all(_DOCUMENT.where(*its), READ_WITHIN)
        return Document(**found[0]) if found else None

    async def put_document(self, document: Document) -> None:
        await self._writer.write(Write(document=document_values(document)))

    async def team_rows(self, tenant: str, team: str, since: datetime, most: int) -> list[ConversationRow]:
        of_it = conversations.c.tenant == tenant, conversations.c.team == team, conversations.c.updated_at >= since
        last = _CONVERSATION.where(*of_it).order_by(*_NEWEST).limit(most)
        return [ConversationRow(**found) for found in await self._all(last, LOOK_WITHIN)]

    async def desk_alerts(self, tenant: str, team: str, since: datetime) -> list[AlertRow]:
        of_it = alerts.c.tenant == tenant, alerts.c.team == team
        last = select(func.max(alerts.c.turn)).where(*of_it).scalar_subquery()
        query = _ALERT.where(*of_it, or_(alerts.c.at > since, alerts.c.turn == last)).order_by(alerts.c.turn)
        return [AlertRow(**found) for found in await self._all(query, READ_WITHIN)]

    async def alerts(self, tenant: str, teams: Sequence[str] | None, since: datetime, most: int) -> list[AlertRow]:
        query = _ALERT.where(alerts.c.tenant == tenant, alerts.c.at >= since)
        if teams is not None:
            query = query.where(alerts.c.team.in_(teams))
        newest = query.order_by(alerts.c.at.desc(), alerts.c.team, alerts.c.turn.desc()).limit(most)
        return [AlertRow(**found) for found in await self._all(newest, LOOK_WITHIN)]

    async def due_alerts(self, now: datetime, most: int) -> list[AlertRow]:
        query = _ALERT.where(IS_DUE, alerts.c.due_at <= now).order_by(alerts.c.due_at, alerts.c.team, alerts.c.turn)
        return [AlertRow(**found) for found in await self._all(query.limit(most), LOOK_WITHIN)]

    async def settle_alert(self, alert: AlertRow, tries: int) -> None:
        await self._writer.write(Write(settled=settled_values(alert, tries)))

    async def ready(self) -> bool:
        try:
            await self._all(select(conversations.c.id).limit(1), READ_WITHIN)
            await self._writer.write(Write())
        except Unavailable:
            return False
        return True

    async def close(self) -> None:
        await self._writer.close()
        for engine in (self._writing, self._reading):
            try:
                async with asyncio.timeout(CLOSE_WITHIN):
                    await engine.dispose()
            except TimeoutError:
                continue  # it does not answer; what it had to keep, it has

    async def _of(self, query: Select[Any], keys: Sequence[tuple[str, str]]) -> list[RowMapping]:
        """What a query of conversations finds of those."""
        found: list[RowMapping] = []
        once = list(dict.fromkeys(keys))
        for start in range(0, len(once), KEYS):
            found += await self._all(query.where(_KEY.in_(once[start : start + KEYS])), READ_WITHIN)
        return found

    def _noted(self, row: ConversationRow, event: Event | None = None) -> Notice | None:
        return notice_of(row, event) if self._outbox else None

    async def _all(self, query: Select[Any], seconds: float) -> list[RowMapping]:
        """What one statement finds: the database as of its start, whatever is written meanwhile."""
        with named_errors():
            async with connected(self._reading, seconds) as connection:
                pages: Iterator[Sequence[RowMapping]] = (await connection.execute(query)).mappings().partitions(PAGE)
                found: list[RowMapping] = []
                for page in pages:
                    found += page
                    if len(page) == PAGE:
                        await asyncio.sleep(0)
                return found
