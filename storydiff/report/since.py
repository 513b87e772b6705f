"""What is different in a collation of a story from an earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from storydiff.model import Collation, Discrepancy, Point, Revision
from storydiff.report.marks import Disputes, Mark
from storydiff.report.phrases import count

ORDER = (Mark.CONFLICTS, Mark.REPORTED, Mark.PARTIAL, Mark.OVERTAKEN, Mark.OMITTED, Mark.UNKNOWN)
"""Of several articles of one outlet, the mark that says most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A cell that is another one now; None where the outlet had, or has, no article."""

    number: int
    point: Point
    outlet: str
    before: Mark | None
    after: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What came, went and moved."""

    number: int | None
    """Of the earlier collation."""
    made: datetime | None
    added: tuple[tuple[int, Point], ...]
    gone: tuple[Point, ...]
    moved: tuple[Moved, ...]
    conflicts: tuple[Discrepancy, ...]
    """Open ones that were not there."""
    settled: tuple[Discrepancy, ...]
    """Those that were open and are not any more."""
    revisions: tuple[Revision, ...]
    outlets: tuple[str, ...]
    """That came in."""

    def __bool__(self) -> bool:
        return any((self.added, self.gone, self.moved, self.conflicts, self.settled, self.revisions, self.outlets))

    @property
    def summary(self) -> str:
        """ "2 new points, 1 conflict", what matters most first; "nothing new" when nothing is."""
        return ", ".join(_phrases(self)) or "nothing new"


def since(before: Collation, now: Collation) -> Since:
    """What is different now. Points and discrepancies are known by their ids, cells by outlet."""
    known = {each.id for each in before.points}
    there = {each.id for each in now.points}
    open_then, open_now = _open(before), _open(now)
    steps = {(each.before, each.after) for each in before.revisions}
    names = {each.outlet for each in before.versions}
    return Since(
        number=before.number,
        made=before.made,
        added=tuple((number, each) for number, each in enumerate(now.points, 1) if each.id not in known),
        gone=tuple(each for each in before.points if each.id not in there),
        moved=tuple(_moved(before, now)),
        conflicts=tuple(each for name, each in open_now.items() if name not in open_then),
        settled=tuple(each for name, each in open_then.items() if name not in open_now),
        revisions=tuple(each for each in now.revisions if (each.before, each.after) not in steps),
        outlets=tuple(dict.fromkeys(each.outlet for each in now.versions if each.outlet not in names)),
    )


def _phrases(found: Since) -> Iterator[str]:
    silent = sum(each.silent for each in found.revisions)
    told = (
        (len(found.outlets), "new outlet", None),
        (len(found.added), "new point", None),
        (len(found.conflicts), "conflict", None),
        (silent, "silent edit", None),
        (len(found.revisions) - silent, "other edit", None),
        (len(found.moved), "changed cell", None),
        (len(found.settled), "conflict that is none any more", "conflicts that are none any more"),
        (len(found.gone), "point gone", "points gone"),
    )
    yield from (count(number, one, many) for number, one, many in told if number)


def _open(collation: Collation) -> dict[str, Discrepancy]:
    return {each.id: each for each in collation.discrepancies if not each.drift}


def _moved(before: Collation, now: Collation) -> Iterator[Moved]:
    """Cells of points that are in both; outlets that came in are told as such, not cell by cell."""
    earlier = {each.id: each for each in before.points}
    then, here = Cells(before), Cells(now)
    for number, point in enumerate(now.points, 1):
        if point.id in earlier:
            old, new = then.of(earlier[point.id]), here.of(point)
            for outlet in (each for each in new | old if each in then.outlets and old.get(each) != new.get(each)):
                yield Moved(number=number, point=point, outlet=outlet, before=old.get(outlet), after=new.get(outlet))


class Cells:
    """The marks of one collation by outlet."""

    def __init__(self, collation: Collation) -> None:
        self._disputes = Disputes.of(collation)
        self._joined = [each for each in collation.versions if each.id not in collation.apart]
        self.outlets = {each.outlet for each in self._joined}

    def of(self, point: Point) -> dict[str, Mark]:
        """The marks of that point."""
        found: dict[str, list[Mark]] = {}
        for each in self._joined:
            found.setdefault(each.outlet, []).append(self._disputes.mark(point, each.id))
        return {outlet: _best(marks) for outlet, marks in found.items()}


def _best(marks: Iterable[Mark]) -> Mark:
    return min(marks, key=ORDER.index)


def transitions(
    states: Iterable[tuple[int, dict[str, Mark]]],
) -> Iterator[tuple[int, tuple[tuple[str, Mark | None, Mark | None], ...]]]:
    """Of a point's states, one per collation: each with the outlets whose mark is another one than before."""
    known: dict[str, Mark] | None = None
    for number, now in states:
        old = now if known is None else known
        changed = [(each, old.get(each), now.get(each)) for each in now | old if old.get(each) != now.get(each)]
        yield number, tuple(changed)
        known = now
