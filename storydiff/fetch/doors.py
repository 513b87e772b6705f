"""Fetching, loaded when something is fetched: the network library takes longer than comparing two texts."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from storydiff.fetch.archive import Archive
from storydiff.fetch.politeness import Slots
from storydiff.fetch.remembered import Remembered
from storydiff.fetch.values import Clock, Fetched, Limits, Report, Request


def fetch_all(  # noqa: PLR0913 - the public door; all but two are options
    requests: Sequence[Request],
    settings: Limits,
    *,
    clock: Clock,
    archive: Archive | None = None,
    slots: Slots | None = None,
    progress: Report | None = None,
    ignore_robots: bool = False,
    newsroom: str = "",
    remembered: Remembered | None = None,
) -> list[Fetched]:
    """What came of each request, in the order asked (`storydiff.fetch.batch.fetch_all`); nothing for none."""
    if not requests:
        return []
    found: list[Fetched] = importlib.import_module("storydiff.fetch.batch").fetch_all(
        requests,
        settings,
        clock=clock,
        archive=archive,
        slots=slots,
        progress=progress,
        ignore_robots=ignore_robots,
        newsroom=newsroom,
        remembered=remembered,
    )
    return found
