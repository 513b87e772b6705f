"""What outlets did, story by story, as counts. Filled when they are asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0008", "0007", None, None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
COUNTS = ("told_by_others", "omitted", "unreadable", "texts", "shared", "changes", "silent", "datable", "first")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "habits",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("story_id", NUMBER, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("outlet", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in COUNTS),
        sa.PrimaryKeyConstraint("id", name="pk_habits"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_habits_story_id_stories", ondelete="CASCADE"),
        sa.UniqueConstraint("story_id", "outlet", name="uq_habits_story_id_outlet"),
    )
    op.create_index("ix_habits_outlet", "habits", ["outlet"])


def downgrade() -> None:
    """Remove it."""
    op.drop_table("habits")
