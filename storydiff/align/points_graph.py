"""The support graph over units: distinct texts as nodes, and how close two of them are.

Units with the same words are one node, told by several versions. The closeness of two nodes is the probability that
they tell the same, from `align.support`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storydiff.align.support import Ground
from storydiff.model import Span
from storydiff.text.normalize import squeeze

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes are numbered in the order of their texts, so that nothing depends on ids or order."""

    texts: tuple[str, ...]
    node: tuple[int, ...]
    """For each unit, its node."""
    told_by: tuple[frozenset[str], ...]
    edges: Mapping[Pair, float]

    @classmethod
    def of(cls, units: Sequence[Span], languages: Mapping[str, str | None]) -> Graph:
        """The graph of all units of a story; `languages` by version."""
        keys = [squeeze(unit.text) for unit in units]
        texts = sorted(set(keys))
        number = {text: i for i, text in enumerate(texts)}
        node = tuple(number[key] for key in keys)
        told_by: list[set[str]] = [set() for _ in texts]
        for unit, n in zip(units, node, strict=True):
            told_by[n].add(unit.version)
        return cls(tuple(texts), node, tuple(map(frozenset, told_by)), _edges(units, node, languages))


def _edges(units: Sequence[Span], node: Sequence[int], languages: Mapping[str, str | None]) -> dict[Pair, float]:
    """Every distinct text is judged in one version only: copies of it would say the same again."""
    first: dict[int, Span] = {}
    for unit, n in zip(units, node, strict=True):
        if n not in first or unit < first[n]:
            first[n] = unit
    shown: dict[str, list[int]] = {}
    for n in sorted(first):
        shown.setdefault(first[n].version, []).append(n)
    ground = Ground.of({v: [first[n].text for n in ns] for v, ns in shown.items()}, languages)
    edges = {}
    for link in ground.links():
        i, j = sorted((shown[link.a][link.i], shown[link.b][link.j]))
        edges[i, j] = link.score
    return edges
