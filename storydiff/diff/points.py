"""Make the points of a table: the statement, what every version does with it, what is in dispute, who had it first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from storydiff.align.points_apart import common_languages
from storydiff.align.points_concepts import Bag
from storydiff.align.points_doubt import Statements, names_in
from storydiff.align.points_earlier import Earlier
from storydiff.align.points_quoted import Printed
from storydiff.align.points_silence import surely_silent
from storydiff.align.points_sought import Statement
from storydiff.align.points_statement import choose, kind, worded
from storydiff.align.points_table import Piece, Pieces, Table, told
from storydiff.align.points_told import Answers, Search, Searcher
from storydiff.diff import coverage, explanation
from storydiff.diff.coverage_missing import concepts_of, lacking
from storydiff.diff.disputed import disputes, once
from storydiff.diff.firsts import Histories, copied
from storydiff.diff.reuse import independent, wire_paragraphs
from storydiff.diff.second_look import against, look
from storydiff.diff.story_sentences import Sentences
from storydiff.model import Cell, Discrepancy, Family, First, Point, Span, Status, Version
from storydiff.text.names import Names
from storydiff.text.words import base

OTHERWISE = 3
"""Other wordings of a point that are sought besides its statement, before a version is said to leave it out. With none
omission precision is .944, .892 and .815 on the dev stories and the halves A and B of six others, with three .950, .892
and .831; cells gain .004, .001 and .007, and links lose .007, .007 and .005 of F1."""
FEW = 2
Doubtful = Callable[[Mapping[str, Bag]], frozenset[str]]
"""Of what the versions say of a point, the versions that rather say something else."""

_CARRIES = {
    Status.REPORTED: True,
    Status.PARTIAL: True,
    Status.CONFLICTS: True,
    Status.OMITTED: False,
    Status.UNKNOWN: None,
}


def points(
    table: Table, kin: tuple[Family, ...], every: Sequence[Version]
) -> tuple[tuple[Point, tuple[Discrepancy, ...]], ...]:
    """The points in the order of the story, each with its discrepancies. `every`: current and earlier versions.

    Ids are left open.
    """
    maker = _Maker.of(table, kin, every)
    origins = [maker.origin(pieces) for pieces in table.points]
    sought = [maker.statement(origin) for origin in origins]
    others = Statements([each.concepts for each in sought], table.weight, names_in(table))
    drafts = [
        maker.draft(pieces, origin, statement, partial(others.doubtful, number))
        for number, (pieces, origin, statement) in enumerate(zip(table.points, origins, sought, strict=True))
    ]
    kept = once([draft.disputed for draft in drafts])
    seen = look(maker.sentences(), [draft.found for draft in drafts], origins, kept)
    return tuple(
        (maker.point(draft, disputed, again), tuple(map(partial(maker.explained, draft.origin), (*disputed, *again))))
        for draft, disputed, again in zip(drafts, kept, seen, strict=True)
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """A point before it is known which of its discrepancies another point shows."""

    origin: Span
    found: Mapping[str, Search]
    statement: Statement
    disputed: tuple[Discrepancy, ...]
    agreed: Bag | None = None
    """What other readings say; None when there are too few of them."""


@dataclass(frozen=True, slots=True, eq=False)
class _Maker:
    """What the points of one table are made with."""

    table: Table
    families: tuple[Family, ...]
    wire: Mapping[str, frozenset[int]]
    """Version id -> its paragraphs that are its family's text."""
    searcher: Searcher
    versions: Mapping[str, Version]
    concepts: Mapping[str, frozenset[str]]
    """Version id -> all concepts of its body."""
    names: Names
    earlier: Earlier
    histories: Histories
    printed: Printed
    pieces: Mapping[str, Sequence[Piece]]
    common: frozenset[str]
    """The languages that no other outnumbers: what only a text in another says has nobody who words it otherwise, and
    half of it is told all the same (27 of 57 cells are omitted)."""

    @classmethod
    def of(cls, table: Table, kin: tuple[Family, ...], every: Sequence[Version]) -> _Maker:
        wire = {v: ps for family in kin for v, ps in wire_paragraphs(family, every).items()}
        names = Names.of(sorted({p.text for version in table.joined() for _, p in version.body}))
        concepts = {version.id: concepts_of(version) for version in table.joined()}
        current = {version.id: version for version in table.versions}
        earlier = Earlier.of(version for version in every if version.id not in current)
        histories = Histories.of([*table.joined(), *earlier.versions])
        pieces = table.pieces()
        searcher = Searcher(pieces, table.weight)
        printed, common = Printed(pieces), common_languages(table.joined())
        return cls(table, kin, wire, searcher, current, concepts, names, earlier, histories, printed, pieces, common)

    def sentences(self) -> Sentences:
        """The whole story, for a second look."""
        return Sentences.of(self.table.joined(), self.pieces, self.table.weight, self.names)

    def origin(self, pieces: Pieces) -> Span:
        return choose(pieces, self.table, {f.origin for f in self.families if f.origin})

    def statement(self, origin: Span) -> Statement:
        return Statement.of(origin.text, self._language(origin.version))

    def draft(self, pieces: Pieces, origin: Span, statement: Statement, doubtful: Doubtful) -> _Draft:
        answers = self.searcher.ask(statement)
        others = [self.searcher.ask(each) for each in self._otherwise(pieces, origin)]
        told_by, doubted = told(pieces), doubtful(self._bags(pieces, statement.language))
        found = {
            v.id: self._found(v, told_by.get(v.id, ()), answers, others, doubted=v.id in doubted)
            for v in self.table.versions
        }
        if statement.language in self.common:
            found = {v: self._heard(v, each, answers, others, len(told_by)) for v, each in found.items()}
        readings = {v: each.evidence for v, each in found.items() if each.evidence}
        disputed = disputes(origin, readings, self.versions, self.names)
        return _Draft(origin, found, answers.statement, disputed, _agreed(pieces, origin))

    def point(self, draft: _Draft, disputed: tuple[Discrepancy, ...], again: tuple[Discrepancy, ...]) -> Point:
        origin = draft.origin
        opposed = coverage.against(origin.version, disputed) | against(draft.found, again, origin)
        cells = {v: self._cell(self.versions[v], each, draft, against=v in opposed) for v, each in draft.found.items()}
        bearing = {v: cell for v, cell in cells.items() if cell.status in (Status.REPORTED, Status.PARTIAL)}
        evidence = {v: [span.paragraph for span in cell.evidence] for v, cell in bearing.items()}
        return Point(
            id="",
            statement=worded(origin),
            kind=kind(origin.text),
            independent_sources=independent(self.families, evidence, self.wire),
            coverage=cells,
            first=self._first(cells, draft.statement),
            origin=origin,
        )

    def explained(self, origin: Span, found: Discrepancy) -> Discrepancy:
        """A discrepancy whose sentence names an agency and those who print it once."""
        told = found.type, found.readings, self.versions, origin.version
        return replace(found, explanation=explanation.sentence(*told, drift=found.drift, families=self.families))

    def _first(self, cells: Mapping[str, Cell], statement: Statement) -> First | None:
        """Who had it first, from what the current and the earlier versions of every article tell; no copy did."""
        joined = self.table.joined()
        evidence = {version.article: cells[version.id].told for version in joined}
        before = self.earlier.tells(statement, evidence, self.table.weight)
        now = {version.id: _CARRIES[cells[version.id].status] for version in joined}
        found = self.histories.first(before | now)
        current = {version.article: version.id for version in joined}
        telling = {version.id for version in joined if cells[version.id].told}
        printed = found and copied(current[self.histories.article[found.version]], self.families, telling)
        return None if printed else found

    def _bags(self, pieces: Pieces, language: str) -> dict[str, Bag]:
        """What the versions in that language say of a point, as concepts."""
        bags: dict[str, Bag] = {}
        for piece in pieces:
            if self._language(piece.span.version) == language:
                bags[piece.span.version] = bags.get(piece.span.version, frozenset()) | piece.bag
        return bags

    def _language(self, version: str) -> str:
        return base(self.versions[version].language or self.table.language)

    def _otherwise(self, pieces: Pieces, origin: Span) -> list[Statement]:
        """How other versions word the point, each wording once, the most printed first."""
        count = Counter(piece.span.text for piece in pieces)
        count.pop(origin.text, None)
        shown = {piece.span.text: piece.span for piece in pieces}
        chosen = sorted(count, key=lambda text: (-count[text], len(text), text))[:OTHERWISE]
        return [self.statement(shown[text]) for text in chosen]

    def _found(
        self,
        version: Version,
        spans: tuple[Span, ...],
        answers: Answers,
        others: Sequence[Answers],
        *,
        doubted: bool,
    ) -> Search:
        """The readings of a version, or what a search of its whole text finds, to which doubted ones are only close."""
        readings = _newest_post(version, spans)
        if readings and not doubted:
            return Search(1.0, readings, surely_silent=False)
        found = answers.of(version.id, self._language(version.id))
        quoted = found.evidence or self.printed.find(answers.statement.text, version.id)
        if not quoted and not doubted:
            again = (each.of(version.id, self._language(version.id)) for each in others)
            if told_so := next((each for each in again if each.evidence), None):
                return told_so
        if quoted is found.evidence and not readings:
            return found
        return replace(found, evidence=quoted, closest=readings or found.closest)

    def _heard(self, version: str, found: Search, answers: Answers, others: Sequence[Answers], tellers: int) -> Search:
        """What was found in a version; whether one in another language is surely silent is asked here."""
        language = self._language(version)
        if found.evidence or language == answers.statement.language or version not in self.pieces:
            return found
        telling = tellers / len(self.pieces)
        return replace(found, surely_silent=surely_silent(answers, others, version, language, telling))

    def _cell(self, version: Version, found: Search, draft: _Draft, *, against: bool) -> Cell:
        lacks = () if against or not found.evidence else self._lacks(version, found.evidence, draft)
        judged = coverage.Told(
            evidence=found.evidence,
            missing=lacks,
            support=round(found.share, 3),
            surely_absent=found.surely_silent,
            closest=found.closest,
        )
        return coverage.cell(version, judged, apart=self.table.apart.get(version.id), against=against)

    def _lacks(self, version: Version, evidence: tuple[Span, ...], draft: _Draft) -> tuple[str, ...]:
        origin = draft.origin
        if any(span.text == origin.text for span in evidence):
            return ()
        named = self.concepts[version.id]
        return lacking(origin, self.versions[origin.version], version, evidence, named, draft.agreed)


def _agreed(pieces: Pieces, origin: Span) -> Bag | None:
    """What the readings in other words than the statement's say, if there are enough of them."""
    bags = {piece.span.text: piece.bag for piece in pieces if piece.span.text != origin.text}
    return frozenset().union(*bags.values()) if len(bags) >= FEW else None


def _newest_post(version: Version, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Of a live blog only what its newest post says of a point: older figures are neither evidence nor conflict."""
    posts = [version.paragraphs[span.paragraph].post for span in spans]
    newest = min((post for post in posts if post is not None), default=None)
    if newest is None:
        return spans
    return tuple(span for span, post in zip(spans, posts, strict=True) if post in (None, newest))
