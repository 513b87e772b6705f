"""The public format back into a collation: the inverse of `encode`, exact in every field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storydiff.errors import InputError
from storydiff.model import (
    Cell,
    Change,
    ChangeKind,
    Collation,
    Discrepancy,
    DiscrepancyType,
    Extent,
    Family,
    First,
    Link,
    Paragraph,
    Point,
    PointKind,
    Problem,
    Reading,
    Revision,
    Role,
    Span,
    Status,
    Story,
    Version,
    WordEdit,
)
from storydiff.report.encode import SCHEMA

Values = Mapping[str, Any]


def from_json(values: Values) -> Collation:
    """The collation that `to_json` wrote. InputError when the values are in another format."""
    if values.get("schema") != SCHEMA:
        raise InputError(f"This is not a {SCHEMA} document: its schema is {values.get('schema')!r}.")
    try:
        return _collation(values)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"This {SCHEMA} document is damaged: {error!r}.") from error


def _collation(values: Values) -> Collation:
    return Collation(
        engine=values["engine"],
        story=_story(values["story"]),
        versions=tuple(_version(each) for each in values["versions"]),
        apart={each["id"]: each["apart"] for each in values["versions"] if each["apart"] is not None},
        points=tuple(_point(each) for each in values["points"]),
        links=tuple(_link(each) for each in values["links"]),
        discrepancies=tuple(_discrepancy(each) for each in values["discrepancies"]),
        families=tuple(_family(each) for each in values["families"]),
        revisions=tuple(_revision(each) for each in values["revisions"]),
        number=values["number"],
        made=_time(values["made"]),
    )


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _story(values: Values) -> Story:
    return Story(slug=values["slug"], title=values["title"], created=_time(values["created"]))


_PLAIN = ("id", "outlet", "url", "language", "headline", "standfirst", "byline", "dateline", "credit", "snapshot")
_TIMES = ("published", "modified", "fetched")


def _version(values: Values) -> Version:
    fields: dict[str, Any] = {name: values[name] for name in _PLAIN}
    fields |= {name: _time(values[name]) for name in _TIMES}
    return Version(
        **fields,
        extent=Extent(values["extent"]),
        paragraphs=tuple(_paragraph(each) for each in values["paragraphs"]),
        problems=tuple(Problem(each["code"], each["message"]) for each in values["problems"]),
    )


def _paragraph(values: Values) -> Paragraph:
    return Paragraph(values["text"], Role(values["role"]), values.get("post"), _time(values.get("posted")))


def _point(values: Values) -> Point:
    return Point(
        id=values["id"],
        statement=values["statement"],
        kind=PointKind(values["kind"]),
        independent_sources=values["independent_sources"],
        coverage={version: _cell(cell, version) for version, cell in values["coverage"].items()},
        first=_first(values["first"]),
        origin=None if values["origin"] is None else _span(values["origin"], values["origin"]["version"]),
        formerly=tuple(values["formerly"]),
    )


def _first(values: Values | None) -> First | None:
    if values is None:
        return None
    return First(
        version=values["version"],
        not_before=_time(values["not_before"]),
        not_after=_time(values["not_after"]),
    )


def _cell(values: Values, version: str) -> Cell:
    return Cell(
        status=Status(values["status"]),
        evidence=tuple(_span(each, version) for each in values["evidence"]),
        missing=tuple(values["missing"]),
        reason=values["reason"],
        support=values["support"],
    )


def _span(values: Values, version: str) -> Span:
    return Span(version, values["paragraph"], values["start"], values["end"], values["text"])


def _link(values: Values) -> Link:
    return Link(
        a=values["a"],
        b=values["b"],
        a_paragraphs=tuple(values["a_paragraphs"]),
        b_paragraphs=tuple(values["b_paragraphs"]),
        moved=values["moved"],
        score=values["score"],
    )


_READING = ("version", "paragraph", "start", "end", "text", "value")


def _discrepancy(values: Values) -> Discrepancy:
    return Discrepancy(
        id=values["id"],
        type=DiscrepancyType(values["type"]),
        point=values["point"],
        readings=tuple(Reading(*(each[name] for name in _READING)) for each in values["readings"]),
        drift=values["drift"],
        explanation=values["explanation"],
    )


def _family(values: Values) -> Family:
    return Family(credit=values["credit"], versions=tuple(values["versions"]), origin=values["origin"])


def _revision(values: Values) -> Revision:
    before, after = values["seen"]
    return Revision(
        url=values["url"],
        outlet=values["outlet"],
        before=values["from"],
        after=values["to"],
        seen=(_time(before), _time(after)),
        changes=tuple(_change(each) for each in values["changes"]),
        silent=values["silent"],
        reverts_to=values["reverts_to"],
    )


def _change(values: Values) -> Change:
    return Change(
        kind=ChangeKind(values["kind"]),
        before=values["before"],
        after=values["after"],
        words=tuple(WordEdit(each["op"], each["before"], each["after"]) for each in values["words"]),
        role=values["role"],
    )
