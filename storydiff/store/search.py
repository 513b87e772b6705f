"""Search over stored texts: the one place that knows how each database finds words.

SQLite: FTS5 with the `unicode61` tokenizer, which does not care for case or accents. PostgreSQL: `to_tsvector` with
the `simple` configuration, which does not care for case; it keeps accents, for taking them off needs an extension that
not every server has. Neither stems, and neither parts words in scripts that are written without blanks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.errors import StoreUnreachable
from storydiff.store.codec import storable
from storydiff.store.engine import Database
from storydiff.store.schema import articles, outlets, stories, versions

OWN = "versions_words"
"""What the names of all that belongs to the index begin with: the table definitions do not know it."""
AROUND = 120
"""Characters shown on either side of the first word found."""
WORDS = 20
"""Words that are looked for; more are left out."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A version that holds the words. `mark` is where the next page begins."""

    mark: int
    story: str
    version: str
    outlet: str
    url: str | None
    headline: str | None
    fetched: datetime | None
    excerpt: str
    title: str = ""
    """Of the story."""
    article: str = ""
    """What identifies the article."""


class Search:
    """The texts of one newsroom's stories."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def find(
        self, words: str, *, limit: int, before: int | None = None, story: str | None = None, outlet: str | None = None
    ) -> tuple[Hit, ...]:
        """The versions that hold all the words, the newest first. A text without words finds nothing."""
        wanted = _WORD.findall(storable(words))[:WORDS]
        if not wanted:
            return ()
        query = _joined().where(stories.c.newsroom == self._newsroom).order_by(versions.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(versions.c.id < before)
        if story is not None:
            query = query.where(stories.c.slug == story)
        if outlet is not None:
            plain = outlet.strip().lower()
            query = query.where(sa.or_(sa.func.lower(outlets.c.name) == plain, outlets.c.domain == plain))
        with self._database.reading() as connection:
            rows = connection.execute(query.where(_holds(connection, wanted))).all()
        return tuple(_hit(row, wanted) for row in rows)


def _joined() -> sa.Select[Any]:
    joined = versions.join(articles, articles.c.id == versions.c.article_id)
    joined = joined.join(outlets, outlets.c.id == articles.c.outlet_id)
    joined = joined.join(stories, stories.c.id == articles.c.story_id)
    return sa.select(
        versions, articles.c.url, articles.c.article, outlets.c.name, stories.c.slug, stories.c.title
    ).select_from(joined)


def _holds(connection: Connection, words: Sequence[str]) -> sa.ColumnElement[bool]:
    if connection.dialect.name != "sqlite":
        text = sa.func.storydiff_words(versions.c.headline, versions.c.standfirst, versions.c.paragraphs)
        return text.op("@@")(sa.func.plainto_tsquery(sa.literal_column("'simple'::regconfig"), " ".join(words)))
    if not sa.inspect(connection).has_table(OWN):
        raise StoreUnreachable("This SQLite was built without FTS5, so stored texts cannot be searched.", hint=" ")
    asked: sa.BindParameter[str] = sa.bindparam("words", " ".join(f'"{word}"' for word in words))
    found: sa.Select[Any] = (
        sa.select(sa.literal_column("rowid")).select_from(sa.table(OWN)).where(sa.column(OWN).op("MATCH")(asked))
    )
    return versions.c.id.in_(found)


def _hit(row: sa.Row[Any], words: Sequence[str]) -> Hit:
    texts = [row.headline or "", row.standfirst or "", *(each["text"] for each in row.paragraphs)]
    return Hit(
        mark=row.id,
        story=row.slug,
        version=row.version,
        outlet=row.name,
        url=row.url,
        headline=row.headline,
        fetched=row.fetched,
        excerpt=excerpt(texts, words),
        title=row.title,
        article=row.article,
    )


def excerpt(texts: Sequence[str], words: Sequence[str]) -> str:
    """The surroundings of the first word in the text that holds most of the words."""
    plain = [_plain(word) for word in words]
    best = max(texts, key=lambda text: sum(word in _plain(text) for word in plain), default="")
    spots = [at for at in (_plain(best).find(word) for word in plain) if at >= 0]
    start = max(0, min(spots, default=0) - AROUND)
    cut = best[start : start + 2 * AROUND]
    return ("…" if start else "") + cut.strip() + ("…" if start + 2 * AROUND < len(best) else "")


def _plain(text: str) -> str:
    """Without case and accents, and sign for sign as long as before."""
    return "".join(unicodedata.normalize("NFD", sign)[0].lower()[:1] or sign for sign in text)
