"""What outlets tend to do, added up over a newsroom's stories by the database.

The counts of a story are written with its collation. What was stored before there were any is counted when they are
asked for, once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.diff.habits import PAIRS, Habits
from storydiff.diff.habits import habits as habits_of
from storydiff.diff.rates import Tally
from storydiff.model import Collation
from storydiff.store.codec import storable, unpacked
from storydiff.store.engine import Database
from storydiff.store.schema import collations, stories
from storydiff.store.schema_habits import COUNTS, habits


@dataclass(frozen=True, slots=True, kw_only=True)
class InStory:
    """What one outlet did in one story."""

    slug: str
    title: str
    habits: Habits


class OutletHabits:
    """What outlets did in the stories of one newsroom."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def tallies(self, outlets: Iterable[str]) -> dict[str, dict[str, Tally]]:
        """Outlet -> figure -> its tally over all stories, for those of these outlets that have any."""
        names = [storable(each) for each in outlets]
        query = self._summed(habits.c.outlet).where(habits.c.outlet.in_(names)).group_by(habits.c.outlet)
        with self._database.reading() as connection:
            return {row.outlet: _tallies(row) for row in connection.execute(query)}

    def all(self) -> dict[str, Tally]:
        """Figure -> the tally of all outlets together, story by story: twelve outlets of one story are one story."""
        joined = habits.join(stories, stories.c.id == habits.c.story_id)
        added = [sa.func.sum(habits.c[name]).label(name) for name in COUNTS]
        own = stories.c.newsroom == self._newsroom
        by_story = sa.select(*added).select_from(joined).where(own).group_by(habits.c.story_id).subquery()
        sums: list[sa.ColumnElement[Any]] = [sum_ for figure in PAIRS for sum_ in _sums(figure, by_story)]
        with self._database.reading() as connection:
            return _tallies(connection.execute(sa.select(*sums)).one())

    def stories(self, outlet: str) -> tuple[InStory, ...]:
        """What that outlet did in each story, the newest first."""
        joined = habits.join(stories, stories.c.id == habits.c.story_id)
        query = sa.select(habits, stories.c.slug, stories.c.title).select_from(joined).order_by(stories.c.id.desc())
        query = query.where(stories.c.newsroom == self._newsroom, habits.c.outlet == storable(outlet))
        with self._database.reading() as connection:
            return tuple(_in_story(row) for row in connection.execute(query))

    def count(self, *, most: int = 1000) -> int:
        """Count the stories whose latest collation has not been counted yet, at most so many; gives how many."""
        with self._database.reading() as connection:
            due = connection.execute(self._due().limit(most)).all()
        for story, number in due:
            with self._database.writing() as connection:
                connection.execute(sa.select(stories.c.id).where(stories.c.id == story).with_for_update())
                wanted = (collations.c.story_id == story, collations.c.number == number)
                result = connection.scalar(sa.select(collations.c.result).where(*wanted))
                if result is not None:
                    write(connection, story, unpacked(Collation, result))
        return len(due)

    def _due(self) -> sa.Select[Any]:
        """Story and number of the latest collations without counts; a story in which nobody has a text has none."""
        latest = sa.select(collations.c.story_id, sa.func.max(collations.c.number).label("number"))
        latest = latest.join(stories, stories.c.id == collations.c.story_id).where(stories.c.newsroom == self._newsroom)
        found = latest.group_by(collations.c.story_id).subquery()
        counted = sa.exists().where(habits.c.story_id == found.c.story_id, habits.c.number == found.c.number)
        return sa.select(found.c.story_id, found.c.number).where(~counted)

    def _summed(self, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
        sums = [column for figure in PAIRS for column in _sums(figure, habits)]
        joined = habits.join(stories, stories.c.id == habits.c.story_id)
        return sa.select(*columns, *sums).select_from(joined).where(stories.c.newsroom == self._newsroom)


def write(connection: Connection, story: int, collation: Collation) -> None:
    """Write the counts of a story's latest collation in the place of the earlier ones."""
    connection.execute(sa.delete(habits).where(habits.c.story_id == story))
    rows = {storable(each.outlet): asdict(each) for each in habits_of(collation)}
    if rows:
        told = [{**row, "outlet": name, "story_id": story, "number": collation.number} for name, row in rows.items()]
        connection.execute(sa.insert(habits), told)


def _sums(figure: str, counted: sa.FromClause) -> list[sa.ColumnElement[int]]:
    """The fields of `Tally` for that figure, of counts that stand one row a story."""
    hits, of = (counted.c[name] for name in PAIRS[figure])
    values = {
        "hits": hits,
        "of": of,
        "stories": sa.case((of > 0, 1), else_=0),
        "hits_squared": hits * hits,
        "of_squared": of * of,
        "crossed": hits * of,
    }
    return [sa.func.coalesce(sa.func.sum(value), 0).label(f"{figure}_{name}") for name, value in values.items()]


def _tallies(row: sa.Row[Any]) -> dict[str, Tally]:
    names = Tally.__dataclass_fields__
    return {figure: Tally(**{name: int(getattr(row, f"{figure}_{name}")) for name in names}) for figure in PAIRS}


def _in_story(row: sa.Row[Any]) -> InStory:
    counted = Habits(outlet=row.outlet, **{name: getattr(row, name) for name in COUNTS})
    return InStory(slug=row.slug, title=row.title, habits=counted)
