"""Watching: one task about once a minute claims the sources that are due, reads them, and matches what is new.

It waits in the queue of fetches, behind pages that people wait for. Several workers share the sources: each is claimed
by one of them, and one alone matches a newsroom's announcements.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import timedelta

from storydiff.logs import about
from storydiff.pipeline.matching import Texts, match_announcements
from storydiff.pipeline.polling import read_source
from storydiff.store import Reading, Source
from workers.resources import Resources, clock

log = logging.getLogger(__name__)
READ, MATCH, PART = 0.25, 0.5, 0.1
"""The shares of a task's longest time after which no further source is read, no further newsroom's announcements are
matched, and no further address of one source is asked. So two or three tasks run side by side at most, and the other
processes of a worker are free for pages that people wait for.
"""
AT_ONCE = 8
"""Sources that are read together: they mostly wait. A worker that dies holds no more back."""
KEPT = timedelta(days=14)
"""How long an announcement is kept that no source lists any more and that became no article."""
POSTPONED = 0.2
"""When a source is asked for again whose turn at its host was too far away: after this share of a task's time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What a task did, in sources and announcements."""

    sources: int = 0
    new: int = 0
    added: int = 0
    suggested: int = 0


def watch_sources(known: Resources, texts: Texts, owner: str) -> Watched:
    """Read the sources that are due, and match the announcements of all newsrooms."""
    known.store.polls.forget(before=clock() - KEPT)
    limit, begun = known.settings.task_seconds, time.monotonic()
    news = [new for some in _claimed(known, owner, begun + READ * limit) for new in _read_all(known, owner, some)]
    added = suggested = 0
    newsrooms = list(known.store.polls.newsrooms())
    random.shuffle(newsrooms)  # so that one with many stories does not always leave the same others no time
    for newsroom in newsrooms:
        if time.monotonic() > begun + MATCH * limit:
            break
        with about(newsroom=newsroom):
            found = match_announcements(known.desk(newsroom), texts, known.claim(owner))
        added, suggested = added + found.added, suggested + found.suggested
    return Watched(sources=len(news), new=sum(news), added=added, suggested=suggested)


def _claimed(known: Resources, owner: str, end: float) -> Iterator[Sequence[Source]]:
    """The sources that are due, a few at a time, until there are none or the time is over."""
    while time.monotonic() < end:
        now = clock()
        some = known.store.polls.claim(owner, now=now, until=now + known.claim(owner).lease, limit=AT_ONCE)
        if not some:
            return
        yield some


def _read_all(known: Resources, owner: str, sources: Sequence[Source]) -> list[int]:
    """Read the sources, all at once, and write what came of each; gives how many announcements each had new."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        readings = list(pool.map(lambda source: copy_context().run(_read, known, source), sources))
    found = [_recorded(known, owner, *pair) for pair in zip(sources, readings, strict=True)]
    return [new for new in found if new is not None]


def _read(known: Resources, source: Source) -> Reading | None:
    until = clock() + timedelta(seconds=PART * known.settings.task_seconds)
    with about(newsroom=source.newsroom):
        return read_source(known.desk(source.newsroom), source, until=until)


def _recorded(known: Resources, owner: str, source: Source, reading: Reading | None) -> int | None:
    """How many announcements are new; None when it was not asked, or is another's or nobody's by now."""
    polls = known.store.polls
    if reading is None:
        later = clock() + timedelta(seconds=POSTPONED * known.settings.task_seconds)
        polls.postpone(source, owner, to=later)
        return None
    return polls.record(source, owner, reading)
