"""What the HTML page shows, ready for its templates: nothing is computed in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from storydiff.model import Discrepancy, DiscrepancyType, Family, Version
from storydiff.report.article import AnnotatedArticle, annotated
from storydiff.report.columns import Column
from storydiff.report.detail import Detail
from storydiff.report.firsts import FirstWith, firsts
from storydiff.report.links import Links
from storydiff.report.marks import Mark
from storydiff.report.page_points import PagePoint, language_of, page_points
from storydiff.report.page_revisions import PageRevision, revisions
from storydiff.report.page_rows import PageRow, page_rows
from storydiff.report.phrases import FILTERS, count
from storydiff.report.readings import excerpt
from storydiff.report.sides import by_value, code_of, figure, texts
from storydiff.report.timeline import Timeline, timeline
from storydiff.report.view import Group, Tally, View

AROUND = 160
"""Characters of the paragraph shown on each side of a disputed detail."""
SHORT = 44
"""Characters of disputed words that make a heading."""


@dataclass(frozen=True, slots=True)
class ColumnRun:
    """Neighbouring columns: one family, or columns without one."""

    family: Family | None
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One value of a dispute, with one version's words and the others that agree."""

    head: str
    """The value where it is a figure, else the words themselves, else the outlet."""
    version: Version
    before: str
    words: str
    behind: str
    others: tuple[tuple[str, str], ...]
    """Outlet and anchor of its cell."""
    texts: int
    """Independent texts among all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One discrepancy."""

    id: str
    anchor: str
    type: str
    drift: bool
    explanation: str
    number: int
    statement: str
    language: str | None
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything on the page."""

    view: View
    title: str
    summary: str
    filter: str
    marks: tuple[Mark, ...]
    column_runs: tuple[ColumnRun, ...]
    groups: tuple[tuple[Group, tuple[PageRow, ...]], ...]
    conflicts: tuple[Dispute, ...]
    drifts: tuple[Dispute, ...]
    article: AnnotatedArticle | None
    points: tuple[PagePoint, ...]
    timeline: Timeline | None
    revisions: tuple[PageRevision, ...]
    firsts: tuple[FirstWith, ...]
    detail: Detail | None
    """How much is shown of the evidence; None when it is on pages of its own."""
    links: Links

    @property
    def tally(self) -> Tally:
        """The headline strip."""
        return self.view.tally

    @property
    def families(self) -> bool:
        """Whether any column belongs to one."""
        return any(run.family for run in self.column_runs)

    @property
    def later(self) -> bool:
        """Whether any cell came in or changed later."""
        return any(row.changed for row in self.view.rows)

    @property
    def disputes(self) -> tuple[Dispute, ...]:
        """Conflicts first."""
        return self.conflicts + self.drifts

    def language_of(self, number: int) -> str | None:
        """The language of that point's statement."""
        return language_of(self.view.collation, self.view.collation.points[number - 1])

    def href(self, number: int) -> str:
        """Where the evidence of that point is."""
        return self.links.point(number, self.view.collation.points[number - 1])

    def disputes_of(self, number: int) -> tuple[Dispute, ...]:
        """The discrepancies of that point."""
        return tuple(each for each in self.disputes if each.number == number)


def page(shown: View, detail: Detail | None, links: Links | None = None) -> Page:
    """The page of that view, with that much detail; without any, the evidence of the points is elsewhere."""
    found, links = disputes(shown), links or Links()
    used = {mark for row in shown.rows for mark in row.marks}
    story = shown.collation.story
    return Page(
        view=shown,
        title=story.title or story.slug,
        summary=_summary(shown.tally),
        filter=_filter(shown),
        marks=tuple(mark for mark in Mark if mark in used),
        column_runs=tuple(_column_runs(shown)),
        groups=page_rows(shown, links),
        conflicts=tuple(each for each in found if not each.drift),
        drifts=tuple(each for each in found if each.drift),
        article=annotated(shown),
        points=tuple(page_points(shown, detail)) if detail else (),
        timeline=timeline(shown),
        revisions=revisions(shown),
        firsts=firsts(shown),
        detail=detail,
        links=links,
    )


def disputes(shown: View) -> tuple[Dispute, ...]:
    """The discrepancies of the points shown, open conflicts first."""
    found = (_dispute(each, place, shown) for place, each in enumerate(shown.discrepancies, 1))
    return tuple(each for each in found if each.sides)


def _summary(tally: Tally) -> str:
    """ "Nine outlets" in one sentence: how many texts are independent, and how many conflicts there are."""
    outlets, texts = count(tally.outlets, "outlet"), count(tally.independent, "independent text")
    conflicts = count(tally.conflicts, "conflict") if tally.conflicts else "no conflict"
    return f"{outlets}, {texts}, {count(tally.points, 'point')}, {conflicts}."


def _filter(shown: View) -> str:
    """What is not shown, and why."""
    if not shown.hidden:
        return ""
    said = f"Shown: {FILTERS[shown.only.value]}. " if shown.only else ""
    said += f"Shown: what concerns {shown.ours.outlet}. " if shown.ours and not shown.only else ""
    return f"{said}{count(shown.hidden, 'point')} not shown."


def _column_runs(shown: View) -> Iterator[ColumnRun]:
    for family, run in groupby(shown.columns, key=lambda each: each.family):
        yield ColumnRun(None if family is None else shown.collation.families[family], tuple(run))


def _dispute(found: Discrepancy, place: int, shown: View) -> Dispute:
    number = shown.numbers[found.point]
    point = shown.collation.points[number - 1]
    return Dispute(
        id=found.id,
        anchor=f"d{place}",
        type=found.type.value,
        drift=found.drift,
        explanation=found.explanation or f"The readings differ in the {found.type.value}.",
        number=number,
        statement=point.statement,
        language=language_of(shown.collation, point),
        sides=tuple(_sides(found, number, shown)),
    )


def _sides(found: Discrepancy, number: int, shown: View) -> Iterator[Side]:
    for value, readings in by_value(found, shown).items():
        lead = readings[0]
        version = shown.collation.version(lead.version)
        before, words, behind = excerpt(version.paragraphs[lead.paragraph].text, lead.start, lead.end, AROUND)
        others = dict.fromkeys(each.version for each in readings if each.version != lead.version)
        yield Side(
            head=_head(found.type, value, words, version),
            version=version,
            before=before,
            words=words,
            behind=behind,
            texts=texts(readings, shown),
            others=tuple(
                (shown.collation.version(each).outlet, f"p{number}-{code_of(shown, each).lower()}") for each in others
            ),
        )


def _head(kind: DiscrepancyType, value: str, words: str, version: Version) -> str:
    """Values that are keys for comparing are no words for reading."""
    return figure(kind, value) or (words if len(words) <= SHORT else version.outlet)
