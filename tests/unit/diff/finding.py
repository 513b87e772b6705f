"""What the finders of the second look find in short texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from storydiff.align.points_table import Table
from storydiff.diff.discrepancies import Edge
from storydiff.diff.story_sentences import Sentences
from storydiff.engine import collate, read_text
from storydiff.model import Collation
from storydiff.text.names import Names
from tests.builders import at

Finder = Callable[[Sentences], Iterable[list[Edge]]]


def told(*texts: str, languages: tuple[str, ...] = ()) -> Collation:
    """The collation of versions with those texts, all of one hour."""
    spoken = languages or ("en",) * len(texts)
    return collate(
        read_text(t, outlet=f"Outlet {i}", language=spoken[i], url=f"https://o{i}.example/", published=at(1, "10:00"))
        for i, t in enumerate(texts)
    )


def found_by(finder: Finder, *texts: str, languages: tuple[str, ...] = ()) -> list[Edge]:
    """What a finder alone sets against each other, whatever the points show."""
    versions = told(*texts, languages=languages).versions
    table = Table.of(versions)
    names = Names.of(sorted({p.text for v in versions for _, p in v.body}))
    story = Sentences.of(table.joined(), table.pieces(), table.weight, names)
    return [edge for edges in finder(story) for edge in edges]
