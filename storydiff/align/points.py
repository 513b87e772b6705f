"""Cluster the units of N versions into points: what is told once, whoever tells it.

Agglomerative clustering over the support graph, by the mean of average linkage (Sokal and Michener 1958) and the
closest pair: the average alone leaves out a reading that resembles only one of four wordings, the closest pair alone
chains. Before it starts, units with the same words become one node, so that a wire text printed by thirty outlets
weighs as much as one. A pair without an edge counts as far apart; a pair that one version tells alone does not count.

The result depends on the content of the units alone: the closest pair is merged first, ties are broken by the text, and
neither ids nor the order of versions are looked at.

time: O(e log e) in the edges of the support graph. Where it fails: a sentence that says two things, of which two other
versions tell one each, can join only one of them; `align.units` cuts clauses to make that rare, and coverage asks every
version again for every point.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Pair = tuple[int, int]


@dataclass(slots=True)
class _Cluster:
    nodes: list[int]
    alone: dict[str, int]
    """Version -> how many of the nodes it alone tells."""
    near: dict[int, tuple[float, float]] = field(default_factory=dict)
    """Other cluster -> sum of the closeness of all pairs of nodes between the two, and the highest."""
    alive: bool = True


def cluster(
    start: Sequence[Sequence[int]],
    edges: Mapping[Pair, float],
    told_by: Sequence[frozenset[str]],
    threshold: float,
) -> list[list[int]]:
    """Nodes in clusters, beginning with the clusters `start`; nodes that it does not name are left out.

    `edges`: the closeness 0..1 of node pairs (i < j); `told_by`: who tells each node.
    """
    return _Agglomeration(start, edges, told_by, threshold).run()


class _Agglomeration:
    def __init__(
        self,
        start: Sequence[Sequence[int]],
        edges: Mapping[Pair, float],
        told_by: Sequence[frozenset[str]],
        threshold: float,
    ) -> None:
        self.threshold = threshold
        self.clusters = [_Cluster(list(nodes), _alone(nodes, told_by)) for nodes in start]
        home = {node: number for number, nodes in enumerate(start) for node in nodes}
        for (i, j), closeness in edges.items():
            a, b = home[i], home[j]
            if a != b:
                total, closest = self.clusters[a].near.get(b, (0.0, 0.0))
                near = (total + closeness, max(closest, closeness))
                self.clusters[a].near[b] = self.clusters[b].near[a] = near
        self.heap: list[tuple[float, int, int]] = []
        for a, each in enumerate(self.clusters):
            self._note(a, [b for b in each.near if a < b])

    def run(self) -> list[list[int]]:
        while self.heap:
            negative, i, j = heapq.heappop(self.heap)
            if self.clusters[i].alive and self.clusters[j].alive and self._linkage(i, j) == -negative:
                self._merge(i, j)
        return [sorted(c.nodes) for c in self.clusters if c.alive]

    def _note(self, i: int, others: Iterable[int]) -> None:
        """Puts the pairs on the heap that are close enough. No linkage is closer than the closest pair of nodes."""
        near = self.clusters[i].near
        for j in others:
            if near[j][1] >= self.threshold and (linkage := self._linkage(i, j)) >= self.threshold:
                heapq.heappush(self.heap, (-linkage, i, j) if i < j else (-linkage, j, i))

    def _linkage(self, i: int, j: int) -> float:
        pairs = self._pairs(i, j)
        total, closest = self.clusters[i].near.get(j, (0.0, 0.0))
        return (total / pairs + closest) / 2 if pairs else 0.0

    def _pairs(self, i: int, j: int) -> int:
        """Node pairs between the two clusters, but for those that one version tells alone."""
        a, b = self.clusters[i], self.clusters[j]
        both = a.alone.keys() & b.alone.keys()
        alone = sum([a.alone[version] * b.alone[version] for version in both]) if both else 0
        return len(a.nodes) * len(b.nodes) - alone

    def _merge(self, i: int, j: int) -> None:
        kept, gone = self.clusters[i], self.clusters[j]
        gone.alive = False
        kept.nodes += gone.nodes
        for version, times in gone.alone.items():
            kept.alone[version] = kept.alone.get(version, 0) + times
        del kept.near[j]
        for other, (total, closest) in gone.near.items():
            if other == i:
                continue
            neighbour = self.clusters[other]
            before, best = kept.near.get(other, (0.0, 0.0))
            kept.near[other] = neighbour.near[i] = (before + total, max(best, closest))
            neighbour.near.pop(j, None)
        self._note(i, kept.near)


def _alone(nodes: Sequence[int], told_by: Sequence[frozenset[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for node in nodes:
        if len(told_by[node]) == 1:
            [version] = told_by[node]
            found[version] = found.get(version, 0) + 1
    return found
