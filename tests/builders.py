"""Small builders of versions, points and collations for tests that need them without the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from storydiff.model import (
    Cell,
    Collation,
    First,
    Paragraph,
    Point,
    PointKind,
    Reading,
    Span,
    Status,
    Story,
    Version,
)


def at(day: int, clock: str) -> datetime:
    """A moment in June 2026, UTC."""
    hour, minute = clock.split(":")
    return datetime(2026, 6, day, int(hour), int(minute), tzinfo=UTC)


def version(outlet: str, *texts: str | Paragraph, **fields: object) -> Version:
    """A version of that outlet; its id is the outlet's name in lower case, joined by hyphens."""
    name = outlet.casefold().replace(" ", "-")
    given: dict[str, object] = {"id": name, "url": f"https://{name}.example/fire", "language": "en"} | fields
    paragraphs = tuple(each if isinstance(each, Paragraph) else Paragraph(each) for each in texts)
    return Version(outlet=outlet, paragraphs=paragraphs, **given)  # type: ignore[arg-type]


def span(of: Version, words: str) -> Span:
    """Where the version says exactly those words."""
    for index, paragraph in enumerate(of.paragraphs):
        start = paragraph.text.find(words)
        if start >= 0:
            return Span(of.id, index, start, start + len(words), words)
    raise ValueError(f"{of.outlet} does not say {words!r}")


def reading(of: Version, words: str, value: str) -> Reading:
    """The same as a reading of a disputed detail."""
    found = span(of, words)
    return Reading(of.id, found.paragraph, found.start, found.end, words, value)


def cell(of: Version, status: str, *words: str, missing: Sequence[str] = (), reason: str | None = None) -> Cell:
    """A cell of that status with those words as evidence."""
    evidence = tuple(span(of, each) for each in words)
    return Cell(status=Status(status), evidence=evidence, missing=tuple(missing), reason=reason)


def collation(versions: Sequence[Version], points: Sequence[Point] = (), **fields: object) -> Collation:
    """A collation of those versions with everything else empty unless given."""
    given: dict[str, object] = {
        "apart": {},
        "links": (),
        "discrepancies": (),
        "families": (),
        "revisions": (),
        "story": Story(slug="alder-quay-fire", title="Fire at Alder Quay", created=at(3, "22:00")),
    } | fields
    return Collation(engine="test-1", versions=tuple(versions), points=tuple(points), **given)  # type: ignore[arg-type]


def point(
    number: int,
    statement: str,
    cells: Mapping[Version, Cell],
    *,
    kind: PointKind = PointKind.FACT,
    sources: int = 1,
    first: First | None = None,
) -> Point:
    """Point `p<number>`; its statement is taken from the first version whose evidence says it, if any."""
    origin = next((e for c in cells.values() for e in c.evidence if e.text == statement), None)
    return Point(
        id=f"p{number}",
        statement=statement,
        kind=kind,
        independent_sources=sources,
        coverage={each.id: found for each, found in cells.items()},
        first=first,
        origin=origin,
    )
