"""What each outlet did in each story, as counts of its latest collation: derived, and written anew with each."""

from __future__ import annotations

import sqlalchemy as sa

from storydiff.store.schema import belongs_to, metadata, row_key

COUNTS = (
    "told_by_others",
    "omitted",
    "unreadable",
    "texts",
    "shared",
    "changes",
    "silent",
    "datable",
    "first",
)

habits = sa.Table(
    "habits",
    metadata,
    row_key(),
    belongs_to("story", "stories"),
    # Of the collation that was counted: rows of another than the latest are counted anew.
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("outlet", sa.Text, nullable=False),
    *(sa.Column(name, sa.Integer, nullable=False) for name in COUNTS),
    sa.UniqueConstraint("story_id", "outlet"),
    sa.Index("ix_habits_outlet", "outlet"),
)
