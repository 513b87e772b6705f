"""Which cells rest on words that came into the article, or changed, after it was first seen."""

from __future__ import annotations

from collections import defaultdict

from storydiff.model import ChangeKind, Collation

NEW = frozenset({ChangeKind.ADDED, ChangeKind.CHANGED})


def changed_cells(collation: Collation) -> frozenset[tuple[str, str]]:
    """Pairs of point id and version id whose evidence lies in a paragraph that a revision added or changed."""
    new: defaultdict[str, set[str]] = defaultdict(set)
    for revision in collation.revisions:
        new[revision.url] |= {each.after for each in revision.changes if each.kind in NEW and each.after}
    later = {
        (version.id, index)
        for version in collation.versions
        for index, paragraph in enumerate(version.paragraphs)
        if paragraph.text in new[version.article]
    }
    return frozenset(
        (point.id, version)
        for point in collation.points
        for version, cell in point.coverage.items()
        if any((version, span.paragraph) in later for span in cell.told)
    )
