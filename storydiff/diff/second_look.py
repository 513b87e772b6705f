"""What versions tell against each other in different places: a second look, over the whole story.

Points hold what is told in like words. A name or a post that two versions give differently may stand in two points,
because it is told beside two things. What the finders of this look set against each other is shown under the point in
which most of its readings stand; a version contradicts that point only if it tells it with such a reading.

time: a pass over the texts; what is found is compared with what the points dispute already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from storydiff.align.points_told import Search
from storydiff.diff import coverage
from storydiff.diff.discrepancies import Edge, connected, grouped
from storydiff.diff.story_figures import counted_twice, slipped_abroad
from storydiff.diff.story_names import misspelt
from storydiff.diff.story_places import two_places
from storydiff.diff.story_plans import considered
from storydiff.diff.story_posts import two_posts
from storydiff.diff.story_quotes import reworded
from storydiff.diff.story_sentences import Sentences
from storydiff.diff.story_speakers import two_speakers
from storydiff.diff.story_times import told_twice
from storydiff.model import Discrepancy, Reading, Span

Found = Mapping[str, Search]
"""Version id -> what it says of a point."""
Disputed = tuple[Discrepancy, ...]


def look(story: Sentences, told: Sequence[Found], origins: Sequence[Span], known: Sequence[Disputed]) -> list[Disputed]:
    """What each point disputes besides what is known; `told` and `known` are what was found of the points before."""
    found: list[Disputed] = [() for _ in told]
    for edges in _found(story):
        home = _home(edges, told, origins)
        if home is None:
            continue
        for each in grouped(edges, story.versions, origins[home].version):
            if not any(_same(each, other) for other in chain(*known, *found)):
                found[home] = (*found[home], each)
    return found


def _found(story: Sentences) -> Iterable[list[Edge]]:
    """What the finders set against each other, readings that touch together."""
    versions = tuple(story.versions.values())
    yield from chain(misspelt(versions), two_posts(versions))
    yield from connected([edge for finder in _FINDERS for edges in finder(story) for edge in edges])


_FINDERS: tuple[Callable[[Sentences], Iterable[list[Edge]]], ...] = (
    counted_twice,
    slipped_abroad,
    reworded,
    two_speakers,
    two_places,
    told_twice,
    considered,
)


def against(found: Found, disputed: Disputed, origin: Span) -> set[str]:
    """The versions whose own evidence of a point is a reading against its statement's."""
    return {
        version
        for each in disputed
        for version in coverage.against(origin.version, (each,))
        if any(r.version == version and _holds(found, r) for r in each.readings)
    }


def _home(edges: Iterable[Edge], told: Sequence[Found], origins: Sequence[Span]) -> int | None:
    """The point in which most readings stand, the statement's among them if possible."""
    readings = sorted({reading for edge in edges for reading in (edge.a, edge.b)})
    held = [sum(_holds(found, reading) for reading in readings) for found in told]
    stated = [any(_inside(reading, origin) for reading in readings) for origin in origins]
    best = max(range(len(told)), key=lambda number: (stated[number], held[number], -number), default=None)
    return best if best is not None and held[best] else None


def _holds(found: Found, reading: Reading) -> bool:
    return any(_inside(reading, span) for span in found[reading.version].evidence)


def _inside(reading: Reading, span: Span) -> bool:
    same_place = (reading.version, reading.paragraph) == (span.version, span.paragraph)
    return same_place and span.start < reading.end and reading.start < span.end


def _same(one: Discrepancy, other: Discrepancy) -> bool:
    """Whether two discrepancies of one type set the same values, or the same words, against each other."""
    if one.type is not other.type:
        return False
    values = [{reading.value.casefold() for reading in each.readings} for each in (one, other)]
    touching = {r.version for r in one.readings if any(_touch(r, s) for s in other.readings)}
    return len(values[0] & values[1]) > 1 or len(touching) > 1


def _touch(r: Reading, s: Reading) -> bool:
    return (r.version, r.paragraph) == (s.version, s.paragraph) and r.start < s.end and s.start < r.end
