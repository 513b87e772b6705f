"""The list of stories, each with a strip of figures: what needs an editor's eye stands first in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from storydiff.serving import cursors
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import NotThere
from storydiff.store import Summary, Wanted
from storydiff.store.summaries import OLDEST
from storydiff.web.call import Call, Fields
from storydiff.web.newsroom import troubles
from storydiff.web.showing import redirected, shown, to

MOST = 30
"""Stories on one page."""
SPANS = {
    "": ("at any time", None),
    "1h": ("in the last hour", timedelta(hours=1)),
    "24h": ("in the last 24 hours", timedelta(hours=24)),
    "7d": ("in the last 7 days", timedelta(days=7)),
}
KEPT = ("q", "ours", "conflicts", "gaps", "since", "archived")
"""Fields that the next page keeps."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the strip: `kind` is its style, empty where there is nothing to see."""

    number: int | None
    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One story of the list."""

    story: Summary
    href: str
    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of the list."""

    lines: tuple[Line, ...]
    heads: tuple[str, ...]
    """Of the figures."""
    wanted: Wanted
    since: str
    spans: tuple[tuple[str, str], ...]
    ours: str
    """Whose gaps are told; empty when nobody's."""
    filtered: bool
    next: str | None


def first(_: Call) -> Answer:
    """The address without a path."""
    return redirected("/stories")


def list_stories(call: Call) -> Answer:
    """The newsroom's stories, those that changed last first."""
    newsroom = call.desk.store.newsrooms.get(call.desk.store.newsroom)
    wanted = wanted_of(call.query, call.desk.clock(), newsroom.ours if newsroom else None)
    found = call.desk.store.summaries.list(wanted, limit=MOST + 1, after=_mark(call.query.text("cursor")))
    return shown(call, "stories.html.j2", page=listing(found, wanted, call.query), troubles=troubles(call.desk))


def wanted_of(query: Fields, now: datetime, own: str | None) -> Wanted:
    """What the address asks for; `own` is the newsroom's outlet, which reads unless another is named."""
    return Wanted(
        words=query.text("q"),
        ours=query.text("ours", own or "") or None,
        conflicts=bool(query.text("conflicts")),
        gaps=bool(query.text("gaps")),
        since=_since(query.text("since"), now),
        archived=bool(query.text("archived")),
    )


def listing(found: tuple[Summary, ...], wanted: Wanted, query: Fields) -> Listing:
    """The page; one story more than it has room for says that there are others."""
    rows, last = cursors.page(found, MOST)
    lines = tuple(
        Line(
            story=each,
            href=to("stories", each.story.slug),
            title=each.story.title or each.story.slug,
            figures=tuple(_figures(each, ours=wanted.ours is not None)),
        )
        for each in rows
    )
    since = query.text("since")
    return Listing(
        lines=lines,
        heads=tuple(_heads(ours=wanted.ours is not None)),
        wanted=wanted,
        since=since,
        spans=tuple((name, label) for name, (label, _) in SPANS.items()),
        ours=wanted.ours or "",
        filtered=any((wanted.words, wanted.conflicts, wanted.gaps, wanted.since, wanted.archived)),
        next=_next(query, last) if last else None,
    )


def _heads(*, ours: bool) -> Iterator[str]:
    yield "conflicts"
    if ours:
        yield from ("we lack", "we lack a detail", "we differ")
    yield from ("silent edits", "points", "independent", "outlets")


def _figures(each: Summary, *, ours: bool) -> Iterator[Figure]:
    """The figures under those heads; before the first comparison there are none."""
    told, standing = each.figures, each.ours
    yield _figure(told.conflicts if told else None, "conflicts", "c")
    if ours:
        yield _figure(standing.lacks if standing else None, "we lack", "p")
        yield _figure(standing.lacks_details if standing else None, "we lack a detail", "p")
        yield _figure(standing.differs if standing else None, "we differ", "c")
    yield _figure(told.silent if told else None, "silent edits", "s")
    yield Figure(told.points if told else None, "points")
    yield Figure(told.independent if told else None, "independent")
    yield Figure(told.outlets if told else None, "outlets")


def _figure(number: int | None, label: str, kind: str) -> Figure:
    return Figure(number, label, kind if number else "")


def _next(query: Fields, last: Summary) -> str:
    mark = cursors.written(f"{(last.changed or OLDEST).isoformat()}|{last.row}")
    kept = [(name, query.text(name)) for name in KEPT if query.all(name)]
    return f"/stories?{urlencode([*kept, ('cursor', mark)])}"


def _mark(cursor: str) -> tuple[datetime, int] | None:
    if not cursor:
        return None
    moment, _, row = (cursors.read(cursor, str) or "").partition("|")
    try:
        return _aware(datetime.fromisoformat(moment)), int(row)
    except (ValueError, OverflowError):
        raise NotThere("There is no such page.", hint="Begin with the first page of the list.") from None


def _since(text: str, now: datetime) -> datetime | None:
    """A span by name, or a date or time (UTC unless it says another zone); what is neither asks for nothing."""
    if text in SPANS:
        span = SPANS[text][1]
        return now - span if span else None
    try:
        return _aware(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
