"""Points and discrepancies keep their ids from one collation of a story to the next.

Two points are one when the same articles tell them in the same or nearly the same words: the share of evidence words
that they have in common, article by article. The best pairs are matched first, one to one, so the heir of a split or a
merge is the piece with the most shared evidence; the others are named in `formerly`. An id is never given to anything
else again within a story, and a new one is made from the words alone, so that it is the same on every machine.

time: linear in the words of the evidence, by an index from (article, word) to points.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from storydiff.model import Discrepancy, Point, Version
from storydiff.text.normalize import squeeze

SAME = 0.5
"""Share of the words of the smaller of two points that must be common for the id to pass on."""
RELATED = 0.5
"""Share of the words of the smaller of two points that must be common to name the former one in `formerly`."""

Marks = frozenset[Hashable]
NONE: Marks = frozenset()
"""For what has no predecessors to be recognised among."""


@dataclass(frozen=True, slots=True)
class Heir:
    """What a thing is called from now on."""

    id: str
    formerly: tuple[str, ...] = ()


def new_id(prefix: str, content: str, taken: Iterable[str] = ()) -> str:
    """An id made from content; another one when that is taken already."""
    used, tries = set(taken), 0
    while True:
        salt = f"\n{tries}" if tries else ""
        found = prefix + hashlib.sha256((squeeze(content) + salt).encode()).hexdigest()[:10]
        if found not in used:
            return found
        tries += 1


def marks(point: Point, articles: Mapping[str, str]) -> Marks:
    """What a point is recognised by: the words of its evidence with the article they stand in."""
    return frozenset(
        (articles[span.version], word)
        for cell in point.coverage.values()
        for span in cell.told
        if span.version in articles
        for word in squeeze(span.text).split()
    )


def articles_of(versions: Iterable[Version]) -> dict[str, str]:
    """Version id -> what identifies its article."""
    return {version.id: version.article for version in versions}


def inherit(new: Sequence[tuple[str, Marks]], old: Sequence[tuple[str, Marks]], prefix: str) -> list[Heir]:
    """For each new thing (content, marks) its id, given the old things (id, marks)."""
    shared = _shared([m for _, m in new], [m for _, m in old])
    kept = _matched(shared, [m for _, m in new], [m for _, m in old])
    related: dict[int, list[str]] = defaultdict(list)
    for (n, o), size in shared.items():
        if size >= RELATED * min(len(new[n][1]), len(old[o][1])):
            related[n].append(old[o][0])
    taken = {old_id for old_id, _ in old}
    heirs = []
    for number, (content, _) in enumerate(new):
        own = old[kept[number]][0] if number in kept else new_id(prefix, content, taken)
        taken.add(own)
        heirs.append(Heir(own, tuple(sorted(set(related[number]) - {own}))))
    return heirs


def discrepancy_marks(discrepancy: Discrepancy, articles: Mapping[str, str]) -> Marks:
    """What a discrepancy is recognised by: what kind it is in which point, and who says what."""
    where = (discrepancy.type.value, discrepancy.point)
    said = {(*where, articles.get(r.version, ""), r.value) for r in discrepancy.readings}
    return frozenset(said | {(*where, articles.get(r.version, "")) for r in discrepancy.readings})


def _shared(new: Sequence[Marks], old: Sequence[Marks]) -> dict[tuple[int, int], int]:
    holders: dict[Hashable, list[int]] = defaultdict(list)
    for number, each in enumerate(old):
        for mark in each:
            holders[mark].append(number)
    counts: Counter[tuple[int, int]] = Counter()
    for number, each in enumerate(new):
        counts.update((number, other) for mark in each for other in holders.get(mark, ()))
    return dict(counts)


def _matched(shared: Mapping[tuple[int, int], int], new: Sequence[Marks], old: Sequence[Marks]) -> dict[int, int]:
    """New -> old, the most shared first; ties go to the one with fewer other words, then to the earlier."""

    def rank(pair: tuple[int, int]) -> tuple[float, int, int, int]:
        n, o = pair
        return -shared[pair], len(new[n]) + len(old[o]), n, o

    kept: dict[int, int] = {}
    gone: set[int] = set()
    for n, o in sorted(shared, key=rank):
        enough = shared[n, o] >= SAME * min(len(new[n]), len(old[o]))
        if enough and n not in kept and o not in gone:
            kept[n] = o
            gone.add(o)
    return kept
