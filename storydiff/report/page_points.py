"""The points of a page: under each its readings, equal words shown once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storydiff.model import Collation, First, Point, Version
from storydiff.report.columns import Column
from storydiff.report.detail import Detail
from storydiff.report.firsts import first_version
from storydiff.report.marks import Disputes, Mark
from storydiff.report.page_rows import LETTERS, anchor
from storydiff.report.readings import ORDER, Evidence, Quote, Wording, evidence, plain
from storydiff.report.view import Row, View
from storydiff.report.wording import Run

AGREES = frozenset({Mark.REPORTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """One wording with all who have it; `versions`, `codes` and `anchors` go together."""

    letter: str
    mark: Mark
    versions: tuple[Version, ...]
    codes: tuple[str, ...]
    anchors: tuple[str, ...]
    quotes: tuple[Quote, ...]
    words: str
    """The words alone, on a compact page."""
    missing: tuple[str, ...]
    diff: tuple[Run, ...]
    wording: str
    places: tuple[str, ...]

    @property
    def version(self) -> Version:
        """The one whose paragraph is shown."""
        return self.versions[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSilence:
    """Outlets without words for a point, for one reason; where there are closest words, one outlet."""

    letter: str
    mark: Mark
    outlets: tuple[tuple[str, str | None], ...]
    """Name, or code on a compact page, and, where the matrix has no anchor of its own, the anchor."""
    reason: str | None
    closest: tuple[Quote, ...] = ()
    """Where it is unknown: words that come close to it."""
    words: str = ""
    """The same words alone, on a compact page."""
    language: str | None = None
    """Of these words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePoint:
    """One point with its evidence."""

    number: int
    point: Point
    language: str | None
    counts: tuple[tuple[Mark, int], ...]
    first: tuple[Version, First] | None
    readings: tuple[PageReading, ...]
    compact: bool
    back: str
    """Anchor of its row, or of the matrix when the filter hides the row."""
    silent: tuple[PageSilence, ...]


def language_of(collation: Collation, point: Point) -> str | None:
    """The language of the statement: that of the version it was taken from."""
    origin = point.origin.version if point.origin else None
    return next((each.language for each in collation.versions if each.id == origin), None)


def page_points(shown: View, detail: Detail) -> Iterator[PagePoint]:
    """The points in the order of the story."""
    disputes = Disputes.of(shown.collation)
    return (page_point(shown, row, detail, disputes) for row in shown.every)


def page_point(shown: View, row: Row, detail: Detail, disputes: Disputes | None = None) -> PagePoint:
    """One point with its evidence."""
    column = {each.version.id: each for each in shown.columns}
    every = evidence(shown.collation, row.point, disputes, words=not detail.compact)
    found = tuple(each for each in every if each.version.id in column)
    counts = Counter(each.mark for each in found)
    first, version = row.point.first, first_version(shown.collation, row.point)
    is_listed = any(each.number == row.number for each in shown.rows)
    return PagePoint(
        number=row.number,
        point=row.point,
        language=language_of(shown.collation, row.point),
        counts=tuple((mark, counts[mark]) for mark in ORDER if counts[mark]),
        first=(version, first) if first and version else None,
        readings=tuple(_readings(row.number, found, column, detail)),
        compact=detail.compact,
        back=f"r{row.number}" if is_listed else "points",
        silent=tuple(_silences(row.number, found, column, detail)),
    )


def _readings(
    number: int, found: Iterable[Evidence], column: dict[str, Column], detail: Detail
) -> Iterator[PageReading]:
    for group in _same_words(found):
        if group[0].mark in AGREES and not detail.listed:
            continue
        yield _reading(number, group, column, detail)


def _same_words(found: Iterable[Evidence]) -> list[list[Evidence]]:
    """Readings with equal words (whatever their quotation marks), mark and missing details, together."""
    groups: dict[object, list[Evidence]] = {}
    for each in found:
        if each.quotes:
            words = tuple(plain(span.text) for span in each.cell.evidence)
            groups.setdefault((each.mark, words, each.cell.missing, each.version.language), []).append(each)
    return list(groups.values())


def _reading(number: int, group: list[Evidence], column: dict[str, Column], detail: Detail) -> PageReading:
    lead = next((each for each in group if each.wording is Wording.ORIGIN), group[0])
    group = [lead, *(each for each in group if each is not lead)]
    longest = detail.longest if lead.mark in AGREES else None
    return PageReading(
        letter=LETTERS[lead.mark],
        mark=lead.mark,
        versions=tuple(each.version for each in group),
        codes=tuple(column[each.version.id].code for each in group),
        anchors=tuple(anchor(number, column[each.version.id]) for each in group),
        quotes=lead.quotes,
        words=_cut(" … ".join(each.text for each in lead.cell.evidence), longest) if detail.compact else "",
        missing=lead.cell.missing,
        diff=lead.diff,
        wording=lead.wording.value if lead.wording is not Wording.DIFF else "",
        places=() if detail.compact else tuple(_place(each) for each in group),
    )


def _cut(words: str, longest: int | None) -> str:
    return words if longest is None or len(words) <= longest else f"{words[:longest].rstrip()}…"


def _place(each: Evidence) -> str:
    """Where the words stand: paragraph from 1 as people count, characters from 0 as in the JSON."""
    where = "; ".join(
        f"paragraph {quote.paragraph + 1}, characters {', '.join(f'{start}–{end}' for start, end in quote.spans)}"
        for quote in each.quotes
    )
    digest = f", snapshot {each.version.snapshot[:16]}" if each.version.snapshot else ""
    return f"{each.version.outlet}: {where}{digest}"


def _silences(
    number: int, found: Iterable[Evidence], column: dict[str, Column], detail: Detail
) -> Iterator[PageSilence]:
    groups: dict[tuple[Mark, str | None, str], list[Evidence]] = {}
    for each in found:
        unlisted = each.mark in AGREES and not detail.listed
        if not each.quotes or unlisted:
            alone = each.version.id if each.closest else ""
            groups.setdefault((each.mark, each.cell.reason, alone), []).append(each)
    for (mark, reason, _), group in groups.items():
        outlets = [
            (
                column[each.version.id].code if detail.compact else each.version.outlet,
                anchor(number, column[each.version.id]) if each.cell.evidence else None,
            )
            for each in group
        ]
        yield PageSilence(
            letter=LETTERS[mark],
            mark=mark,
            outlets=tuple(outlets),
            reason=reason,
            closest=() if detail.compact else group[0].closest,
            words=" … ".join(span.text for span in group[0].cell.closest) if detail.compact else "",
            language=group[0].version.language,
        )
