"""Collations: each result of comparing a story, whole and as rows that can be queried."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.model import Collation, Discrepancy, Point, Revision, Status
from storydiff.store import habits
from storydiff.store.codec import packed, storable, unpacked
from storydiff.store.engine import Database
from storydiff.store.schema import collations, coverage, discrepancies, points, revisions, stories
from storydiff.store.stories import story_id
from storydiff.store.summaries import summarise

_REPLACED = "\\ufffd"
"""As JSON has it: a sign that may have been put in for one that no database takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollationSummary:
    """One line about a stored collation."""

    number: int
    engine: str
    made: datetime | None
    points: int
    discrepancies: int
    updates: int = 0
    """Of the discrepancies, those that a later update explains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointState:
    """What a point was in one collation: its statement, and the status of each outlet."""

    number: int
    made: datetime | None
    statement: str
    independent_sources: int
    statuses: dict[str, Status]
    drifts: bool = False
    """A later update explains a discrepancy on it, so that not every conflict is an open one."""


class Collations:
    """The collations of one newsroom's stories."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def save(self, collation: Collation) -> Collation:
        """Keep the collation under the story's next number; gives it with that number. The story is made if need be."""
        with self._database.writing() as connection:
            story = story_id(connection, self._newsroom, collation.story)
            last = sa.select(sa.func.max(collations.c.number)).where(collations.c.story_id == story)
            numbered = replace(collation, number=(connection.scalar(last) or 0) + 1)
            values = {"number": numbered.number, "engine": numbered.engine, "made": numbered.made}
            result = packed(numbered)
            insert = sa.insert(collations).values(story_id=story, result=result, **values)
            key = connection.execute(insert.returning(collations.c.id)).scalar_one()
            for table, rows in _rows(numbered):
                _insert(connection, table, [{"collation_id": key, **row} for row in rows])
            summarise(connection, story, numbered)
            habits.write(connection, story, numbered)
        return unpacked(Collation, result) if _REPLACED in json.dumps(result) else numbered

    def latest(self, slug: str) -> Collation | None:
        """The story's last collation."""
        return self._one(slug, None)

    def get(self, slug: str, number: int) -> Collation | None:
        """The story's collation of that number."""
        return self._one(slug, collations.c.number == number)

    def previous(self, slug: str, number: int) -> Collation | None:
        """The one before the collation of that number."""
        return self._one(slug, collations.c.number < number)

    def latest_with(self, slug: str, versions: Iterable[str]) -> Collation | None:
        """The story's last collation in which all of those versions were compared; None when there is none."""
        cells = [
            sa.exists().where(coverage.c.collation_id == collations.c.id, coverage.c.version == version)
            for version in sorted(set(versions))
        ]
        return self._one(slug, sa.and_(*cells))

    def list(self, slug: str) -> tuple[CollationSummary, ...]:
        """The story's collations, oldest first."""
        query = (
            sa.select(collations.c.number, collations.c.engine, collations.c.made)
            .add_columns(
                _size(points).label("points"),
                _size(discrepancies).label("discrepancies"),
                _size(discrepancies, discrepancies.c.drift.is_(True)).label("updates"),
            )
            .join(stories, stories.c.id == collations.c.story_id)
            .where(*self._of(slug))
            .order_by(collations.c.number)
        )
        with self._database.reading() as connection:
            return tuple(CollationSummary(**row) for row in connection.execute(query).mappings())

    def point(self, slug: str, point: str) -> tuple[PointState, ...]:
        """How a point stood in each collation that has it, oldest first."""
        told = coverage.join(points, _same_point()).join(collations, collations.c.id == points.c.collation_id)
        query = (
            sa.select(collations.c.number, collations.c.made, points, coverage.c.outlet, coverage.c.status, _drifts())
            .select_from(told.join(stories, stories.c.id == collations.c.story_id))
            .where(*self._of(slug), points.c.point == point)
            .order_by(collations.c.number, coverage.c.id)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        states: dict[int, PointState] = {}
        for row in rows:
            state = states.setdefault(row.number, _state(row))
            state.statuses[row.outlet] = Status(row.status)
        return tuple(states.values())

    def _one(self, slug: str, condition: sa.ColumnElement[bool] | None) -> Collation | None:
        query = (
            sa.select(collations.c.result).join(stories, stories.c.id == collations.c.story_id).where(*self._of(slug))
        )
        if condition is not None:
            query = query.where(condition)
        with self._database.reading() as connection:
            result = connection.scalar(query.order_by(collations.c.number.desc()).limit(1))
        return unpacked(Collation, result) if result is not None else None

    def _of(self, slug: str) -> tuple[sa.ColumnElement[bool], ...]:
        return stories.c.newsroom == self._newsroom, stories.c.slug == slug


def _rows(collation: Collation) -> Iterator[tuple[sa.Table, list[dict[str, Any]]]]:
    yield points, [_point(position, point) for position, point in enumerate(collation.points)]
    yield coverage, list(_cells(collation))
    yield discrepancies, [_discrepancy(each) for each in collation.discrepancies]
    yield revisions, [_revision(each) for each in collation.revisions]


def _point(position: int, point: Point) -> dict[str, Any]:
    first = point.first
    return {
        "point": point.id,
        "position": position,
        "statement": storable(point.statement),
        "kind": point.kind.value,
        "independent_sources": point.independent_sources,
        "first_version": first.version if first else None,
        "not_before": first.not_before if first else None,
        "not_after": first.not_after if first else None,
    }


def _cells(collation: Collation) -> Iterator[dict[str, Any]]:
    outlet = {version.id: storable(version.outlet) for version in collation.versions}
    for point in collation.points:
        for version, cell in point.coverage.items():
            row = {"version": version, "outlet": outlet.get(version, ""), "status": cell.status.value}
            yield {"point": point.id, "support": cell.support, **row}


def _discrepancy(each: Discrepancy) -> dict[str, Any]:
    told = {"type": each.type.value, "drift": each.drift, "explanation": storable(each.explanation)}
    return {"discrepancy": each.id, "point": each.point, **told}


def _revision(each: Revision) -> dict[str, Any]:
    sides = {"before": each.before, "after": each.after, "reverts_to": each.reverts_to}
    told = {"silent": each.silent, "changes": len(each.changes)}
    return {"outlet": storable(each.outlet), "url": storable(each.url), **sides, **told}


def _insert(connection: Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(sa.insert(table), rows)


def _size(table: sa.Table, *those: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).where(table.c.collation_id == collations.c.id, *those).scalar_subquery()


def _drifts() -> sa.Label[bool]:
    same = (discrepancies.c.collation_id == points.c.collation_id, discrepancies.c.point == points.c.point)
    return sa.exists().where(*same, discrepancies.c.drift.is_(True)).label("drifts")


def _same_point() -> sa.ColumnElement[bool]:
    return sa.and_(points.c.collation_id == coverage.c.collation_id, points.c.point == coverage.c.point)


def _state(row: sa.Row[Any]) -> PointState:
    plain = {"statement": row.statement, "independent_sources": row.independent_sources}
    return PointState(number=row.number, made=row.made, statuses={}, drifts=bool(row.drifts), **plain)
