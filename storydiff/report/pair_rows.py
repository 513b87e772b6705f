"""Two texts side by side: which paragraphs stand in one row, and which are told elsewhere in the other text.

Straight links never cross, so the groups of paragraphs that they join follow one another in both texts: each group is
one row. A paragraph of a moved link stays where it stands in its own text, and says where it stands in the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from storydiff.diff.pairing import groups
from storydiff.engine import links_between
from storydiff.model import BODY_ROLES, Collation, Role, Version

SHOWN = BODY_ROLES | {Role.SUBHEAD, Role.ENTRY}


@dataclass(frozen=True, slots=True)
class Joined:
    """Paragraphs of two texts that say the same, by index."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    moved: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One row: the paragraphs on each side, by index."""

    left: tuple[int, ...]
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows in reading order, and what joins their paragraphs."""

    places: tuple[Place, ...]
    joins: tuple[Joined, ...]

    def partners(self, side: int, index: int) -> tuple[int, ...]:
        """Where the other text tells what this paragraph (of the left text for 0) says, straight or moved."""
        found = {other for each in self.joins for other in _sides(each)[1 - side] if index in _sides(each)[side]}
        return tuple(sorted(found))


def joined_in(collation: Collation, left: str, right: str) -> tuple[Joined, ...]:
    """The links of two versions of a collation, seen from `left`."""
    wanted = {left, right}
    found = [each for each in collation.links if {each.a, each.b} == wanted]
    return tuple(
        Joined(each.a_paragraphs, each.b_paragraphs, each.moved)
        if each.a == left
        else Joined(each.b_paragraphs, each.a_paragraphs, each.moved)
        for each in found or links_between(collation, left, right)
    )


def joined_of(left: Version, right: Version) -> tuple[Joined, ...]:
    """What became of the paragraphs of an article from one of its versions to another."""
    old, new = [i for i, _ in left.body], [j for j, _ in right.body]
    found = groups([each.text for _, each in left.body], [each.text for _, each in right.body])
    return tuple(
        Joined(tuple(old[i] for i in each.olds), tuple(new[j] for j in each.news), each.moved) for each in found
    )


def layout(left: Version, right: Version, joins: Sequence[Joined]) -> Layout:
    """Every shown paragraph of both texts in exactly one row, each text in its own order."""
    rows = _Rows(_shown(left), _shown(right))
    for lefts, rights in _components([each for each in joins if not each.moved]):
        rows.add(lefts, rights)
    rows.finish()
    return Layout(tuple(rows.places), tuple(joins))


def _shown(version: Version) -> list[int]:
    return [index for index, paragraph in enumerate(version.paragraphs) if paragraph.role in SHOWN]


def _sides(each: Joined) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return each.left, each.right


def _components(joins: Iterable[Joined]) -> list[tuple[set[int], set[int]]]:
    """The groups that share a paragraph on either side, in reading order: straight links do not cross, so those that
    share one are neighbours."""
    found: list[tuple[set[int], set[int]]] = []
    for each in sorted(joins, key=lambda one: (min(one.left), min(one.right))):
        lefts, rights = set(each.left), set(each.right)
        if found and (found[-1][0] & lefts or found[-1][1] & rights):
            found[-1][0].update(lefts)
            found[-1][1].update(rights)
        else:
            found.append((lefts, rights))
    return found


@dataclass(slots=True)
class _Rows:
    """Rows as they come; `left` and `right` are the paragraphs that have no row yet."""

    left: list[int]
    right: list[int]
    places: list[Place] = field(default_factory=list)

    def add(self, lefts: Collection[int], rights: Collection[int]) -> None:
        """What stands before the group gets rows of its own; what stands inside it shares its row."""
        self._alone(min(lefts), min(rights))
        left = self._taken(self.left, max(lefts))
        right = self._taken(self.right, max(rights))
        if left or right:
            self.places.append(Place(left, right))

    def finish(self) -> None:
        """What is left at the end of both texts."""
        self._alone(len(self.left) + max(self.left, default=0) + 1, len(self.right) + max(self.right, default=0) + 1)

    def _alone(self, left_end: int, right_end: int) -> None:
        for index in self._taken(self.left, left_end - 1):
            self.places.append(Place((index,), ()))
        for index in self._taken(self.right, right_end - 1):
            self.places.append(Place((), (index,)))

    @staticmethod
    def _taken(side: list[int], last: int) -> tuple[int, ...]:
        size = sum(1 for index in side if index <= last)
        found = tuple(side[:size])
        del side[:size]
        return found
