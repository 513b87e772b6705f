"""Matching: which of a newsroom's open stories the announcements of its sources belong to.

What is surely of a story is added to it, to be fetched and compared as if it had been posted; what is only like one is
suggested. Each step may run twice: an announcement is in one story at most, and adding it is one transaction.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Lock

from storydiff.discover.addresses import key_of, site_of
from storydiff.discover.concepts import Article, Concepts, concepts
from storydiff.discover.matching import Likely, Matcher, Text
from storydiff.errors import AddressRefused, UnknownStory
from storydiff.model import Event, EventType, Severity
from storydiff.pipeline.announce_events import cut, event_id, link
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.intake import admitted
from storydiff.pipeline.polling import WINDOW
from storydiff.pipeline.watch import Claim
from storydiff.store import Announcement, MatchState, Member

log = logging.getLogger(__name__)
OPEN = timedelta(days=7)
"""A story without a new text for so long waits for no more articles."""
STORIES, AT_ONCE = 200, 5000
"""Open stories that are looked at, and announcements, the newest."""
MEMORY, REMEMBERED = 500, timedelta(days=7)
"""Announcements by which words of the day are known as such, and how old they may be."""
MOST_FOUND, MOST_SUGGESTED, MOST_STORIES = 30, 20, 2
"""Articles that are added to one story without asking, suggestions that wait there at once, and stories that one
announcement is suggested for.
"""
KEPT = 400
"""Texts of stories that a process remembers as they are measured: of 400 words, some 60 KB each."""


@dataclass(slots=True)
class Texts:
    """What texts hold, so that a text is looked at once: it never changes. Threads may share it."""

    _kept: OrderedDict[int, Concepts] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, desk: Desk, members: Sequence[Member]) -> dict[int, Concepts]:
        """Row of a version -> what it holds."""
        with self._lock:
            known = {each.row: self._kept[each.row] for each in members if each.row in self._kept}
        words = desk.store.members.words([each.row for each in members if each.row not in known])
        languages = {each.row: each.language for each in members}
        fresh = {
            row: concepts(Article(id="", title=each.headline, text=each.text, language=languages[row]))
            for row, each in words.items()
        }
        with self._lock:
            self._kept.update(fresh)
            for row in known:
                self._kept.move_to_end(row)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return known | fresh


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What came of it, in announcements."""

    looked_at: int = 0
    added: int = 0
    suggested: int = 0


def match_announcements(desk: Desk, texts: Texts, claim: Claim) -> Matched:
    """Match what is new; all announcements of the last days when the stories are others than the last time.

    Nothing happens while somebody else matches for the newsroom.
    """
    polls, newsroom, now = desk.store.polls, desk.store.newsroom, desk.clock()
    if not polls.claim_matching(newsroom, claim.owner, now=now, until=now + claim.lease):
        return Matched()
    members = desk.store.members.list(since=now - OPEN, limit=STORIES)
    mark = _mark(members)
    only_new = mark == polls.mark(newsroom)
    waiting = desk.store.announcements.open(now - WINDOW, only_new=only_new, limit=AT_ONCE)
    found = Matched()
    if waiting and members:
        matcher = _matcher(desk, texts, members)
        likely = [(each, one) for each in waiting for one in matcher.match(text_of(each))[:MOST_STORIES]]
        stories = tuple(dict.fromkeys(each.story for each in members))
        found = replace(_Decisions(desk, stories).make(likely), looked_at=len(waiting))
    desk.store.announcements.note_matched([each.id for each in waiting], now=now)
    polls.end_matching(newsroom, claim.owner, mark)
    return found


def text_of(each: Announcement) -> Text:
    """An announcement as it is measured."""
    article = Article(id="", title=each.title, text=each.summary, language=each.language)
    return Text(concepts(article), each.published)


def _mark(members: Sequence[Member]) -> str:
    """Of the stories and their articles: an article that is only reworded makes nobody look at all again."""
    return hashlib.sha256(repr([(each.story, each.article) for each in members]).encode()).hexdigest()


def _matcher(desk: Desk, texts: Texts, members: Sequence[Member]) -> Matcher:
    held = texts.of(desk, members)
    stories: dict[str, list[Text]] = {}
    for each in members:
        if each.row in held:  # a story may have been deleted meanwhile
            stories.setdefault(each.story, []).append(Text(held[each.row], each.at))
    lately = desk.store.announcements.since(desk.clock() - REMEMBERED, limit=MEMORY)
    return Matcher(stories, [text_of(each) for each in lately])


