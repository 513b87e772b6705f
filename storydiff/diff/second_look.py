"""What versions tell against each other in different places: a second look, over the whole story.

Points hold what is told in like words. A name, a post, a remark or a figure that two versions give differently may
stand in two points, because all the rest is told in other words. What the finders of this look set against each other
is shown under the point in which most of its readings stand.

A version whose words are a reading, and which would be said to leave the point out, contradicts it instead: the reading
is its evidence. In the other points that hold a reading, nothing is said of those that tell it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from storydiff.align.points_table import Piece, Table
from storydiff.align.points_told import Search
from storydiff.diff import coverage
from storydiff.diff.discrepancies import Edge, grouped
from storydiff.diff.story_names import misspelt
from storydiff.diff.story_posts import two_posts
from storydiff.diff.story_speakers import credited_apart
from storydiff.diff.story_texts import texts
from storydiff.model import Discrepancy, DiscrepancyType, Reading, Span
from storydiff.text.names import Names

Found = Mapping[str, Search]
"""Version id -> what it says of a point."""
Pieces = Mapping[str, Sequence[Piece]]
"""Version id -> its pieces."""
_ONE_THING = frozenset({DiscrepancyType.NUMBER, DiscrepancyType.TIME, DiscrepancyType.ATTRIBUTION})
"""Types whose readings tell the whole point otherwise; a name or a post is told beside many things."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A point after the second look."""

    found: Found
    disputed: tuple[Discrepancy, ...]
    """What it disputes besides what was known."""


def look(
    table: Table,
    names: Names,
    told: Sequence[Found],
    origins: Sequence[Span],
    known: Sequence[tuple[Discrepancy, ...]],
) -> list[Seen]:
    """The points with what the second look finds; `told` and `known` are what was said of each before it."""
    versions = {version.id: version for version in table.joined()}
    pieces = table.pieces()
    seen = [Seen(found, ()) for found in told]
    before = [each for found in known for each in found]
    for edges in _edges(table, names):
        home = _home(edges, told, origins)
        if home is None:
            continue
        for each in grouped(edges, versions, origins[home].version):
            if not any(_same(each, other) for other in before):
                before.append(each)
                seen = _shown(seen, home, each, origins[home], pieces)
    return seen


def _edges(table: Table, names: Names) -> Iterable[list[Edge]]:
    versions = table.joined()
    yield from misspelt(versions)
    yield from two_posts(versions)
    found = texts(table)
    yield from credited_apart(found, table.weight, names)


def _home(edges: Sequence[Edge], told: Sequence[Found], origins: Sequence[Span]) -> int | None:
    """The point in which most readings stand, the statement's among them if possible."""
    readings = {reading for edge in edges for reading in (edge.a, edge.b)}

    def rank(number: int) -> tuple[bool, int]:
        held = sum(_holds(told[number], reading) for reading in readings)
        return any(_inside(reading, origins[number]) for reading in readings), held

    ranked = max(range(len(told)), key=lambda number: (*rank(number), -number), default=None)
    return ranked if ranked is not None and any(rank(ranked)) else None


def _holds(found: Found, reading: Reading) -> bool:
    return any(_inside(reading, span) for span in found[reading.version].evidence)


def _inside(reading: Reading, span: Span) -> bool:
    return (reading.version, reading.paragraph) == (span.version, span.paragraph) and (
        span.start < reading.end and reading.start < span.end
    )


def _same(one: Discrepancy, other: Discrepancy) -> bool:
    """Whether two discrepancies of one type set the same values, or the same words, against each other."""
    if one.type is not other.type:
        return False
    values = [{reading.value.casefold() for reading in each.readings} for each in (one, other)]
    touching = {r.version for r in one.readings if any(_touch(r, s) for s in other.readings)}
    return len(values[0] & values[1]) > 1 or len(touching) > 1


def _touch(r: Reading, s: Reading) -> bool:
    return (r.version, r.paragraph) == (s.version, s.paragraph) and r.start < s.end and s.start < r.end


def against(seen: Seen, origin: Span) -> set[str]:
    """The versions whose own evidence of a point is a reading against its statement's."""
    return {
        version
        for each in seen.disputed
        for version in coverage.against(origin.version, (each,))
        if any(r.version == version and _holds(seen.found, r) for r in each.readings)
    }


def _shown(seen: Sequence[Seen], home: int, found: Discrepancy, origin: Span, pieces: Pieces) -> list[Seen]:
    """The points with one more discrepancy, which belongs to the point `home`."""
    shown = list(seen)
    if found.type in _ONE_THING:
        readings = {r.version: r for r in found.readings}
        opposed = {v: _around(readings[v], pieces) for v in coverage.against(origin.version, (found,))}
        for number, each in enumerate(seen):
            if number == home:
                shown[home] = replace(each, found=_told(each.found, opposed))
            elif any(_holds(each.found, r) for r in found.readings):
                others = {v: _around(r, pieces) for v, r in readings.items()}
                shown[number] = replace(each, found=_close(each.found, others))
    shown[home] = replace(shown[home], disputed=(*shown[home].disputed, found))
    return shown


def _told(found: Found, opposed: Mapping[str, tuple[Span, ...]]) -> Found:
    """What the versions say of a point, those that tell it otherwise no longer silent."""
    silent = {v: spans for v, spans in opposed.items() if not found[v].evidence}
    return {**found, **{v: replace(found[v], evidence=spans) for v, spans in silent.items()}}


def _close(found: Found, others: Mapping[str, tuple[Span, ...]]) -> Found:
    """The same where nobody takes a side: who tells it otherwise comes close to it."""
    silent = {v: spans for v, spans in others.items() if not found[v].evidence and not found[v].closest}
    return {**found, **{v: replace(found[v], closest=spans) for v, spans in silent.items()}}


def _around(reading: Reading, pieces: Pieces) -> tuple[Span, ...]:
    """The piece of its version in which a reading begins."""
    own = (piece.span for piece in pieces[reading.version])
    return tuple(span for span in own if span.paragraph == reading.paragraph and span.start <= reading.start < span.end)
