"""Watch: fetch what is due of one story, keep what is new, and decide when to come back."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from storydiff.errors import ArchiveError
from storydiff.model import Extent
from storydiff.pipeline.collect import Gathered, News, gather, keep
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.schedule import collate_at, next_check
from storydiff.pipeline.sources import Source
from storydiff.pipeline.watch_events import gone, moved, tell_health
from storydiff.pipeline.watch_jobs import follow
from storydiff.store import Check, Visit
from storydiff.tracing import span

log = logging.getLogger(__name__)
BATCH = 32
"""Pages of one story that are fetched in one task."""
POSTPONED = 0.2
"""When a page is asked for again whose turn at its host was too far away: after this share of a task's longest time."""
TELLING = 3
"""A page that failed so often in a row is said to have failed; one failure is no news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who works, and how long nobody else takes over. The same owner may claim again what it claimed before."""

    owner: str
    lease: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of a batch, and what is to be rung for next."""

    pages: int = 0
    new: int = 0
    results: tuple[str, ...] = ()
    """What came of each page, in the words of `Visit.code`."""
    unarchived: int = 0
    """Pages whose bytes could not be kept."""
    more: bool = False
    """Further pages of the story are due."""
    collate: bool = False
    """Nothing more is expected for now, and the story has changed."""


def check_story(desk: Desk, slug: str, claim: Claim) -> Checked:
    """Fetch the story's due pages, at most a batch; nothing happens when none is due or others fetch them.

    Whatever breaks off on the way is done again by whoever claims it next: each step may run twice.
    """
    now = desk.clock()
    checks = desk.store.schedule.claim(slug, claim.owner, now=now, until=now + claim.lease, limit=BATCH)
    if not checks:
        return Checked()
    _expect(desk, slug, now)
    with span("fetch pages", pages=len(checks)):
        gathered = gather(desk, slug, [Source(name=check.url, url=check.url) for check in checks])
    if not desk.store.stories.exists(slug):  # deleted meanwhile: keeping would bring it back
        return Checked()
    tried = _tried(desk, list(zip(checks, gathered, strict=True)))
    with span("store versions"):
        kept = keep(desk, slug, [each for _, each in tried])
    results = [_record(desk, slug, check, each, news) for (check, each), news in zip(tried, kept.news, strict=True)]
    for host in sorted({check.host for check, _ in tried}):
        tell_health(desk, host)
    results += ["postponed"] * (len(checks) - len(tried))
    lost = sum(_is_unarchived(each) for _, each in tried)
    return replace(_next(desk, slug, kept.news), results=tuple(results), unarchived=lost)


def _is_unarchived(gathered: Gathered) -> bool:
    problems = gathered.version.problems if gathered.version else ()
    return any(problem.code == ArchiveError().code for problem in problems)


def _tried(desk: Desk, pages: Sequence[tuple[Check, Gathered]]) -> list[tuple[Check, Gathered]]:
    """The pages that were asked for; the others are given back, due a little later."""
    later = desk.clock() + timedelta(seconds=POSTPONED * desk.settings.task_seconds)
    for check, each in pages:
        if _untried(each):
            desk.store.schedule.postpone(check, to=later)
    return [(check, each) for check, each in pages if not _untried(each)]


def _untried(gathered: Gathered) -> bool:
    """Whether the page was not asked for, because its turn at the host was too far away: that is no failure of it."""
    problem = gathered.fetch.problem
    return problem is not None and problem.code == "rate_limited" and gathered.fetch.status is None


def visit_of(gathered: Gathered, news: News) -> Visit:
    """How an attempt went, in the words of `Visit.code`."""
    at = gathered.fetch.fetched
    if at is None:
        raise ValueError(f"{gathered.source} was not fetched")
    version = gathered.version
    if version is None:
        return Visit(at=at, code="unchanged")
    if version.extent is Extent.BLOCKED:
        return Visit(at=at, code=version.problems[0].code if version.problems else "no_article", failed=True)
    words = sum(len(paragraph.text.split()) for _, paragraph in version.body)
    return Visit(at=at, code=version.extent.value, words=words, changed=news.is_new)


def _expect(desk: Desk, slug: str, now: datetime) -> None:
    """Hold the collation back while pages come in."""
    since = desk.store.schedule.burst(slug).since
    desk.store.schedule.expect(slug, since=since or now, at=collate_at(since, now))


def _record(desk: Desk, slug: str, check: Check, gathered: Gathered, news: News) -> str:
    """Write how the attempt went; gives it in a word."""
    visit = visit_of(gathered, news)
    # The events go first: when it breaks off in between, the page is looked at again, and they have the same ids.
    for event in (gone(desk, slug, check, visit), moved(desk, slug, check, gathered)):
        if event is not None:
            desk.store.events.append(event)
    if is_telling(check, visit):
        desk.store.schedule.mark_dirty(slug)
    version = news.version or gathered.version
    told = {"outlet": check.host, "result": visit.code, "status": gathered.fetch.status, "new": news.is_new}
    log.info("checked a page", extra=told)
    # Jitter needs no secrecy.
    due = next_check(check, visit, chance=random.random())  # noqa: S311
    desk.store.schedule.record(slug, check, visit, next_check=due, article=version.article if version else None)
    return visit.code


def is_telling(check: Check, visit: Visit) -> bool:
    """Whether readers must know that the page fails now, or that it no longer does."""
    if visit.failed:
        return check.failures + 1 == TELLING
    return check.failures > 0


def _next(desk: Desk, slug: str, news: Sequence[News]) -> Checked:
    now = desk.clock()
    busy = desk.store.schedule.is_busy(slug, now)
    burst = desk.store.schedule.burst(slug)
    if not busy:
        desk.store.schedule.expect(slug, since=burst.since or now, at=now)
    follow(desk, slug)
    new = sum(each.is_new for each in news)
    return Checked(pages=len(news), new=new, more=busy, collate=not busy and burst.dirty > burst.settled)
