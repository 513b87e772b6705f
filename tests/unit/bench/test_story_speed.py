"""How long whole stories take beside extraction: which stories are read, and what a process has seen before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench import story_speed
from bench.story_speed import others, stories, taken

TEXTS = {"en": "Nine barges sank in the Kelm canal before dawn.", "de": "Im Kanal von Kelm sanken neun Kähne."}


def outlet(number: int, language: str) -> dict[str, Any]:
    """An outlet in the form of story.json."""
    return {
        "id": f"o{number}",
        "name": f"Outlet {number}",
        "url": f"https://o{number}.example/barges",
        "status": "complete",
        "language": language,
        "wire_credit": None,
        "states": [{"state": "s", "fetched_at": "2026-04-01T06:00:00+00:00"}],
    }


def write(folder: Path, slug: str, *languages: str) -> None:
    """A story of one text an outlet."""
    article = {language: {"s": {"paragraphs": [text], "kinds": ["p"]}} for language, text in TEXTS.items()}
    story = {
        "slug": slug,
        "outlets": [outlet(i, language) for i, language in enumerate(languages)],
        "articles": {f"o{i}": article[language] for i, language in enumerate(languages)},
    }
    (folder / slug).mkdir()
    (folder / slug / "story.json").write_text(json.dumps(story), encoding="utf8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three stories, of which one has a text in another language, and a file that is none."""
    write(tmp_path, "barges", "en", "de")
    write(tmp_path, "gates", "en", "en")
    write(tmp_path, "locks", "de", "en")
    (tmp_path / "score.py").write_text("", encoding="utf8")
    return tmp_path


def test_the_stories_of_a_folder(folder: Path) -> None:
    """All of them with all their versions, or those that are named."""
    assert {slug: len(versions) for slug, versions in stories(folder, None).items()} == {
        "barges": 2,
        "gates": 2,
        "locks": 2,
    }
    assert list(stories(folder, ["locks"])) == ["locks"]


def test_a_process_has_seen_each_language_in_another_story(folder: Path) -> None:
    """So that tables are read, and nothing is remembered of the story that is measured."""
    given = stories(folder, None)
    assert others(given, "barges") == ["locks", "gates"]
    assert others(given, "gates") == ["barges"]
    assert others(stories(folder, ["gates"]), "gates") == []


@pytest.mark.parametrize("program", story_speed.PROGRAMS)
def test_a_program_takes_time(folder: Path, program: str) -> None:
    """Of the processor, for the texts of the story."""
    assert 0 < taken(program, stories(folder, None), "barges") < 60
