"""Atom feeds (RFC 4287) of a story, of an outlet, and of what concerns ours: pure functions of collations.

An entry is an item of the digest: the same identity, so its id stays the same in every collation and every feed. Its
`updated` moves only when what it says changes, found by walking through the story's collations, oldest first.
"""

from __future__ import annotations

import hashlib
import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain

from storydiff.digest.compose import items_of
from storydiff.digest.html import fragment
from storydiff.digest.item import Item, Section
from storydiff.digest.lines import heading, line
from storydiff.digest.links import OURS_FEED, OUTLET_FEED, STORY, STORY_FEED, Links
from storydiff.digest.phrases import cut
from storydiff.model import Collation, Story
from storydiff.report.times import utc

ATOM = "http://www.w3.org/2005/Atom"
SPACE = uuid.UUID("6f6a7a0e-52f5-5f0b-9a54-3d2f2f2a7c11")
"""Names the ids of our feeds and entries; must never change."""
MOST = 50
"""Entries of a feed, the newest."""
SOURCES = 2
"""Independent sources that a point needs in the feeds of a story and of ours."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot carry."""
MEDIA_TYPE = "application/atom+xml; charset=utf-8"

History = Sequence[Collation]
"""Collations of one story, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item with the times of a feed."""

    item: Item
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a feed is: the pages it links to, and the newsroom whose it is."""

    base: str = ""
    """Address of the web pages."""
    newsroom: str = ""
    query: str = ""
    """What stands behind the feed's own address: the key of a reader that cannot sign in."""

    @property
    def links(self) -> Links:
        """To the pages."""
        return Links(self.base)

    def own(self, path: str, **parts: str) -> str | None:
        """The feed's own address, by which it can be had again."""
        address = self.links.to(path, **parts)
        return address + self.query if address else None


@dataclass(frozen=True, slots=True)
class Walk:
    """What is known of a story after some of its collations, oldest first; a step gives another one.

    What came before the first collation has the time that the collation itself knows.
    """

    ours: str | None = None
    known: Mapping[str, Entry] = field(default_factory=dict)
    is_begun: bool = False

    def step(self, collation: Collation) -> Walk:
        """The same after one more collation."""
        made, first = collation.made or EPOCH, not self.is_begun
        found = {item.key: item for item in items_of(collation, self.ours)}
        known = {key: _entry(item, self.known.get(key), made, first=first) for key, item in found.items()}
        return Walk(self.ours, known, is_begun=True)

    def through(self, history: History) -> Walk:
        """The same after all of these."""
        walk = self
        for collation in history:
            walk = walk.step(collation)
        return walk


def story_feed(history: History, place: Place = Place()) -> str:
    """What comes to be told in one story: points of several sources, conflicts, silent edits."""
    return feed_of_story(history[-1].story, Walk().through(history), place)


def feed_of_story(story: Story, walk: Walk, place: Place = Place()) -> str:
    """The same after a walk through its collations."""
    kept = entries([walk], lambda item: item.section is not Section.REPORTED or item.sources >= SOURCES)
    page, own = place.links.to(STORY, story=story.slug), place.own(STORY_FEED, story=story.slug)
    return _feed(f"story\n{story.slug}", cut(story.title or story.slug, 200), (page, own), kept, place)


def outlet_feed(histories: Iterable[History], outlet: str, place: Place = Place()) -> str:
    """What one outlet, given by name or domain, reports, tells otherwise than others, and changes silently."""
    return feed_of_outlet([Walk().through(each) for each in histories], outlet, place)


def feed_of_outlet(walks: Iterable[Walk], outlet: str, place: Place = Place()) -> str:
    """The same after walks through the collations of each story."""
    wanted = outlet.strip().casefold().removeprefix("www.")
    kept = entries(walks, lambda item: wanted in {each.casefold() for each in item.outlets} or wanted in item.domains)
    return _feed(f"outlet\n{wanted}", cut(outlet, 60), (None, place.own(OUTLET_FEED, outlet=outlet)), kept, place)


def ours_feed(histories: Iterable[History], outlet: str, place: Place = Place()) -> str:
    """What concerns our outlet: what we lack, where we differ, what only we have, silent edits."""
    return feed_of_ours([Walk(outlet).through(each) for each in histories], outlet, place)


def feed_of_ours(walks: Iterable[Walk], outlet: str, place: Place = Place()) -> str:
    """The same after walks, as ours, through the collations of each story."""
    weak = {Section.LACK, Section.REPORTED}
    kept = entries(walks, lambda item: item.section not in weak or item.sources >= SOURCES)
    own, title = place.own(OURS_FEED, outlet=outlet), f"storydiff for {cut(outlet, 60)}"
    return _feed(f"ours\n{outlet.casefold()}", title, (None, own), kept, place, outlet)


def etag(text: str) -> str:
    """The entity tag of a feed."""
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def unchanged(if_none_match: str | None, tag: str) -> bool:
    """Whether a request with that If-None-Match is answered with 304."""
    if if_none_match is None:
        return False
    given = re.findall(r'(?:W/)?("[^"]*")', if_none_match)
    return if_none_match.strip() == "*" or tag in given


def entries(walks: Iterable[Walk], keep: Callable[[Item], bool]) -> list[Entry]:
    """The entries of what the last collation of each story tells, newest first, no more than `MOST`."""
    found = chain.from_iterable(walk.known.values() for walk in walks)
    kept = [each for each in found if each.item.section not in {Section.STORY, Section.WATCH} and keep(each.item)]
    return sorted(kept, key=lambda each: (each.updated, each.item.key), reverse=True)[:MOST]


def _entry(item: Item, before: Entry | None, made: datetime, *, first: bool) -> Entry:
    if before is None:
        at = (item.at or made) if first else made
        return Entry(item=item, published=at, updated=at)
    changed = _said(item) != _said(before.item)
    return replace(before, item=item, updated=made if changed else before.updated)


def _said(item: Item) -> tuple[object, ...]:
    return item.text, item.outlets, tuple((side.outlets, side.words) for side in item.sides), item.notes


def _feed(
    name: str,
    title: str,
    addresses: tuple[str | None, str | None],
    kept: Sequence[Entry],
    place: Place,
    ours: str | None = None,
) -> str:
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(feed, "id", _urn(place, name))
    _add(feed, "title", title)
    _add(feed, "updated", _time(max((each.updated for each in kept), default=EPOCH)))
    _add(ET.SubElement(feed, "author"), "name", "storydiff")
    for relation, address in zip(("alternate", "self"), addresses, strict=True):
        if address:
            ET.SubElement(feed, "link", {"rel": relation, "href": address})
    for each in kept:
        _add_entry(feed, each, place, ours)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _add_entry(feed: ET.Element, each: Entry, place: Place, ours: str | None) -> None:
    shown = line(each.item, place.links, "UTC")
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", _urn(place, each.item.key))
    _add(entry, "title", f"{heading(each.item.section, ours)}: {shown.text}")
    _add(entry, "published", _time(each.published))
    _add(entry, "updated", _time(each.updated))
    if shown.href:
        ET.SubElement(entry, "link", {"rel": "alternate", "href": shown.href})
    ET.SubElement(entry, "category", {"term": each.item.section.value})
    _add(entry, "content", fragment(shown), type="html")


def _add(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = REFUSED.sub("\ufffd", text)


def _urn(place: Place, name: str) -> str:
    return uuid.uuid5(SPACE, f"{place.newsroom}\n{name}").urn


def _time(moment: datetime) -> str:
    return utc(moment).isoformat(timespec="seconds").replace("+00:00", "Z")
