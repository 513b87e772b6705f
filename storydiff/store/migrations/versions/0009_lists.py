"""An index by which a newsroom's newest stories are found without sorting them all."""

from __future__ import annotations

from alembic import op

revision, down_revision, branch_labels, depends_on = "0009", "0008", None, None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_stories_newsroom_id", "stories", ["newsroom", "id"])


def downgrade() -> None:
    """Remove it."""
    op.drop_index("ix_stories_newsroom_id", "stories")
