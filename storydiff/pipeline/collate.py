"""Collate a stored story, and decide what a story is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storydiff.engine import collate
from storydiff.errors import NothingToCompare
from storydiff.model import Collation, Extent, Problem, Story, Version
from storydiff.pipeline.desk import Desk
from storydiff.report.times import clock as shown_time
from storydiff.store import Article


def collate_story(desk: Desk, slug: str) -> Collation:
    """Compare all that is stored of the story, and store the result unless it is the last one again.

    NothingToCompare when fewer than two articles could be read.
    """
    story = desk.store.stories.get(slug)
    versions = desk.store.versions.all(slug)
    readable = {v.article for v in versions if v.extent is not Extent.BLOCKED}
    if len(readable) < 2:
        raise NothingToCompare
    articles = {article.article: article for article in desk.store.articles.list(slug)}
    told = _told(versions, articles)
    previous = desk.store.collations.latest(slug)
    found = collate(told, story=story, previous=previous, made=desk.clock())
    named = own_title(found, versions)
    if named != story.title:
        found = replace(found, story=desk.store.stories.save(replace(story, title=named)))
    if previous is not None and replace(found, made=None, number=None) == replace(previous, made=None, number=None):
        return previous
    return desk.store.collations.save(found)


def titled(desk: Desk, slug: str) -> Story:
    """The story with a title: its own, else the headline of its first readable version, which it then keeps."""
    story = desk.store.stories.get(slug)
    if story.title:
        return story
    headlines = (version.headline for version in desk.store.versions.all(slug) if version.headline)
    return desk.store.stories.save(replace(story, title=next(headlines, slug)))


def own_title(found: Collation, versions: Sequence[Version]) -> str:
    """The story's title; where it is the headline of a text set apart as another event's, that of one of its own.

    A story is named before its texts are compared. Which of them is about something else is known only afterwards.
    """
    apart = {version.article for version in found.versions if version.id in found.apart}
    title = found.story.title
    if title not in {version.headline for version in versions if version.article in apart}:
        return title
    return next((each.headline for each in versions if each.headline and each.article not in apart), title)


def _told(versions: Sequence[Version], articles: dict[str, Article]) -> list[Version]:
    """The versions; the newest of an article whose last fetch failed says so."""
    newest = {version.article: version.id for version in versions}
    return [
        _with_failure(version, articles.get(version.article)) if newest[version.article] == version.id else version
        for version in versions
    ]


def _with_failure(version: Version, article: Article | None) -> Version:
    problem = article.last.problem if article else None
    if problem is None or version.extent is Extent.BLOCKED or article is None:
        return version
    when = shown_time(article.last.fetched)
    told = Problem(
        problem.code, f"Could not be fetched again ({when}); this is the text seen before. {problem.message}"
    )
    return replace(version, problems=(*version.problems, told))
