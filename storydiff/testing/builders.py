"""Versions and collations made from plain words, so that code that uses them can be tested without any page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from storydiff.model import (
    Cell,
    Collation,
    Paragraph,
    Point,
    PointKind,
    Role,
    Span,
    Status,
    Story,
    Version,
    fingerprint,
    version_id,
)
from storydiff.testing.clock import moment

TIMES = ("published", "modified", "fetched")


def version(outlet: str, *paragraphs: str | Paragraph, **fields: Any) -> Version:
    """A complete English version by `outlet` with these paragraphs; `fields` are any of `Version`'s.

    Times may be ISO texts. The id follows from the content, as for a fetched version.

    >>> version("Harbour Post", "The harbour is closed.", published="2026-05-15T06:30Z").paragraphs[0].text
    'The harbour is closed.'
    """
    given = {**fields, **{name: _time(fields[name]) for name in TIMES if name in fields}}
    pieces = tuple(p if isinstance(p, Paragraph) else Paragraph(p) for p in paragraphs)
    content = fingerprint(given.get("headline"), given.get("standfirst"), pieces)
    identity = version_id(given.get("url") or f"outlet:{outlet}", given.get("fetched"), content)
    return Version(**{"id": identity, "outlet": outlet, "language": "en", "paragraphs": pieces, **given})


def caption(text: str) -> Paragraph:
    """A picture's caption, which is no part of the body."""
    return Paragraph(text, Role.CAPTION)


def span(version: Version, text: str) -> Span:
    """Where `text` first stands in the version's paragraphs; ValueError when it does not."""
    for index, paragraph in enumerate(version.paragraphs):
        start = paragraph.text.find(text)
        if start >= 0:
            return Span(version.id, index, start, start + len(text), text)
    raise ValueError(f"{text!r} is not in the version of {version.outlet}")


def reported(version: Version, text: str, **fields: Any) -> Cell:
    """A cell whose evidence is `text`; `fields` are any of `Cell`'s, such as another status."""
    return Cell(**{"status": Status.REPORTED, "evidence": (span(version, text),), **fields})


def point(statement: str, coverage: dict[Version, Cell], **fields: Any) -> Point:
    """A point with that coverage, by version."""
    told = sum(cell.status in (Status.REPORTED, Status.PARTIAL) for cell in coverage.values())
    defaults = {"id": f"p-{fingerprint(statement, None, ())[:8]}", "kind": PointKind.FACT, "independent_sources": told}
    cells = {version.id: cell for version, cell in coverage.items()}
    return Point(**{**defaults, "statement": statement, "coverage": cells, **fields})


def collation(*versions: Version, **fields: Any) -> Collation:
    """A collation of these versions, empty but for `fields`, which are any of `Collation`'s."""
    empty = dict.fromkeys(("points", "links", "discrepancies", "families", "revisions"), ())
    story = Story(slug="test-story", title="Test story")
    return Collation(**{"engine": "test", "story": story, "versions": versions, "apart": {}, **empty, **fields})


def _time(value: datetime | str | None) -> datetime | None:
    return None if value is None else moment(value)
