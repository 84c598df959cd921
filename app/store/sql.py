"""The store on a SQL database: SQLAlchemy Core, dialect-neutral but for the upsert.

Writes go through the group writer, reads have connections of their own. Which database it is, and what its
connections need, is known to the module that opens the engines (`sqlite`).
"""
# ruff: noqa: D102 - what each call does stands in `Store`

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, Select, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncEngine

from app.store.columns import Values, conversation_values, event_values, feedback_values, revised_values
from app.store.rows import Conflict, ConversationRow, Event, FeedbackRow, Unavailable
from app.store.schema import IS_LIVE, IS_MESSAGE, conversations, events, feedback
from app.store.writer import GroupWriter

PAGE = 100  # rows; so many documents are parsed at a time before others on the event loop have their turn

_NEVER_REPLACED = frozenset({"tenant", "id", "epoch", "created_at"})
_EVENT = select(*(events.c[field.name] for field in fields(Event)))
_REVISE = (
    update(events)
    .where(
        events.c.tenant == bindparam("of_tenant"),
        events.c.conversation == bindparam("of_conversation"),
        events.c.offset == bindparam("of_offset"),
    )
    .values({name: bindparam(name) for name in ("body", "reading", "outcome")})
)


@dataclass(frozen=True, slots=True)
class Write:
    """What one caller wants committed, as column values; an empty one asks whether the database takes writes."""

    conversation: Values | None = None
    event: Values | None = None
    revised: Sequence[Values] = ()
    feedback: Values | None = None


class SqlStore:
    """The `Store` on two engines of one database: one connection that writes, a few that read."""

    def __init__(self, writing: AsyncEngine, reading: AsyncEngine) -> None:
        self._writing = writing
        self._reading = reading
        self._upsert = _upsert(writing.dialect.name)
        self._judge = _judge(writing.dialect.name)
        self._writer: GroupWriter[Write] = GroupWriter(self._commit)

    async def conversation(self, tenant: str, conversation: str) -> ConversationRow | None:
        found = await self._first(
            select(conversations).where(conversations.c.tenant == tenant, conversations.c.id == conversation)
        )
        return ConversationRow(**found) if found else None

    async def put(self, row: ConversationRow) -> None:
        await self._writer.write(Write(conversation=conversation_values(row)))

    async def append(self, row: ConversationRow, event: Event, revised: Sequence[Event] = ()) -> None:
        if any(earlier.offset >= event.offset for earlier in revised):
            raise ValueError(f"event {event.offset} can revise earlier ones only")
        await self._writer.write(
            Write(
                conversation=conversation_values(row),
                event=event_values(row, event),
                revised=[revised_values(row, earlier) for earlier in revised],
            )
        )

    async def events(self, tenant: str, conversation: str, after: int = 0) -> list[Event]:
        log = _EVENT.where(
            events.c.tenant == tenant, events.c.conversation == conversation, events.c.offset > after
        ).order_by(events.c.offset)
        return [Event(**found) async for found in self._all(log)]

    async def message(self, tenant: str, conversation: str, message_id: str) -> Event | None:
        found = await self._first(
            _EVENT.where(
                events.c.tenant == tenant,
                events.c.conversation == conversation,
                events.c.message_id == message_id,
                IS_MESSAGE,
            )
        )
        return Event(**found) if found else None

    async def live(self) -> list[ConversationRow]:
        newest = conversations.c.updated_at.desc(), conversations.c.tenant, conversations.c.id
        return [
            ConversationRow(**found)
            async for found in self._all(select(conversations).where(IS_LIVE).order_by(*newest))
        ]

    async def recent(self, since: datetime, most: int) -> list[ConversationRow]:
        newest = conversations.c.updated_at.desc(), conversations.c.tenant, conversations.c.id
        last = select(conversations).where(conversations.c.updated_at >= since).order_by(*newest).limit(most)
        return [ConversationRow(**found) async for found in self._all(last)]

    async def add_feedback(self, row: FeedbackRow) -> None:
        await self._writer.write(Write(feedback=feedback_values(row)))

    async def ready(self) -> bool:
        try:
            await self._first(select(conversations.c.id).limit(1))
            await self._writer.write(Write())
        except Unavailable:
            return False
        return True

    async def close(self) -> None:
        await self._writer.close()
        await self._writing.dispose()
        await self._reading.dispose()

    async def _first(self, query: Select[Any]) -> RowMapping | None:
        with _named_errors():
            async with self._reading.connect() as connection:
                found: RowMapping | None = (await connection.execute(query)).mappings().first()
                return found

    async def _all(self, query: Select[Any]) -> AsyncIterator[RowMapping]:
        """Page by page, out of one statement: it sees the database as of its start, whatever is written meanwhile."""
        with _named_errors():
            async with self._reading.connect() as connection, connection.stream(query) as result:
                async for page in result.mappings().partitions(PAGE):
                    for found in page:
                        yield found

    async def _commit(self, group: Sequence[Write]) -> None:
        """Keep all of the group or nothing of it.

        The order of the statements is as good as that of the writes: conversations before the events that need them,
        events before what revises them, and within each the order of the writes.
        """
        appended = [write.event for write in group if write.event]
        revised = [values for write in group for values in write.revised]
        judged = [write.feedback for write in group if write.feedback]
        with _named_errors():
            async with self._writing.begin() as connection:
                if rows := _last_of_each(group):
                    await connection.execute(self._upsert, rows)
                if appended:
                    await connection.execute(insert(events), appended)
                if revised:
                    await connection.execute(_REVISE, revised)
                if judged:
                    await connection.execute(self._judge, judged)


def _judge(dialect: str) -> Insert:
    """Insert a verdict; one whose key is there already is the same one, sent again."""
    made = sqlite.insert(feedback) if dialect == "sqlite" else postgresql.insert(feedback)
    return made.on_conflict_do_nothing(index_elements=["tenant", "conversation", "key"])


def _upsert(dialect: str) -> Insert:
    """Insert a conversation, or replace what may be replaced of an existing one."""
    made: sqlite.Insert | postgresql.Insert
    made = sqlite.insert(conversations) if dialect == "sqlite" else postgresql.insert(conversations)
    names = {column.name for column in conversations.c} - _NEVER_REPLACED
    replaced = {name: made.excluded[name] for name in sorted(names)}
    return made.on_conflict_do_update(index_elements=["tenant", "id"], set_=replaced)


def _last_of_each(group: Sequence[Write]) -> list[Values]:
    """The last row of each conversation, but with what only its first one decides.

    Sorted, so that two processes lock rows in the same order.
    """
    last: dict[tuple[str, str], Values] = {}
    for write in group:
        if write.conversation:
            key = write.conversation["tenant"], write.conversation["id"]
            first = last.get(key, write.conversation)
            last[key] = write.conversation | {name: first[name] for name in _NEVER_REPLACED}
    return [last[key] for key in sorted(last)]


@contextmanager
def _named_errors() -> Iterator[None]:
    """The database's errors as the store's; what is neither a conflict nor an outage is a mistake of ours and stays."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(str(error.orig)) from error
    except (NoConnectionFree, OSError) as error:
        raise Unavailable(str(error)) from error
    except DBAPIError as error:
        if not _is_outage(error):
            raise
        raise Unavailable(str(error.orig)) from error


def _is_outage(error: DBAPIError) -> bool:
    # A bare DatabaseError is how SQLite says that the file is damaged or no longer a database.
    return (
        error.connection_invalidated
        or isinstance(error, OperationalError | InternalError)
        or type(error) is DatabaseError
    )
