"""From entries to stories: which are recent, which tell the same event, who has it. Pure; `now` is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from storydiff.discover.concepts import Article
from storydiff.discover.entry import Entry, Heard
from storydiff.discover.grouping import Grouping
from storydiff.discover.making import unique

LEEWAY, ROUGH_LEEWAY = timedelta(hours=1), timedelta(hours=26)
"""How far a time may lie in the future, or before the window, and be taken at its word: clocks and zones differ."""
EVER = datetime.min.replace(tzinfo=UTC)
DAY = timedelta(days=1)
MAYBE, MAYBE_ABROAD, MOST_MAYBE = 0.18, 0.3, 5
"""Closeness from which an entry may be of the story that was asked about, and how many such are shown. As a threshold
for joining, .18 would find nearly all and mix up look-alike events (ecbplus: recall .96, precision .77): people decide.
In another language names and figures count, of which two must agree.
"""
FOREVER = timedelta(days=36_500)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStory:
    """What several outlets announce of one event."""

    headline: str
    """That of the most typical entry."""
    entries: tuple[Entry, ...]
    """All of them, in the order of their times; those without time last."""
    chosen: tuple[Entry, ...]
    """Of each outlet the most typical one, in that order: what to compare."""
    asked: bool = False
    """It is the story of the article that was asked about."""

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who has it, in the order of their times."""
        return tuple(dict.fromkeys(entry.outlet for entry in self.chosen))

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses to compare."""
        return tuple(entry.url for entry in self.chosen)

    @property
    def first(self) -> datetime | None:
        """When the first was published, as far as they say."""
        return min((entry.when for entry in self.entries if entry.when), default=None)

    @property
    def last(self) -> datetime | None:
        """When the last was published."""
        return max((entry.when for entry in self.entries if entry.when), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """The stories found, and what they were found in."""

    stories: tuple[FoundStory, ...]
    perhaps: tuple[Entry, ...] = ()
    """When a story was asked about: entries that come close to belonging to it, the closest first."""
    heard: tuple[Heard, ...]
    considered: int
    """Entries of the window, each article once."""
    since: timedelta
    made: datetime


def recent(entries: Iterable[Entry], now: datetime, since: timedelta) -> tuple[Entry, ...]:
    """The entries of the window, each article once, newest first; those that say no time are in the listing now.

    A time in the future is no time: an entry cannot be newer than the listing that it stands in.
    """
    known = (_without_future(entry, now) for entry in entries)
    return tuple(entry for entry in unique(known, None) if _is_recent(entry, now - since))


def _leeway(entry: Entry) -> timedelta:
    return ROUGH_LEEWAY if entry.rough else LEEWAY


def _without_future(entry: Entry, now: datetime) -> Entry:
    latest = now + _leeway(entry)
    if (entry.published or EVER) <= latest and (entry.updated or EVER) <= latest:
        return entry
    times = [None if time and time > latest else time for time in (entry.published, entry.updated)]
    return replace(entry, published=times[0], updated=times[1])


def _is_recent(entry: Entry, begin: datetime) -> bool:
    """Whether it was published in the window, or at least changed in it."""
    newest = max((time for time in (entry.published, entry.updated) if time), default=None)
    return newest is None or newest >= begin - (ROUGH_LEEWAY if entry.rough else timedelta())


def found_stories(entries: Sequence[Entry], *, outlets: int = 2) -> tuple[FoundStory, ...]:
    """The stories that at least so many outlets have, most outlets first.

    Neither the order of the entries nor the outlets' names and addresses decide what belongs together.
    """
    # Nothing is forgotten here: all entries are of the window.
    grouping = Grouping(window=FOREVER)
    groups = _groups(grouping, [(entry, article_of(entry)) for entry in entries])
    stories = [_story(grouping, label, group) for label, group in groups.items() if _sites(group) >= outlets]
    return tuple(sorted(stories, key=_rank))


def story_of(
    like: Article, entries: Sequence[Entry], *, outlets: int = 2, since: timedelta = DAY
) -> tuple[FoundStory | None, tuple[Entry, ...]]:
    """The story of an article, if so many outlets have it; and the entries that come close to it, the closest first.

    An article from before the window is taken to be of no time: who asks for it wants to know who has it now.
    """
    grouping = Grouping(window=FOREVER)
    begin = max((entry.when for entry in entries if entry.when), default=EVER + since) - since
    label = grouping.add(_dated(like, begin))
    group = _groups(grouping, [(entry, _dated(article_of(entry), begin)) for entry in entries]).get(label, [])
    story = replace(_story(grouping, label, group), asked=True) if group and _sites(group) >= outlets else None
    return story, _perhaps(grouping, label, {entry.site for entry in group}, entries)


def _groups(grouping: Grouping, arriving: Sequence[tuple[Entry, Article]]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = {}
    for entry, article in sorted(arriving, key=lambda each: _arrival(each[0])):
        found.setdefault(grouping.add(article), []).append(entry)
    return found


def _sites(group: Sequence[Entry]) -> int:
    return len({entry.site for entry in group})


def _arrival(entry: Entry) -> tuple[datetime, str, str, str]:
    """By time, then by what it says; those without time are decided last, when the stories stand."""
    return (entry.when or datetime.max.replace(tzinfo=UTC), entry.title, entry.summary, entry.url)


def _dated(article: Article, begin: datetime) -> Article:
    """The article, without its time when that lies before the window."""
    return article if article.published is None or article.published >= begin else replace(article, published=None)


def article_of(entry: Entry) -> Article:
    """What is looked at of an entry."""
    return Article(id=entry.url, title=entry.title, text=entry.summary, published=entry.when, language=entry.language)


def _story(grouping: Grouping, label: int, group: Sequence[Entry]) -> FoundStory:
    typical = {entry.url: grouping.likeness(label, article_of(entry)) for entry in group}
    by_site: dict[str, Entry] = {}
    for entry in group:
        kept = by_site.setdefault(entry.site, entry)
        if _typicality(entry, typical) > _typicality(kept, typical):
            by_site[entry.site] = entry
    titled = [entry for entry in group if entry.title] or list(group)
    return FoundStory(
        headline=max(titled, key=lambda entry: _typicality(entry, typical)).title,
        entries=tuple(sorted(group, key=_arrival)),
        chosen=tuple(sorted(by_site.values(), key=_arrival)),
    )


def _perhaps(grouping: Grouping, label: int, sites: Set[str], entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """What comes close to a story, from sites that do not have it anyway."""
    others = [entry for entry in entries if entry.site not in sites]
    close = [(_closeness(grouping, label, article_of(entry)), entry) for entry in others]
    likely = sorted((each for each in close if each[0] >= 1), key=lambda each: (-each[0], each[1].url))
    return tuple(entry for _, entry in likely[:MOST_MAYBE])


def _closeness(grouping: Grouping, label: int, article: Article) -> float:
    """1 from where on an article may belong to the story, in its language or another."""
    return max(grouping.closeness(label, article) / MAYBE, grouping.agreement(label, article) / MAYBE_ABROAD)


def _typicality(entry: Entry, typical: Mapping[str, float]) -> tuple[float, str, str]:
    return (round(typical[entry.url], 9), entry.title, entry.url)


def _rank(story: FoundStory) -> tuple[int, float, str]:
    """Most outlets first, then the latest, then by headline."""
    return (-len(story.chosen), -story.last.timestamp() if story.last else 0.0, story.headline)
