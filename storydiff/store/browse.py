"""Reads for lists that people page through. Each page costs the same however many stories are stored.

A page begins after a mark: the last row of the page before. Rows that come in meanwhile shift nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storydiff.diff.standing import Figures
from storydiff.model import Outlet
from storydiff.store.articles import hashed
from storydiff.store.codec import storable
from storydiff.store.engine import Database
from storydiff.store.schema import articles, collations, outlets, stories
from storydiff.store.schema_summary import FIGURES, summaries
from storydiff.store.stories import COUNTS, StoryCounts, counts_of, unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A story in a list. `mark` is where the next page begins."""

    mark: int
    counts: StoryCounts
    archived: datetime | None
    figures: Figures | None = None
    """What its latest collation comes to; None before the first."""
    changed: datetime | None = None
    """When what is compared changed last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletCounts:
    """An outlet and what a newsroom's stories have of it."""

    outlet: Outlet
    stories: int
    articles: int


@dataclass(frozen=True, slots=True)
class CollationMark:
    """What tells one stored collation from every other, also from one of a story that was deleted and made again."""

    row: int
    number: int
    made: datetime | None


class Browse:
    """What one newsroom has, page by page."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def stories(
        self,
        *,
        limit: int,
        before: int | None = None,
        words: str | None = None,
        outlet: str | None = None,
        archived: bool | None = None,
    ) -> tuple[Listed, ...]:
        """The newest stories first; `archived` None gives both sorts.

        Which ones are chosen before anything is counted: SQLite would count for every story there is, and then sort.
        """
        query = sa.select(stories.c.id).where(stories.c.newsroom == self._newsroom)
        query = query.order_by(stories.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(stories.c.id < before)
        for word in (words or "").split():
            query = query.where(holds(stories.c.title, word) | holds(stories.c.slug, word))
        if outlet is not None:
            query = query.where(stories.c.id.in_(sa.select(articles.c.story_id).join(outlets).where(_named(outlet))))
        if archived is not None:
            query = query.where(stories.c.archived.is_not(None) if archived else stories.c.archived.is_(None))
        with self._database.reading() as connection:
            chosen = list(connection.scalars(query))
            listed = _listed().where(stories.c.id.in_(chosen)).order_by(stories.c.id.desc())
            return tuple(_of(row) for row in connection.execute(listed))

    def story(self, slug: str) -> Listed:
        """One story with its counts, or UnknownStory."""
        with self._database.reading() as connection:
            row = connection.execute(_listed().where(*self._is(slug))).one_or_none()
        if row is None:
            raise unknown(slug)
        return _of(row)

    def collation(self, slug: str, number: int | None = None) -> CollationMark | None:
        """Which stored collation is the story's latest, or has that number; UnknownStory, None when there is none."""
        joined = stories.outerjoin(collations, collations.c.story_id == stories.c.id)
        query = sa.select(collations.c.id, collations.c.number, collations.c.made).select_from(joined)
        query = query.where(*self._is(slug)).order_by(collations.c.number.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                raise unknown(slug)
            if number is not None and number != row.number:
                row = connection.execute(query.where(collations.c.number == number)).one_or_none()
        return CollationMark(row.id, row.number, row.made) if row is not None and row.id is not None else None

    def _is(self, slug: str) -> tuple[sa.ColumnElement[bool], ...]:
        return stories.c.newsroom == self._newsroom, stories.c.slug == slug

    def outlet(self, named: str) -> OutletCounts | None:
        """The outlet of that name, else of that domain, that has articles in the newsroom's stories."""
        plain = storable(named)
        is_it, is_written_so = outlets.c.name == plain, sa.func.lower(outlets.c.name) == plain.strip().lower()
        found = self._outlets(sa.or_(is_it, _named(plain)))
        found = found.order_by(sa.case((is_it, 0), (is_written_so, 1), else_=2), outlets.c.name).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(found).one_or_none()
        return _outlet(row) if row is not None else None

    def outlets(self, *, limit: int, after: str | None = None) -> tuple[OutletCounts, ...]:
        """The outlets that have articles in the newsroom's stories, by name. Outlets that only others know are not."""
        query = self._outlets(*([outlets.c.name > after] if after is not None else []))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(outlets.c.name).limit(limit)).all()
        return tuple(_outlet(row) for row in rows)

    def _outlets(self, *conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
        counts = (sa.func.count(articles.c.story_id.distinct()).label("stories"), sa.func.count().label("articles"))
        joined = outlets.join(articles, articles.c.outlet_id == outlets.c.id)
        joined = joined.join(stories, stories.c.id == articles.c.story_id)
        query = sa.select(outlets.c.name, outlets.c.domain, *counts).select_from(joined)
        query = query.where(stories.c.newsroom == self._newsroom, *conditions)
        return query.group_by(outlets.c.name, outlets.c.domain)


def article_name(article: str) -> str:
    """What an article is called in addresses."""
    return hashed(article)


def _outlet(row: sa.Row[Any]) -> OutletCounts:
    return OutletCounts(outlet=Outlet(row.name, row.domain), stories=row.stories, articles=row.articles)


def _listed() -> sa.Select[Any]:
    figured = [summaries.c[name].label(f"told_{name}") for name in ("number", "changed", *FIGURES)]
    joined = stories.outerjoin(summaries, summaries.c.story_id == stories.c.id)
    return sa.select(stories, *COUNTS, *figured).select_from(joined)


def _of(row: sa.Row[Any]) -> Listed:
    figures = Figures(**{name: getattr(row, f"told_{name}") for name in FIGURES}) if row.told_number else None
    return Listed(mark=row.id, counts=counts_of(row), archived=row.archived, figures=figures, changed=row.told_changed)


def holds(column: sa.ColumnElement[str], word: str) -> sa.ColumnElement[bool]:
    """Whether the column holds the word, whatever its case."""
    return sa.func.lower(column).contains(word.lower(), autoescape=True)


def _named(outlet: str) -> sa.ColumnElement[bool]:
    plain = outlet.strip().lower()
    return sa.or_(sa.func.lower(outlets.c.name) == plain, outlets.c.domain == plain.removeprefix("www."))
