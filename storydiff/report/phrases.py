"""Phrases that all faces share: counts, filters, what a revision did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from storydiff.model import Change, ChangeKind, Revision
from storydiff.report.times import clock
from storydiff.report.view import Tally

FILTERS = {
    "conflicts": "only points with conflicts",
    "omissions": "only points that an outlet leaves out",
    "exclusive": "only points of one independent source",
    "changed": "only points that changed later",
}
KINDS = {
    ChangeKind.ADDED: "added",
    ChangeKind.REMOVED: "removed",
    ChangeKind.CHANGED: "reworded",
    ChangeKind.MOVED: "moved",
}


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 point", "2 points"."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number} {noun}"


def counts(tally: Tally) -> Iterator[tuple[str, str]]:
    """The counts worth saying, each with a style when it should catch the eye."""
    yield count(tally.outlets, "outlet"), ""
    yield count(tally.independent, "independent text"), ""
    yield count(tally.points, "point"), ""
    yield count(tally.conflicts, "conflict"), "bold red" if tally.conflicts else "green"
    if tally.drifts:
        yield count(tally.drifts, "overtaken by a later update", "overtaken by later updates"), "cyan"
    if tally.silent:
        yield count(tally.silent, "silent edit"), "magenta"
    if tally.unread:
        yield f"{tally.unread} not fully read", "yellow"
    if tally.apart:
        yield f"{tally.apart} about something else", "yellow"


def summary(changes: tuple[Change, ...]) -> Iterator[str]:
    """ "headline reworded", "1 paragraph added", …"""
    if any(each.kind is ChangeKind.HEADLINE_CHANGED for each in changes):
        yield "headline reworded"
    counts = Counter(each.kind for each in changes)
    for kind, word in KINDS.items():
        if counts[kind]:
            yield f"{count(counts[kind], 'paragraph')} {word}"


def returned(revision: Revision, revisions: Iterable[Revision]) -> datetime | None:
    """When the text that came back had been seen first; None when nothing came back, or nobody knows."""
    seen = [
        moment
        for each in revisions
        for version, moment in zip((each.before, each.after), each.seen, strict=True)
        if version == revision.reverts_to and moment is not None
    ]
    return min(seen, default=None)


def came_back(revision: Revision, revisions: Iterable[Revision]) -> str:
    """ "the text of 4 Jun 2026, 01:00 UTC came back"; empty when none did."""
    if not revision.reverts_to:
        return ""
    moment = returned(revision, revisions)
    return f"the text of {clock(moment)} came back" if moment else "an earlier text came back"
