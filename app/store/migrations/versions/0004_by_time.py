"""The last conversations are found without a look at all of them."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("conversations_updated", "conversations", ["updated_at"])
