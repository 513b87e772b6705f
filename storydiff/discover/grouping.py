"""Story grouping: each article is decided as it arrives, and no decision is taken back.

Single-pass clustering over tf-idf, as topic detection and tracking began it (Allan et al. 1998; Yang et al. 1998) and
as streams are still grouped (Miranda et al. 2018): an article joins the group that it is most like, when it is like
enough, else it begins one. Likeness is the mean of the two best members' cosines, blended with the mean over the recent
members (the group's centroid), less a little for every day in between and for the length of both texts. Names and
figures count more than other words: similar events share their vocabulary and differ in who, where and how many.

Articles in another language share no words with a group. They join it only when names and figures agree strongly.

Cost: an article is measured against the 24 nearest in memory, found by the index of its 12 weightiest concepts, and the
memory is a window of days. Where it fails: two events of one kind with the same names on the same day (two matches of
one team, two ministers' visits) are one group, and a story that turns to something new may begin another.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from storydiff.discover.concepts import Article, Concepts, concepts
from storydiff.discover.space import Space, Vector, added, product, taken

ENOUGH = 0.24
"""Likeness from which an article joins a group. Mean F1 over the streams of bench.fit_grouping: .879, .891, .905, .909,
.899, .891, .872 for .18, .20 to .30. Chosen without the fold that is judged, ecbplus loses nothing (.862).
"""
LONGER, LONG = 0.05, 64
"""Likeness asked for besides, for each doubling of the size beyond so many different words, when both texts are longer:
two long reads of one field share much without telling one event. On basil as of one day F1 goes from .949 to .960,
precision from .91 to .96.
"""
CENTROID = 0.4
"""How much the mean over the group counts, beside its two best members."""
PER_DAY = 0.02
"""Likeness lost for each day between an article and the group's nearest in time."""
WINDOW = timedelta(days=7)
"""How long an article is remembered behind the newest."""
RECENT = 50
"""Members that make a group's centroid."""
MOST = 100_000
"""Articles remembered, however short the time."""
FOREIGN, SHARED = 0.5, 4
"""Across languages: the likeness of names and figures, and how many both must hold."""


