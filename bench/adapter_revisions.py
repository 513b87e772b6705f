"""The one function of the quality bench that needs revisions alone."""

from collections.abc import Iterator

from storydiff.diff.revisions import revise as pairings


def revise(old: list[str], new: list[str]) -> Iterator[tuple[int | None, int | None, str]]:
    """Which sentence became which: (i, j, kind)."""
    return ((row.i, row.j, str(row.kind)) for row in pairings(old, new))
