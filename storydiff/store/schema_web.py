"""The table of the web pages: passes, by which people come in.

A pass is a secret that somebody holds: a link to sign in with, a session, or a shared page. What is stored of it is its
SHA-256, as with API keys; what it allows is of one newsroom and ends at a set time.
"""

from __future__ import annotations

import sqlalchemy as sa

from storydiff.store.schema import Moment, metadata, row_key

passes = sa.Table(
    "passes",
    metadata,
    row_key(),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("newsroom", sa.String(64), nullable=False, server_default=""),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False, unique=True),
    sa.Column("scope", sa.String(16), nullable=False),
    # Who holds it: a person's address, or the API key with which it ends; of a shared page, who shared it.
    sa.Column("address", sa.String(320)),
    sa.Column("key", sa.String(64)),
    # Of a shared page: the story's slug, and the collation when it does not follow the latest.
    sa.Column("story", sa.Text),
    sa.Column("number", sa.Integer),
    sa.Column("created", Moment, nullable=False),
    sa.Column("expires", Moment, nullable=False),
    sa.Index("ix_passes_newsroom_kind", "newsroom", "kind"),
    sa.Index("ix_passes_expires", "expires"),
)
