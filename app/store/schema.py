"""The tables. Column names are the field names of the rows, so that a row is its columns.

Every log is without a hole because the database says so: an event refers to the one before it, and the first to none.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    text,
)


class UtcTime(TypeDecorator[datetime]):
    """A moment, kept in UTC; SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To UTC; the value is aware (`columns` refuses others)."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Aware and in UTC, whatever the driver answers."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# Written out in the indices and in the queries alike: SQLite uses a partial index only where the query says its
# condition in so many words, not by a parameter.
IS_MESSAGE = text("kind = 'message'")
IS_LIVE = text("resolved_at IS NULL")
IS_DUE = text("due_at IS NOT NULL")
IS_WAITING = text("state = 'waiting'")

# Documents are `json` on PostgreSQL, not `jsonb`: the text comes back as it was given, with its order of keys, its
# numbers and a NUL in a string, and it costs less to write. Nothing asks for what is inside of them.
metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("team", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("agent", Text),
    Column("customer_id", Text),
    Column("customer_name", Text),
    Column("channel", Text),
    Column("locale", Text),
    Column("slots", JSON(none_as_null=True), nullable=False),
    Column("summary", JSON(none_as_null=True), nullable=False),
    Column("resolved_at", UtcTime),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("offset", Integer, nullable=False, server_default="0"),
    Index("conversations_live", "updated_at", sqlite_where=IS_LIVE, postgresql_where=IS_LIVE),
    Index("conversations_updated", "updated_at"),
)

events = Table(
    "events",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("offset", Integer, primary_key=True, autoincrement=False),
    Column("previous", Integer),
    Column("kind", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("body", JSON(none_as_null=True), nullable=False),
    Column("seq", Integer),
    Column("message_id", Text),
    Column("reading", JSON(none_as_null=True)),
    Column("outcome", JSON(none_as_null=True)),
    ForeignKeyConstraint(
        ["tenant", "conversation"], ["conversations.tenant", "conversations.id"], name="events_conversation"
    ),
    ForeignKeyConstraint(
        ["tenant", "conversation", "previous"],
        ["events.tenant", "events.conversation", "events.offset"],
        name="events_previous",
    ),
    # `coalesce`, because a check that comes out as NULL passes.
    CheckConstraint('"offset" = coalesce(previous, 0) + 1', name="events_without_gap"),
    # Of messages only: an edit or a deletion may name the message that it is about.
    Index(
        "events_seq", "tenant", "conversation", "seq", unique=True, sqlite_where=IS_MESSAGE, postgresql_where=IS_MESSAGE
    ),
    Index(
        "events_message_id",
        "tenant",
        "conversation",
        "message_id",
        unique=True,
        sqlite_where=IS_MESSAGE,
        postgresql_where=IS_MESSAGE,
    ),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("suggestion", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("reason", Text),
    Column("version", Text),
    Column("distance", Float),
    Column("key", Text),
    Index("feedback_key", "tenant", "conversation", "key", unique=True),  # those without a key do not count
)

# What supervisors share; few and small.
documents = Table(
    "documents",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("body", JSON(none_as_null=True), nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("revision", Integer, nullable=False),
)

# Alerts to supervisors. A desk's turns have no gap: who takes one has seen all before it. `due_at` is when it is to be
# delivered next, NULL when that is over.
alerts = Table(
    "alerts",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("conversation", Text, nullable=False),
    Column("offset", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("kind", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("threshold", Float, nullable=False),
    Column("text", Text, nullable=False),
    Column("mail", JSON(none_as_null=True), nullable=False),
    Column("due_at", UtcTime),
    Column("tries", Integer, nullable=False),
    Index("alerts_at", "tenant", "team", "at"),
    Index("alerts_due", "due_at", sqlite_where=IS_DUE, postgresql_where=IS_DUE),
)

# What connectors have brought: taken from the sender, but not yet told to its conversation.
inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant", Text, nullable=False),
    Column("connector", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("state", Text, nullable=False),
    Column("outcome", Text),
    Column("tries", Integer, nullable=False),
    Column("body", JSON(none_as_null=True), nullable=False),
    Index("inbox_key", "tenant", "connector", "key", unique=True),
    Index("inbox_connector", "tenant", "connector", "id"),
    Index("inbox_received", "received_at"),
    Index("inbox_due", "due_at", sqlite_where=IS_WAITING, postgresql_where=IS_WAITING),
    Index("inbox_waiting", "tenant", "conversation", sqlite_where=IS_WAITING, postgresql_where=IS_WAITING),
)

# Who tells a conversation what waits for it; a turn that has run out is anybody's.
inbox_turns = Table(
    "inbox_turns",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", UtcTime, nullable=False),
)

# Changes that are committed and that other workers may not have heard of yet; empty but for moments.
outbox = Table(
    "outbox",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("offset", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
)
