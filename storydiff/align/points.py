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

Edge = tuple[int, int, float]
"""Two nodes and their closeness, 0..1."""
_Pair = tuple[float, int, int, int]
"""Two clusters, the closest first, and of which of them it is the closest pair."""


@dataclass(slots=True)
class _Cluster:
    nodes: list[int]
    alone: dict[str, int]
    """Version -> how many of the nodes it alone tells."""
    tellers: int
    """These versions as bits: most clusters have none in common."""
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
        self.clusters = _clusters(start, told_by)
        self._connect({node: number for number, nodes in enumerate(start) for node in nodes}, edges)
        self.linkage = [-1.0] * len(self.total)
        """And how close the two are, as far as it may be enough."""
        self.best: list[_Pair | None] = [None] * len(self.clusters)
        """For each cluster its closest pair when it was last looked at: no pair that changed since is closer, for the
        cluster that made it change has been looked at again."""
        self.heap: list[_Pair] = []
        for a, each in enumerate(self.clusters):
            self._measure(a, [(b, near) for b, near in each.near.items() if a < b])
        for a in range(len(self.clusters)):
            self._seek(a)

    def _connect(self, home: Mapping[int, int], edges: Iterable[Edge]) -> None:
        total, highest, near = self.total, self.highest, [each.near for each in self.clusters]
        for i, j, closeness in edges:
            a, b = home[i], home[j]
            if a == b:
                continue
            number = near[a].get(b)
            if number is None:
                near[a][b] = near[b][a] = len(total)
                total.append(closeness)
                highest.append(closeness)
            else:
                total[number] += closeness
                highest[number] = max(highest[number], closeness)

    def run(self) -> list[list[int]]:
        clusters, linkage = self.clusters, self.linkage
        while self.heap:
            pair = heapq.heappop(self.heap)
            negative, i, j, owner = pair
            if pair is not self.best[owner]:
                continue
            if clusters[i].alive and clusters[j].alive and linkage[clusters[i].near[j]] == -negative:
                self._merge(i, j)
                owner = i
            self._seek(owner)
        return [sorted(c.nodes) for c in clusters if c.alive]

    def _measure(self, i: int, others: Iterable[tuple[int, int]]) -> None:
        """How close a cluster is to others. No linkage is closer than the closest pair of nodes."""
        threshold, highest, clusters = self.threshold, self.highest, self.clusters
        own = clusters[i]
        for j, number in others:
            if highest[number] >= threshold:
                self.linkage[number] = self._linkage(own, clusters[j], number)

    def _seek(self, i: int) -> None:
        """Puts the closest pair of a cluster on the heap, if it is close enough."""
        closest, best, linkage = self.threshold, -1, self.linkage
        for j, number in self.clusters[i].near.items():
            if linkage[number] >= closest and (linkage[number] > closest or best < 0 or j < best):
                closest, best = linkage[number], j
        self.best[i] = pair = (-closest, min(i, best), max(i, best), i) if best >= 0 else None
        if pair:
            heapq.heappush(self.heap, pair)

    def _linkage(self, a: _Cluster, b: _Cluster, number: int) -> float:
        """Node pairs count, but for those that one version tells alone."""
        pairs = len(a.nodes) * len(b.nodes)
        if a.tellers & b.tellers:
            pairs -= sum([times * b.alone.get(version, 0) for version, times in a.alone.items()])
        return (self.total[number] / pairs + self.highest[number]) / 2 if pairs else 0.0

    def _merge(self, i: int, j: int) -> None:
        kept, gone = self.clusters[i], self.clusters[j]
        gone.alive = False
        kept.nodes += gone.nodes
        kept.tellers |= gone.tellers
        for version, times in gone.alone.items():
            kept.alone[version] = kept.alone.get(version, 0) + times
        total, highest, clusters, near = self.total, self.highest, self.clusters, kept.near
        del near[j], gone.near[i]
        for other, more in gone.near.items():
            others = clusters[other].near
            del others[j]
            both = near.get(other)
            if both is None:
                near[other] = others[i] = more
            else:
                total[both] += total[more]
                highest[both] = max(highest[both], highest[more])
        gone.near.clear()
        self.best[j] = None
        self._measure(i, near.items())


def _clusters(start: Sequence[Sequence[int]], told_by: Sequence[frozenset[str]]) -> list[_Cluster]:
    bits: dict[str, int] = {}
    found = []
    for nodes in start:
        alone = _alone(nodes, told_by)
        tellers = sum([bits.setdefault(version, 1 << len(bits)) for version in alone])
        found.append(_Cluster(list(nodes), alone, tellers))
    return found


def _alone(nodes: Sequence[int], told_by: Sequence[frozenset[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for node in nodes:
        if len(told_by[node]) == 1:
            [version] = told_by[node]
            found[version] = found.get(version, 0) + 1
    return found