class _Decisions:
    """The decisions of one run: what the stories have already is known, and kept up as articles are added."""

    def __init__(self, desk: Desk, stories: Sequence[str]) -> None:
        self._desk = desk
        addresses = desk.store.members.addresses(stories)
        self._keys = {slug: {key_of(url) for url in urls} for slug, urls in addresses.items()}
        self._sites = {slug: {site_of(url) for url in urls} for slug, urls in addresses.items()}
        self._decided = desk.store.matches.decided(stories)
        self._counts = Counter((slug, state) for (_, slug), state in self._decided.items())

    def make(self, found: Sequence[tuple[Announcement, Likely]]) -> Matched:
        """Add and suggest, the most alike first: of two articles of one outlet the better one is added."""
        added: set[int] = set()
        suggested = 0
        for each, likely in sorted(found, key=_rank):
            if each.id in added or self._is_settled(each, likely.story):
                continue
            if self._may_add(each, likely) and self._add(each, likely):
                added.add(each.id)
            elif self._counts[likely.story, MatchState.SUGGESTED] < MOST_SUGGESTED:
                suggested += self._suggest(each, likely)
        return Matched(added=len(added), suggested=suggested)

    def _is_settled(self, each: Announcement, slug: str) -> bool:
        """Whether the story has the article already, or people do not want it there."""
        return key_of(each.url) in self._keys[slug] or self._decided.get((each.id, slug)) in SETTLED

    def _may_add(self, each: Announcement, likely: Likely) -> bool:
        """Whether to add without asking. A second article of an outlet may be of something else, or a comment."""
        has_room = self._counts[likely.story, MatchState.ADDED] < MOST_FOUND
        return likely.is_sure and each.adds and has_room and site_of(each.url) not in self._sites[likely.story]

    def _add(self, each: Announcement, likely: Likely) -> bool:
        desk, slug = self._desk, likely.story
        try:
            admitted(desk.settings, [each.url])
            event = article_found(desk, slug, each, likely.likeness)
            if not desk.store.matches.add(each.id, event, likely.likeness, now=desk.clock()):
                return False
        except (AddressRefused, UnknownStory):  # never to be fetched; deleted meanwhile
            return False
        log.info("found an article", extra={"story": slug, "outlet": each.outlet, "likeness": likely.likeness})
        self._keys[slug].add(key_of(each.url))
        self._sites[slug].add(site_of(each.url))
        self._counts[slug, MatchState.ADDED] += 1
        return True

    def _suggest(self, each: Announcement, likely: Likely) -> bool:
        desk, slug = self._desk, likely.story
        try:
            admitted(desk.settings, [each.url])
            is_new = desk.store.matches.suggest(each.id, slug, likely.likeness, now=desk.clock())
        except (AddressRefused, UnknownStory):
            return False
        self._counts[slug, MatchState.SUGGESTED] += is_new
        return is_new


SETTLED = frozenset({MatchState.ADDED, MatchState.ACCEPTED, MatchState.DISMISSED})


def _rank(pair: tuple[Announcement, Likely]) -> tuple[bool, float, int]:
    return (not pair[1].is_sure, -pair[1].likeness, pair[0].id)


def article_found(desk: Desk, slug: str, each: Announcement, likeness: float) -> Event:
    """The event of an article that is added without asking. UnknownStory."""
    story = desk.store.stories.get(slug)
    named = desk.store.articles.outlet_of(site_of(each.url))
    outlet = named.name if named else each.outlet
    headline = cut(each.title) or each.url
    told = {"outlet": outlet, "url": each.url, "headline": headline, "likeness": round(likeness, 3)}
    published = each.published.isoformat() if each.published else None
    return Event(
        id=event_id(slug, EventType.ARTICLE_FOUND, each.url),
        type=EventType.ARTICLE_FOUND,
        story=slug,
        at=desk.clock(),
        severity=Severity.NORMAL,
        outlets=(outlet,),
        data={
            "title": cut(story.title or slug),
            "summary": cut(f"{outlet} has the story too: {headline}"),
            **told,
            "published": published,
            "links": {"story": link(desk.settings.public_url, slug)},
        },
    )
