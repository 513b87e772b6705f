"""The tables. What is derived belongs to a collation, which names the engine that made it and can be made again.

    stories ─┬─ articles ─┬─ versions      immutable: triggers refuse to change one
             │   └ outlets └─ snapshots     which archived bytes were fetched, when
             └─ collations ─┬─ points ── coverage
                            ├─ discrepancies
                            └─ revisions

What the service adds (keys, endpoints, what is due) is in `schema_service`.

`newsroom` parts the stories of the newsrooms that share one database; it is "" where there is but one.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(sa.types.TypeDecorator[datetime]):
    """A time with its zone; UTC inside. A time without one is refused, for nobody knows what it means."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """UTC for the database."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """SQLite keeps no zone, so it is put back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite numbers rows only when the type is INTEGER


def row_key() -> sa.Column[Any]:
    """The number of a row."""
    return sa.Column("id", NUMBER, primary_key=True)


def belongs_to(owner: str, table: str, *, always: bool = True) -> sa.Column[Any]:
    """The row that this one belongs to and goes away with."""
    return sa.Column(f"{owner}_id", NUMBER, sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=not always)


stories = sa.Table(
    "stories",
    metadata,
    row_key(),
    sa.Column("newsroom", sa.String(64), nullable=False, server_default=""),
    sa.Column("slug", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False, server_default=""),
    sa.Column("created", Moment),
    sa.Column("archived", Moment),
    # Each new version raises `dirty`; a collation that saw it all brings `settled` there.
    sa.Column("dirty", sa.Integer, nullable=False, server_default="0"),
    sa.Column("settled", sa.Integer, nullable=False, server_default="0"),
    sa.Column("dirty_since", Moment),
    sa.Column("collate_at", Moment),
    sa.Column("claimed_by", sa.String(64)),
    sa.Column("claimed_until", Moment),
    sa.Column("fetch_rung", Moment),
    sa.Column("collate_rung", Moment),
    sa.Column("announced", sa.Integer, nullable=False, server_default="0"),
    sa.UniqueConstraint("newsroom", "slug"),
    # For lists, the newest first: 100,000 stories of 100 newsrooms, a page in 0.09 ms; sorted each time, 0.6 ms.
    sa.Index(None, "newsroom", "id"),
)

outlets = sa.Table(
    "outlets",
    metadata,
    row_key(),
    sa.Column("name", sa.String(300), nullable=False, unique=True),
    sa.Column("domain", sa.String(300), index=True),
)

ADDRESSES = ("article", "url", "requested", "final_url")
"""By any of these an article is found. Hash indexes, because an address may be longer than an ordered entry can be."""

articles = sa.Table(
    "articles",
    metadata,
    row_key(),
    belongs_to("story", "stories"),
    sa.Column("outlet_id", NUMBER, sa.ForeignKey("outlets.id"), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("article", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("requested", sa.Text),
    sa.Column("final_url", sa.Text),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("fetched", Moment),
    sa.Column("status", sa.Integer),
    sa.Column("problem_code", sa.String(64)),
    sa.Column("problem_message", sa.Text),
    sa.UniqueConstraint("story_id", "hash"),  # of the hash, since an address may be longer than an index entry
    sa.Index("ix_articles_outlet_id", "outlet_id"),
    *(sa.Index(f"ix_articles_{name}", name, postgresql_using="hash") for name in ADDRESSES),
)

versions = sa.Table(
    "versions",
    metadata,
    row_key(),
    belongs_to("article", "articles"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("content", sa.String(64), nullable=False),
    sa.Column("extent", sa.String(16), nullable=False),
    sa.Column("language", sa.Text),
    sa.Column("headline", sa.Text),
    sa.Column("standfirst", sa.Text),
    sa.Column("byline", sa.Text),
    sa.Column("dateline", sa.Text),
    sa.Column("published", Moment),
    sa.Column("modified", Moment),
    sa.Column("fetched", Moment),
    sa.Column("credit", sa.Text),
    sa.Column("paragraphs", sa.JSON, nullable=False),
    sa.Column("problems", sa.JSON, nullable=False),
    sa.Column("snapshot", sa.String(64)),
    sa.UniqueConstraint("article_id", "number"),
    sa.UniqueConstraint("article_id", "version"),
    sa.Index("ix_versions_version", "version"),
)

snapshots = sa.Table(
    "snapshots",
    metadata,
    row_key(),
    belongs_to("article", "articles"),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("fetched", Moment),
    sa.UniqueConstraint("article_id", "sha256"),
)

collations = sa.Table(
    "collations",
    metadata,
    row_key(),
    belongs_to("story", "stories"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("engine", sa.String(64), nullable=False),
    sa.Column("made", Moment),
    sa.Column("result", sa.JSON, nullable=False),
    sa.UniqueConstraint("story_id", "number"),
)

points = sa.Table(
    "points",
    metadata,
    row_key(),
    belongs_to("collation", "collations"),
    sa.Column("point", sa.String(64), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("statement", sa.Text, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("independent_sources", sa.Integer, nullable=False),
    sa.Column("first_version", sa.Text),
    sa.Column("not_before", Moment),
    sa.Column("not_after", Moment),
    sa.UniqueConstraint("collation_id", "point"),
    sa.Index("ix_points_point", "point"),
)

coverage = sa.Table(
    "coverage",
    metadata,
    row_key(),
    belongs_to("collation", "collations"),
    sa.Column("point", sa.String(64), nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("outlet", sa.Text, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("support", sa.Float),
    sa.UniqueConstraint("collation_id", "point", "version"),
    sa.Index("ix_coverage_outlet_status", "outlet", "status"),
)

discrepancies = sa.Table(
    "discrepancies",
    metadata,
    row_key(),
    belongs_to("collation", "collations"),
    sa.Column("discrepancy", sa.String(64), nullable=False),
    sa.Column("point", sa.String(64), nullable=False),
    sa.Column("type", sa.String(16), nullable=False),
    sa.Column("drift", sa.Boolean, nullable=False),
    sa.Column("explanation", sa.Text, nullable=False),
    sa.UniqueConstraint("collation_id", "discrepancy"),
    sa.Index("ix_discrepancies_discrepancy", "discrepancy"),
)

revisions = sa.Table(
    "revisions",
    metadata,
    row_key(),
    belongs_to("collation", "collations"),
    sa.Column("outlet", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("silent", sa.Boolean, nullable=False),
    sa.Column("reverts_to", sa.Text),
    sa.Column("changes", sa.Integer, nullable=False),
    sa.UniqueConstraint("collation_id", "before", "after"),
)
