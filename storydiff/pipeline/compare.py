"""Compare: collect and collate in one go, and show the result even when it cannot be stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from storydiff.engine import collate
from storydiff.errors import AddressRefused, NothingToCompare, StoreError
from storydiff.model import Collation, Extent, Story, Version
from storydiff.pipeline.collate import collate_story, own_title, titled
from storydiff.pipeline.collect import Collected, Gathered, News, Report, Stopped, gather, keep
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.naming import story_of
from storydiff.pipeline.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What comparing gave. `unkept` says why it could not be stored; it is complete all the same."""

    collation: Collation
    news: tuple[News, ...] = ()
    unkept: StoreError | None = None


def compare(
    desk: Desk,
    slug: str | None,
    sources: Sequence[Source],
    *,
    progress: Report | None = None,
    ignore_robots: bool = False,
) -> Comparison:
    """Collect the sources into their story and collate it. NothingToCompare when fewer than two could be read.

    A database that fails after the pages were fetched costs the storing, not the comparison.
    """
    slug = slug or story_of(desk, sources)
    try:
        gathered = gather(desk, slug, sources, progress=progress, ignore_robots=ignore_robots)
    except Stopped as stop:
        stop.slug = keep(desk, slug, stop.gathered).slug if stop.gathered else None
        raise
    try:
        collected = keep(desk, slug, gathered)
        titled(desk, collected.slug)
        return Comparison(collation=_collated(desk, collected), news=collected.news)
    except StoreError as error:
        return Comparison(collation=_without_store(desk, slug, gathered), unkept=error)


def _collated(desk: Desk, collected: Collected) -> Collation:
    try:
        return collate_story(desk, collected.slug)
    except NothingToCompare as error:
        raise failure(collected, error) from error


def failure(collected: Collected, error: NothingToCompare) -> NothingToCompare:
    """The error with a line for each source that could not be read; of a single good one, how to go on."""
    news, slug = collected.news, collected.slug
    reasons = [
        f"{each.source}: {each.version.problems[0].message}"
        for each in news
        if each.version and each.version.extent is Extent.BLOCKED and each.version.problems
    ]
    twice = [f"{each.source}: is the same article as {each.same_as}" for each in news if each.same_as]
    if reasons:
        refused = any(each.version and _refused(each.version) for each in news)
        hint = AddressRefused().hint if refused else ""
        return NothingToCompare("\n".join([error.message, *reasons, *twice]), hint=hint)
    return NothingToCompare(
        "\n".join(["There is only one article so far, so there is nothing to compare.", *twice]),
        hint=f"It is kept as story {slug}; name another outlet's: storydiff compare --story {slug} URL",
    )


def _refused(version: Version) -> bool:
    """Whether we did not contact its address at all, which the user can allow."""
    return any(problem.code == AddressRefused().code for problem in version.problems)


def _without_store(desk: Desk, slug: str | None, gathered: Sequence[Gathered]) -> Collation:
    read = [each.version for each in gathered if each.version]
    versions = [*_stored(desk, slug), *read]
    if len({version.article for version in versions if version.extent is not Extent.BLOCKED}) < 2:
        raise NothingToCompare
    title = next((version.headline for version in read if version.headline), "")
    found = collate(versions, story=Story(slug=slug or "unkept", title=title), made=desk.clock())
    return replace(found, story=replace(found.story, title=own_title(found, versions)))


def _stored(desk: Desk, slug: str | None) -> tuple[Version, ...]:
    try:
        return desk.store.versions.all(slug) if slug else ()
    except StoreError:
        return ()
