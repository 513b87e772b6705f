"""The tables behind lists of stories: what each story's latest collation comes to, so that no list reads a collation.

Both are derived: they are written anew with each collation of the story.
"""

from __future__ import annotations

import sqlalchemy as sa

from storydiff.store.schema import Moment, belongs_to, metadata, row_key

FIGURES = ("outlets", "independent", "points", "conflicts", "drifts", "silent", "unread")
STANDINGS = ("lacks", "lacks_details", "differs", "alone")

summaries = sa.Table(
    "summaries",
    metadata,
    row_key(),
    belongs_to("story", "stories"),
    sa.Column("number", sa.Integer, nullable=False),
    # What was compared, as a hash: `changed` moves with it, and not when the same texts are compared again.
    sa.Column("state", sa.String(64), nullable=False),
    sa.Column("changed", Moment),
    *(sa.Column(name, sa.Integer, nullable=False) for name in FIGURES),
    sa.UniqueConstraint("story_id"),
    sa.Index("ix_summaries_changed", "changed"),
)

standings = sa.Table(
    "standings",
    metadata,
    row_key(),
    belongs_to("story", "stories"),
    # Both without regard to case: an outlet is asked for by either.
    sa.Column("outlet", sa.Text, nullable=False),
    sa.Column("domain", sa.Text),
    *(sa.Column(name, sa.Integer, nullable=False) for name in STANDINGS),
    sa.UniqueConstraint("story_id", "outlet"),
)
