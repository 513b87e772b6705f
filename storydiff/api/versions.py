"""Reads of texts: the versions of a story, their words, and the bytes that they were read from; outlets; search."""

from __future__ import annotations

from typing import Any

from storydiff.api import values
from storydiff.api.call import Call
from storydiff.errors import SnapshotMissing
from storydiff.model import Collation, Story, Version
from storydiff.report.json import to_json
from storydiff.report.ours import ours_versions
from storydiff.serving import cursors
from storydiff.serving.answer import BYTES, Answer
from storydiff.serving.refusals import NotThere

COUNTED_AT_ONCE = 200
"""Stories that one request counts if they were stored before there were counts; 18 ms each (69 points, 14 outlets)."""


def list_versions(call: Call) -> Answer:
    """The versions of a story, one line each."""
    slug, store = call.path["slug"], call.desk.store
    store.stories.get(slug)
    found = store.versions.current(slug) if call.query.current else store.versions.all(slug)
    if call.query.outlet is not None:
        found = tuple(each for each in found if each.id in _of_outlet(found, call.query.outlet))
    return Answer(value={"versions": [values.version_line(each) for each in found]})


def read_version(call: Call) -> Answer:
    """One version with its whole text."""
    found = to_json(_alone(_version(call)))["versions"][0]
    return Answer(value={**found, "family": None, "apart": None})


def read_snapshot(call: Call) -> Answer:
    """The exact bytes that a version was read from.

    They come from the web and may hold anything, so they are never sent as a page that a browser would open.
    """
    version = _version(call)
    if version.snapshot is None or call.desk.archive is None:
        raise SnapshotMissing("No bytes were archived of this version.", hint="It was not fetched from the web.")
    content = call.desk.archive.read(version.snapshot).bytes
    name = f'attachment; filename="{version.snapshot[:16]}.bin"'
    return Answer(content=content, media=BYTES, headers={"Content-Disposition": name, "X-SHA256": version.snapshot})


def list_outlets(call: Call) -> Answer:
    """The outlets in the newsroom's stories, with what they tend to do."""
    limit, after, store = call.query.limit, cursors.read(call.query.cursor, str), call.desk.store
    store.habits.count(most=COUNTED_AT_ONCE)
    rows, last = cursors.page(store.browse.outlets(limit=limit + 1, after=after), limit)
    tallies = store.habits.tallies(each.outlet.name for each in rows)
    following = cursors.written(last.outlet.name) if last else None
    told = [values.outlet(each, tallies.get(each.outlet.name, {})) for each in rows]
    return Answer(value={"outlets": told, "next": following})


def _version(call: Call) -> Version:
    found = call.desk.store.versions.get(call.path["slug"], call.path["version"])
    if found is None:
        raise NotThere
    return found


def _of_outlet(found: tuple[Version, ...], outlet: str) -> frozenset[str]:
    """As `ours` finds an outlet: by name or domain. UnknownOutlet when it has none."""
    return ours_versions(_alone(*found), outlet)


def _alone(*versions: Version) -> Collation:
    empty: dict[str, Any] = dict.fromkeys(("points", "links", "discrepancies", "families", "revisions"), ())
    return Collation(engine="", story=Story(slug="story"), versions=versions, apart={}, **empty)
