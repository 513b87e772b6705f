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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Edge = tuple[int, int, float]
"""Two nodes and their closeness, 0..1."""


@dataclass(slots=True)
class _Cluster:
    nodes: list[int]
    alone: dict[str, int]
    """Version -> how many of the nodes it alone tells."""
    near: dict[int, int] = field(default_factory=dict)
    """Other cluster -> the number of what is known of the two."""
    alive: bool = True


def cluster(
    start: Sequence[Sequence[int]],
    edges: Iterable[Edge],
    told_by: Sequence[frozenset[str]],
    threshold: float,
) -> list[list[int]]:
    """Nodes in clusters, beginning with the clusters `start`; nodes that it does not name are left out.

    `edges`: each pair of nodes once; `told_by`: who tells each node.
    """
    return _Agglomeration(start, edges, told_by, threshold).run()


class _Agglomeration:
    def __init__(
        self,
        start: Sequence[Sequence[int]],
        edges: Iterable[Edge],
        told_by: Sequence[frozenset[str]],
        threshold: float,
    ) -> None:
        self.threshold = threshold
        self.total: list[float] = []
        """By number, for two clusters the sum of the closeness of all pairs of nodes between them."""
        self.highest: list[float] = []
        """And the highest of these."""
        self.clusters = [_Cluster(list(nodes), _alone(nodes, told_by)) for nodes in start]
        home = {node: number for number, nodes in enumerate(start) for node in nodes}
        for i, j, closeness in edges:
            a, b = home[i], home[j]
            if a != b:
                number = self.clusters[a].near.setdefault(b, len(self.total))
                if number < len(self.total):
                    self._add(number, closeness, closeness)
                else:
                    self.clusters[b].near[a] = number
                    self.total.append(closeness)
                    self.highest.append(closeness)
        self.heap: list[tuple[float, int, int]] = []
        for a, each in enumerate(self.clusters):
            self._note(a, [(b, near) for b, near in each.near.items() if a < b])

    def run(self) -> list[list[int]]:
        while self.heap:
            negative, i, j = heapq.heappop(self.heap)
            if self.clusters[i].alive and self.clusters[j].alive and self._linkage(i, j) == -negative:
                self._merge(i, j)
        return [sorted(c.nodes) for c in self.clusters if c.alive]

    def _add(self, number: int, total: float, highest: float) -> None:
        self.total[number] += total
        self.highest[number] = max(self.highest[number], highest)

    def _note(self, i: int, others: Iterable[tuple[int, int]]) -> None:
        """Puts the pairs on the heap that are close enough. No linkage is closer than the closest pair of nodes."""
        threshold, heap, highest = self.threshold, self.heap, self.highest
        for j, number in others:
            if highest[number] >= threshold and (linkage := self._linkage(i, j)) >= threshold:
                heapq.heappush(heap, (-linkage, i, j) if i < j else (-linkage, j, i))

    def _linkage(self, i: int, j: int) -> float:
        """Node pairs count, but for those that one version tells alone."""
        a, b = self.clusters[i], self.clusters[j]
        pairs = len(a.nodes) * len(b.nodes)
        if not a.alone.keys().isdisjoint(b.alone):
            pairs -= sum([times * b.alone.get(version, 0) for version, times in a.alone.items()])
        number = a.near[j]
        return (self.total[number] / pairs + self.highest[number]) / 2 if pairs else 0.0

    def _merge(self, i: int, j: int) -> None:
        kept, gone = self.clusters[i], self.clusters[j]
        gone.alive = False
        kept.nodes += gone.nodes
        for version, times in gone.alone.items():
            kept.alone[version] = kept.alone.get(version, 0) + times
        near = kept.near
        del near[j], gone.near[i]
        for other, more in gone.near.items():
            others = self.clusters[other].near
            del others[j]
            both = near.get(other)
            if both is None:
                near[other] = others[i] = more
            else:
                self._add(both, self.total[more], self.highest[more])
        gone.near.clear()
        self._note(i, near.items())


def _alone(nodes: Sequence[int], told_by: Sequence[frozenset[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for node in nodes:
        if len(told_by[node]) == 1:
            [version] = told_by[node]
            found[version] = found.get(version, 0) + 1
    return found
