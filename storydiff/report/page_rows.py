"""The rows of the matrix of a page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from storydiff.model import Discrepancy
from storydiff.report.columns import Column
from storydiff.report.links import Links
from storydiff.report.marks import SIGNS, Mark, cell_of
from storydiff.report.sides import labels
from storydiff.report.view import Group, Only, Row, View

LETTERS = {
    Mark.REPORTED: "r",
    Mark.PARTIAL: "p",
    Mark.CONFLICTS: "c",
    Mark.OVERTAKEN: "v",
    Mark.OMITTED: "o",
    Mark.UNKNOWN: "u",
}
"""Class names of the cells: one letter, because there may be twelve thousand."""
LABEL = 48
"""Characters of one side of a discrepancy under the statement of its point."""


@dataclass(frozen=True, slots=True)
class PageCell:
    """One cell of the matrix; some lead to their words."""

    letter: str
    word: str
    anchor: str
    href: str
    leads: bool
    """To words: those that tell the point or, where it is unknown, those that come close to it."""
    later: bool
    """Its words came in, or changed, after the article was first seen."""


@dataclass(frozen=True, slots=True)
class Quarrel:
    """An open discrepancy in a few words: its type and its sides."""

    type: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """One row of the matrix."""

    number: int
    anchor: str
    href: str
    statement: str
    language: str | None
    sources: int
    flags: str
    types: str
    """Types of the discrepancies on it."""
    quarrels: tuple[Quarrel, ...]
    """The open ones."""
    cells: tuple[PageCell, ...]


def anchor(number: int, column: Column) -> str:
    """The permalink of a cell, `p7-hp`: point 7 in the column HP."""
    return f"p{number}-{column.code.lower()}"


def page_rows(shown: View, links: Links) -> tuple[tuple[Group, tuple[PageRow, ...]], ...]:
    """The rows under their headings."""
    found: defaultdict[str, list[Discrepancy]] = defaultdict(list)
    for each in shown.discrepancies:
        found[each.point].append(each)
    languages = {each.id: each.language for each in shown.collation.versions}
    return tuple(
        (group, tuple(_row(row, shown, links, found[row.point.id], languages) for row in rows))
        for group, rows in shown.groups
    )


def _row(row: Row, shown: View, links: Links, found: list[Discrepancy], languages: dict[str, str | None]) -> PageRow:
    origin = row.point.origin.version if row.point.origin else ""
    return PageRow(
        number=row.number,
        anchor=f"{links.row}{row.number}",
        href=links.point(row.number, row.point),
        types=" ".join(each.type.value for each in found),
        quarrels=tuple(Quarrel(each.type.value, labels(each, shown, LABEL)) for each in found if not each.drift),
        statement=row.point.statement,
        language=languages.get(origin),
        sources=row.point.independent_sources,
        flags=" ".join(f"f-{only.value}" for only in Only if row.kept(only)),
        cells=tuple(
            PageCell(
                letter=LETTERS[mark],
                word=SIGNS[mark].word,
                anchor=anchor(row.number, column),
                href=links.cell(row.number, row.point, column.code),
                leads=bool(cell_of(row.point, column.version.id).evidence),
                later=column.version.id in row.changed,
            )
            for column, mark in zip(shown.columns, row.marks, strict=True)
        ),
    )
