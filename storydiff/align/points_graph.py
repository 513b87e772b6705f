"""The graph over units: distinct texts as nodes, and how close two of them are.

Units with the same words are one node, told by several versions. Two nodes are as close as the weight of the concepts
they share, against the weight of all they hold, and as clearly as each is the other's best match in its version:

    shared ** 1.5 / sqrt(weight_i * weight_j)        times itself over the better of the two best matches

The exponent asks for more shared weight than a cosine does: two short clauses with one common word are not close.

time: the pairs of nodes that share a concept, in numpy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from storydiff.align.points_concepts import Bag, bag, weights
from storydiff.align.units import Unit
from storydiff.model import Span
from storydiff.text.normalize import squeeze

Pair = tuple[int, int]
Matrix = npt.NDArray[np.float32]

EVEN_SAME, EVEN_FOREIGN = 0.8, 0.5
"""Closeness at which two nodes of one language, or of two, are as likely to tell the same as not."""
FLOOR = 0.1
"""Less likely pairs are no edges."""


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Nodes are numbered in the order of their texts, so that nothing depends on ids or order."""

    units: tuple[Unit, ...]
    node: tuple[int, ...]
    """For each unit, its node."""
    told_by: tuple[frozenset[str], ...]
    bags: tuple[Bag, ...]
    """For each node, its concepts."""
    weight: Mapping[str, float]
    edges: Mapping[Pair, float]

    @classmethod
    def of(
        cls, units: Sequence[Unit], languages: Mapping[str, str | None], outlets: Mapping[str, str] | None = None
    ) -> Graph:
        """The graph of all units of a story; languages and names of outlets by version.

        Of equal texts the first one's version counts. An outlet that names itself ("told the Coastal Tribune") says
        nothing by it.
        """
        keys = [squeeze(unit.span.text) for unit in units]
        number = {text: i for i, text in enumerate(sorted(set(keys)))}
        node = tuple(number[key] for key in keys)
        told_by: list[set[str]] = [set() for _ in number]
        first: dict[int, Span] = {}
        for unit, n in zip(units, node, strict=True):
            told_by[n].add(unit.span.version)
            first.setdefault(n, unit.span)
        shown = [first[n] for n in range(len(number))]
        tongue = [languages.get(unit.version) or "en" for unit in shown]
        own = outlets or {}
        bags = tuple(
            bag(_without(unit.text, own.get(unit.version)), language)
            for unit, language in zip(shown, tongue, strict=True)
        )
        weight = weights(bags)
        edges = _edges(bags, weight, [unit.version for unit in shown], tongue)
        return cls(tuple(units), node, tuple(map(frozenset, told_by)), bags, weight, edges)


def _without(text: str, outlet: str | None) -> str:
    name = (outlet or "").removeprefix("The ")
    return text.replace(name, " ") if name else text


def _edges(
    bags: Sequence[Bag], weight: Mapping[str, float], teller: Sequence[str], tongue: Sequence[str]
) -> dict[Pair, float]:
    if len(bags) < 2:
        return {}
    close = _closeness(bags, weight)
    version = np.unique(teller, return_inverse=True)[1]
    close[version[:, None] == version[None, :]] = 0
    best = _best_by_teller(close, version)
    rival = np.maximum(best[:, version], best[:, version].T)
    clear = np.divide(close * close, rival, out=np.zeros_like(close), where=rival > 0)
    code = np.unique(tongue, return_inverse=True)[1]
    even = np.where(code[:, None] == code[None, :], np.float32(EVEN_SAME), np.float32(EVEN_FOREIGN))
    likely = clear * clear / (clear * clear + even * even)
    rows, columns = np.nonzero(np.triu(likely, 1) >= FLOOR)
    return {(int(i), int(j)): float(likely[i, j]) for i, j in zip(rows, columns, strict=True)}


def _closeness(bags: Sequence[Bag], weight: Mapping[str, float]) -> Matrix:
    column = {concept: i for i, concept in enumerate(sorted(weight))}
    held = np.zeros((len(bags), len(column)), np.float32)
    for row, each in enumerate(bags):
        held[row, [column[concept] for concept in each]] = 1
    weighed = held * np.array([weight[c] for c in sorted(weight)], np.float32)
    shared = weighed @ held.T
    total = np.sqrt(np.maximum(weighed.sum(axis=1), 1))
    return np.asarray(shared**1.5 / (total[:, None] * total[None, :]), np.float32)


def _best_by_teller(close: Matrix, version: npt.NDArray[np.intp]) -> Matrix:
    """For each node its best match among the nodes of each version."""
    best = np.zeros((len(close), int(version.max()) + 1), np.float32)
    for number in range(best.shape[1]):
        best[:, number] = close[:, version == number].max(axis=1)
    return best
