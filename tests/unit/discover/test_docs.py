"""docs/discover.md says what the command, the schema and the code say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storydiff.cli.discover import command
from storydiff.discover import grouping, space, stories
from storydiff.discover.written import COLUMNS, schema

PAGE = (Path(__file__).parents[3] / "docs" / "discover.md").read_text(encoding="utf8")


def test_every_option_is_described() -> None:
    """By its long name."""
    names = [name for param in command.params for name in param.opts if name.startswith("--")]
    assert len(names) > 10
    assert [name for name in names if name not in PAGE] == []


def test_every_key_of_the_format_is_described() -> None:
    """Those of the object, of its sources, stories and entries, and the columns of the CSV."""
    parts = schema()["properties"]
    keys = [*parts, *parts["sources"]["items"]["properties"], *parts["stories"]["items"]["properties"]]
    keys += [*schema()["$defs"]["entry"]["properties"], *COLUMNS]
    assert [key for key in keys if f"`{key}`" not in PAGE] == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (r"nearest members of the story \((\.\d+)\)", 1 - grouping.CENTROID),
        (r"less (\.\d+) for each\s+day", grouping.PER_DAY),
        (r"less (\.\d+) for each doubling", grouping.LONGER),
        (r"From (\.\d+) on an article joins", grouping.ENOUGH),
        (r"begins with (\d+) imagined articles", space.PRIOR),
        (r"names and figures ([\d.]+) times", space.TELLING),
        (r"the first words ([\d.]+) times", space.OPENING),
        (r"article's (\d+) weightiest words", space.ASKED),
        (r"the latest (\d+) articles", space.SCANNED),
        (r"the best (\d+)\s+are measured", space.NEAR),
        (r"mean over its last (\d+)", grouping.RECENT),
        (r"come close \((\.\d+) or more\)", stories.MAYBE),
    ],
)
def test_the_constants_are_those_of_the_code(words: str, value: float) -> None:
    """Each number in the method is the one that decides."""
    found = re.search(words, PAGE)
    assert found is not None
    assert float(found[1]) == pytest.approx(value)
