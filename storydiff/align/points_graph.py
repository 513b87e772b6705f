"""The graph over units: distinct texts as nodes, and how close two of them are.

Units with the same words are one node, told by several versions. Two nodes are as close as the weight of the concepts
they share, against the weight of all they hold, and as clearly as each is the other's best match in its version:

    shared ** 1.5 / sqrt(weight_i * weight_j)        times itself over the better of the two best matches

The exponent asks for more shared weight than a cosine does: two short clauses with one common word are not close.

time: for each node the postings of its concepts (`points_index`), never all pairs of words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from storydiff.align.points import Edge
from storydiff.align.points_concepts import Bag, bag, is_telling, weights
from storydiff.align.points_index import Index
from storydiff.align.points_scripts import with_names
from storydiff.align.units import Unit
from storydiff.text.normalize import squeeze

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

EVEN_SAME, EVEN_FOREIGN = 0.8, 0.65
"""Closeness at which two nodes of one language, or of two, are as likely to tell the same as not. Of two, .5, .6 and
.65 find .95, .99 and .99 of the gold points of half A, and .92, .93 and .94 of half B, with .788, .788, .798 and .740,
.740, .742 of the cells right; the dev stories do not change."""
FLOOR = 0.1
"""Less likely pairs are no edges."""
AT_ONCE = 64
"""Nodes that are compared with all others in one step: enough to make numpy's own cost small, and little memory."""
FAINT = 0.2
"""Closeness below which a pair cannot become an edge: FLOOR at EVEN_FOREIGN is .22, at EVEN_SAME .27."""
NEARLY = 0.999
"""Room for rounding where FAINT is asked for in advance."""


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Nodes are numbered in the order of their texts, so that nothing depends on ids."""

    units: tuple[Unit, ...]
    node: tuple[int, ...]
    """For each unit, its node."""
    told_by: tuple[frozenset[str], ...]
    teller: tuple[int, ...]
    """For each node the number of the first version that tells it; versions are numbered as their units come."""
    tongue: tuple[str, ...]
    bags: tuple[Bag, ...]
    """For each node, its concepts."""
    weight: Mapping[str, float]

    @classmethod
    def of(
        cls, units: Sequence[Unit], languages: Mapping[str, str | None], outlets: Mapping[str, str] | None = None
    ) -> Nodes:
        """The nodes of all units of a story; languages and names of outlets by version.

        Of equal texts the first one's version counts. An outlet that names itself ("told the Kelm Courier") says
        nothing by it.
        """
        keys = [squeeze(unit.span.text) for unit in units]
        number = {text: i for i, text in enumerate(sorted(set(keys)))}
        node = tuple(number[key] for key in keys)
        told_by: list[set[str]] = [set() for _ in number]
        first: dict[int, Unit] = {}
        for unit, n in zip(units, node, strict=True):
            told_by[n].add(unit.span.version)
            first.setdefault(n, unit)
        shown = [first[n].span for n in range(len(number))]
        order = {version: i for i, version in enumerate(dict.fromkeys(unit.span.version for unit in units))}
        tongue = tuple(languages.get(span.version) or "en" for span in shown)
        own = outlets or {}
        bags = tuple(
            bag(_without(span.text, own.get(span.version)), language)
            for span, language in zip(shown, tongue, strict=True)
        )
        bags = with_names(tuple(span.text for span in shown), tongue, bags)
        teller = tuple(order[span.version] for span in shown)
        return cls(tuple(units), node, tuple(map(frozenset, told_by)), teller, tongue, bags, weights(bags))


def _without(text: str, outlet: str | None) -> str:
    name = (outlet or "").removeprefix("The ")
    return text.replace(name, " ") if name else text


def edges(nodes: Nodes, asked: Sequence[int], among: Sequence[int]) -> Iterable[Edge]:
    """How likely pairs of nodes tell the same, each pair once: `asked` with each other and with `among`."""
    every = sorted({*asked, *among})
    if len(every) < 2:
        return ()
    rows, columns, close = _close(nodes, asked, every)
    teller, count = np.array(nodes.teller), max(nodes.teller) + 1
    best = np.zeros((len(nodes.bags), count))
    np.maximum.at(best, (rows, teller[columns]), close)
    np.maximum.at(best, (columns, teller[rows]), close)
    clear = close * close / np.maximum(best[rows, teller[columns]], best[columns, teller[rows]])
    code = np.unique(nodes.tongue, return_inverse=True)[1]
    even = np.where(code[rows] == code[columns], EVEN_SAME, EVEN_FOREIGN)
    likely = clear * clear / (clear * clear + even * even)
    kept = likely >= FLOOR
    return zip(rows[kept].tolist(), columns[kept].tolist(), likely[kept].tolist(), strict=True)


def _close(nodes: Nodes, asked: Sequence[int], every: Sequence[int]) -> tuple[Ints, Ints, Floats]:
    """Pairs of different versions with how close they are; each pair once."""
    number, own = np.array(every), set(asked)
    held = [nodes.bags[n] for n in every]
    figures = [frozenset(filter(is_telling, bag)) for bag in held]
    by_concept, by_figure = Index(held, nodes.weight), Index(figures, nodes.weight)
    counts = np.array([bool(each) for each in figures])
    whole = np.sqrt([_size(bag, nodes.weight) for bag in held])
    bare = np.sqrt([_size(bag - figured, nodes.weight) for bag, figured in zip(held, figures, strict=True)])
    teller, later = np.array(nodes.teller)[number], np.array([n in own for n in every])
    rows, columns, close = [_NONE], [_NONE], [np.zeros(0)]
    for places in _in_parts(np.flatnonzero(later)):
        shared, figure = by_concept.between(places), by_figure.between(places)
        # A pair of two asked nodes is looked at from the lower one.
        once = ~later | (number > number[places, None])
        # No pair is closer than without its figures. Powers are slow: only of what may be close enough.
        able = shared * shared * shared >= NEARLY * (FAINT * bare * bare[places, None]) ** 2
        row, column = np.nonzero(able & once & (teller != teller[places, None]))
        one, held_both = places[row], shared[row, column] ** 1.5
        apart = counts[one] & counts[column] & (figure[row, column] == 0)
        value = np.where(apart, held_both / (bare[column] * bare[one]), held_both / (whole[column] * whole[one]))
        kept = value >= FAINT
        rows.append(number[one[kept]])
        columns.append(number[column[kept]])
        close.append(value[kept])
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(close)


def _in_parts(places: Ints) -> Iterable[Ints]:
    return (places[i : i + AT_ONCE] for i in range(0, len(places), AT_ONCE))


def _size(bag: Bag, weight: Mapping[str, float]) -> float:
    return max(math.fsum(map(weight.__getitem__, bag)), 1.0)


_NONE = np.zeros(0, np.int64)
