"""A collation as plain JSON values, in the public format `storydiff/collation/1`.

Every key is always there (null when nothing is known), except the live-blog keys of a paragraph and the
optional `ours`. Programs that read the format must ignore keys they do not know: later versions may add some.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from storydiff.model import (
    Cell,
    Change,
    Collation,
    Discrepancy,
    Family,
    First,
    Link,
    Paragraph,
    Point,
    Reading,
    Revision,
    Span,
    Story,
    Version,
)
from storydiff.report.ours import Ours

SCHEMA = "storydiff/collation/1"
Values = dict[str, Any]


def to_json(collation: Collation, *, ours: str | None = None) -> Values:
    """The collation as JSON values; with `ours`, also what only that outlet has, lacks and words otherwise.

    `from_json` gives the same collation back. UnknownOutlet when `ours` names no outlet of the story.
    """
    order = [version.id for version in collation.versions]
    values: Values = {
        "schema": SCHEMA,
        "engine": collation.engine,
        "story": _story(collation.story),
        "number": collation.number,
        "made": _time(collation.made),
        "versions": [_version(each, collation) for each in collation.versions],
        "points": [_point(each, order) for each in collation.points],
        "links": [_link(each) for each in collation.links],
        "discrepancies": [_discrepancy(each) for each in collation.discrepancies],
        "families": [_family(each) for each in collation.families],
        "revisions": [_revision(each) for each in collation.revisions],
    }
    if ours is not None:
        values["ours"] = _ours(Ours.of(collation, ours))
    return values


def _time(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC. A time without a zone is taken as UTC: reading the local zone would not be pure."""
    if moment is None:
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat().replace("+00:00", "Z")


def _story(story: Story) -> Values:
    return {"slug": story.slug, "title": story.title, "created": _time(story.created)}


def _version(version: Version, collation: Collation) -> Values:
    family = next((i for i, each in enumerate(collation.families) if version.id in each.versions), None)
    return {
        "id": version.id,
        "outlet": version.outlet,
        "url": version.url,
        "extent": version.extent.value,
        "language": version.language,
        "headline": version.headline,
        "standfirst": version.standfirst,
        "byline": version.byline,
        "dateline": version.dateline,
        "published": _time(version.published),
        "modified": _time(version.modified),
        "fetched": _time(version.fetched),
        "credit": version.credit,
        "family": family,
        "apart": collation.apart.get(version.id),
        "problems": [{"code": each.code, "message": each.message} for each in version.problems],
        "snapshot": version.snapshot,
        "paragraphs": [_paragraph(each) for each in version.paragraphs],
    }


def _paragraph(paragraph: Paragraph) -> Values:
    values: Values = {"text": paragraph.text, "role": paragraph.role.value}
    if paragraph.post is not None:
        values["post"] = paragraph.post
    if paragraph.posted is not None:
        values["posted"] = _time(paragraph.posted)
    return values


def _point(point: Point, order: list[str]) -> Values:
    return {
        "id": point.id,
        "statement": point.statement,
        "kind": point.kind.value,
        "independent_sources": point.independent_sources,
        "first": _first(point.first),
        "origin": None if point.origin is None else {"version": point.origin.version, **_span(point.origin)},
        "formerly": list(point.formerly),
        "coverage": {each: _cell(point.coverage[each]) for each in order if each in point.coverage},
    }


def _first(first: First | None) -> Values | None:
    if first is None:
        return None
    return {
        "version": first.version,
        "not_before": _time(first.not_before),
        "not_after": _time(first.not_after),
    }


def _cell(cell: Cell) -> Values:
    return {
        "status": cell.status.value,
        "evidence": [_span(each) for each in cell.evidence],
        "missing": list(cell.missing),
        "reason": cell.reason,
        "support": cell.support,
    }


def _span(span: Span | Reading) -> Values:
    return {"paragraph": span.paragraph, "start": span.start, "end": span.end, "text": span.text}


def _link(link: Link) -> Values:
    return {
        "a": link.a,
        "b": link.b,
        "a_paragraphs": list(link.a_paragraphs),
        "b_paragraphs": list(link.b_paragraphs),
        "moved": link.moved,
        "score": link.score,
    }


def _discrepancy(found: Discrepancy) -> Values:
    return {
        "id": found.id,
        "type": found.type.value,
        "point": found.point,
        "drift": found.drift,
        "explanation": found.explanation,
        "readings": [{"version": each.version, **_span(each), "value": each.value} for each in found.readings],
    }


def _family(family: Family) -> Values:
    return {"credit": family.credit, "versions": list(family.versions), "origin": family.origin}


def _revision(revision: Revision) -> Values:
    return {
        "url": revision.url,
        "outlet": revision.outlet,
        "from": revision.before,
        "to": revision.after,
        "seen": [_time(each) for each in revision.seen],
        "changes": [_change(each) for each in revision.changes],
        "silent": revision.silent,
        "reverts_to": revision.reverts_to,
    }


def _change(change: Change) -> Values:
    return {
        "kind": change.kind.value,
        "before": change.before,
        "after": change.after,
        "words": [{"op": each.op, "before": each.before, "after": each.after} for each in change.words],
        "role": change.role,
    }


def _ours(ours: Ours) -> Values:
    return {
        "outlet": ours.outlet,
        "only_we_have": [each.id for each in ours.only_we_have],
        "we_lack": [each.id for each in ours.we_lack],
        "we_lack_details": [each.id for each in ours.we_lack_details],
        "we_differ": [each.id for each in ours.we_differ],
    }
