"""Polling: ask the sources that a newsroom watches what they list now, and keep what is new.

Nothing is lost by a worker that dies: what it had claimed is due again, and everything that came of a poll is written
at once, with the validators by which servers need not send it again.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from storydiff.discover.entry import Entry, Heard, Listing, Shape
from storydiff.discover.stories import recent
from storydiff.errors import Gone, NoFeed, StorydiffError
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.discovering import Announced, Sight, announced
from storydiff.pipeline.schedule import DAY, HOUR, JITTER, MINUTE, RARELY
from storydiff.store import Announcement, Failure, Reading, Source

log = logging.getLogger(__name__)
WINDOW = timedelta(days=4)
"""Of this time announcements are taken in; what is older belongs to no story that is open."""
MOST = 1000
"""Announcements of one source that are looked at, the newest."""
LADDER: tuple[tuple[timedelta, timedelta], ...] = (
    # (nothing new for less than, asked again after)
    (HOUR, 3 * MINUTE),
    (6 * HOUR, 5 * MINUTE),
    (DAY, 10 * MINUTE),
    (3 * DAY, 30 * MINUTE),
)
"""A judgement: feeds of newsrooms change several times an hour by day, and few tell sooner than after minutes."""
SELDOM = 2 * HOUR
FIRST_RETRY, LONGEST_RETRY = 5 * MINUTE, 6 * HOUR
GIVEN_UP = timedelta(days=7)
"""A source that could not be read for so long is paused."""
LISTS = frozenset({Shape.FEED, Shape.SITEMAP})


def read_source(desk: Desk, source: Source, *, until: datetime) -> Reading | None:
    """What the source lists now; None when its host's turn is too far away, so that it was not asked.

    `until`: from then on no further address is asked for.
    """
    found = announced(desk, [source.url], earlier=sights_of(source), until=until)
    now = desk.clock()
    failure = _failure(source, found.heard, now)
    if failure is None:
        return _read(source, found, now)
    if any(each.untried for each in found.heard):
        return None
    asked = max((each.retry_after or 0.0 for each in found.heard), default=0.0)
    pause = max(_retry(source.failures, failure.code), timedelta(seconds=min(asked, DAY.total_seconds())))
    log.info("could not read a source", extra={"source": source.id, "outlet": source.url, "result": failure.code})
    return Reading(at=now, next_poll=now + spread(pause), failure=failure)


def sights_of(source: Source) -> dict[str, Sight]:
    """How the source's addresses answered last. Their entries were stored then, so they are not repeated here."""
    return {
        url: Sight(
            listing=Listing(shape=Shape(each["shape"]), more=tuple(each["more"])),
            etag=each["etag"],
            last_modified=each["last_modified"],
        )
        for url, each in source.sights.items()
    }


def next_pause(source: Source, now: datetime, newest: datetime | None = None) -> timedelta:
    """How long a source that could be read is left alone: the longer nothing new came, the longer.

    `newest`: when the newest article that it lists was published.
    """
    if source.reached is None:
        return LADDER[0][1]
    quiet = now - max(filter(None, (source.changed, newest, source.created)))
    return next((pause for limit, pause in LADDER if quiet < limit), SELDOM)


def spread(pause: timedelta) -> timedelta:
    """The pause up to a tenth longer or shorter, so that not all are due at once."""
    return pause * (1 + JITTER * (2 * random.random() - 1))  # noqa: S311  needs no secrecy


def _read(source: Source, found: Announced, now: datetime) -> Reading:
    entries = recent(found.entries, now, WINDOW)[:MOST]
    newest = max((each.published for each in entries if each.published), default=None)
    lists = [each for each in found.heard if each.shape in LISTS]
    log.info("read a source", extra={"source": source.id, "outlet": source.url, "entries": len(entries)})
    return Reading(
        at=now,
        next_poll=now + spread(next_pause(source, now, newest)),
        announced=[_announcement(each) for each in entries],
        sights={url: _kept(sight) for url, sight in found.sights.items()},
        entries=None if any(each.unchanged for each in lists) else sum(each.entries for each in lists),
    )


def _announcement(entry: Entry) -> Announcement:
    return Announcement(
        key=entry.key,
        url=entry.url,
        outlet=entry.outlet,
        title=entry.title,
        summary=entry.summary,
        language=entry.language,
        # A time of change alone says nothing of when it was published.
        published=entry.published,
    )


def _kept(sight: Sight) -> Mapping[str, Any]:
    validators = {"etag": sight.etag, "last_modified": sight.last_modified}
    return {"shape": sight.listing.shape.value, "more": list(sight.listing.more), **validators}


def _failure(source: Source, heard: Sequence[Heard], now: datetime) -> Failure | None:
    """Why nothing that lists articles could be read; None when something could."""
    if any(each.error is None and each.shape in LISTS for each in heard):
        return None
    error: StorydiffError = next((each.error for each in heard if each.error is not None), NoFeed())
    since = source.failing_since or now
    if isinstance(error, Gone) and heard[0].error is error:
        return Failure(code=error.code, message=error.message, pause=f"It is gone for good: {error.message}")
    if now - since >= GIVEN_UP:
        return Failure(code=error.code, message=error.message, pause=f"Not readable for a week: {error.message}")
    return Failure(code=error.code, message=error.message)


def _retry(failures: int, code: str) -> timedelta:
    """Back off, twice as long after each failure; what will not be otherwise in a minute is looked at once a day."""
    if code in RARELY:
        return DAY
    pause: timedelta = FIRST_RETRY * 2 ** min(failures, 10)
    return min(pause, LONGEST_RETRY)
