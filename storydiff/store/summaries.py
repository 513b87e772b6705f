"""What each story's latest collation comes to: written with the collation, read by lists."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.diff.standing import Figures, Standing, figures
from storydiff.diff.standing import standings as standings_of
from storydiff.model import Collation, Story
from storydiff.store.browse import holds
from storydiff.store.codec import storable
from storydiff.store.engine import Database
from storydiff.store.schema import Moment, stories
from storydiff.store.schema_summary import FIGURES, STANDINGS, standings, summaries

OLDEST = datetime.fromisoformat("0001-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One story in a list."""

    row: int
    story: Story
    archived: datetime | None
    number: int | None
    """Of its latest collation; None, and no figures, before the first."""
    changed: datetime | None
    """When what is compared changed last; before the first comparison, when the story was made."""
    figures: Figures | None
    ours: Standing | None
    """How the outlet that reads stands in it; None where it has no article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which stories to list. `ours` is an outlet's name or domain."""

    words: str = ""
    ours: str | None = None
    conflicts: bool = False
    gaps: bool = False
    """Only those in which ours lacks a point, or a detail of one."""
    since: datetime | None = None
    archived: bool = False


class Summaries:
    """The summaries of one newsroom's stories."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def list(self, wanted: Wanted, *, limit: int, after: tuple[datetime, int] | None = None) -> tuple[Summary, ...]:
        """The stories, those that changed last first; `after` is `changed` and `row` of the one before."""
        page = _page(wanted).where(stories.c.newsroom == self._newsroom, *_conditions(wanted)).limit(limit)
        if after is not None:
            page = page.where(sa.tuple_(_CHANGED, stories.c.id) < sa.tuple_(sa.literal(after[0], Moment), after[1]))
        query = _figured(page.subquery("page"), wanted)
        with self._database.reading() as connection:
            return tuple(_summary(row) for row in connection.execute(query))


def summarise(connection: Connection, story: int, collation: Collation) -> None:
    """Write what the collation, the story's latest, comes to."""
    known = connection.execute(sa.select(summaries).where(summaries.c.story_id == story)).one_or_none()
    state = _state(collation)
    changed = known.changed if known is not None and known.state == state else collation.made
    for table in (summaries, standings):
        connection.execute(sa.delete(table).where(table.c.story_id == story))
    values = {"number": collation.number, "state": state, "changed": changed, **asdict(figures(collation))}
    connection.execute(sa.insert(summaries).values(story_id=story, **values))
    rows = {row["outlet"]: row for row in map(_row, standings_of(collation))}
    if rows:
        connection.execute(sa.insert(standings), [{"story_id": story, **row} for row in rows.values()])


def _row(each: Standing) -> dict[str, Any]:
    domain = storable(each.domain) if each.domain else None
    return asdict(replace(each, outlet=storable(each.outlet), domain=domain))


def _state(collation: Collation) -> str:
    return hashlib.sha256("\n".join(sorted(each.id for each in collation.versions)).encode()).hexdigest()


_OURS = standings.alias("ours")
_CHANGED: sa.ColumnElement[datetime] = sa.func.coalesce(
    summaries.c.changed, stories.c.created, sa.literal(OLDEST, Moment), type_=Moment
)


def _page(wanted: Wanted) -> sa.Select[Any]:
    """Which stories, in which order: as little of each as can be sorted quickly."""
    joined = stories.outerjoin(summaries, summaries.c.story_id == stories.c.id)
    if wanted.gaps:
        joined = joined.join(_OURS, _OURS.c.id == _ours_of(stories.c.id, wanted))
    query = sa.select(stories.c.id, _CHANGED.label("moved")).select_from(joined)
    return query.order_by(_CHANGED.desc(), stories.c.id.desc())


def _figured(page: sa.Subquery, wanted: Wanted) -> sa.Select[Any]:
    """The stories of the page with all that is told of them."""
    joined = page.join(stories, stories.c.id == page.c.id)
    joined = joined.outerjoin(summaries, summaries.c.story_id == page.c.id)
    joined = joined.outerjoin(_OURS, _OURS.c.id == _ours_of(page.c.id, wanted))
    figured = [summaries.c[name].label(name) for name in ("number", *FIGURES)]
    ours = [_OURS.c[name].label(name) for name in STANDINGS]
    named = [_OURS.c.outlet.label("ours_outlet"), _OURS.c.domain.label("ours_domain")]
    told = [stories.c.id, stories.c.slug, stories.c.title, stories.c.created, stories.c.archived, page.c.moved]
    query = sa.select(*told, *figured, *ours, *named).select_from(joined)
    return query.order_by(page.c.moved.desc(), page.c.id.desc())


def _ours_of(story: sa.ColumnElement[int], wanted: Wanted) -> sa.ScalarSelect[int]:
    """How ours stands in that story. Of two outlets under one domain, the one that comes first by name stands there."""
    asked = (wanted.ours or "").strip().casefold()
    is_ours = sa.or_(standings.c.outlet == asked, standings.c.domain == asked.removeprefix("www."))
    return sa.select(sa.func.min(standings.c.id)).where(standings.c.story_id == story, is_ours).scalar_subquery()


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    is_listed = stories.c.archived.is_not(None) if wanted.archived else stories.c.archived.is_(None)
    found: list[sa.ColumnElement[bool]] = [is_listed]
    found += [holds(stories.c.title, word) | holds(stories.c.slug, word) for word in wanted.words.split()]
    if wanted.conflicts:
        found.append(summaries.c.conflicts > 0)
    if wanted.gaps:
        found.append(_OURS.c.lacks + _OURS.c.lacks_details > 0)
    if wanted.since is not None:
        found.append(sa.literal(wanted.since, Moment) <= _CHANGED)
    return found


def _summary(row: sa.Row[Any]) -> Summary:
    is_told = row.number is not None
    ours = None
    if row.ours_outlet is not None:
        ours = Standing(
            outlet=row.ours_outlet, domain=row.ours_domain, **{name: getattr(row, name) for name in STANDINGS}
        )
    return Summary(
        row=row.id,
        story=Story(slug=row.slug, title=row.title, created=row.created),
        archived=row.archived,
        number=row.number,
        changed=None if row.moved == OLDEST else row.moved,
        figures=Figures(**{name: getattr(row, name) for name in FIGURES}) if is_told else None,
        ours=ours,
    )
