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
from storydiff.model import Span
from storydiff.text.normalize import squeeze

Pair = tuple[int, int]
Matrix = npt.NDArray[np.float32]

EVEN_SAME, EVEN_FOREIGN = 0.8, 0.5
"""Closeness at which two nodes of one language, or of two, are as likely to tell the same as not."""
FLOOR = 0.1
"""Less likely pairs are no edges."""


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
        first: dict[int, Span] = {}
        for unit, n in zip(units, node, strict=True):
            told_by[n].add(unit.version)
            if n not in first or unit < first[n]:
                first[n] = unit
        shown = [first[n] for n in range(len(texts))]
        return cls(tuple(texts), node, tuple(map(frozenset, told_by)), _edges(shown, told_by, languages))


def _edges(
    shown: Sequence[Span], told_by: Sequence[set[str]], languages: Mapping[str, str | None]
) -> dict[Pair, float]:
    if len(shown) < 2:
        return {}
    tongue = [languages.get(unit.version) or "en" for unit in shown]
    close = _closeness([bag(unit.text, language) for unit, language in zip(shown, tongue, strict=True)])
    teller = np.unique([unit.version for unit in shown], return_inverse=True)[1]
    close[teller[:, None] == teller[None, :]] = 0
    best = _best_by_teller(close, teller)
    rival = np.maximum(best[:, teller], best[:, teller].T)
    clear = np.divide(close * close, rival, out=np.zeros_like(close), where=rival > 0)
    code = np.unique(tongue, return_inverse=True)[1]
    even = np.where(code[:, None] == code[None, :], np.float32(EVEN_SAME), np.float32(EVEN_FOREIGN))
    likely = clear * clear / (clear * clear + even * even)
    rows, columns = np.nonzero(np.triu(likely, 1) >= FLOOR)
    return {(int(i), int(j)): float(likely[i, j]) for i, j in zip(rows, columns, strict=True)}


def _closeness(bags: Sequence[Bag]) -> Matrix:
    weight = weights(bags)
    column = {concept: i for i, concept in enumerate(sorted(weight))}
    held = np.zeros((len(bags), len(column)), np.float32)
    for row, each in enumerate(bags):
        held[row, [column[concept] for concept in each]] = 1
    weighed = held * np.array([weight[c] for c in sorted(weight)], np.float32)
    shared = weighed @ held.T
    total = np.sqrt(np.maximum(weighed.sum(axis=1), 1))
    return np.asarray(shared**1.5 / (total[:, None] * total[None, :]), np.float32)


def _best_by_teller(close: Matrix, teller: npt.NDArray[np.intp]) -> Matrix:
    """For each node its best match among the nodes of each version."""
    best = np.zeros((len(close), int(teller.max()) + 1), np.float32)
    for version in range(best.shape[1]):
        best[:, version] = close[:, teller == version].max(axis=1)
    return best
