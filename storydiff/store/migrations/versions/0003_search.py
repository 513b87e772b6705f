"""Search: an index over the words of every stored version.

SQLite: an FTS5 table that holds the index only, kept by triggers. PostgreSQL: a GIN index over an expression, of the
first 200,000 characters, since a text of more than a megabyte of words would be refused and the version lost with it.
"""

import re

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0003", "0002", None, None

_TEXT = (
    "coalesce({row}headline, '') || char(10) || coalesce({row}standfirst, '') || char(10) ||"
    " (SELECT coalesce(group_concat(json_extract(value, '$.text'), char(10)), '') FROM json_each({row}paragraphs))"
)
_SQLITE = (
    "CREATE VIRTUAL TABLE versions_words USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')",
    (
        "CREATE TRIGGER versions_words_in AFTER INSERT ON versions BEGIN"
        " INSERT INTO versions_words(rowid, words) VALUES (new.id, TEXT_OF(new.)); END"
    ),
    (
        "CREATE TRIGGER versions_words_out AFTER DELETE ON versions BEGIN"
        " INSERT INTO versions_words(versions_words, rowid, words) VALUES ('delete', old.id, TEXT_OF(old.)); END"
    ),
    "INSERT INTO versions_words(rowid, words) SELECT id, TEXT_OF() FROM versions",
)
_POSTGRES = (
    (
        "CREATE FUNCTION storydiff_words(headline text, standfirst text, paragraphs json) RETURNS tsvector"
        " LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$"
        " SELECT to_tsvector('simple'::regconfig, left(coalesce(headline, '') || ' ' || coalesce(standfirst, '')"
        " || ' ' || coalesce(jsonb_path_query_array(paragraphs::jsonb, '$[*].text')::text, ''), 200000)) $$"
    ),
    "CREATE INDEX versions_words ON versions USING gin (storydiff_words(headline, standfirst, paragraphs))",
)


def _written_out(statement: str) -> str:
    """The statement with the text of the row in place of its name."""
    return re.sub(r"TEXT_OF\((.*?)\)", lambda row: _TEXT.format(row=row[1]), statement)


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for statement in _POSTGRES:
            op.execute(statement)
        return
    if op.get_bind().scalar(sa.text("SELECT sqlite_compileoption_used('ENABLE_FTS5')")):
        for statement in _SQLITE:
            op.get_bind().exec_driver_sql(_written_out(statement))


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP INDEX versions_words")
        op.execute("DROP FUNCTION storydiff_words(text, text, json)")
        return
    op.execute("DROP TRIGGER IF EXISTS versions_words_in")
    op.execute("DROP TRIGGER IF EXISTS versions_words_out")
    op.execute("DROP TABLE IF EXISTS versions_words")
