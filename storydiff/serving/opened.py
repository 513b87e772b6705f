"""Collations that were read lately, ready to be shown again.

Reading one of 60 outlets by 200 points takes most of what its pages cost, and whoever looks at one cell looks at
others. A stored collation never changes, so what is kept holds for good.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar, cast

from storydiff.model import Collation
from storydiff.pipeline.desk import Desk
from storydiff.report.view import View, view
from storydiff.serving.collations import collation_of

MOST_CELLS = 100_000
"""Of all that is kept, each outlet of each point counted once. Measured: 12,000 cells with their texts take 5 MB."""
Kept = TypeVar("Kept", Collation, View)


class Opened:
    """The collations and views used last, up to a total size. Threads may share it."""

    def __init__(self, most: int = MOST_CELLS) -> None:
        self._most, self._cells = most, 0
        self._kept: OrderedDict[object, tuple[Collation | View, int]] = OrderedDict()
        self._lock = Lock()

    def collation(self, desk: Desk, slug: str, number: int | None = None) -> Collation:
        """The collation of that number, or the latest; UnknownStory, NotThere."""
        mark = desk.store.browse.collation(slug, number)
        if mark is None:
            return collation_of(desk, slug, number)
        key = (desk.store.newsroom, slug, mark)
        return self._of(key, lambda: collation_of(desk, slug, mark.number), _size)

    def view(self, found: Collation, ours: str | None = None) -> View:
        """That collation as the outlet reads it; UnknownOutlet."""
        key = (id(found), ours)  # what is kept holds the collation, so that no other can have its id
        return self._of(key, lambda: view(found, ours=ours), lambda _: _size(found) // 4)

    def _of(self, key: object, make: Callable[[], Kept], size: Callable[[Kept], int]) -> Kept:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast("Kept", self._kept[key][0])  # what a key leads to is of one kind
        made = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (made, size(made))
                self._cells += size(made)
            while self._cells > self._most and len(self._kept) > 1:
                _, (_, gone) = self._kept.popitem(last=False)
                self._cells -= gone
        return made


def _size(collation: Collation) -> int:
    return len(collation.points) * len(collation.versions)
