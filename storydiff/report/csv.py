"""The comparison as CSV (RFC 4180, UTF-8): one row per point and outlet.

The columns are those of `COLUMNS`, in that order; later releases may add some at the end. Text that a
spreadsheet would run as a formula starts with a quote mark. Versions of another story have no row.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from storydiff.model import Cell, Collation, Point, Span, Version
from storydiff.report.columns import Column
from storydiff.report.firsts import first_version
from storydiff.report.marks import Mark, cell_of
from storydiff.report.safe import csv_cell
from storydiff.report.times import utc
from storydiff.report.view import Only, Row, View, view


@dataclass(frozen=True, slots=True)
class _Line:
    """What one row of the file is about."""

    view: View
    row: Row
    column: Column
    mark: Mark

    @property
    def point(self) -> Point:
        return self.row.point

    @property
    def version(self) -> Version:
        return self.column.version

    @property
    def cell(self) -> Cell:
        return cell_of(self.row.point, self.column.version.id)


@dataclass(frozen=True, slots=True)
class CsvColumn:
    """One column of the file: what it holds, and where that comes from."""

    name: str
    about: str
    value: Callable[[_Line], str]


def _time(moment: datetime | None) -> str:
    return "" if moment is None else utc(moment).isoformat().replace("+00:00", "Z")


def _credit(line: _Line) -> str:
    if line.column.family is None:
        return ""
    return line.view.collation.families[line.column.family].credit or "same text"


def _words(spans: Iterable[Span]) -> str:
    return " … ".join(each.text for each in spans)


def _places(spans: Iterable[Span]) -> str:
    return "; ".join(f"{each.paragraph}:{each.start}-{each.end}" for each in spans)


def _disputes(line: _Line, *, drift: bool) -> str:
    found = [
        f"{each.type.value}: {' / '.join(dict.fromkeys(reading.value for reading in each.readings))}"
        for each in line.view.discrepancies
        if each.point == line.point.id and each.drift is drift
        if any(reading.version == line.version.id for reading in each.readings)
    ]
    return "; ".join(found)


def _first(line: _Line) -> str:
    leader = first_version(line.view.collation, line.point)
    return "yes" if leader and leader.id == line.version.id else ""


COLUMNS = (
    CsvColumn("story", "the story's slug", lambda line: line.view.collation.story.slug),
    CsvColumn("point", "number of the point in the story", lambda line: str(line.row.number)),
    CsvColumn("point_id", "id of the point, stable from one collation to the next", lambda line: line.point.id),
    CsvColumn("statement", "what the point says", lambda line: line.point.statement),
    CsvColumn("kind", "fact, figure, quote, reaction or background", lambda line: line.point.kind.value),
    CsvColumn(
        "independent_sources",
        "texts that tell it, copies of one agency text counted once",
        lambda line: str(line.point.independent_sources),
    ),
    CsvColumn("outlet", "name of the outlet", lambda line: line.version.outlet),
    CsvColumn("version", "id of the version compared", lambda line: line.version.id),
    CsvColumn("url", "address of the article", lambda line: line.version.url or ""),
    CsvColumn("language", "ISO 639-1", lambda line: line.version.language or ""),
    CsvColumn("extent", "complete, truncated or blocked", lambda line: line.version.extent.value),
    CsvColumn("family", "credit of the agency text that the version carries", _credit),
    CsvColumn("status", "reported, partial, conflicts, omitted or unknown", lambda line: line.cell.status.value),
    CsvColumn(
        "overtaken",
        "yes where the conflict is only the state before a later update",
        lambda line: "yes" if line.mark is Mark.OVERTAKEN else "",
    ),
    CsvColumn("words", "the exact words, gaps as …", lambda line: _words(line.cell.told)),
    CsvColumn(
        "places", "paragraph:start-end of the words, from 0, in code points", lambda line: _places(line.cell.told)
    ),
    CsvColumn("missing", "details that a partial reading lacks", lambda line: "; ".join(line.cell.missing)),
    CsvColumn("reason", "why the status is unknown", lambda line: line.cell.reason or ""),
    CsvColumn(
        "support",
        "probability that the version reports the point",
        lambda line: "" if line.cell.support is None else f"{line.cell.support:.3f}",
    ),
    CsvColumn(
        "conflicts", "open conflicts in which it stands: type and values", lambda line: _disputes(line, drift=False)
    ),
    CsvColumn("updates", "differences that a later update explains", lambda line: _disputes(line, drift=True)),
    CsvColumn("first", "yes where it had the point first", _first),
    CsvColumn("published", "as the page says, UTC", lambda line: _time(line.version.published)),
    CsvColumn("modified", "as the page says, UTC", lambda line: _time(line.version.modified)),
    CsvColumn("fetched", "when it was fetched, UTC", lambda line: _time(line.version.fetched)),
    CsvColumn("snapshot", "SHA-256 of the archived bytes", lambda line: line.version.snapshot or ""),
    CsvColumn("closest", "where the status is unknown, the closest words", lambda line: _words(line.cell.closest)),
    CsvColumn("closest_places", "where the closest words stand", lambda line: _places(line.cell.closest)),
)


def to_csv(collation: Collation, *, only: Only | None = None, ours: str | None = None) -> str:
    """The comparison as CSV text, header first; points as in the other views, by number."""
    return csv_of(view(collation, only=only, ours=ours))


def csv_of(shown: View) -> str:
    """The same of a view."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([each.name for each in COLUMNS])
    for line in _lines(shown):
        writer.writerow([csv_cell(each.value(line)) for each in COLUMNS])
    return out.getvalue()


def _lines(shown: View) -> Iterator[_Line]:
    for row in sorted(shown.rows, key=lambda each: each.number):
        for column, mark in zip(shown.columns, row.marks, strict=True):
            yield _Line(shown, row, column, mark)
