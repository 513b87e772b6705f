"""All joined versions of a story cut into units, and the units grouped into points, in the order of the story."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storydiff.align import joined
from storydiff.align.points import cluster
from storydiff.align.points_concepts import Bag
from storydiff.align.points_graph import Graph
from storydiff.align.units import units
from storydiff.model import Extent, Span, Version

CLOSE = 0.5
"""Closeness from which two groups of units are one point; .45 to .60 give nearly the same on the dev stories."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one version that tells a point: a unit, or neighbouring clauses of one sentence."""

    span: Span
    bag: Bag
    sentence: int
    """Where the sentence begins that it stands in."""


Pieces = tuple[Piece, ...]
Paragraphs = Mapping[tuple[str, int], str]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What points, coverage and links are read from. `versions` are all current ones, joined or not."""

    versions: tuple[Version, ...]
    apart: Mapping[str, str]
    points: tuple[Pieces, ...]
    """Every unit of every joined version is in exactly one."""
    weight: Mapping[str, float]
    """Of each concept of the story."""
    language: str
    """The language that most of the joined versions are written in."""

    @classmethod
    def of(cls, versions: tuple[Version, ...]) -> Table:
        """The table of current versions."""
        languages = {version.id: version.language for version in versions}
        cut = [unit for version in versions if version.extent is not Extent.BLOCKED for unit in units(version)]
        names = {version.id: version.outlet for version in versions}
        graph = Graph.of(cut, languages, names)
        apart = _apart(graph, versions)
        if apart:
            graph = Graph.of([unit for unit in cut if unit.span.version not in apart], languages, names)
        language = _main_language(version for version in versions if version.id not in apart)
        paragraphs = {(v.id, i): paragraph.text for v in versions for i, paragraph in v.body}
        points = [_pieces(group, graph, paragraphs) for group in _rejoined(_groups(graph), graph)]
        return cls(versions, apart, _as_told(points, versions), graph.weight, language)

    def joined(self) -> tuple[Version, ...]:
        """The versions that are about this story and could be read."""
        return tuple(v for v in self.versions if v.id not in self.apart and v.extent is not Extent.BLOCKED)

    def pieces(self) -> dict[str, list[Piece]]:
        """Version id -> all its pieces in reading order."""
        found: dict[str, list[Piece]] = defaultdict(list)
        for piece in sorted((piece for point in self.points for piece in point), key=lambda piece: piece.span):
            found[piece.span.version].append(piece)
        return found


def told(point: Iterable[Piece]) -> dict[str, tuple[Span, ...]]:
    """Who tells a point where."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for piece in point:
        spans[piece.span.version].append(piece.span)
    return {version: tuple(sorted(found)) for version, found in spans.items()}


def _groups(graph: Graph) -> list[list[int]]:
    """Indexes of units, grouped."""
    members: dict[int, list[int]] = defaultdict(list)
    for index, node in enumerate(graph.node):
        members[node].append(index)
    found = cluster(len(graph.bags), graph.edges, graph.told_by, CLOSE)
    return [sorted(index for node in nodes for index in members[node]) for nodes in found]


def _rejoined(groups: list[list[int]], graph: Graph) -> list[list[int]]:
    """Groups of clauses that nobody tells apart from a neighbouring clause of the same sentence go back to it."""
    home = {index: number for number, group in enumerate(groups) for index in group}
    kept = {number: list(group) for number, group in enumerate(groups)}
    for number in sorted(kept, key=lambda n: (len(groups[n]), min(graph.node[i] for i in groups[n]))):
        hosts = [{home[n] for n in _neighbours(index, graph)} - {number} for index in kept[number]]
        common = set.intersection(*hosts) if hosts else set()
        if common:
            host = max(common, key=lambda n: (len(kept[n]), -min(graph.node[i] for i in kept[n])))
            kept[host] += kept[number]
            home.update(dict.fromkeys(kept.pop(number), host))
    return [sorted(group) for group in kept.values()]


def _neighbours(index: int, graph: Graph) -> Iterable[int]:
    """The clauses before and after a clause in its sentence."""
    for other in (index - 1, index + 1):
        if 0 <= other < len(graph.units) and _one_sentence(index, other, graph):
            yield other


def _one_sentence(a: int, b: int, graph: Graph) -> bool:
    one, other = graph.units[a], graph.units[b]
    return (one.span.version, one.span.paragraph, one.sentence) == (
        other.span.version,
        other.span.paragraph,
        other.sentence,
    )


def _pieces(group: Sequence[int], graph: Graph, paragraphs: Paragraphs) -> Pieces:
    """The units of a group, neighbouring clauses as one piece."""
    runs: list[list[int]] = []
    for index in group:
        if runs and runs[-1][-1] == index - 1 and _one_sentence(index - 1, index, graph):
            runs[-1].append(index)
        else:
            runs.append([index])
    return tuple(_piece(run, graph, paragraphs) for run in runs)


def _piece(run: Sequence[int], graph: Graph, paragraphs: Paragraphs) -> Piece:
    first, last = graph.units[run[0]].span, graph.units[run[-1]].span
    text = paragraphs[first.version, first.paragraph][first.start : last.end]
    span = Span(first.version, first.paragraph, first.start, last.end, text)
    return Piece(span, frozenset().union(*(graph.bags[graph.node[i]] for i in run)), graph.units[run[0]].sentence)


def _as_told(points: Iterable[Pieces], versions: Sequence[Version]) -> tuple[Pieces, ...]:
    """By mean place in the versions that tell it, the more corroborated first on ties."""
    length = {version.id: max(len(version.paragraphs) - 1, 1) for version in versions}

    def place(point: Pieces) -> tuple[float, int, str]:
        first: dict[str, Span] = {}
        for piece in point:
            first.setdefault(piece.span.version, piece.span)
        mean = sum(span.paragraph / length[span.version] for span in first.values()) / len(first)
        return round(mean, 6), -len(first), min(piece.span.text for piece in point)

    return tuple(sorted(points, key=place))


def _apart(graph: Graph, versions: Sequence[Version]) -> dict[str, str]:
    concepts: dict[str, Counter[str]] = defaultdict(Counter)
    for unit, node in zip(graph.units, graph.node, strict=True):
        concepts[unit.span.version].update(graph.bags[node])
    texts = {
        version.id: joined.Text(concepts[version.id], version.extent is Extent.COMPLETE, version.published)
        for version in versions
        if version.id in concepts
    }
    return joined.apart(texts, graph.weight)


def _main_language(versions: Iterable[Version]) -> str:
    count = Counter(version.language or "en" for version in versions)
    return min(count, key=lambda language: (-count[language], language), default="en")