@dataclass(slots=True)
class Group:
    """One story as far as it is remembered: numbers of its recent articles, sums of their vectors, their times."""

    language: str
    recent: deque[int] = field(default_factory=deque)
    words: Vector = field(default_factory=dict)
    names: Vector = field(default_factory=dict)
    times: deque[datetime] = field(default_factory=deque)
    size: int = 0
    """Different words of the recent articles, summed."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """An article as measured."""

    concepts: Concepts
    words: Vector
    names: Vector
    published: datetime | None


class Grouping:
    """Groups a stream of articles, which should come in the order of time.

    A time in the future would make all others old: leave it out.
    """

    def __init__(self, *, window: timedelta = WINDOW, enough: float = ENOUGH) -> None:
        self._window = window
        self._enough = enough
        self._words = Space()
        self._names = Space()
        self._groups: dict[int, Group] = {}
        self._of: dict[int, int] = {}
        """Number of an article -> its group."""
        self._ages: deque[tuple[int, datetime | None]] = deque()
        self._newest: datetime | None = None
        self._begun = 0

    @property
    def remembered(self) -> frozenset[int]:
        """The stories that an article may still join."""
        return frozenset(self._groups)

    def add(self, article: Article) -> int:
        """The number of the article's story: one given before, or the next."""
        seen = self._seen(article)
        self._forget(seen.published)
        label = self._decided(seen)
        if label is None:
            label, self._begun = self._begun, self._begun + 1
            self._groups[label] = Group(seen.concepts.language)
        self._join(seen, label)
        return label

    def find(self, article: Article) -> int | None:
        """The story that the article would join; None when it would begin one. Nothing is changed."""
        return self._decided(self._seen(article))

    def likeness(self, label: int, article: Article) -> float:
        """How typical an article is of a story: its likeness to all recent members, 0 to 1; 0 of a forgotten one."""
        group = self._groups.get(label)
        if group is None:
            return 0.0
        found = concepts(article)
        words = self._words.vector(found.words, found.telling, found.opening)
        return product(words, group.words) / max(1, len(group.recent))

    def closeness(self, label: int, article: Article) -> float:
        """How like an article is to a story as it stands now, by the measure that decides; 0 of a forgotten one."""
        group = self._groups.get(label)
        return self._likeness(self._seen(article), group, group.recent) if group else 0.0

    def agreement(self, label: int, article: Article) -> float:
        """How well names and figures agree with a story in another language; 0 in its own, and with one in common."""
        seen, group = self._seen(article), self._groups.get(label)
        return _agreement(seen, group) if group and _shared(seen, group) > 1 else 0.0

    def _seen(self, article: Article) -> _Seen:
        found = concepts(article)
        words = self._words.vector(found.words, found.telling, found.opening)
        return _Seen(found, words, self._names.vector(found.names), article.published)

    def _decided(self, seen: _Seen) -> int | None:
        best, score = None, self._enough
        for label, members in self._candidates(self._words.near(seen.words)).items():
            like = self._likeness(seen, self._groups[label], members)
            if like >= score:
                best, score = label, like
        return best if best is not None else self._abroad(seen)

    def _candidates(self, near: Iterable[int]) -> dict[int, list[int]]:
        """Group -> its members among the near articles; later groups first among equals."""
        found: dict[int, list[int]] = {}
        for number in near:
            found.setdefault(self._of[number], []).append(number)
        return dict(sorted(found.items()))

    def _likeness(self, seen: _Seen, group: Group, members: Iterable[int]) -> float:
        best = sorted((product(seen.words, self._words.get(number)) for number in members), reverse=True)[:2]
        nearest = sum(best) / len(best)
        usual = product(seen.words, group.words) / max(1, len(group.recent))
        blended = (1 - CENTROID) * nearest + CENTROID * usual
        return blended - PER_DAY * _days(seen.published, group) - _lengthy(seen, group)

    def _abroad(self, seen: _Seen) -> int | None:
        """The group in another language that the names and figures belong to; None when none agrees strongly."""
        best, score = None, FOREIGN
        for label in self._candidates(self._names.near(seen.names)):
            group = self._groups[label]
            if _shared(seen, group) < SHARED:
                continue
            like = _agreement(seen, group)
            if like >= score:
                best, score = label, like
        return best

    def _join(self, seen: _Seen, label: int) -> None:
        number = self._words.add(seen.words)
        self._names.add(seen.names)
        self._of[number] = label
        self._ages.append((number, seen.published or self._newest))
        group = self._groups[label]
        group.recent.append(number)
        group.size += len(seen.words)
        added(group.words, seen.words)
        added(group.names, seen.names)
        if seen.published:
            group.times.append(seen.published)
        if len(group.recent) > RECENT:
            self._shorten(group)

    def _shorten(self, group: Group) -> None:
        number = group.recent.popleft()
        group.size -= len(self._words.get(number))
        taken(group.words, self._words.get(number))
        taken(group.names, self._names.get(number))
        if len(group.times) > RECENT:
            group.times.popleft()

    def _forget(self, now: datetime | None) -> None:
        """Drop what is older than the window."""
        if now and (self._newest is None or now > self._newest):
            self._newest = now
        while self._ages and (len(self._ages) >= MOST or self._is_old(self._ages[0][1])):
            number, _ = self._ages.popleft()
            label = self._of.pop(number)
            group = self._groups[label]
            if group.recent and group.recent[0] == number:
                self._shorten(group)
            if not group.recent:
                del self._groups[label]
            self._words.drop()
            self._names.drop()

    def _is_old(self, moment: datetime | None) -> bool:
        return bool(moment and self._newest and self._newest - moment > self._window)


def _days(moment: datetime | None, group: Group) -> float:
    """Days to the group's nearest article in time; 0 when a time is unknown."""
    if moment is None or not group.times:
        return 0.0
    return min(abs(moment - time).total_seconds() for time in group.times) / 86_400


def _lengthy(seen: _Seen, group: Group) -> float:
    """What the sizes of an article and of a group's usual one cost."""
    size = min(len(seen.words), group.size / max(1, len(group.recent)))
    return LONGER * max(0.0, math.log2(max(size, 1) / LONG))


def _shared(seen: _Seen, group: Group) -> int:
    """How many names and figures an article shares with a group in another language; 0 in its own."""
    if group.language == seen.concepts.language:
        return 0
    return sum(name in group.names for name in seen.names)


def _agreement(seen: _Seen, group: Group) -> float:
    """Cosine of names and figures, less what the days in between cost."""
    length = math.sqrt(product(group.names, group.names)) or 1.0
    return product(seen.names, group.names) / length - PER_DAY * _days(seen.published, group)
