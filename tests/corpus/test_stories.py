"""Drawn stories with gold answers: what must never happen, in any of them.

How well their cells and discrepancies are found is measured by `python -m bench.gold_stories` (README.md beside them).
Misses that are known stand in known_misses.toml; one that is mended fails here until it is taken out there.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.gold_stories import gold_versions
from storydiff.engine import collate
from storydiff.model import Collation, Status, Story

STORIES = sorted(Path(__file__).parent.joinpath("stories").glob("*/story.json"))
NAMES = [path.parent.name for path in STORIES]
KNOWN = tomllib.loads((Path(__file__).parent / "known_misses.toml").read_text(encoding="utf8"))
each_story = pytest.mark.parametrize("path", STORIES, ids=NAMES)


def known(kind: str, name: str) -> tuple[pytest.MarkDecorator, ...]:
    reason = KNOWN[kind].get(name)
    return (pytest.mark.xfail(strict=True, reason=reason),) if reason else ()


@cache
def read(path: Path) -> dict[str, Any]:
    story: dict[str, Any] = json.loads(path.read_text(encoding="utf8"))
    return story


@cache
def collated(path: Path) -> Collation:
    return collate(gold_versions(read(path)), story=Story(slug=path.parent.name))


def pages(path: Path, *statuses: str) -> set[str]:
    """The addresses of the outlets that the gold gives one of these states."""
    return {outlet["url"] for outlet in read(path)["outlets"] if outlet["status"] in statuses}


def test_all_are_there() -> None:
    """The folder is there, and read."""
    assert len(STORIES) == 12


@pytest.mark.parametrize(
    "path", [pytest.param(p, marks=known("joined", p.parent.name), id=p.parent.name) for p in STORIES]
)
def test_each_text_of_the_event_is_joined_and_no_other(path: Path) -> None:
    """Nobody is taken for another story for writing another language; a twin event is."""
    found = collated(path)
    apart = {version.url for version in found.versions if version.id in found.apart}
    assert apart == pages(path, "different_story")


@each_story
def test_what_could_not_be_read_omits_nothing(path: Path) -> None:
    """A paywall, a consent wall or another story never yields an omission."""
    found = collated(path)
    unread = pages(path, "truncated", "consent_wall", "different_story")
    versions = {version.id for version in found.versions if version.url in unread}
    told = [
        point.coverage[version].status for point in found.points for version in versions if version in point.coverage
    ]
    assert Status.OMITTED not in told


@each_story
def test_copies_of_one_text_are_one_family(path: Path) -> None:
    """The families are those of the gold."""
    found = collated(path)
    outlet = {outlet["url"]: outlet["id"] for outlet in read(path)["outlets"]}
    of = {version.id: outlet[version.url] for version in found.versions}
    gold = [{member["outlet"] for member in family["members"]} for family in read(path)["families"]]
    assert sorted(map(sorted, gold)) == sorted(sorted(of[v] for v in family.versions) for family in found.families)
