"""Retention: forgetting an article, a story, what is old, or a whole newsroom, with the archived bytes behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storydiff.pipeline.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """How much was forgotten."""

    stories: tuple[str, ...] = ()
    snapshots: int = 0
    events: int = 0
    records: int = 0
    """Ended jobs and kept answers."""
    announcements: int = 0


def forget_article(desk: Desk, slug: str, name: str) -> bool:
    """Take an article (by `browse.article_name`) out of a story; False when it is not there. UnknownStory.

    The story is compared anew. Its earlier collations keep what they said; deleting the story removes those too.
    ArchiveError, and nothing forgotten, while the archive cannot be used.
    """
    _reach(desk)
    gone = desk.store.removal.article(slug, name)
    if gone is None:
        return False
    _drop(desk, gone)
    desk.store.schedule.mark_dirty(slug)
    return True


def forget_story(desk: Desk, slug: str) -> int:
    """Delete a story with its versions and collations; gives how many snapshots went with it. UnknownStory.

    ArchiveError, and nothing forgotten, while the archive cannot be used.
    """
    _reach(desk)
    return _drop(desk, desk.store.stories.delete(slug))


def purge(desk: Desk, before: datetime) -> Purged:
    """Forget the desk's stories that were last fetched or compared before then, and older events, jobs, announcements.

    A story that is still watched has been fetched since, so it stays. ArchiveError, and nothing forgotten, while the
    archive cannot be used.
    """
    _reach(desk)
    stale = desk.store.removal.stale(before)
    snapshots = sum(_drop(desk, desk.store.stories.delete(slug)) for slug in stale)
    events, records = desk.store.events.delete_older(before), desk.store.removal.records(before)
    announcements = desk.store.announcements.forget(before=before)
    return Purged(stories=stale, snapshots=snapshots, events=events, records=records, announcements=announcements)


def stale(desk: Desk, before: datetime) -> tuple[str, ...]:
    """The stories that `purge` would forget."""
    return desk.store.removal.stale(before)


def forget_newsroom(desk: Desk, name: str) -> int:
    """Delete a newsroom with its stories, keys, endpoints and events; gives how many snapshots went with it.

    ArchiveError, and nothing forgotten, while the archive cannot be used.
    """
    _reach(desk)
    return _drop(desk, desk.store.newsrooms.delete(name))


def _reach(desk: Desk) -> None:
    """Nobody could find the pages again whose names are forgotten: so the archive is tried first."""
    if desk.archive is not None:
        desk.archive.check()


def _drop(desk: Desk, digests: Iterable[str]) -> int:
    """The rows are gone already: bytes that a failing disk keeps are unnamed, and never shown."""
    dropped = 0
    for digest in digests:
        if desk.archive is not None:
            desk.archive.drop(digest)
        dropped += 1
    return dropped
