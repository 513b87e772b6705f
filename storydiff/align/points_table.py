"""All joined versions of a story cut into units, and the units grouped into points, in the order of the story."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storydiff.align import joined
from storydiff.align.points import cluster
from storydiff.align.points_graph import Graph
from storydiff.align.units import units
from storydiff.model import Extent, Span, Version

CLOSE = 0.33
"""Average closeness from which two groups of units are one point; .30 to .40 give the same figures on dev stories."""

Group = tuple[int, ...]
"""Indexes of units, in reading order."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What points, coverage and links are read from. `versions` are all current ones, joined or not."""

    versions: tuple[Version, ...]
    apart: Mapping[str, str]
    graph: Graph
    groups: tuple[Group, ...]
    language: str
    """The language that most of the joined versions are written in."""

    @classmethod
    def of(cls, versions: tuple[Version, ...]) -> Table:
        """The table of current versions."""
        languages = {version.id: version.language for version in versions}
        cut = [unit for version in versions if version.extent is not Extent.BLOCKED for unit in units(version)]
        graph = Graph.of(cut, languages)
        apart = _apart(graph, versions)
        if apart:
            graph = Graph.of([unit for unit in cut if unit.version not in apart], languages)
        language = _main_language(version for version in versions if version.id not in apart)
        return cls(versions, apart, graph, _groups(graph, versions), language)

    def spans(self, group: Group) -> dict[str, tuple[Span, ...]]:
        """Who tells a point where."""
        told: dict[str, list[Span]] = defaultdict(list)
        for index in group:
            told[self.graph.units[index].version].append(self.graph.units[index])
        return {version: tuple(sorted(spans)) for version, spans in told.items()}

    def joined(self) -> tuple[Version, ...]:
        """The versions that are about this story and could be read."""
        return tuple(v for v in self.versions if v.id not in self.apart and v.extent is not Extent.BLOCKED)


def _groups(graph: Graph, versions: Sequence[Version]) -> tuple[Group, ...]:
    members: dict[int, list[int]] = defaultdict(list)
    for index, node in enumerate(graph.node):
        members[node].append(index)
    found = cluster(len(graph.bags), graph.edges, graph.told_by, CLOSE)
    return _as_told([sorted(i for node in nodes for i in members[node]) for nodes in found], graph, versions)


def _as_told(groups: Iterable[Sequence[int]], graph: Graph, versions: Sequence[Version]) -> tuple[Group, ...]:
    """By mean place in the versions that tell it, the more corroborated first on ties."""
    length = {version.id: max(len(version.paragraphs) - 1, 1) for version in versions}

    def place(group: Sequence[int]) -> tuple[float, int, str]:
        first: dict[str, Span] = {}
        for index in group:
            first.setdefault(graph.units[index].version, graph.units[index])
        mean = sum(span.paragraph / length[span.version] for span in first.values()) / len(first)
        return round(mean, 6), -len(first), min(graph.units[index].text for index in group)

    return tuple(sorted(map(tuple, groups), key=place))


def _apart(graph: Graph, versions: Sequence[Version]) -> dict[str, str]:
    concepts: dict[str, Counter[str]] = defaultdict(Counter)
    for unit, node in zip(graph.units, graph.node, strict=True):
        concepts[unit.version].update(graph.bags[node])
    texts = {
        version.id: joined.Text(concepts[version.id], version.extent is Extent.COMPLETE, version.published)
        for version in versions
        if version.id in concepts
    }
    return joined.apart(texts, graph.weight)


def _main_language(versions: Iterable[Version]) -> str:
    count = Counter(version.language or "en" for version in versions)
    return min(count, key=lambda language: (-count[language], language), default="en")
