"""What is news between two collations of a story: a pure decision.

Each event is made of what it is about and nothing else, so its id is the same whoever finds it and however often: an
event that is found twice is one. Nothing is told that may be our own failure: what ours lacks only when its text is
complete and two independent sources have it, and an end of a conflict only when the texts that conflicted were read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from storydiff.model import (
    Collation,
    Discrepancy,
    Event,
    EventType,
    Extent,
    Point,
    Revision,
    Severity,
    Status,
)

CORROBORATED = 2
"""Independent sources that a point needs before a desk is told that it lacks it: one alone may be wrong."""
WORDS = 300
"""Characters of words from articles in an event: enough for an editor to know what it is about."""
HAS = frozenset({Status.REPORTED, Status.PARTIAL, Status.CONFLICTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From the collation that was announced last to the one that is announced now."""

    previous: Collation | None
    now: Collation
    base: str = ""
    """What links begin with: the public address of the API."""

    def event(self, kind: EventType, subject: str, summary: str, data: dict[str, Any], **fields: Any) -> Event:
        """An event about this story; `fields` are those of Event that say whom it concerns."""
        story, at = self.now.story, self.now.made
        if at is None:
            raise ValueError("a collation that was not stored has no time")
        links = {"story": link(self.base, story.slug), "collation": link(self.base, story.slug, self.now.number)}
        told = {"title": cut(story.title or story.slug), "summary": cut(summary), "collation": self.now.number}
        name = event_id(story.slug, kind, subject)
        return Event(id=name, type=kind, story=story.slug, at=at, data={**told, **data, "links": links}, **fields)

    @property
    def same_engine(self) -> bool:
        """Whether a difference is the outlets' doing; with another engine it may be ours."""
        return self.previous is not None and self.previous.engine == self.now.engine


def events_between(
    previous: Collation | None, now: Collation, *, ours: Iterable[str] = (), base: str = ""
) -> tuple[Event, ...]:
    """The events that `now` brings after `previous` (None: nothing was announced before), in a fixed order.

    `ours` are the outlets of the desks that are told. On the first collation no point is new: nobody saw it appear.
    """
    if previous is not None and _content(previous) == _content(now):
        return ()
    step = Step(previous=previous, now=now, base=base)
    found = [_collated(step), *_reported(step), *_missing(step, frozenset(ours))]
    found += [*_found(step), *_resolved(step), *_revised(step)]
    order = {kind: position for position, kind in enumerate(EventType)}
    return tuple(sorted({each.id: each for each in found}.values(), key=lambda each: (order[each.type], each.id)))


def event_id(*subject: str) -> str:
    """The name of an event about that subject, the same each time."""
    return "evt_" + hashlib.sha256("\0".join(subject).encode("utf8", "surrogatepass")).hexdigest()[:24]


def link(base: str, slug: str, collation: int | None = None) -> str:
    """The address of a story or of one of its collations in the API."""
    story = f"{base.rstrip('/')}/v1/stories/{quote(slug)}"
    return story if collation is None else f"{story}/collations/{collation}"


def cut(text: str) -> str:
    """The text at a length that fits an event."""
    return text if len(text) <= WORDS else text[: WORDS - 1].rstrip() + "…"


def _content(collation: Collation) -> Collation:
    return replace(collation, made=None, number=None)


def _collated(step: Step) -> Event:
    now = step.now
    outlets = sorted({each.outlet for each in now.versions if each.id not in now.apart})
    open_ones = [each for each in now.discrepancies if not each.drift]
    counts = {"outlets": len(outlets), "points": len(now.points), "discrepancies": len(open_ones)}
    summary = (
        f"{_count(len(outlets), 'outlet', 'outlets')}, {_count(len(now.points), 'point', 'points')}, "
        f"{_count(len(open_ones), 'conflict', 'conflicts')}"
    )
    subject = f"{now.number} {now.made.isoformat() if now.made else ''}"
    fields = {"severity": Severity.LOW, "outlets": tuple(outlets)}
    return step.event(EventType.STORY_COLLATED, subject, summary, counts, **fields)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _reported(step: Step) -> Iterator[Event]:
    """Points that no point of the collation before became."""
    if step.previous is None or not step.same_engine:
        return
    before = {point.id for point in step.previous.points}
    for point in step.now.points:
        if point.id in before or before & set(point.formerly):
            continue
        has = _having(step.now, point)
        first = step.now.version(point.first.version).outlet if point.first and _known(step, point) else None
        summary = f"{first or ', '.join(has)}: {point.statement}"
        severity = Severity.NORMAL if point.independent_sources >= CORROBORATED else Severity.LOW
        data = {"first": first, "reported_by": list(has), **_of_point(point)}
        yield step.event(EventType.POINT_REPORTED, point.id, summary, data, severity=severity, outlets=has)


def _known(step: Step, point: Point) -> bool:
    """Whether the version that had the point first is one of the current ones."""
    return point.first is not None and any(each.id == point.first.version for each in step.now.versions)


