"""Which points the earlier versions of the articles told: who had a point first depends on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storydiff.align.points_concepts import bag
from storydiff.align.points_sought import Statement
from storydiff.align.points_table import Piece
from storydiff.align.points_told import search
from storydiff.align.units import units
from storydiff.model import Extent, Span, Version
from storydiff.text.normalize import squeeze
from storydiff.text.words import base


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """The versions of the joined articles that are no longer current."""

    versions: tuple[Version, ...]
    texts: Mapping[str, str]
    """Version id -> its body, squeezed."""
    pieces: Mapping[str, Sequence[Piece]]

    @classmethod
    def of(cls, versions: Iterable[Version]) -> Earlier:
        """Prepare earlier versions; blocked ones tell nothing either way and are left out."""
        read = tuple(version for version in versions if version.extent is not Extent.BLOCKED)
        texts = {version.id: squeeze(" ".join(p.text for _, p in version.body)) for version in read}
        pieces = {
            version.id: [Piece(u.span, bag(u.span.text, version.language), u.sentence) for u in units(version)]
            for version in read
        }
        return cls(read, texts, pieces)

    def tells(
        self, statement: Statement, evidence: Mapping[str, Sequence[Span]], weight: Mapping[str, float]
    ) -> dict[str, bool | None]:
        """Version id -> whether it told the point; None where it was cut off or cannot be compared.

        `evidence` is what each article's current version says of the point: where that stood before, it was told.
        """
        return {version.id: self._told(version, statement, evidence, weight) for version in self.versions}

    def _told(
        self,
        version: Version,
        statement: Statement,
        evidence: Mapping[str, Sequence[Span]],
        weight: Mapping[str, float],
    ) -> bool | None:
        if any(squeeze(span.text) in self.texts[version.id] for span in evidence.get(version.article, ())):
            return True
        language = base(version.language or statement.language)
        found = search(statement, self.pieces[version.id], language, weight)
        if found.evidence:
            return True
        silent = version.extent is Extent.COMPLETE and found.surely_silent and not found.closest
        return False if silent else None
