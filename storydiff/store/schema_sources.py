"""The tables of watched sources: what other outlets announce, and which story of the newsroom's each belongs to.

    sources ── announcements ── matches ── stories
    lookouts                                            one row a newsroom: how far its announcements were matched

An announcement is known by its address: three sources that list one article make one row.
"""

from __future__ import annotations

import sqlalchemy as sa

from storydiff.store.schema import NUMBER, Moment, belongs_to, metadata, row_key

sources = sa.Table(
    "sources",
    metadata,
    row_key(),
    sa.Column("newsroom", sa.String(64), nullable=False, server_default=""),
    sa.Column("source", sa.String(64), nullable=False, unique=True),
    sa.Column("url", sa.Text, nullable=False),
    # Of the address without what tells no two places apart (www., https or http).
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("name", sa.Text, nullable=False, server_default=""),
    # Whether what is surely of a story is added to it, or only suggested.
    sa.Column("adds", sa.Boolean, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("created", Moment, nullable=False),
    sa.Column("next_poll", Moment, nullable=False),
    sa.Column("claimed_by", sa.String(64)),
    sa.Column("claimed_until", Moment),
    sa.Column("polled", Moment),
    # When it answered last, and when it had something new last.
    sa.Column("reached", Moment),
    sa.Column("changed", Moment),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("failing_since", Moment),
    sa.Column("error_code", sa.String(64)),
    sa.Column("error", sa.Text),
    # Address -> how it answered last, so that servers need not send it again.
    sa.Column("sights", sa.JSON, nullable=False),
    sa.Column("entries", sa.Integer, nullable=False, server_default="0"),
    sa.UniqueConstraint("newsroom", "hash"),
    sa.Index("ix_sources_state_next_poll", "state", "next_poll"),
)

announcements = sa.Table(
    "announcements",
    metadata,
    row_key(),
    sa.Column("newsroom", sa.String(64), nullable=False, server_default=""),
    sa.Column("source_id", NUMBER, sa.ForeignKey("sources.id", ondelete="SET NULL")),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("outlet", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("language", sa.String(16)),
    sa.Column("published", Moment),
    # When it was read first and last.
    sa.Column("found", Moment, nullable=False),
    sa.Column("seen", Moment, nullable=False),
    sa.Column("matched", Moment),
    sa.UniqueConstraint("newsroom", "hash"),
    sa.Index("ix_announcements_newsroom_found", "newsroom", "found"),
    sa.Index("ix_announcements_source_id", "source_id"),
    sa.Index("ix_announcements_seen", "seen"),
)

matches = sa.Table(
    "matches",
    metadata,
    row_key(),
    sa.Column("suggestion", sa.String(64), nullable=False, unique=True),
    belongs_to("announcement", "announcements"),
    belongs_to("story", "stories"),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("likeness", sa.Float, nullable=False),
    # Of the address, as in `checks`: by it the article is found that came of it.
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("made", Moment, nullable=False),
    sa.Column("decided", Moment),
    sa.UniqueConstraint("announcement_id", "story_id"),
    sa.Index("ix_matches_story_id_state", "story_id", "state"),
)

lookouts = sa.Table(
    "lookouts",
    metadata,
    row_key(),
    sa.Column("newsroom", sa.String(64), nullable=False, unique=True, server_default=""),
    # Of the stories that all announcements were matched against last.
    sa.Column("mark", sa.String(64)),
    sa.Column("claimed_by", sa.String(64)),
    sa.Column("claimed_until", Moment),
)
