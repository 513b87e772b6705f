"""The story as one annotated article: the fullest version, with what others add, dispute or have beside it.

A heat map on one text hides what that text lacks. Here each point that the chosen version omits stands as a
placeholder where the story would tell it: behind the paragraph of the nearest earlier point that it does tell.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from storydiff.model import BODY_ROLES, Extent, Paragraph, Role, Status, Version
from storydiff.report.columns import Column
from storydiff.report.marks import Mark, cell_of
from storydiff.report.ours import TOLD
from storydiff.report.view import Row, View

SHOWN_ROLES = BODY_ROLES | {Role.SUBHEAD, Role.ENTRY}


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text with the points that it tells, and those whose words end here."""

    text: str
    points: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A point that this version does not have, and the columns that tell it."""

    row: Row
    tellers: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph with its notes; the gaps behind it."""

    index: int
    paragraph: Paragraph
    segments: tuple[Segment, ...]
    disputes: tuple[str, ...]
    """Ids of discrepancies."""
    alone: tuple[int, ...]
    """Numbers of points that only this version's text tells."""
    lacking: tuple[tuple[int, str], ...]
    """Details that others add: (point number, detail)."""
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedArticle:
    """The chosen version, paragraph by paragraph."""

    version: Version
    told: int
    before: tuple[Gap, ...]
    """Gaps before the first paragraph."""
    blocks: tuple[Block, ...]

    @property
    def missing(self) -> int:
        """How many points stand as placeholders."""
        return len(self.before) + sum(len(block.gaps) for block in self.blocks)


@dataclass(slots=True)
class _Notes:
    """What is known of one paragraph of the chosen version."""

    spans: list[tuple[int, int, int]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def annotated(shown: View) -> AnnotatedArticle | None:
    """The annotated article: ours when it could be read whole, else the fullest; None when nothing can be read."""
    version = _fullest(shown)
    if version is None:
        return None
    notes: defaultdict[int, _Notes] = defaultdict(_Notes)
    gaps: defaultdict[int, list[Gap]] = defaultdict(list)
    place = -1
    for row in shown.every:
        cell = cell_of(row.point, version.id)
        for span in cell.told:
            notes[span.paragraph].spans.append((span.start, span.end, row.number))
        for paragraph in sorted({span.paragraph for span in cell.told}):
            notes[paragraph].rows.append(row)
        place = max((span.paragraph for span in cell.told), default=place)
        if cell.status is Status.OMITTED:
            gaps[place].append(Gap(row, _tellers(row, shown)))
    return AnnotatedArticle(
        version=version,
        told=sum(cell_of(row.point, version.id).status in TOLD for row in shown.every),
        before=tuple(gaps.pop(-1, ())),
        blocks=tuple(_blocks(version, notes, gaps, shown)),
    )


def _fullest(shown: View) -> Version | None:
    """Complete before truncated, ours before others, then by points told; the first column on ties."""
    points = shown.collation.points

    def worth(column: Column) -> tuple[bool, bool, int]:
        told = sum(cell_of(point, column.version.id).status in TOLD for point in points)
        return column.version.extent is Extent.COMPLETE, column.ours, told

    readable = [each for each in shown.columns if each.version.body]
    return max(readable, key=worth).version if readable else None


def _tellers(row: Row, shown: View) -> tuple[Column, ...]:
    silent = {Mark.OMITTED, Mark.UNKNOWN}
    return tuple(each for each, mark in zip(shown.columns, row.marks, strict=True) if mark not in silent)


def _blocks(version: Version, notes: dict[int, _Notes], gaps: dict[int, list[Gap]], shown: View) -> Iterator[Block]:
    places = [index for index, paragraph in enumerate(version.paragraphs) if paragraph.role in SHOWN_ROLES]
    behind: defaultdict[int, list[Gap]] = defaultdict(list)
    for index in sorted(gaps):
        behind[next((place for place in places if place >= index), places[-1] if places else 0)] += gaps[index]
    for index in places:
        its, paragraph = notes.get(index) or _Notes(), version.paragraphs[index]
        yield Block(
            index=index,
            paragraph=paragraph,
            segments=tuple(segments(paragraph.text, its.spans)),
            disputes=tuple(_disputes(its.rows, version, index, shown)),
            alone=tuple(row.number for row in its.rows if len(_tellers(row, shown)) == 1),
            lacking=tuple(_lacking(its.rows, version)),
            gaps=tuple(behind[index]),
        )


def _disputes(rows: Iterable[Row], version: Version, index: int, shown: View) -> Iterator[str]:
    """Those in which this paragraph is one of the readings, else those of its points in which it is none."""
    points = {row.point.id for row in rows}
    for found in shown.discrepancies:
        mine = [each.paragraph for each in found.readings if each.version == version.id]
        if found.point in points and (index in mine or not mine):
            yield found.id


def _lacking(rows: Iterable[Row], version: Version) -> Iterator[tuple[int, str]]:
    for row in rows:
        for detail in cell_of(row.point, version.id).missing:
            yield row.number, detail


def segments(text: str, spans: list[tuple[int, int, int]]) -> Iterator[Segment]:
    """The text cut where a span begins or ends; spans (start, end, number) may overlap. Joined it is the text."""
    cuts = sorted({0, len(text), *(at for start, end, _ in spans for at in (start, end))})
    for left, right in itertools.pairwise(cuts):
        inside = sorted({number for start, end, number in spans if start <= left and right <= end})
        ends = sorted({number for _, end, number in spans if end == right})
        yield Segment(text[left:right], tuple(inside), tuple(ends))
