"""The digest: readers, subscriptions, mails, and what each reader was told."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0004", "0003", None, None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def _owner(table: str, owner: str, owners: str) -> list[Any]:
    """The column of the owner, with which the row goes away."""
    name = f"fk_{table}_{owner}_id"
    return [
        sa.Column(f"{owner}_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint([f"{owner}_id"], [f"{owners}.id"], name=name, ondelete="CASCADE"),
    ]


def _claim() -> list[sa.Column[Any]]:
    return [sa.Column("claimed_by", sa.String(64)), sa.Column("claimed_until", MOMENT)]


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, server_default="0", nullable=False)


def _readers() -> None:
    op.create_table(
        "readers",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("newsroom", sa.String(64), server_default="", nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("paused", MOMENT),
        sa.Column("reason", sa.Text),
        _count("failures"),
        *_claim(),
        sa.PrimaryKeyConstraint("id", name="pk_readers"),
        sa.UniqueConstraint("newsroom", "address", name="uq_readers_newsroom_address"),
    )


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", NUMBER, nullable=False),
        *_owner("subscriptions", "reader", "readers"),
        sa.Column("subscription", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("wants", sa.JSON, nullable=False),
        sa.Column("schedule", sa.JSON, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        *(sa.Column(name, MOMENT) for name in ("asked", "confirmed", "ended", "slot", "sent")),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint("subscription", name="uq_subscriptions_subscription"),
    )
    op.create_index("ix_subscriptions_reader_id", "subscriptions", ["reader_id"])


def _digests() -> None:
    op.create_table(
        "digests",
        sa.Column("id", NUMBER, nullable=False),
        *_owner("digests", "subscription", "subscriptions"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("story", sa.Text),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("message", sa.Text),
        sa.Column("items", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("composed", MOMENT, nullable=False),
        sa.Column("due", MOMENT),
        _count("tries"),
        _count("handed"),
        sa.Column("error", sa.Text),
        sa.Column("finished", MOMENT),
        *_claim(),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
        sa.UniqueConstraint("digest", name="uq_digests_digest"),
    )
    op.create_index("ix_digests_subscription_id", "digests", ["subscription_id"])
    op.create_index("ix_digests_state_due", "digests", ["state", "due"])


def _told() -> None:
    op.create_table(
        "told",
        sa.Column("id", NUMBER, nullable=False),
        *_owner("told", "reader", "readers"),
        *_owner("told", "digest", "digests"),
        sa.Column("key", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_told"),
        sa.UniqueConstraint("reader_id", "key", name="uq_told_reader_id_key"),
    )
    op.create_index("ix_told_digest_id", "told", ["digest_id"])


def upgrade() -> None:
    _readers()
    _subscriptions()
    _digests()
    _told()


def downgrade() -> None:
    for table in ("told", "digests", "subscriptions", "readers"):
        op.drop_table(table)
