"""Two versions of a story side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from storydiff.engine import collate
from storydiff.model import Collation, Extent, Story, Version
from storydiff.report.pair import Fate, Pair, pair
from storydiff.report.times import clock
from storydiff.serving.answer import Answer
from storydiff.serving.paths import NAMES
from storydiff.serving.refusals import NotThere
from storydiff.store import Store
from storydiff.store.browse import article_name
from storydiff.store.versions import VersionLine
from storydiff.web.call import Call
from storydiff.web.showing import shown

MARGIN = 160
"""Characters of a statement in the margin; the point's page has it whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A version to choose."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The versions of one article, newest first."""

    label: str
    versions: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What stands over one of the texts."""

    version: Version
    article: str
    """Its name in addresses."""
    latest: bool
    counts: tuple[tuple[str, int], ...]
    """What its paragraphs are beside the other text, and how many of them."""
    apart: str | None
    """Why it was not taken as this story."""

    @property
    def complete(self) -> bool:
        """Whether absence proves anything."""
        return self.version.extent is Extent.COMPLETE


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPage:
    """What the page shows; without a pair, only what there is to choose from."""

    story: Story
    choices: tuple[Choices, ...]
    a: str
    b: str
    pair: Pair | None = None
    sides: tuple[Side, ...] = ()


def compare(call: Call) -> Answer:
    """The page of two versions, `?a=` and `?b=`; of two outlets when none are named."""
    slug, store = call.path["slug"], call.desk.store
    story, lines = store.stories.get(slug), store.versions.lines(slug)
    named = tuple(call.query.text(side) for side in ("a", "b"))
    a, b = chosen(lines, named)
    versions = tuple(_version(store, slug, each) for each in (a, b) if each)
    page = PairPage(story=story, choices=tuple(choices(lines)), a=a, b=b)
    if len(versions) == 2 and a != b:
        page = replace(page, **_compared(call, versions, lines))
    return shown(call, "pair.html.j2", page=page, longest=MARGIN)


def _compared(call: Call, versions: Sequence[Version], lines: Sequence[VersionLine]) -> dict[str, Any]:
    collation = _collation(call, versions[0], versions[1])
    made = pair(versions[0], versions[1], collation)
    sides = (_side(each, lines, collation, fates) for each, fates in zip(versions, made.counts, strict=True))
    return {"pair": made, "sides": tuple(sides)}


def chosen(lines: Sequence[VersionLine], named: Sequence[str]) -> tuple[str, str]:
    """The two versions named; where one is not, the latest of an outlet that could be read. "" when there is none."""
    latest = [next(iter(choice)) for choice in _newest_first(lines)]
    readable = sorted(latest, key=lambda each: (each.extent is Extent.BLOCKED, each.extent is not Extent.COMPLETE))
    a = named[0] or next((each.id for each in readable if each.id != named[1]), "")
    articles = {each.id: each.article for each in lines}
    others = [each.id for each in readable if each.id != a and each.article != articles.get(a)]
    return a, named[1] or next(iter(others), "")


def choices(lines: Sequence[VersionLine]) -> Iterator[Choices]:
    """Every version under its outlet; where an outlet has several articles, under the article's headline too."""
    outlets = [next(iter(each)).outlet for each in _newest_first(lines)]
    for states in _newest_first(lines):
        newest = states[0]
        label = (
            newest.outlet if outlets.count(newest.outlet) == 1 else f"{newest.outlet}: {newest.headline or newest.url}"
        )
        yield Choices(label=label, versions=tuple(_choice(each, number) for number, each in enumerate(states)))


def _choice(line: VersionLine, number: int) -> Choice:
    extent = "" if line.extent is Extent.COMPLETE else f", {line.extent.value}"
    when = f"read {clock(line.fetched)}" if line.fetched else "given as text"
    return Choice(id=line.id, label=f"{'latest, ' if number == 0 else ''}{when}{extent}")


def _newest_first(lines: Sequence[VersionLine]) -> list[list[VersionLine]]:
    return [list(states)[::-1] for _, states in groupby(lines, key=lambda each: each.article)]


def _version(store: Store, slug: str, name: str) -> Version:
    found = store.versions.get(slug, name) if NAMES["version"].fullmatch(name) else None
    if found is None:
        raise NotThere("There is no such version in this story.", hint="Choose two under Compare two.")
    return found


def _collation(call: Call, left: Version, right: Version) -> Collation | None:
    """In which the two were compared; made now when they never were. None for two versions of one article."""
    if left.article == right.article:
        return None
    slug, store, wanted = call.path["slug"], call.desk.store, {left.id, right.id}
    if store.browse.collation(slug) is not None:
        latest = call.service.opened.collation(call.desk, slug)
        if wanted <= {each.id for each in latest.versions}:
            return latest
    return store.collations.latest_with(slug, wanted) or collate((left, right))


def _side(version: Version, lines: Sequence[VersionLine], collation: Collation | None, fates: Counter[Fate]) -> Side:
    latest = next(iter(each.id for each in reversed(lines) if each.article == version.article), "")
    return Side(
        version=version,
        article=article_name(version.article),
        latest=latest == version.id,
        counts=tuple((fate.value, fates[fate]) for fate in Fate if fates[fate]),
        apart=collation.apart.get(version.id) if collation else None,
    )
