"""What a collation gives to tell: one item for each thing, with an identity that stays from one collation to the next.

An item is told to a person once. Its keys are made of the story and of the id of its point, discrepancy, revision or
page; ids of points that were merged into the point, or that it was split from, count as well, and so does the very
wording. Where our own article is not among those compared, nothing is said to be lacking in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from storydiff.digest.item import Item, Section, Side
from storydiff.errors import UnknownOutlet
from storydiff.model import Collation, Discrepancy, Point, Reading
from storydiff.report.firsts import first_version
from storydiff.report.marks import Mark
from storydiff.report.ours import Ours
from storydiff.report.readings import excerpt
from storydiff.report.sides import by_value
from storydiff.report.times import told_at
from storydiff.report.view import Row, View, view
from storydiff.text.normalize import squeeze

AROUND = 70
"""Characters of the paragraph on each side of a disputed detail."""
TELLS = frozenset({Mark.REPORTED, Mark.PARTIAL, Mark.CONFLICTS, Mark.OVERTAKEN})


@dataclass(frozen=True, slots=True)
class Told:
    """One collation as a desk reads it, from which items are taken."""

    view: View
    ours: Ours | None
    rows: Mapping[str, Row]
    """Point id -> row."""

    @classmethod
    def of(cls, collation: Collation, ours: str | None) -> Told:
        """With our view, where an article of ours is among the versions of the story."""
        shown = view(collation)
        desk = _desk(collation, ours) if ours is not None else None
        return cls(shown, desk, {row.point.id: row for row in shown.every})


def _desk(collation: Collation, ours: str) -> Ours | None:
    try:
        desk = Ours.of(collation, ours)
    except UnknownOutlet:
        return None
    return desk if desk.versions - collation.apart.keys() else None


def points_of(told: Told) -> Iterator[Item]:
    """What others report and we lack, what only we have; without a desk, what several report."""
    rows, desk = told.rows, told.ours
    if desk is None:
        for row in sorted(told.view.every, key=lambda each: -each.point.independent_sources):
            yield _point_item(Section.REPORTED, row, told)
        return
    for point in desk.we_lack:
        yield _point_item(Section.LACK, rows[point.id], told)
    for point in desk.only_we_have:
        item = _point_item(Section.ONLY, rows[point.id], told)
        if item.checked:
            yield item


def discrepancies_of(told: Told) -> Iterator[Item]:
    """Open conflicts, ours first; what a later update explains is none."""
    mine = told.ours.versions if told.ours else frozenset()
    for found in told.view.discrepancies:
        if found.drift:
            continue
        is_ours = any(each.version in mine for each in found.readings)
        item = _discrepancy_item(Section.DIFFER if is_ours else Section.CONFLICT, found, told)
        if len(item.sides) > 1:
            yield item


def _point_item(section: Section, row: Row, told: Told) -> Item:
    collation, point = told.view.collation, row.point
    pairs = list(zip(told.view.columns, row.marks, strict=True))
    tellers = [column.version for column, mark in pairs if mark in TELLS]
    mine = told.ours.versions if told.ours else frozenset()
    others = [column for column, mark in pairs if mark is Mark.OMITTED and column.version.id not in mine]
    leader = first_version(collation, point)
    origin = {each.id: each.language for each in collation.versions}.get(point.origin.version) if point.origin else None
    made = _blank(section, told, point)
    return replace(
        made,
        name=point.id,
        text=point.statement,
        outlets=tuple(dict.fromkeys(each.outlet for each in tellers)),
        domains=domains(each.url for each in tellers),
        languages=frozenset(each.language for each in tellers if each.language),
        checked=len({column.version.id if column.family is None else str(column.family) for column in others}),
        first=leader.outlet if leader else None,
        seen=(point.first.not_before, point.first.not_after) if point.first else (None, None),
        language=origin,
        formerly=(*point.formerly, squeeze(point.statement)),
        at=(point.first.not_after if point.first else None) or collation.made,
    )


def _discrepancy_item(section: Section, found: Discrepancy, told: Told) -> Item:
    collation = told.view.collation
    point = told.rows[found.point].point
    groups = by_value(found, told.view)
    sides = sorted((_side(its, told) for its in groups.values()), key=lambda each: not each.ours)
    texts = [collation.version(each.version) for each in found.readings]
    made = _blank(section, told, point)
    return replace(
        made,
        name=found.id,
        text=point.statement,
        notes=(found.type.value,),
        outlets=tuple(outlet for side in sides for outlet in side.outlets),
        domains=domains(each.url for each in texts),
        languages=frozenset(each.language for each in texts if each.language),
        sides=tuple(sides),
        at=max((each.at for each in sides if each.at), default=None) or collation.made,
    )


def _side(readings: Sequence[Reading], told: Told) -> Side:
    """The readings that agree; in our own words where ours is among them."""
    collation, mine = told.view.collation, told.ours.versions if told.ours else frozenset()
    its = sorted(readings, key=lambda each: each.version not in mine)
    version = collation.version(its[0].version)
    before, words, after = excerpt(version.paragraphs[its[0].paragraph].text, its[0].start, its[0].end, AROUND)
    moment, kind = told_at(version)
    return Side(
        outlets=tuple(dict.fromkeys(collation.version(each.version).outlet for each in its)),
        before=before,
        words=words,
        after=after,
        at=moment,
        kind=kind,
        language=version.language,
        ours=its[0].version in mine,
    )


def domains(urls: Iterable[str | None]) -> frozenset[str]:
    """The hosts of the addresses, without `www.`."""
    return frozenset(filter(None, map(_host, urls)))


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _blank(section: Section, told: Told, point: Point) -> Item:
    collation = told.view.collation
    return Item(
        section=section,
        story=collation.story.slug,
        title=collation.story.title or collation.story.slug,
        name="",
        text="",
        sources=point.independent_sources,
        point=point.id,
        number=told.rows[point.id].number,
        collation=collation.number,
    )
