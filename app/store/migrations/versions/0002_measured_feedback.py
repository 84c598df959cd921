"""With each verdict the playbooks' version, how far the suggestion was from what was used, and the sender's key."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feedback", sa.Column("version", sa.Text))
    op.add_column("feedback", sa.Column("distance", sa.Float))
    op.add_column("feedback", sa.Column("key", sa.Text))
    op.create_index("feedback_key", "feedback", ["tenant", "conversation", "key"], unique=True)
