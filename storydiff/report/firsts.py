"""Who had a point first, as the version that readers see now.

A point's first version may be an earlier state of an article; the collation holds only the current ones, and the
revisions lead from the one to the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from storydiff.model import Collation, Point, Version
from storydiff.report.columns import Column
from storydiff.report.view import View


def first_version(collation: Collation, point: Point) -> Version | None:
    """The current version of the article that had the point first; None when nobody knows."""
    if point.first is None:
        return None
    wanted = point.first.version
    urls = {each.url for each in collation.revisions if wanted in {each.before, each.after}}
    found = [each for each in collation.versions if each.id == wanted or each.article in urls]
    return found[0] if found else None


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
