"""Settle: collate a story that has changed, once for all that came in, and announce what that brought."""

from __future__ import annotations

from dataclasses import dataclass

from storydiff.errors import NothingToCompare
from storydiff.pipeline.announce import announce
from storydiff.pipeline.collate import collate_story, titled
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.watch import Claim
from storydiff.pipeline.watch_jobs import follow
from storydiff.tracing import span


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What came of it: the number of the collation, how many events, and whether the story has changed again."""

    number: int | None = None
    events: int = 0
    again: bool = False


def settle_story(desk: Desk, slug: str, claim: Claim) -> Settled:
    """Collate and announce the story if it has changed; nothing happens when it has not, or others do so.

    Announcing comes before the mark that the story is settled: what breaks off in between is done again, and an
    announcement that was made is not made twice.
    """
    now = desk.clock()
    seen = desk.store.schedule.claim_dirty(slug, claim.owner, now=now, until=now + claim.lease)
    if seen is None:
        return Settled()
    try:
        _name(desk, slug)
        with span("compare"):
            number = collate_story(desk, slug).number
    except NothingToCompare:
        number = None
    events = announce(desk, slug)
    again = desk.store.schedule.settle(slug, seen)
    follow(desk, slug)
    return Settled(number=number, events=events, again=again)


def _name(desk: Desk, slug: str) -> None:
    """Give a story without a title the first headline, once there is one."""
    if any(version.headline for version in desk.store.versions.current(slug)):
        titled(desk, slug)
