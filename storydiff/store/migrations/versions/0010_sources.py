"""Watched sources: what other outlets announce, and which story each announcement belongs to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0010", "0009", None, None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def _text(name: str, length: int, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), **{"nullable": False, **more})


def _newsroom() -> sa.Column[Any]:
    return _text("newsroom", 64, server_default="")


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, server_default="0", nullable=False)


def upgrade() -> None:
    """Make the tables."""
    _sources()
    _announcements()
    _matches()
    op.create_table(
        "lookouts",
        sa.Column("id", NUMBER, nullable=False),
        _newsroom(),
        _text("mark", 64, nullable=True),
        _text("claimed_by", 64, nullable=True),
        sa.Column("claimed_until", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_lookouts"),
        sa.UniqueConstraint("newsroom", name="uq_lookouts_newsroom"),
    )


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", NUMBER, nullable=False),
        _newsroom(),
        _text("source", 64),
        sa.Column("url", sa.Text, nullable=False),
        _text("hash", 64),
        sa.Column("name", sa.Text, server_default="", nullable=False),
        sa.Column("adds", sa.Boolean, nullable=False),
        _text("state", 16),
        sa.Column("reason", sa.Text),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("next_poll", MOMENT, nullable=False),
        _text("claimed_by", 64, nullable=True),
        *(sa.Column(name, MOMENT) for name in ("claimed_until", "polled", "reached", "changed")),
        _count("failures"),
        sa.Column("failing_since", MOMENT),
        _text("error_code", 64, nullable=True),
        sa.Column("error", sa.Text),
        sa.Column("sights", sa.JSON, nullable=False),
        _count("entries"),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.UniqueConstraint("source", name="uq_sources_source"),
        sa.UniqueConstraint("newsroom", "hash", name="uq_sources_newsroom_hash"),
    )
    op.create_index("ix_sources_state_next_poll", "sources", ["state", "next_poll"])


def _announcements() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", NUMBER, nullable=False),
        _newsroom(),
        sa.Column("source_id", NUMBER),
        _text("hash", 64),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("url", "outlet", "title", "summary")),
        _text("language", 16, nullable=True),
        sa.Column("published", MOMENT),
        sa.Column("found", MOMENT, nullable=False),
        sa.Column("seen", MOMENT, nullable=False),
        sa.Column("matched", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name="fk_announcements_source_id_sources", ondelete="SET NULL"
        ),
        sa.UniqueConstraint("newsroom", "hash", name="uq_announcements_newsroom_hash"),
    )
    op.create_index("ix_announcements_newsroom_found", "announcements", ["newsroom", "found"])
    op.create_index("ix_announcements_source_id", "announcements", ["source_id"])
    op.create_index("ix_announcements_seen", "announcements", ["seen"])


def _matches() -> None:
    op.create_table(
        "matches",
        sa.Column("id", NUMBER, nullable=False),
        _text("suggestion", 64),
        sa.Column("announcement_id", NUMBER, nullable=False),
        sa.Column("story_id", NUMBER, nullable=False),
        _text("state", 16),
        sa.Column("likeness", sa.Float, nullable=False),
        _text("hash", 64),
        sa.Column("made", MOMENT, nullable=False),
        sa.Column("decided", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_matches"),
        sa.UniqueConstraint("suggestion", name="uq_matches_suggestion"),
        *(
            sa.ForeignKeyConstraint(
                [f"{owner}_id"], [f"{owners}.id"], name=f"fk_matches_{owner}_id_{owners}", ondelete="CASCADE"
            )
            for owner, owners in (("announcement", "announcements"), ("story", "stories"))
        ),
        sa.UniqueConstraint("announcement_id", "story_id", name="uq_matches_announcement_id_story_id"),
    )
    op.create_index("ix_matches_story_id_state", "matches", ["story_id", "state"])


def downgrade() -> None:
    """Remove them."""
    for table in ("lookouts", "matches", "announcements", "sources"):
        op.drop_table(table)
