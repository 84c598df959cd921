"""Conversations, their logs, and feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

IS_MESSAGE = sa.text("kind = 'message'")
IS_LIVE = sa.text("resolved_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("epoch", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent", sa.Text),
        sa.Column("customer_id", sa.Text),
        sa.Column("customer_name", sa.Text),
        sa.Column("channel", sa.Text),
        sa.Column("locale", sa.Text),
        sa.Column("slots", sa.JSON, nullable=False),
        sa.Column("summary", sa.JSON, nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True)),
    )
    op.create_index(
        "conversations_live", "conversations", ["updated_at"], sqlite_where=IS_LIVE, postgresql_where=IS_LIVE
    )
    op.create_table(
        "events",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("conversation", sa.Text, primary_key=True),
        sa.Column("offset", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("previous", sa.Integer),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("seq", sa.Integer),
        sa.Column("message_id", sa.Text),
        sa.Column("reading", sa.JSON),
        sa.Column("outcome", sa.JSON),
        sa.ForeignKeyConstraint(
            ["tenant", "conversation"], ["conversations.tenant", "conversations.id"], name="events_conversation"
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "conversation", "previous"],
            ["events.tenant", "events.conversation", "events.offset"],
            name="events_previous",
        ),
        sa.CheckConstraint('"offset" = coalesce(previous, 0) + 1', name="events_without_gap"),
    )
    for column in ("seq", "message_id"):
        op.create_index(
            f"events_{column}",
            "events",
            ["tenant", "conversation", column],
            unique=True,
            sqlite_where=IS_MESSAGE,
            postgresql_where=IS_MESSAGE,
        )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("suggestion", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text),
    )
