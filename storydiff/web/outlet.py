"""One outlet: how often it did what, with the stories and points behind each count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storydiff.diff.habits import PAIRS, Deeds, deeds
from storydiff.diff.rates import FEWEST_CASES, FEWEST_STORIES, Rate
from storydiff.model import Collation, Outlet, Point, Story
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import NotThere
from storydiff.store import InStory
from storydiff.store.browse import OutletCounts, article_name
from storydiff.web.call import Call
from storydiff.web.outlets import COUNTED_AT_ONCE, WORDINGS, Wording, rates
from storydiff.web.showing import shown

MOST = 100
"""Stories listed under one figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """What one story adds to a figure."""

    slug: str
    title: str
    hits: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure with the stories that it is made from."""

    name: str
    wording: Wording
    rate: Rate
    together: Rate
    """The same of all outlets of the newsroom's stories."""
    uncounted: int
    """Cases that nobody can judge."""
    stories: tuple[StoryLine, ...]
    more: int
    """Stories that are not listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletPage:
    """What the page shows."""

    counts: OutletCounts
    figures: tuple[Figure, ...]
    few_cases: int = FEWEST_CASES
    few_stories: int = FEWEST_STORIES


def show(call: Call) -> Answer:
    """The outlet of that name or domain."""
    found, store = _outlet(call), call.desk.store
    store.habits.count(most=COUNTED_AT_ONCE)
    name = found.outlet.name
    its, together = rates(store.habits.tallies([name]).get(name, {})), rates(store.habits.all())
    stories = store.habits.stories(name)
    figures = (_figure(figure, stories, its[place], together[place]) for place, figure in enumerate(PAIRS))
    return shown(call, "outlet.html.j2", page=OutletPage(counts=found, figures=tuple(figures)))


def _figure(figure: str, stories: Sequence[InStory], its: Rate, together: Rate) -> Figure:
    hits, of = PAIRS[figure]
    lines = [
        StoryLine(slug=each.slug, title=each.title, hits=getattr(each.habits, hits), of=getattr(each.habits, of))
        for each in stories
        if getattr(each.habits, of)
    ]
    return Figure(
        name=figure,
        wording=WORDINGS[figure],
        rate=its,
        together=together,
        uncounted=sum(each.habits.unreadable for each in stories) if figure == "omits" else 0,
        stories=tuple(lines[:MOST]),
        more=max(0, len(lines) - MOST),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLine:
    """A point with its number in the story."""

    number: int
    point: Point
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedsPage:
    """What one outlet did in one story, case by case."""

    story: Story
    outlet: Outlet
    deeds: Deeds
    omitted: tuple[PointLine, ...]
    told: tuple[PointLine, ...]
    unreadable: tuple[PointLine, ...]
    first: tuple[PointLine, ...]
    articles: dict[str, str]
    """Address of an article -> its name in our addresses."""


def in_story(call: Call) -> Answer:
    """The points, texts and changes behind the outlet's counts in one story."""
    found, slug = _outlet(call), call.path["slug"]
    collation = call.service.opened.collation(call.desk, slug)
    mine = next((each for each in deeds(collation) if each.outlet == found.outlet.name), None)
    if mine is None:
        raise NotThere("This outlet has no text in this story.")
    omitted = {point.id for point in mine.omitted}
    page = DeedsPage(
        story=call.desk.store.stories.get(slug),
        outlet=found.outlet,
        deeds=mine,
        omitted=_lines(collation, mine.omitted),
        told=_lines(collation, [each for each in mine.told_by_others if each.id not in omitted]),
        unreadable=_lines(collation, mine.unreadable),
        first=_lines(collation, mine.first),
        articles={each.url: article_name(each.url) for each in mine.changes},
    )
    return shown(call, "outlet_story.html.j2", page=page)


def _lines(collation: Collation, points: Sequence[Point]) -> tuple[PointLine, ...]:
    numbers = {point.id: number for number, point in enumerate(collation.points, 1)}
    languages = {version.id: version.language for version in collation.versions}
    return tuple(
        PointLine(
            number=numbers[each.id],
            point=each,
            language=languages.get(each.origin.version) if each.origin else None,
        )
        for each in points
    )


def _outlet(call: Call) -> OutletCounts:
    found = call.desk.store.browse.outlet(call.path["outlet"])
    if found is None:
        raise NotThere(
            "Your stories have no article of such an outlet.", hint="The list of outlets shows which they have."
        )
    return found
