"""Feeds of a newsroom: which stories go in, and what is remembered of walking through their collations.

When an entry of a feed changed last is found by walking through all collations of its story. They never change, so a
walk is kept, and goes on with those that are new.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

from storydiff.digest.feeds import Place, Walk, feed_of_ours, feed_of_outlet, feed_of_story
from storydiff.pipeline.desk import Desk
from storydiff.store.browse import Listed

STORIES = 30
"""Stories that a feed of an outlet is made of, the newest: a feed has 50 entries."""
WALKS = 500
SECONDS = 8.0
"""That one request may walk. A step takes 84 ms (13 outlets, 68 points), so the first feed after a start may have to be
asked for again; what was walked by then is kept."""


@dataclass(frozen=True, slots=True)
class _Kept:
    walk: Walk
    number: int
    row: int
    """Of the collation that the walk came to: another one under that number is of another story."""


@dataclass(slots=True)
class Walks:
    """The walks that were made last. Threads may share it; one at a time walks through a story."""

    _kept: OrderedDict[tuple[str, str, str | None], _Kept] = field(default_factory=OrderedDict)
    _under_way: set[tuple[str, str, str | None]] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def through(self, desk: Desk, slug: str, ours: str | None = None, *, until: float = math.inf) -> Walk | None:
        """The walk through all collations of that story so far.

        None when it is not at its end at the moment `until` (of `time.monotonic`), or somebody else is walking there.
        """
        key = (desk.store.newsroom, slug, ours)
        with self._lock:
            if key in self._under_way:
                return None
            self._under_way.add(key)
            known = self._kept.get(key)
        try:
            begin = known if known is not None and _stands(desk, slug, known) else _Kept(Walk(ours), 0, 0)
            reached, is_done = _gone_on(desk, slug, begin, until)
            self._keep(key, reached)
        finally:
            with self._lock:
                self._under_way.discard(key)
        return reached.walk if is_done else None

    def _keep(self, key: tuple[str, str, str | None], reached: _Kept) -> None:
        with self._lock:
            self._kept[key] = reached
            self._kept.move_to_end(key)
            while len(self._kept) > WALKS:
                self._kept.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, and when anything in it can have changed last."""

    text: str
    modified: datetime | None


def of_story(desk: Desk, walks: Walks, slug: str, place: Place) -> Feed | None:
    """The feed of one story; UnknownStory. None when it is still being made: ask again soon."""
    story = desk.store.stories.get(slug)
    mark = desk.store.browse.collation(slug)
    walk = walks.through(desk, slug, until=time.monotonic() + SECONDS)
    return Feed(feed_of_story(story, walk, place), mark.made if mark else None) if walk is not None else None


def of_outlet(desk: Desk, walks: Walks, outlet: str, place: Place) -> Feed | None:
    """The feed of an outlet, by name or domain, over the newsroom's newest stories that have it; None as above."""
    stories = desk.store.browse.stories(limit=STORIES, outlet=outlet)
    return _over(desk, walks, stories, None, lambda found: feed_of_outlet(found, outlet, place))


def of_ours(desk: Desk, walks: Walks, outlet: str, place: Place) -> Feed | None:
    """The feed of what concerns an outlet as ours, over the newsroom's newest stories; None as above."""
    stories = desk.store.browse.stories(limit=STORIES)
    return _over(desk, walks, stories, outlet, lambda found: feed_of_ours(found, outlet, place))


def _over(
    desk: Desk, walks: Walks, stories: Sequence[Listed], ours: str | None, made: Callable[[list[Walk]], str]
) -> Feed | None:
    counts, until = [each.counts for each in stories], time.monotonic() + SECONDS
    found = []
    for each in counts:
        walk = walks.through(desk, each.story.slug, ours, until=until)
        if walk is None:
            return None
        found.append(walk)
    return Feed(made(found), max((each.collated for each in counts if each.collated is not None), default=None))


def _stands(desk: Desk, slug: str, known: _Kept) -> bool:
    mark = desk.store.browse.collation(slug, known.number) if known.number else None
    return mark is not None and mark.row == known.row


def _gone_on(desk: Desk, slug: str, known: _Kept, until: float) -> tuple[_Kept, bool]:
    """Where the walk came to, and whether that is its end. It takes a step at least, so that asking again helps."""
    waiting = [each for each in desk.store.collations.list(slug) if each.number > known.number]
    for step, summary in enumerate(waiting):
        if step and time.monotonic() > until:
            return known, False
        found, mark = desk.store.collations.get(slug, summary.number), desk.store.browse.collation(slug, summary.number)
        if found is not None and mark is not None:
            known = replace(known, walk=known.walk.step(found), number=summary.number, row=mark.row)
    return known, True
