"""Reads of what was compared: collations, points, discrepancies, revisions, the matrix, and what changed between two.

Each is a part of the public JSON of one collation, so a point looks the same wherever it is met.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from storydiff.api import values
from storydiff.api.call import Call
from storydiff.errors import UnknownPoint
from storydiff.model import Collation
from storydiff.report.csv import to_csv
from storydiff.report.json import to_json
from storydiff.report.ours import ours_versions
from storydiff.serving.answer import CSV, Answer
from storydiff.serving.collations import collation_of, ours_of

Values = dict[str, Any]


def list_collations(call: Call) -> Answer:
    """Every collation of a story, one line each."""
    call.desk.store.stories.get(call.path["slug"])
    found = call.desk.store.collations.list(call.path["slug"])
    return Answer(value={"collations": [values.collation_line(each) for each in found]})


def read_latest_collation(call: Call) -> Answer:
    """The latest collation, whole."""
    return Answer(value=_json(call, _collation(call, None)))


def read_collation(call: Call) -> Answer:
    """The collation of a number, whole."""
    return Answer(value=_json(call, _collation(call, int(call.path["number"]))))


def list_points(call: Call) -> Answer:
    """The points of a collation, filtered."""
    found = _collation(call, call.query.number)
    whole = _json(call, found)
    mine = ours_versions(found, call.query.outlet) if call.query.outlet else None
    points = [point for point in whole["points"] if _fits(call.query, point, mine)]
    return _part(whole, points=points)


def read_point(call: Call) -> Answer:
    """One point with its discrepancies and its history."""
    found = _collation(call, call.query.number)
    whole, name = _json(call, found), call.path["point"]
    point = next((each for each in whole["points"] if each["id"] == name), None)
    if point is None:
        raise UnknownPoint
    conflicts = [each for each in whole["discrepancies"] if each["point"] == name]
    history = call.desk.store.collations.point(found.story.slug, name)
    return _part(whole, point=point, discrepancies=conflicts, history=[values.point_state(each) for each in history])


def list_discrepancies(call: Call) -> Answer:
    """The discrepancies of a collation, filtered."""
    whole = _json(call, _collation(call, call.query.number))
    found = [
        each
        for each in whole["discrepancies"]
        if call.query.type in (None, each["type"]) and call.query.drift in (None, each["drift"])
    ]
    return _part(whole, discrepancies=found)


def list_revisions(call: Call) -> Answer:
    """What was changed in the articles of a story."""
    whole = _json(call, _collation(call, call.query.number))
    return _part(whole, revisions=whole["revisions"])


def read_matrix(call: Call) -> Answer:
    """Points by outlets, as JSON or CSV."""
    found = _collation(call, call.query.number)
    if _wants_csv(call):
        name = f'attachment; filename="{found.story.slug}-{found.number}.csv"'
        content = to_csv(found, ours=_ours(call, found)).encode("utf8", "replace")
        return Answer(content=content, media=CSV, headers={"Content-Disposition": name})
    whole = _json(call, found)
    return _part(whole, columns=_columns(found, whole), rows=_rows(whole))


def read_changes(call: Call) -> Answer:
    """What is different in a collation from an earlier one."""
    number = int(call.path["number"])
    found = _collation(call, number)
    slug, store = found.story.slug, call.desk.store.collations
    since = call.query.since
    before = store.previous(slug, number) if since is None else _collation(call, since)
    whole, earlier = _json(call, found), to_json(before) if before is not None else None
    return _part(whole, since=before.number if before else None, **_changes(whole, earlier))


def _collation(call: Call, number: int | None) -> Collation:
    return collation_of(call.desk, call.path["slug"], number)


def _json(call: Call, found: Collation) -> Values:
    return to_json(found, ours=_ours(call, found))


def _ours(call: Call, found: Collation) -> str | None:
    return ours_of(call.desk, found, call.query.ours)


def _part(whole: Values, **parts: Any) -> Answer:
    ours = {"ours": whole["ours"]} if "ours" in whole else {}
    return Answer(value={"number": whole["number"], **parts, **ours})


def _fits(query: Any, point: Values, mine: frozenset[str] | None) -> bool:
    if query.kind is not None and point["kind"] != query.kind:
        return False
    cells = [cell for version, cell in point["coverage"].items() if mine is None or version in mine]
    return bool(cells) and (query.status is None or any(cell["status"] == query.status for cell in cells))


def _wants_csv(call: Call) -> bool:
    if call.query.format is not None:
        return bool(call.query.format == "csv")
    accept = call.headers.get("Accept", "")
    return CSV in accept and "application/json" not in accept


def _columns(found: Collation, whole: Values) -> list[Values]:
    mine = ours_versions(found, whole["ours"]["outlet"]) if "ours" in whole else frozenset()
    return [
        {
            "version": each["id"],
            "outlet": each["outlet"],
            "url": each["url"],
            "extent": each["extent"],
            "family": each["family"],
            "is_ours": each["id"] in mine,
        }
        for each in _joined(whole)
    ]


def _joined(whole: Values) -> list[Values]:
    """The versions that tell this story; those of another story have no column."""
    return [each for each in whole["versions"] if each["apart"] is None]


def _rows(whole: Values) -> list[Values]:
    order = [each["id"] for each in _joined(whole)]
    return [
        {
            "point": point["id"],
            "statement": point["statement"],
            "independent_sources": point["independent_sources"],
            "cells": [point["coverage"].get(each, {"status": "unknown"})["status"] for each in order],
        }
        for point in whole["points"]
    ]


def _changes(now: Values, before: Values | None) -> Values:
    before = before or {"points": [], "discrepancies": [], "revisions": [], "versions": []}
    return {
        "points_added": _new(now["points"], before["points"]),
        "points_removed": _gone(now["points"], before["points"]),
        "cells_changed": list(_moved(now, before)),
        "discrepancies_added": _new(now["discrepancies"], before["discrepancies"]),
        "discrepancies_resolved": _gone(now["discrepancies"], before["discrepancies"]),
        "revisions_added": [each for each in now["revisions"] if _steps(each) not in map(_steps, before["revisions"])],
    }


def _new(now: Iterable[Values], before: Iterable[Values]) -> list[Values]:
    known = {each["id"] for each in before}
    return [each for each in now if each["id"] not in known]


def _gone(now: Iterable[Values], before: Iterable[Values]) -> list[str]:
    known = {each["id"] for each in now}
    return [each["id"] for each in before if each["id"] not in known]


def _steps(revision: Values) -> tuple[str, str]:
    return revision["from"], revision["to"]


def _moved(now: Values, before: Values) -> Iterable[Values]:
    """Cells by outlet, since a new version has another id."""
    earlier, later = _by_outlet(before), _by_outlet(now)
    for point, cells in later.items():
        old = earlier.get(point, cells)
        for outlet in sorted(cells.keys() | old.keys()):
            if cells.get(outlet) != old.get(outlet):
                sides = {"before": old.get(outlet), "after": cells.get(outlet)}
                yield {"point": point, "outlet": outlet, **sides}


def _by_outlet(whole: Values) -> dict[str, dict[str, str]]:
    """Point -> outlet -> status."""
    names = {each["id"]: each["outlet"] for each in whole["versions"]}
    return {
        point["id"]: {names[version]: cell["status"] for version, cell in point["coverage"].items()}
        for point in whole["points"]
    }
