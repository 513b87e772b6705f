"""What changed between two versions of one article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChangeKind(StrEnum):
    """How a piece of the article changed."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    HEADLINE_CHANGED = "headline_changed"


@dataclass(frozen=True, slots=True)
class WordEdit:
    """One run of a word diff. `op` is equal, insert, delete or replace; applying all to A gives B."""

    op: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change; `before` is None when added, `after` is None when removed."""

    kind: ChangeKind
    before: str | None
    after: str | None
    words: tuple[WordEdit, ...] = ()
    role: str = "body"
    """The role of the paragraph, or "headline" or "standfirst"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The changes from one version of an article to the next; none when only boilerplate differs."""

    url: str
    outlet: str
    before: str
    after: str
    """Version ids. In the JSON: `from` and `to`."""
    seen: tuple[datetime | None, datetime | None]
    """When the two versions were fetched: the change happened between."""
    changes: tuple[Change, ...]
    silent: bool
    """Neither the shown modification time moved nor a note discloses it."""
    reverts_to: str | None = None
    """Id of the earlier version whose text came back (A, B, A)."""
