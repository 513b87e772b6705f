"""Announce: keep what a collation brought as events, each with a delivery for every endpoint that wants it."""

from __future__ import annotations

from storydiff.pipeline.announce_events import events_between
from storydiff.pipeline.desk import Desk


def announce(desk: Desk, slug: str) -> int:
    """Tell what the story's latest collation brought since the one that was announced last; gives how many events.

    Written at once with the mark that it was announced, so a crash loses nothing and tells nothing twice.
    """
    now = desk.store.collations.latest(slug)
    last = desk.store.events.announced(slug)
    if now is None or now.number is None or now.number <= last:
        return 0
    previous = desk.store.collations.get(slug, last) if last else None
    found = events_between(previous, now, ours=ours(desk), base=desk.settings.public_url)
    return desk.store.events.announce(slug, now.number, found)


def ours(desk: Desk) -> frozenset[str]:
    """The outlets whose desks read this newsroom's events."""
    newsroom = desk.store.newsrooms.get(desk.store.newsroom)
    named = {endpoint.filters.ours for endpoint in desk.store.endpoints.list()} | {newsroom.ours if newsroom else None}
    return frozenset(outlet for outlet in named if outlet)
