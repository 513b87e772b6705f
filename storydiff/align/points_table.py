"""All joined versions of a story cut into units, and the units grouped into points, in the order of the story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from storydiff.align.points import cluster
from storydiff.align.points_apart import main_language, strangers
from storydiff.align.points_concepts import Bag
from storydiff.align.points_graph import Nodes, edges
from storydiff.align.units import units
from storydiff.model import Extent, Span, Version
from storydiff.text.words import base

CLOSE = 0.5
"""Closeness from which two groups of units are one point; .45 to .60 give nearly the same on the dev stories."""


BATCH, STAND_INS = 1500, 3
"""Nodes that are clustered at a time once there are more than twice as many, and how many of a cluster the next ones
are compared with: cost grows with the versions, not with their square."""


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
        languages = {version.id: base(version.language) for version in versions}
        outlets = {version.id: version.outlet for version in versions}
        cut = [unit for version in versions if version.extent is not Extent.BLOCKED for unit in units(version)]
        nodes = Nodes.of(cut, languages, outlets)
        apart = strangers(nodes, versions)
        if apart:
            nodes = Nodes.of([unit for unit in cut if unit.span.version not in apart], languages, outlets)
        language = main_language(version for version in versions if version.id not in apart)
        paragraphs = {(v.id, i): paragraph.text for v in versions for i, paragraph in v.body}
        points = [_pieces(group, nodes, paragraphs) for group in _rejoined(_groups(nodes), nodes)]
        return cls(versions, apart, _as_told(points, versions), nodes.weight, language)

    def joined(self) -> tuple[Version, ...]:
        """The versions that are about this story and could be read."""
        return tuple(v for v in self.versions if v.id not in self.apart and v.extent is not Extent.BLOCKED)

    def pieces(self) -> dict[str, list[Piece]]:
        """Version id -> all its pieces in reading order."""
        found: dict[str, list[Piece]] = defaultdict(list)
        for piece in sorted(chain.from_iterable(self.points), key=_place):
            found[piece.span.version].append(piece)
        return found


def _place(piece: Piece) -> tuple[str, int, int]:
    """The order of spans, of which no two begin at one place."""
    return piece.span.version, piece.span.paragraph, piece.span.start


def told(point: Iterable[Piece]) -> dict[str, tuple[Span, ...]]:
    """Who tells a point where."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for piece in point:
        spans[piece.span.version].append(piece.span)
    return {version: tuple(sorted(found)) for version, found in spans.items()}


def _groups(nodes: Nodes) -> list[list[int]]:
    """Indexes of units, grouped."""
    members: dict[int, list[int]] = defaultdict(list)
    for index, node in enumerate(nodes.node):
        members[node].append(index)
    return [sorted(index for node in found for index in members[node]) for found in _clusters(nodes)]


def _clusters(nodes: Nodes) -> list[list[int]]:
    """The nodes clustered, `BATCH` at a time in the order of the versions; of a cluster some nodes stand for all."""
    clusters: list[list[int]] = []
    for batch in _batches(nodes):
        shown = [_representatives(each, nodes) for each in clusters]
        start = [*shown, *([node] for node in batch)]
        known = {
            node: each for each, stand_in in zip(clusters, shown, strict=True) for node in each if node in stand_in
        }
        among = [node for each in shown for node in each]
        merged = cluster(start, edges(nodes, batch, among), nodes.told_by, CLOSE)
        clusters = [_expanded(each, known) for each in merged]
    return clusters


def _batches(nodes: Nodes) -> list[list[int]]:
    """Nodes by the version that tells them first; one batch unless there are very many."""
    ordered = sorted(range(len(nodes.bags)), key=lambda node: (nodes.teller[node], node))
    if len(ordered) <= 2 * BATCH:
        return [sorted(ordered)]
    return [sorted(ordered[i : i + BATCH]) for i in range(0, len(ordered), BATCH)]


def _representatives(clustered: Sequence[int], nodes: Nodes) -> list[int]:
    """The nodes with most weight, the most carried first: what a later node is compared with."""

    def rank(node: int) -> tuple[int, float, int]:
        return -len(nodes.told_by[node]), -sum(nodes.weight[c] for c in sorted(nodes.bags[node])), node

    return sorted(clustered, key=rank)[:STAND_INS]


def _expanded(found: Sequence[int], known: Mapping[int, Sequence[int]]) -> list[int]:
    """A cluster with all the nodes that its representatives stand for."""
    return sorted({member for node in found for member in known.get(node, (node,))})


def _rejoined(groups: list[list[int]], nodes: Nodes) -> list[list[int]]:
    """Groups of clauses that nobody tells apart from a neighbouring clause of the same sentence go back to it."""
    home = {index: number for number, group in enumerate(groups) for index in group}
    kept = {number: list(group) for number, group in enumerate(groups)}
    for number in sorted(kept, key=lambda n: (len(groups[n]), min(nodes.node[i] for i in groups[n]))):
        hosts = [{home[n] for n in _neighbours(index, nodes)} - {number} for index in kept[number]]
        common = set.intersection(*hosts) if hosts else set()
        if common:
            host = max(common, key=lambda n: (len(kept[n]), -min(nodes.node[i] for i in kept[n])))
            kept[host] += kept[number]
            home.update(dict.fromkeys(kept.pop(number), host))
    return [sorted(group) for group in kept.values()]


def _neighbours(index: int, nodes: Nodes) -> Iterable[int]:
    """The clauses before and after a clause in its sentence."""
    for other in (index - 1, index + 1):
        if 0 <= other < len(nodes.units) and _one_sentence(index, other, nodes):
            yield other


def _one_sentence(a: int, b: int, nodes: Nodes) -> bool:
    one, other = nodes.units[a], nodes.units[b]
    return (one.span.version, one.span.paragraph, one.sentence) == (
        other.span.version,
        other.span.paragraph,
        other.sentence,
    )


def _pieces(group: Sequence[int], nodes: Nodes, paragraphs: Paragraphs) -> Pieces:
    """The units of a group, neighbouring clauses as one piece."""
    runs: list[list[int]] = []
    for index in group:
        if runs and runs[-1][-1] == index - 1 and _one_sentence(index - 1, index, nodes):
            runs[-1].append(index)
        else:
            runs.append([index])
    return tuple(_piece(run, nodes, paragraphs) for run in runs)


def _piece(run: Sequence[int], nodes: Nodes, paragraphs: Paragraphs) -> Piece:
    first, last = nodes.units[run[0]].span, nodes.units[run[-1]].span
    text = paragraphs[first.version, first.paragraph][first.start : last.end]
    span = Span(first.version, first.paragraph, first.start, last.end, text)
    bags = [nodes.bags[nodes.node[i]] for i in run]
    return Piece(span, bags[0].union(*bags[1:]), nodes.units[run[0]].sentence)


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
