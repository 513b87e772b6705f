"""What stands in the margin of two texts: points and details that one of them lacks, and where they conflict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from storydiff.model import Collation, Discrepancy, Extent, Point, Status, Version
from storydiff.report.marks import cell_of
from storydiff.report.page_points import language_of


class NoteKind(StrEnum):
    """What a note says; the value names its look."""

    CONFLICT = "conflict"
    OVERTAKEN = "drift"
    LACKS = "gone"
    LACKS_DETAIL = "lacking"
    UNKNOWN = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note on a point; `text` is its statement, the details or the explanation."""

    kind: NoteKind
    outlet: str
    """The one that lacks it; empty for conflicts."""
    number: int
    point: str
    text: str
    language: str | None
    closest: tuple[str, ...] = ()
    """Of what is unknown: the words of that outlet that come close."""


@dataclass(frozen=True)
class Notes:
    """The notes on two versions; without a collation there are none."""

    collation: Collation | None
    versions: tuple[Version, Version]

    def of_row(self, left: Sequence[int], right: Sequence[int]) -> Iterator[Note]:
        """The notes on the paragraphs of one row, each thing once."""
        numbers = sorted({n for side, here in enumerate((left, right)) for i in here for n in self._told(side, i)})
        for number in numbers:
            yield from self._of_point(number)

    def lacks(self, side: int, index: int) -> bool:
        """Whether the text of that side surely lacks all that this paragraph of the other tells."""
        if self.versions[side].extent is not Extent.COMPLETE:
            return False
        if self.collation is None:
            return True
        told = [self._points[number] for number in self._told(1 - side, index)]
        return bool(told) and all(self._status(point, side) is Status.OMITTED for point in told)

    @cached_property
    def _points(self) -> dict[int, Point]:
        return dict(enumerate(self.collation.points, 1)) if self.collation else {}

    @cached_property
    def _places(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """For each side, paragraph -> the numbers of the points that it tells."""
        found: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
        for number, point in self._points.items():
            for side, version in enumerate(self.versions):
                for index in {span.paragraph for span in cell_of(point, version.id).told}:
                    found[side].setdefault(index, []).append(number)
        return found

    @cached_property
    def _disputes(self) -> dict[str, tuple[Discrepancy, ...]]:
        """Point -> the discrepancies in which the two versions read differently."""
        found: dict[str, tuple[Discrepancy, ...]] = {}
        for each in self.collation.discrepancies if self.collation else ():
            values = [{r.value for r in each.readings if r.version == v.id} for v in self.versions]
            if all(values) and values[0] != values[1]:
                found[each.point] = (*found.get(each.point, ()), each)
        return found

    def _told(self, side: int, index: int) -> Iterable[int]:
        return self._places[side].get(index, ())

    def _status(self, point: Point, side: int) -> Status:
        return cell_of(point, self.versions[side].id).status

    def _of_point(self, number: int) -> Iterator[Note]:
        point = self._points[number]
        for each in self._disputes.get(point.id, ()):
            kind = NoteKind.OVERTAKEN if each.drift else NoteKind.CONFLICT
            yield self._note(kind, number, "", each.explanation or f"The readings differ in the {each.type.value}.")
        for side in (0, 1):
            yield from self._lack(number, point, side)

    def _lack(self, number: int, point: Point, side: int) -> Iterator[Note]:
        """What that side lacks of the point. Of a text that is cut off it is said once, above all rows."""
        cell, outlet = cell_of(point, self.versions[side].id), self.versions[side].outlet
        if not cell_of(point, self.versions[1 - side].id).told:
            return
        if cell.status is Status.OMITTED:
            yield self._note(NoteKind.LACKS, number, outlet, point.statement)
        elif cell.status is Status.UNKNOWN and self.versions[side].extent is Extent.COMPLETE:
            closest = tuple(span.text for span in cell.closest)
            yield replace(self._note(NoteKind.UNKNOWN, number, outlet, cell.reason or "not compared"), closest=closest)
        elif cell.missing:
            yield self._note(NoteKind.LACKS_DETAIL, number, outlet, "; ".join(cell.missing))

    def _note(self, kind: NoteKind, number: int, outlet: str, text: str) -> Note:
        point = self._points[number]
        language = language_of(self.collation, point) if self.collation and kind is NoteKind.LACKS else None
        return Note(kind=kind, outlet=outlet, number=number, point=point.id, text=text, language=language)
