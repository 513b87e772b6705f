"""Found stories as JSON (storydiff/discover/1) and CSV. Words from the web are made safe on the way."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from importlib import resources
from io import StringIO
from typing import Any

from storydiff.discover.entry import Entry, Heard
from storydiff.discover.stories import Discovered, FoundStory
from storydiff.report.safe import csv_cell, escaped

SCHEMA = "storydiff/discover/1"
SUMMARY = 300
"""Characters of a summary that are given on: enough to know the article by."""
COLUMNS = (
    "story", "headline", "outlet", "site", "url", "title", "published", "updated", "rough", "language", "compare",
)  # fmt: skip


def to_json(found: Discovered) -> str:
    """What was found as JSON text ending in a newline; the same findings give the same bytes."""
    values = {
        "schema": SCHEMA,
        "made": _time(found.made),
        "since_hours": round(found.since.total_seconds() / 3600, 3),
        "considered": found.considered,
        "sources": [_heard(each) for each in found.heard],
        "stories": [_story(story) for story in found.stories],
        "perhaps": [_entry(entry) for entry in found.perhaps],
    }
    return escaped(json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def _heard(heard: Heard) -> dict[str, Any]:
    error = heard.error
    return {
        "source": heard.source,
        "url": heard.url,
        "shape": heard.shape.value if heard.shape else None,
        "entries": heard.entries,
        "error": {"code": error.code, "message": error.message, "hint": error.hint} if error else None,
    }


def _story(story: FoundStory) -> dict[str, Any]:
    return {
        "headline": story.headline,
        "outlets": list(story.outlets),
        "first": _time(story.first),
        "last": _time(story.last),
        "compare": list(story.urls),
        "entries": [_entry(entry) for entry in story.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "url": entry.url,
        "outlet": entry.outlet,
        "site": entry.site,
        "title": entry.title,
        "summary": entry.summary[:SUMMARY],
        "published": _time(entry.published),
        "updated": _time(entry.updated),
        "rough": entry.rough,
        "language": entry.language,
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def to_csv(found: Discovered) -> str:
    """What was found as CSV (RFC 4180): a row an entry, stories in order and numbered; nothing is run as a formula."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for number, story in enumerate(found.stories, 1):
        for entry in story.entries:
            writer.writerow(map(csv_cell, _row(number, story, entry)))
    return out.getvalue()


def _row(number: int, story: FoundStory, entry: Entry) -> tuple[str, ...]:
    return (
        str(number),
        story.headline,
        entry.outlet,
        entry.site,
        entry.url,
        entry.title,
        _time(entry.published) or "",
        _time(entry.updated) or "",
        "yes" if entry.rough else "",
        entry.language or "",
        "yes" if entry in story.chosen else "",
    )


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the format."""
    text = resources.files("storydiff.discover").joinpath("discover-1.schema.json").read_text(encoding="utf8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