def _missing(step: Step, ours: frozenset[str]) -> Iterator[Event]:
    before = {} if step.previous is None else {point.id: point for point in step.previous.points}
    for point in step.now.points:
        for outlet in sorted(ours):
            earlier = [before[name] for name in (point.id, *point.formerly) if name in before]
            known = step.previous is not None and any(lacks(step.previous, each, outlet) for each in earlier)
            if known or not lacks(step.now, point, outlet):
                continue
            data = {"outlet": outlet, "reported_by": list(_having(step.now, point)), **_of_point(point)}
            summary = f"{outlet} lacks what {point.independent_sources} independent sources report: {point.statement}"
            fields = {"severity": Severity.HIGH, "outlets": (outlet,), "ours": outlet}
            yield step.event(EventType.POINT_MISSING, f"{point.id} {outlet}", summary, data, **fields)


def lacks(collation: Collation, point: Point, outlet: str) -> bool:
    """Whether the outlet certainly lacks the point although two independent sources have it."""
    cells = [
        (version.extent, point.coverage[version.id].status)
        for version in collation.versions
        if version.outlet == outlet and version.id in point.coverage and version.id not in collation.apart
    ]
    omitted = bool(cells) and all(cell == (Extent.COMPLETE, Status.OMITTED) for cell in cells)
    return omitted and point.independent_sources >= CORROBORATED


def _found(step: Step) -> Iterator[Event]:
    known = set() if step.previous is None else {each.id for each in step.previous.discrepancies if not each.drift}
    for each in step.now.discrepancies:
        if not each.drift and each.id not in known:
            data = _of_discrepancy(step.now, each)
            fields = {"severity": Severity.HIGH, "outlets": tuple(data["outlets"])}
            yield step.event(EventType.DISCREPANCY_FOUND, _subject(each), each.explanation, data, **fields)


def _resolved(step: Step) -> Iterator[Event]:
    """Conflicts that are there no more although every article that took part was read again, or still reads so."""
    previous = step.previous
    if previous is None or not step.same_engine:
        return
    still = {each.id for each in step.now.discrepancies if not each.drift}
    drifted = {each.id for each in step.now.discrepancies if each.drift}
    readable = {
        each.article for each in step.now.versions if each.extent is Extent.COMPLETE and each.id not in step.now.apart
    }
    for each in previous.discrepancies:
        if each.drift or each.id in still:
            continue
        if all(previous.version(reading.version).article in readable for reading in each.readings):
            why = "a later update explains it" if each.id in drifted else "the reports agree now"
            data = {"why": why, **_of_discrepancy(previous, each)}
            summary, outlets = f"Resolved, {why}: {each.explanation}", tuple(data["outlets"])
            yield step.event(EventType.DISCREPANCY_RESOLVED, _subject(each), summary, data, outlets=outlets)


def _revised(step: Step) -> Iterator[Event]:
    known = set() if step.previous is None else {(each.before, each.after) for each in step.previous.revisions}
    for each in step.now.revisions:
        if (each.before, each.after) not in known:
            yield _revision(step, each)


def _revision(step: Step, each: Revision) -> Event:
    change = each.changes[0] if each.changes else None
    how = "went back to an earlier text" if each.reverts_to else "changed silently" if each.silent else "changed"
    words = f": “{change.before or ''}” → “{change.after or ''}”" if change else ""
    data = {
        "outlet": each.outlet,
        "url": each.url,
        "from": each.before,
        "to": each.after,
        "silent": each.silent,
        "reverts_to": each.reverts_to,
        "changes": len(each.changes),
    }
    fields = {
        "severity": Severity.HIGH if each.silent or each.reverts_to else Severity.NORMAL,
        "outlets": (each.outlet,),
    }
    subject = f"{each.before} {each.after}"
    return step.event(EventType.ARTICLE_REVISED, subject, f"{each.outlet} {how}{words}", data, **fields)


def _having(collation: Collation, point: Point) -> tuple[str, ...]:
    """The outlets that report the point, by name."""
    told = {each.id: each.outlet for each in collation.versions}
    return tuple(sorted({told[key] for key, cell in point.coverage.items() if cell.status in HAS and key in told}))


def _of_point(point: Point) -> dict[str, Any]:
    return {
        "point": point.id,
        "statement": cut(point.statement),
        "kind": point.kind.value,
        "independent_sources": point.independent_sources,
    }


def _of_discrepancy(collation: Collation, each: Discrepancy) -> dict[str, Any]:
    readings = [
        {"outlet": collation.version(reading.version).outlet, "text": cut(reading.text), "value": cut(reading.value)}
        for reading in sorted(each.readings)
    ]
    outlets = sorted({reading["outlet"] for reading in readings})
    return {
        "discrepancy": each.id,
        "point": each.point,
        "kind": each.type.value,
        "outlets": outlets,
        "readings": readings,
    }


def _subject(each: Discrepancy) -> str:
    """The conflict in these texts: when a text changes and changes back, it is another one."""
    return " ".join([each.id, *sorted({reading.version for reading in each.readings})])
