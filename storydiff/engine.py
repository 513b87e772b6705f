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

from storydiff.align.paragraphs import links
from storydiff.align.points_statement import choose, kind, worded
from storydiff.align.points_table import Piece, Pieces, Table, told
from storydiff.align.points_told import Search, Statement, search
from storydiff.diff import coverage, identity
from storydiff.diff.coverage_missing import lacking, words_of
from storydiff.diff.disputed import disputes
from storydiff.diff.reuse import families, independent, wire_paragraphs
from storydiff.diff.revisions import revisions
from storydiff.model import (
    Cell,
    Collation,
    Discrepancy,
    Extent,
    Family,
    Link,
    Paragraph,
    Point,
    Span,
    Story,
    Version,
    fingerprint,
    version_id,
)
from storydiff.text.language import guess
from storydiff.text.names import Names

ENGINE = "storydiff/1"
"""Named in every collation: derived results can be rebuilt when it changes."""
HEADLINE_WORDS = 20
"""A longer first paragraph is a lede, not a headline."""


def read_text(text: str, *, outlet: str, **fields: object) -> Version:
    """A version from plain text: paragraphs stand between blank lines; a short first line without a full stop, followed
    by a blank line, is the headline. `fields` are further fields of the version, such as `url` or `published`; the
    language is guessed when it is not among them."""
    blocks = [" ".join(block.split()) for block in _blocks(text)]
    headline = blocks.pop(0) if len(blocks) > 1 and _is_headline(blocks[0]) else None
    paragraphs = tuple(Paragraph(block) for block in blocks)
    known: dict[str, object] = {"headline": headline, "paragraphs": paragraphs, "outlet": outlet, **fields}
    known.setdefault("language", guess(text))
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
    table = Table.of(current)
    kin = _in_order(families(table.joined()), current)
    found = _Points.of(table, kin).all()
    points, disputed = _with_ids(found, previous, identity.articles_of(current))
    return Collation(
        engine=ENGINE,
        story=story or Story(slug="story"),
        versions=current,
        apart=dict(table.apart),
        points=points,
        links=tuple(_links(table)),
        discrepancies=disputed,
        families=kin,
        revisions=tuple(each for states in history.values() for each in revisions(states)),
        made=made,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    """What the points of one table are made with."""

    table: Table
    families: tuple[Family, ...]
    wire: Mapping[str, frozenset[int]]
    """Version id -> its paragraphs that are its family's text."""
    pieces: Mapping[str, Sequence[Piece]]
    versions: Mapping[str, Version]
    words: Mapping[str, frozenset[str]]
    """Version id -> all words of its body."""
    names: Names

    @classmethod
    def of(cls, table: Table, kin: tuple[Family, ...]) -> _Points:
        wire = {v: ps for family in kin for v, ps in wire_paragraphs(family, table.versions).items()}
        names = Names.of(sorted({p.text for version in table.joined() for _, p in version.body}))
        words = {version.id: words_of(version) for version in table.joined()}
        return cls(table, kin, wire, table.pieces(), {v.id: v for v in table.versions}, words, names)

    def all(self) -> tuple[tuple[Point, tuple[Discrepancy, ...]], ...]:
        return tuple(self._point(pieces) for pieces in self.table.points)

    def _point(self, pieces: Pieces) -> tuple[Point, tuple[Discrepancy, ...]]:
        told_by = told(pieces)
        origin = choose(pieces, self.table, {f.origin for f in self.families if f.origin})
        found = {version.id: self._found(version, told_by, origin) for version in self.table.versions}
        readings = {v: each.evidence for v, each in found.items() if each.evidence}
        disputed = disputes(origin, readings, self.versions, self.names)
        against = coverage.against(origin.version, disputed)
        cells = {v: self._cell(self.versions[v], each, origin, against=v in against) for v, each in found.items()}
        evidence = {v: [span.paragraph for span in cell.evidence] for v, cell in cells.items() if cell.evidence}
        point = Point(
            id="",
            statement=worded(origin),
            kind=kind(origin.text),
            independent_sources=independent(self.families, evidence, self.wire),
            coverage=cells,
            origin=origin,
        )
        return point, disputed

    def _found(self, version: Version, told_by: Mapping[str, tuple[Span, ...]], origin: Span) -> Search:
        """The readings of a version, or what a search of its whole text finds."""
        if version.id in told_by:
            return Search(1.0, _newest_post(version, told_by[version.id]), surely_silent=False)
        statement = Statement.of(origin.text, self.versions[origin.version].language or self.table.language)
        language = version.language or statement.language
        return search(statement, self.pieces.get(version.id, ()), language, self.table.weight)

    def _cell(self, version: Version, found: Search, origin: Span, *, against: bool) -> Cell:
        lacks = () if against or not found.evidence else self._lacks(version, found.evidence, origin)
        judged = coverage.Told(
            evidence=found.evidence, missing=lacks, support=round(found.share, 3), surely_absent=found.surely_silent
        )
        return coverage.cell(version, judged, apart=self.table.apart.get(version.id), against=against)

    def _lacks(self, version: Version, evidence: tuple[Span, ...], origin: Span) -> tuple[str, ...]:
        if any(span.text == origin.text for span in evidence):
            return ()
        return lacking(origin, self.versions[origin.version], version, evidence, self.words[version.id])


def _newest_post(version: Version, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Of a live blog only what its newest post says of a point: older figures are neither evidence nor conflict."""
    posts = [version.paragraphs[span.paragraph].post for span in spans]
    newest = min((post for post in posts if post is not None), default=None)
    return tuple(span for span, post in zip(spans, posts, strict=True) if newest is None or post in (None, newest))


def _in_order(kin: Sequence[Family], versions: Sequence[Version]) -> tuple[Family, ...]:
    """Families and their members in the order of the versions, not of ids."""
    place = {version.id: i for i, version in enumerate(versions)}
    sorted_kin = (replace(f, versions=tuple(sorted(f.versions, key=place.__getitem__))) for f in kin)
    return tuple(sorted(sorted_kin, key=lambda f: (-len(f.versions), place[f.versions[0]])))


def _links(table: Table) -> Iterable[Link]:
    points = [told(pieces) for pieces in table.points]
    for a, b in combinations(table.joined(), 2):
        yield from links(a.id, b.id, points, {})


def _with_ids(
    found: Sequence[tuple[Point, tuple[Discrepancy, ...]]], previous: Collation | None, articles: Mapping[str, str]
) -> tuple[tuple[Point, ...], tuple[Discrepancy, ...]]:
    """Points and discrepancies under the ids that they had in the previous collation, or new ones."""
    before = identity.articles_of(previous.versions) if previous else {}
    old = [(point.id, identity.marks(point, before)) for point in previous.points] if previous else []
    heirs = identity.inherit([(point.statement, identity.marks(point, articles)) for point, _ in found], old, "p")
    points = tuple(replace(p, id=h.id, formerly=h.formerly) for (p, _), h in zip(found, heirs, strict=True))
    disputes = [replace(d, point=p.id) for p, (_, ds) in zip(points, found, strict=True) for d in ds]
    known = [(d.id, identity.discrepancy_marks(d, before)) for d in previous.discrepancies] if previous else []
    named = identity.inherit([(_content(d), identity.discrepancy_marks(d, articles)) for d in disputes], known, "d")
    return points, tuple(replace(d, id=h.id) for d, h in zip(disputes, named, strict=True))


def _content(discrepancy: Discrepancy) -> str:
    return "\n".join([discrepancy.type, discrepancy.point, *(reading.value for reading in discrepancy.readings)])


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
    return {article: sorted(states[article], key=_age) for article in sorted(states)}


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
