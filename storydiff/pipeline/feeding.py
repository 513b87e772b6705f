"""Feeds of a newsroom: which stories go in, and what is remembered of walking through their collations.

When an entry of a feed changed last is found by walking through all collations of its story. They never change, so a
walk is kept, and goes on with those that are new.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

from storydiff.digest.feeds import Place, Walk, feed_of_ours, feed_of_outlet, feed_of_story
from storydiff.pipeline.desk import Desk

STORIES = 30
"""Stories that a feed of an outlet is made of, the newest: a feed has 50 entries."""
WALKS = 500


@dataclass(frozen=True, slots=True)
class _Kept:
    walk: Walk
    number: int
    row: int
    """Of the collation that the walk came to: another one under that number is of another story."""


@dataclass(slots=True)
class Walks:
    """The walks that were made last. Threads may share it: two that walk at once do the same twice."""

    _kept: OrderedDict[tuple[str, str, str | None], _Kept] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def through(self, desk: Desk, slug: str, ours: str | None = None) -> Walk:
        """The walk through all collations of that story so far."""
        key = (desk.store.newsroom, slug, ours)
        with self._lock:
            known = self._kept.get(key)
        begin = known if known is not None and _stands(desk, slug, known) else _Kept(Walk(ours), 0, 0)
        reached = _gone_on(desk, slug, begin)
        with self._lock:
            self._kept[key] = reached
            self._kept.move_to_end(key)
            while len(self._kept) > WALKS:
                self._kept.popitem(last=False)
        return reached.walk


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, and when anything in it can have changed last."""

    text: str
    modified: datetime | None


def of_story(desk: Desk, walks: Walks, slug: str, place: Place) -> Feed:
    """The feed of one story; UnknownStory."""
    story = desk.store.stories.get(slug)
    mark = desk.store.browse.collation(slug)
    return Feed(feed_of_story(story, walks.through(desk, slug), place), mark.made if mark else None)


def of_outlet(desk: Desk, walks: Walks, outlet: str, place: Place) -> Feed:
    """The feed of an outlet, by name or domain, over the newsroom's newest stories that have it."""
    return _over(
        desk, lambda slug: walks.through(desk, slug), lambda found: feed_of_outlet(found, outlet, place), outlet
    )


def of_ours(desk: Desk, walks: Walks, outlet: str, place: Place) -> Feed:
    """The feed of what concerns an outlet as ours, over the newsroom's newest stories."""
    return _over(desk, lambda slug: walks.through(desk, slug, outlet), lambda found: feed_of_ours(found, outlet, place))


def _over(
    desk: Desk, walk: Callable[[str], Walk], made: Callable[[list[Walk]], str], outlet: str | None = None
) -> Feed:
    stories = [each.counts for each in desk.store.browse.stories(limit=STORIES, outlet=outlet)]
    times = [each.collated for each in stories if each.collated is not None]
    return Feed(made([walk(each.story.slug) for each in stories]), max(times, default=None))


def _stands(desk: Desk, slug: str, known: _Kept) -> bool:
    mark = desk.store.browse.collation(slug, known.number) if known.number else None
    return mark is not None and mark.row == known.row


def _gone_on(desk: Desk, slug: str, known: _Kept) -> _Kept:
    for summary in desk.store.collations.list(slug):
        if summary.number <= known.number:
            continue
        found, mark = desk.store.collations.get(slug, summary.number), desk.store.browse.collation(slug, summary.number)
        if found is not None and mark is not None:
            known = replace(known, walk=known.walk.step(found), number=summary.number, row=mark.row)
    return known
