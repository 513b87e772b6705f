"""Doorbells: each opens a desk, calls one pipeline function, and rings for the next step."""

from __future__ import annotations

from datetime import UTC, datetime

from celery import shared_task

from storydiff.errors import NothingToCompare
from storydiff.pipeline.collate import collate_story
from storydiff.pipeline.collect import collect, sources_of
from storydiff.pipeline.desk import open_desk
from storydiff.pipeline.sources import Source
from storydiff.settings import Settings


def _clock() -> datetime:
    return datetime.now(UTC)


@shared_task(name="storydiff.fetch")  # type: ignore[untyped-decorator]  # Celery has no types
def fetch(slug: str, urls: list[str] | None = None) -> None:
    """Fetch the pages of a story (all that it has, without urls) and have it collated when one is new."""
    with open_desk(Settings.from_env(), _clock) as desk:
        sources = tuple(Source(name=url, url=url) for url in urls or ()) or sources_of(desk, slug)
        collected = collect(desk, slug, sources)
    if any(each.is_new for each in collected.news):
        collate.delay(slug)


@shared_task(name="storydiff.collate")  # type: ignore[untyped-decorator]
def collate(slug: str) -> None:
    """Compare all that is stored of a story; nothing happens while fewer than two articles could be read."""
    with open_desk(Settings.from_env(), _clock) as desk:
        try:
            collate_story(desk, slug)
        except NothingToCompare:
            return
