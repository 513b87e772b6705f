"""The web pages: passes, by which people come in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0005", "0004", None, None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "passes",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("newsroom", sa.String(64), server_default="", nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("address", sa.String(320)),
        sa.Column("key", sa.String(64)),
        sa.Column("story", sa.Text),
        sa.Column("number", sa.Integer),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_passes"),
        sa.UniqueConstraint("name", name="uq_passes_name"),
        sa.UniqueConstraint("hash", name="uq_passes_hash"),
    )
    op.create_index("ix_passes_newsroom_kind", "passes", ["newsroom", "kind"])
    op.create_index("ix_passes_expires", "passes", ["expires"])


def downgrade() -> None:
    """Remove it."""
    op.drop_table("passes")
