"""One thing to tell, as a value: where it stands, what it says, and by which keys it is known to have been told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storydiff.report.wording import Run


class Section(StrEnum):
    """Where an item stands, most important first; the value is the beginning of its key."""

    LACK = "lack"
    DIFFER = "differ"
    ONLY = "only"
    CONFLICT = "conflict"
    REPORTED = "reported"
    EDIT = "edit"
    STORY = "story"
    WATCH = "watch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Who words a disputed detail so: the words with what stands around them, and the time they stand for."""

    outlets: tuple[str, ...]
    """The one whose words these are first."""
    before: str
    words: str
    after: str
    at: datetime | None
    kind: str
    """What sort of time that is: modified, published or fetched."""
    language: str | None
    ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to tell. Texts are as found: whoever shows them makes them safe."""

    section: Section
    story: str
    title: str
    """Of the story."""
    name: str
    """What it is called within the story: with `section` and `story` its identity."""
    text: str
    """The line itself."""
    outlets: tuple[str, ...] = ()
    """Those that it is about, in order."""
    domains: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    sources: int = 0
    """Independent sources of the point."""
    checked: int = 0
    """Of what only we have: other texts that were read in full and do not have it."""
    first: str | None = None
    """Who had it first, and between which moments."""
    seen: tuple[datetime | None, datetime | None] = (None, None)
    sides: tuple[Side, ...] = ()
    edits: tuple[tuple[Run, ...], ...] = ()
    """Of a silent edit: the word diffs of its changes, those that change words first."""
    notes: tuple[str, ...] = ()
    point: str | None = None
    number: int | None = None
    """Of the point in the collation."""
    collation: int | None = None
    language: str | None = None
    """Of `text`."""
    formerly: tuple[str, ...] = ()
    """Other names under which it may have been told."""
    at: datetime | None = None
    """When it came about, as far as the collation knows."""

    @property
    def key(self) -> str:
        """Its identity, on every machine the same."""
        return key_of(self.section, self.story, self.name)

    @property
    def keys(self) -> frozenset[str]:
        """All under which it may have been told: by any of them it is known."""
        return frozenset({self.key, *(key_of(self.section, self.story, each) for each in self.formerly)})


def key_of(section: Section, story: str, name: str) -> str:
    """The key of what has that name in that section of that story."""
    return hashlib.sha256(f"{section.value}\n{story}\n{name}".encode(errors="surrogatepass")).hexdigest()
