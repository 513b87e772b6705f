"""The stored result of comparing all current versions of a story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storydiff.model.discrepancy import Discrepancy
from storydiff.model.revision import Revision
from storydiff.model.story import Story
from storydiff.model.version import Version


class Status(StrEnum):
    """What one version does with one point."""

    REPORTED = "reported"
    PARTIAL = "partial"
    CONFLICTS = "conflicts"
    OMITTED = "omitted"
    UNKNOWN = "unknown"


class PointKind(StrEnum):
    """What sort of thing a point is."""

    FACT = "fact"
    FIGURE = "figure"
    QUOTE = "quote"
    REACTION = "reaction"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Exact words: `text == versions[version].paragraphs[paragraph].text[start:end]` (code points)."""

    version: str
    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Coverage of one point by one version."""

    status: Status
    evidence: tuple[Span, ...] = ()
    """Where the version tells the point; of an unknown cell the closest words, which do not decide."""
    missing: tuple[str, ...] = ()
    """Details of the point that a partial reading lacks, in the point's own words."""
    reason: str | None = None
    """Why the status is unknown (or anything else a reader must know)."""
    support: float | None = None
    """Probability that the version reports the point, 0..1; None where nothing could be judged."""

    @property
    def told(self) -> tuple[Span, ...]:
        """The words that tell the point: its evidence, unless the cell is unknown."""
        return () if self.status is Status.UNKNOWN else self.evidence

    @property
    def closest(self) -> tuple[Span, ...]:
        """The words of an unknown cell that come close to telling the point."""
        return self.evidence if self.status is Status.UNKNOWN else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """Who had a point first, never with a copy of another's text: not seen at `not_before`, seen at `not_after`."""

    version: str
    not_before: datetime | None = None
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that the story's versions report."""

    id: str
    statement: str
    kind: PointKind
    independent_sources: int
    coverage: dict[str, Cell]
    """Version id -> cell, for every current version of the story."""
    first: First | None = None
    origin: Span | None = None
    """Where the statement was taken from."""
    formerly: tuple[str, ...] = ()
    """Ids of earlier points that were merged into this one, or that it was split from."""


@dataclass(frozen=True, slots=True)
class Link:
    """Paragraphs of two versions that say the same, m:n."""

    a: str
    b: str
    a_paragraphs: tuple[int, ...]
    b_paragraphs: tuple[int, ...]
    moved: bool
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Versions that carry one agency text (or one press release); one independent source."""

    credit: str | None
    versions: tuple[str, ...]
    origin: str | None
    """The version that is the agency's own page, when it is among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collation:
    """What collating a story gave. `versions` are the current ones, joined or not, in a stable order."""

    engine: str
    story: Story
    versions: tuple[Version, ...]
    apart: dict[str, str]
    """Version id -> why it was not taken as a version of this story."""
    points: tuple[Point, ...]
    links: tuple[Link, ...]
    discrepancies: tuple[Discrepancy, ...]
    families: tuple[Family, ...]
    revisions: tuple[Revision, ...]
    number: int | None = None
    """Its number within the story, once stored."""
    made: datetime | None = None

    def version(self, version_id: str) -> Version:
        """The version of that id; KeyError when it is not in this collation."""
        for version in self.versions:
            if version.id == version_id:
                return version
        raise KeyError(version_id)
