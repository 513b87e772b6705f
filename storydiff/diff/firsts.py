"""Who had a point first, as an interval.

An article is seen only when it is fetched. A point that it carries was written some time after the last moment at
which it is known to have lacked it, and no later than the first moment at which it is known to have had it. Where the
intervals of two articles overlap nobody can say who was first, so nothing is said. Nor is it of what stands in a text
that others carry too, unless the first is its origin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from storydiff.model import Extent, Family, First, Version

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Told(NamedTuple):
    """A version, and whether it carries the point; None when that cannot be known (cut off, another language)."""

    version: Version
    carries: bool | None


def first(told: Iterable[tuple[Version, bool | None]]) -> First | None:
    """The version that had the point first; None when no version has it, or two may have been first.

    `told` holds every version of every article, earlier ones too, in any order. An article that is not known to carry
    the point does not count; one that carries it at a time nobody knows forbids any claim over others.
    """
    known = [Told(*each) for each in told]
    return Histories.of(each.version for each in known).first({each.version.id: each.carries for each in known})


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """The versions of all articles, of whose points is asked one after the other."""

    versions: Mapping[str, Sequence[Version]]
    """Article -> its versions."""
    alone: Mapping[str, First | None]
    """Of an article with one version, when that had what it carries: of every point the same."""
    article: Mapping[str, str]
    """Version id -> its article."""

    @classmethod
    def of(cls, versions: Iterable[Version]) -> Histories:
        """The histories of some versions, in any order."""
        articles: dict[str, list[Version]] = defaultdict(list)
        for version in versions:
            articles[version.article].append(version)
        alone = {article: appeared([Told(v[0], True)]) for article, v in articles.items() if len(v) == 1}
        return cls(articles, alone, {version.id: article for article, v in articles.items() for version in v})

    def first(self, carries: Mapping[str, bool | None]) -> First | None:
        """As `first`; `carries` holds what `Told` says, by the ids of the versions."""
        found = [each for article in self.versions if (each := self._appeared(article, carries))]
        if len(found) == 1:
            return found[0]
        for each in found:
            if all(other is each or _before(each, other) for other in found):
                return each
        return None

    def _appeared(self, article: str, carries: Mapping[str, bool | None]) -> First | None:
        states = self.versions[article]
        if article in self.alone:
            return self.alone[article] if carries[states[0].id] else None
        return appeared([Told(version, carries[version.id]) for version in states])


def copied(version: str, families: Iterable[Family], telling: Collection[str]) -> bool:
    """Whether what a version tells stands there in a text of another origin: others who carry that text tell it too.

    Whoever was seen first with it had it from the origin, whenever that one's own page was looked at: in one of the
    development stories 23 points of an agency would be the merit of a paper that printed its text.
    """
    family = next((each for each in families if version in each.versions), None)
    if family is None or family.origin == version:
        return False
    return any(other in telling for other in family.versions if other != version)


def appeared(history: Sequence[Told]) -> First | None:
    """When the point came into one article: the interval of the oldest version that carries it."""
    lacking: datetime | None = None
    for version, carries in sorted(history, key=_age) if len(history) > 1 else history:
        if carries:
            published = _believed(version.published, version)
            not_before = lacking or published
            return First(version=version.id, not_before=not_before, not_after=_seen(version, lacking, published))
        if carries is False and version.extent is Extent.COMPLETE:
            lacking = version.fetched or lacking
    return None


def _seen(version: Version, lacking: datetime | None, published: datetime | None) -> datetime | None:
    """The earliest moment that is sure to be no earlier than the point's: a shown time is believed unless it is belied.

    A modification time before the fetch that still lacked the point belongs to an edit that was not shown.
    """
    shown = _believed(version.modified, version)
    if shown and (lacking is None or shown > lacking):
        return shown
    return version.fetched or (published if lacking is None else None)


def _believed(time: datetime | None, version: Version) -> datetime | None:
    """A time that the page shows, unless it lies after the fetch."""
    return None if time and version.fetched and time > version.fetched else time


def _before(one: First, other: First) -> bool:
    return bool(one.not_after and other.not_before and one.not_after < other.not_before)


def _age(told: Told) -> tuple[datetime, datetime, str]:
    version = told.version
    shown = version.modified or version.published or _LONG_AGO
    return version.fetched or shown, shown, version.id
