"""Collate: compare all versions of a story and say who reports, omits, contradicts, copied and changed what.

Pure functions on frozen values: no clock, environment, network or logging. One input gives one output, byte for byte,
whatever the order of the versions and whatever they are called.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations

from storydiff.align import joined
from storydiff.align.paragraphs import links
from storydiff.align.points import cluster
from storydiff.align.points_graph import Graph
from storydiff.align.points_statement import Candidate, choose, kind, leans, worded
from storydiff.align.units import units
from storydiff.diff import coverage, identity
from storydiff.model import (
    Cell,
    Collation,
    Extent,
    Link,
    Paragraph,
    Point,
    Span,
    Story,
    Version,
    fingerprint,
    version_id,
)

ENGINE = "storydiff/1"
"""Named in every collation: derived results can be rebuilt when it changes."""
CLOSE = 0.35
"""Average closeness from which two groups of units are one point."""
HEADLINE_WORDS = 20
"""A longer first paragraph is a lede, not a headline."""


def read_text(text: str, *, outlet: str, **fields: object) -> Version:
    """A version from plain text: paragraphs stand between blank lines; a short first line without a full stop, followed
    by a blank line, is the headline. `fields` are further fields of the version, such as `url` or `published`."""
    blocks = [" ".join(block.split()) for block in _blocks(text)]
    headline = blocks.pop(0) if len(blocks) > 1 and _is_headline(blocks[0]) else None
    paragraphs = tuple(Paragraph(block) for block in blocks)
    known: dict[str, object] = {"headline": headline, "paragraphs": paragraphs, "outlet": outlet, **fields}
    content = fingerprint(headline, None, paragraphs)
    version = Version(id="", **known)  # type: ignore[arg-type]
    known.setdefault("id", version_id(version.article, version.fetched, content))
    return Version(**known)  # type: ignore[arg-type]


def collate(
    versions: Iterable[Version | str],
    *,
    story: Story | None = None,
    previous: Collation | None = None,
    made: datetime | None = None,
) -> Collation:
    """Everything there is to say about a story, from the versions alone.

    Several versions of one article may be given: the newest by `fetched` is compared with the other outlets', the
    earlier ones tell what was revised and who was first. Points and discrepancies keep their ids from `previous`.
    """
    history = _history(_numbered(versions))
    current = tuple(sorted((_newest(states) for states in history.values()), key=_content_order))
    table = _Table.of(current)
    points = tuple(_point(table, group) for group in table.groups)
    return Collation(
        engine=ENGINE,
        story=story or Story(slug="story"),
        versions=current,
        apart=table.apart,
        points=_with_ids(points, previous, identity.articles_of_versions(current)),
        links=tuple(_links(table)),
        discrepancies=(),
        families=(),
        revisions=(),
        made=made,
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """The joined versions cut into units, and the units grouped into points, in the order of the story."""

    versions: tuple[Version, ...]
    apart: dict[str, str]
    groups: tuple[tuple[Span, ...], ...]

    @classmethod
    def of(cls, versions: tuple[Version, ...]) -> _Table:
        cut = [unit for version in versions if version.extent is not Extent.BLOCKED for unit in units(version)]
        languages = {version.id: version.language for version in versions}
        graph = Graph.of(cut, languages)
        apart = joined.apart(_borne_out(cut, graph))
        if apart:
            cut = [unit for unit in cut if unit.version not in apart]
            graph = Graph.of(cut, languages)
        by_node: dict[int, list[Span]] = defaultdict(list)
        for unit, node in zip(cut, graph.node, strict=True):
            by_node[node].append(unit)
        found = cluster(len(graph.texts), graph.edges, graph.told_by, CLOSE)
        groups = [tuple(sorted(unit for node in nodes for unit in by_node[node])) for nodes in found]
        return cls(versions, apart, _as_told(groups, versions))


def _borne_out(cut: Sequence[Span], graph: Graph) -> Mapping[str, Sequence[float]]:
    best = [0.0] * len(graph.texts)
    for (i, j), score in graph.edges.items():
        best[i], best[j] = max(best[i], score), max(best[j], score)
    told: dict[str, list[float]] = defaultdict(list)
    for unit, node in zip(cut, graph.node, strict=True):
        told[unit.version].append(1.0 if len(graph.told_by[node]) > 1 else best[node])
    return told


def _as_told(groups: Sequence[tuple[Span, ...]], versions: Sequence[Version]) -> tuple[tuple[Span, ...], ...]:
    """By mean place in the versions that tell it, the more corroborated first on ties."""
    length = {version.id: max(len(version.paragraphs) - 1, 1) for version in versions}

    def place(group: tuple[Span, ...]) -> tuple[float, int, str]:
        first: dict[str, Span] = {}
        for span in group:
            first.setdefault(span.version, span)
        mean = sum(s.paragraph / length[s.version] for s in first.values()) / len(first)
        return round(mean, 6), -len(first), min(s.text for s in group)

    return tuple(sorted(groups, key=place))


def _point(table: _Table, group: tuple[Span, ...]) -> Point:
    told = coverage.by_version(group)
    carriers = defaultdict(set)
    for span in group:
        carriers[span.text].add(span.version)
    whole = {s: s.text.rstrip("\"'”’»").endswith((".", "!", "?", "…")) and not leans(s.text) for s in group}
    statement = choose([Candidate(s, whole[s], len(s.text), len(carriers[s.text]), False) for s in group])
    cells: dict[str, Cell] = {
        version.id: coverage.cell(
            version,
            coverage.Told(evidence=told.get(version.id, ()), surely_absent=_same_language(version, statement, table)),
            apart=table.apart.get(version.id),
            against=False,
        )
        for version in table.versions
    }
    return Point(
        id="",
        statement=worded(statement),
        kind=kind(statement.text),
        independent_sources=len(told),
        coverage=cells,
        origin=statement,
    )


def _same_language(version: Version, statement: Span, table: _Table) -> bool:
    language = next(v.language for v in table.versions if v.id == statement.version)
    return version.language == language or None in (version.language, language)


def _links(table: _Table) -> Iterable[Link]:
    points = [coverage.by_version(group) for group in table.groups]
    read = [version for version in table.versions if version.id not in table.apart]
    for a, b in combinations(read, 2):
        yield from links(a.id, b.id, points, {})


def _with_ids(points: Sequence[Point], previous: Collation | None, articles: Mapping[str, str]) -> tuple[Point, ...]:
    new = [(p.statement, identity.marks(p, articles)) for p in points]
    old = []
    if previous:
        before = identity.articles_of(previous)
        old = [(p.id, identity.marks(p, before)) for p in previous.points]
    heirs = identity.inherit(new, old, "p")
    return tuple(replace(p, id=h.id, formerly=h.formerly) for p, h in zip(points, heirs, strict=True))


def _numbered(versions: Iterable[Version | str]) -> list[Version]:
    return [
        each if isinstance(each, Version) else read_text(each, outlet=f"Text {number}")
        for number, each in enumerate(versions, 1)
    ]


def _history(versions: Iterable[Version]) -> dict[str, list[Version]]:
    """Article -> its versions, oldest first."""
    states: dict[str, list[Version]] = defaultdict(list)
    for version in {v.id: v for v in versions}.values():
        states[version.article].append(version)
    return {article: sorted(known, key=_age) for article, known in states.items()}


def _age(version: Version) -> tuple[datetime, str]:
    return version.fetched or datetime.min.replace(tzinfo=UTC), version.text


def _newest(states: Sequence[Version]) -> Version:
    """The newest that could be read; a wall that went up since does not hide what was told."""
    read = [version for version in states if version.extent is not Extent.BLOCKED]
    return (read or states)[-1]


def _content_order(version: Version) -> tuple[datetime, str, str, str]:
    """First published first. Ids are not looked at."""
    when = version.published or version.fetched or datetime.max.replace(tzinfo=UTC)
    return when, version.outlet, version.text, version.article


def _blocks(text: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]


def _is_headline(block: str) -> bool:
    return len(block.split()) <= HEADLINE_WORDS and not block.endswith((".", "!", ":", ",", ";", "”", '"'))
