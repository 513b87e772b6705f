"""Who had a point first, as the version that readers see now.

A point's first version may be an earlier state of an article; the collation holds only the current ones, and the
revisions lead from the one to the other.

Nobody is named for what stands in a text that others carry too: whoever was seen first with it copied it, and the
agency had it before (on a story of our own stories, 23 points of an agency were shown as a paper's that had printed
its text). The agency's own page may be named.
"""

from __future__ import annotations

from dataclasses import dataclass

from storydiff.model import Collation, Point, Version
from storydiff.report.columns import Column
from storydiff.report.ours import TOLD
from storydiff.report.view import View


def first_version(collation: Collation, point: Point) -> Version | None:
    """The current version of the article that had the point first; None when nobody knows, or it is a copy there."""
    if point.first is None:
        return None
    wanted = point.first.version
    urls = {each.url for each in collation.revisions if wanted in {each.before, each.after}}
    found = [each for each in collation.versions if each.id == wanted or each.article in urls]
    return None if not found or _copied(collation, point, found[0]) else found[0]


def _copied(collation: Collation, point: Point, version: Version) -> bool:
    """Whether the point stands in a text of another origin that the version carries: others who carry it tell it."""
    family = next((each for each in collation.families if version.id in each.versions), None)
    if family is None or family.origin == version.id:
        return False
    others = (point.coverage[each].status for each in family.versions if each != version.id and each in point.coverage)
    return any(status in TOLD for status in others)


@dataclass(frozen=True, slots=True)
class FirstWith:
    """The points that one version's article had before the others."""

    column: Column
    points: tuple[tuple[int, Point], ...]


def firsts(shown: View) -> tuple[FirstWith, ...]:
    """Per column the points that it had first, most first."""
    found: dict[str, list[tuple[int, Point]]] = {}
    for row in shown.every:
        version = first_version(shown.collation, row.point)
        if version is not None:
            found.setdefault(version.id, []).append((row.number, row.point))
    lists = [FirstWith(each, tuple(found[each.version.id])) for each in shown.columns if each.version.id in found]
    return tuple(sorted(lists, key=lambda each: -len(each.points)))
