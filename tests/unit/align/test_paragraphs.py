"""Links between the paragraphs of two versions."""

import pytest

from storydiff.align.paragraphs import Linker
from storydiff.model import Link, Span


def point(a: list[int], b: list[int]) -> dict[str, list[Span]]:
    return {"a": [Span("a", i, 0, 1, "x") for i in a], "b": [Span("b", j, 0, 1, "x") for j in b]}


def drawn(found: tuple[Link, ...]) -> list[str]:
    return [f"{list(k.a_paragraphs)}-{list(k.b_paragraphs)}{' moved' if k.moved else ''}" for k in found]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([([0], [0]), ([1], [1])], ["[0]-[0]", "[1]-[1]"]),
        ([([0], [0]), ([1], [2]), ([2], [1])], ["[0]-[0]", "[1]-[2] moved", "[2]-[1]"]),
        ([([0], [0, 1])], ["[0]-[0, 1]"]),
        ([([0, 1], [2])], ["[0, 1]-[2]"]),
        ([([0, 3], [1, 2])], ["[0]-[1]", "[3]-[2]"]),
        ([([0], []), ([], [1])], []),
    ],
    ids=["straight", "crossing", "one to two", "two to one", "in order", "told by one only"],
)
def test_links(points: list[tuple[list[int], list[int]]], expected: list[str]) -> None:
    """Paragraphs that tell a point in common are linked; what leaves the longest straight chain is moved."""
    assert drawn(Linker([point(a, b) for a, b in points]).links("a", "b")) == expected


@pytest.mark.parametrize(
    "points",
    [
        [([0], [2]), ([1], [0]), ([2], [1])],
        [([0], [1]), ([1], [0]), ([2], [2]), ([2], [3])],
        [([0], [0, 1]), ([1], [2]), ([2], [2])],
        [([0, 1, 2], [3]), ([3], [0])],
    ],
)
def test_swapping_the_versions_swaps_the_links(points: list[tuple[list[int], list[int]]]) -> None:
    """Whichever version comes first, the same paragraphs are linked and the same links are moved."""

    def pairs(found: tuple[Link, ...], *, swap: bool) -> set[tuple[int, int, bool]]:
        every = {(i, j, k.moved) for k in found for i in k.a_paragraphs for j in k.b_paragraphs}
        return {(j, i, moved) for i, j, moved in every} if swap else every

    there = Linker([point(a, b) for a, b in points]).links("a", "b")
    back = Linker([point(a, b) for a, b in points]).links("b", "a")
    assert pairs(there, swap=False) == pairs(back, swap=True)
