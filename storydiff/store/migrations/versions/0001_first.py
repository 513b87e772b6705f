"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)

# A version is what an outlet published at one moment; to change it would be to forge it.
GUARDS = {
    "sqlite": (
        (
            "CREATE TRIGGER versions_stay BEFORE UPDATE ON versions"
            " BEGIN SELECT RAISE(ABORT, 'a stored version is never changed'); END"
        ),
    ),
    "postgresql": (
        (
            "CREATE FUNCTION versions_stay() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'a stored version is never changed'; END $$"
        ),
        "CREATE TRIGGER versions_stay BEFORE UPDATE ON versions FOR EACH ROW EXECUTE FUNCTION versions_stay()",
    ),
}


def _outlets() -> None:
    op.create_table(
        "outlets",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("domain", sa.String(300)),
        sa.PrimaryKeyConstraint("id", name="pk_outlets"),
        sa.UniqueConstraint("name", name="uq_outlets_name"),
    )
    op.create_index("ix_outlets_domain", "outlets", ["domain"])


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("newsroom", sa.String(64), server_default="", nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("title", sa.Text, server_default="", nullable=False),
        sa.Column("created", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
        sa.UniqueConstraint("newsroom", "slug", name="uq_stories_newsroom_slug"),
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("story_id", NUMBER, nullable=False),
        sa.Column("outlet_id", NUMBER, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("requested", sa.Text),
        sa.Column("final_url", sa.Text),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("fetched", MOMENT),
        sa.Column("status", sa.Integer),
        sa.Column("problem_code", sa.String(64)),
        sa.Column("problem_message", sa.Text),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_articles_outlet_id"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_articles_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("story_id", "hash", name="uq_articles_story_id_hash"),
    )
    op.create_index("ix_articles_outlet_id", "articles", ["outlet_id"])
    for address in ("article", "url", "requested", "final_url"):
        op.create_index(f"ix_articles_{address}", "articles", [address], postgresql_using="hash")


def _collations() -> None:
    op.create_table(
        "collations",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("story_id", NUMBER, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("engine", sa.String(64), nullable=False),
        sa.Column("made", MOMENT),
        sa.Column("result", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_collations_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_collations"),
        sa.UniqueConstraint("story_id", "number", name="uq_collations_story_id_number"),
    )


def _coverage() -> None:
    op.create_table(
        "coverage",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("collation_id", NUMBER, nullable=False),
        sa.Column("point", sa.String(64), nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("support", sa.Float),
        sa.ForeignKeyConstraint(
            ["collation_id"], ["collations.id"], name="fk_coverage_collation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_coverage"),
        sa.UniqueConstraint("collation_id", "point", "version", name="uq_coverage_collation_id_point_version"),
    )
    op.create_index("ix_coverage_outlet_status", "coverage", ["outlet", "status"])


def _discrepancies() -> None:
    op.create_table(
        "discrepancies",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("collation_id", NUMBER, nullable=False),
        sa.Column("discrepancy", sa.String(64), nullable=False),
        sa.Column("point", sa.String(64), nullable=False),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("drift", sa.Boolean, nullable=False),
        sa.Column("explanation", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["collation_id"], ["collations.id"], name="fk_discrepancies_collation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_discrepancies"),
        sa.UniqueConstraint("collation_id", "discrepancy", name="uq_discrepancies_collation_id_discrepancy"),
    )
    op.create_index("ix_discrepancies_discrepancy", "discrepancies", ["discrepancy"])


def _points() -> None:
    op.create_table(
        "points",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("collation_id", NUMBER, nullable=False),
        sa.Column("point", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("statement", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("independent_sources", sa.Integer, nullable=False),
        sa.Column("first_version", sa.Text),
        sa.Column("not_before", MOMENT),
        sa.Column("not_after", MOMENT),
        sa.ForeignKeyConstraint(["collation_id"], ["collations.id"], name="fk_points_collation_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_points"),
        sa.UniqueConstraint("collation_id", "point", name="uq_points_collation_id_point"),
    )
    op.create_index("ix_points_point", "points", ["point"])


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("collation_id", NUMBER, nullable=False),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("silent", sa.Boolean, nullable=False),
        sa.Column("reverts_to", sa.Text),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["collation_id"], ["collations.id"], name="fk_revisions_collation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.UniqueConstraint("collation_id", "before", "after", name="uq_revisions_collation_id_before_after"),
    )


def _snapshots() -> None:
    op.create_table(
        "snapshots",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("article_id", NUMBER, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("fetched", MOMENT),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_snapshots_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_snapshots"),
        sa.UniqueConstraint("article_id", "sha256", name="uq_snapshots_article_id_sha256"),
    )
    op.create_index("ix_snapshots_sha256", "snapshots", ["sha256"])


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("article_id", NUMBER, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("extent", sa.String(16), nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("headline", sa.Text),
        sa.Column("standfirst", sa.Text),
        sa.Column("byline", sa.Text),
        sa.Column("dateline", sa.Text),
        sa.Column("published", MOMENT),
        sa.Column("modified", MOMENT),
        sa.Column("fetched", MOMENT),
        sa.Column("credit", sa.Text),
        sa.Column("paragraphs", sa.JSON, nullable=False),
        sa.Column("problems", sa.JSON, nullable=False),
        sa.Column("snapshot", sa.String(64)),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_versions_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
        sa.UniqueConstraint("article_id", "number", name="uq_versions_article_id_number"),
        sa.UniqueConstraint("article_id", "version", name="uq_versions_article_id_version"),
    )
    op.create_index("ix_versions_version", "versions", ["version"])


TABLES = {
    "outlets": _outlets,
    "stories": _stories,
    "articles": _articles,
    "collations": _collations,
    "coverage": _coverage,
    "discrepancies": _discrepancies,
    "points": _points,
    "revisions": _revisions,
    "snapshots": _snapshots,
    "versions": _versions,
}


def upgrade() -> None:
    for make in TABLES.values():
        make()
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION versions_stay()")
