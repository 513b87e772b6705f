"""Pairs the details of two readings that stand in the same slot, one to one, the most alike first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from storydiff.diff.rules.passage import Passage
from storydiff.diff.rules.slots import likeness, slot


class Spanned(Protocol):
    """Anything with a place in a text."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


T = TypeVar("T", bound=Spanned)


def pairs(
    a: Passage, left: Sequence[T], b: Passage, right: Sequence[T], comparable: Callable[[T, T], bool]
) -> list[tuple[float, T, T]]:
    """Likeness and the two details, best first. Symmetric under swapping the readings."""
    foreign = a.language != b.language
    ours, theirs = [slot(a, q.start, q.end) for q in left], [slot(b, r.start, r.end) for r in right]
    scored = sorted(
        [
            (likeness(ours[i], theirs[j], foreign=foreign), -abs(i - j), -i - j, i, j)
            for i, q in enumerate(left)
            for j, r in enumerate(right)
            if comparable(q, r)
        ],
        reverse=True,
    )
    used_a: set[int] = set()
    used_b: set[int] = set()
    out = []
    for score, _, _, i, j in scored:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            out.append((score, left[i], right[j]))
    return out
