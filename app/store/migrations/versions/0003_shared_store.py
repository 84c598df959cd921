"""Rows that several workers may change, and the changes that other workers have to be told of."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LAST_OFFSETS = """
UPDATE conversations SET "offset" = coalesce(
    (SELECT max(events."offset") FROM events
     WHERE events.tenant = conversations.tenant AND events.conversation = conversations.id), 0)
"""


def upgrade() -> None:
    for name in ("revision", "offset"):
        op.add_column("conversations", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.execute(LAST_OFFSETS)
    op.create_table(
        "outbox",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("conversation", sa.Text, primary_key=True),
        sa.Column("offset", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
    )
