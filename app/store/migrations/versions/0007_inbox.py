"""What connectors have brought, until it is told to its conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

IS_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("connector", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_index("inbox_key", "inbox", ["tenant", "connector", "key"], unique=True)
    op.create_index("inbox_connector", "inbox", ["tenant", "connector", "id"])
    op.create_index("inbox_received", "inbox", ["received_at"])
    partial = {"sqlite_where": IS_WAITING, "postgresql_where": IS_WAITING}
    op.create_index("inbox_due", "inbox", ["due_at"], **partial)
    op.create_index("inbox_waiting", "inbox", ["tenant", "conversation"], **partial)
    op.create_table(
        "inbox_turns",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("conversation", sa.Text, primary_key=True),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
