"""Notices: whom to tell by mail that something is wrong, and those mails on their way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0006", "0005", None, None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, server_default="0", nullable=False)


def upgrade() -> None:
    """Make the columns and the table; what is wrong already is no news, so nobody is told of it now."""
    op.add_column("newsrooms", sa.Column("contact", sa.String(320)))
    op.add_column("endpoints", sa.Column("contact", sa.String(320)))
    op.add_column("alerts", sa.Column("noticed", MOMENT))
    op.execute(sa.text("UPDATE alerts SET noticed = since"))
    op.create_table(
        "notices",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("newsroom", sa.String(64), server_default="", nullable=False),
        sa.Column("notice", sa.String(64), nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("message", sa.Text),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("composed", MOMENT, nullable=False),
        sa.Column("due", MOMENT),
        _count("tries"),
        _count("handed"),
        sa.Column("error", sa.Text),
        sa.Column("finished", MOMENT),
        sa.Column("claimed_by", sa.String(64)),
        sa.Column("claimed_until", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("notice", name="uq_notices_notice"),
    )
    op.create_index("ix_notices_newsroom", "notices", ["newsroom"])
    op.create_index("ix_notices_state_due", "notices", ["state", "due"])


def downgrade() -> None:
    """Remove them."""
    op.drop_table("notices")
    for table, column in (("alerts", "noticed"), ("endpoints", "contact"), ("newsrooms", "contact")):
        op.drop_column(table, column)
