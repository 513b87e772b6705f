"""The collation that a request is about, and whose desk reads it."""

from __future__ import annotations

from storydiff.errors import UnknownOutlet
from storydiff.model import Collation
from storydiff.pipeline.desk import Desk
from storydiff.report.ours import ours_versions
from storydiff.serving.refusals import NotThere


def collation_of(desk: Desk, slug: str, number: int | None) -> Collation:
    """The collation of that number, or the latest; UnknownStory, NotThere."""
    desk.store.stories.get(slug)
    found = desk.store.collations.latest(slug) if number is None else desk.store.collations.get(slug, number)
    if found is None:
        hint = "It is compared once two of its articles could be read."
        raise NotThere("There is no such collation of this story." if number else "Not compared yet.", hint=hint)
    return found


def ours_of(desk: Desk, found: Collation, named: str | None) -> str | None:
    """The outlet that reads: the one named, else the newsroom's own where it has a version here."""
    if named is not None:
        return named
    newsroom = desk.store.newsrooms.get(desk.store.newsroom)
    own = newsroom.ours if newsroom else None
    if own is None:
        return None
    try:
        ours_versions(found, own)
    except UnknownOutlet:
        return None
    return own
