"""The comparison as Markdown."""

from __future__ import annotations

import re

from storydiff.report import Only, to_markdown
from tests.builders import collation
from tests.fire import fire
from tests.unit.report.hostile import COMMANDS, hostile


def test_tables_are_even() -> None:
    """Every row of a table has as many cells as its head."""
    for made in (fire(), hostile()):
        tables = re.findall(r"(?:^\|.*\n)+", to_markdown(made), re.MULTILINE)
        assert len(tables) >= 2
        for table in tables:
            widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
            assert len(widths) == 1


def test_matrix() -> None:
    """A point is a row under the heading of its group, a version a column."""
    text = to_markdown(fire())
    assert "| # | Point | Sources | CR | BW | AC | FG | NT | TT | MI | FA | EL |" in text
    row = "| 1 | The fire killed two night watchmen. | 4 | ↻ | ● | ● | ● | ≠ | ◐ | ● | ● | · |"
    assert text.index("## Readings conflict (2)") < text.index(row) < text.index("## Told by several")


def test_conflicts() -> None:
    """Conflicts give both wordings with outlet, link and time; what an update explains stands apart."""
    text = to_markdown(fire())
    conflicts, _, drift = text.partition("\n## Conflicts\n")[2].partition("\n## Overtaken")
    assert (
        "- [Northgate Times](<https://northgate-times.example/fire>) (4 Jun 2026, 05:05 UTC (modified)):" in conflicts
    )
    assert "  **Three men** died when flames tore" in conflicts
    assert "**One man** has died" in drift


def test_problems() -> None:
    """Outlets that could not be read say why; so do those of another story."""
    text = to_markdown(fire())
    assert re.search(r"\| EL \|.*\| blocked \| The server refuses this page to us \(403\)\. \|", text)
    assert "[Hill Herald](<https://hill-herald.example/fire>): Another event" in text


def test_ours_and_only() -> None:
    """The view of one outlet and the filters are the same as in the terminal."""
    assert "## We lack (3)" in to_markdown(fire(), ours="Northgate Times")
    text = to_markdown(fire(), only=Only.EXCLUSIVE)
    assert "Inspectors had twice warned" in text
    assert "two night watchmen" not in text
    assert "only points of one independent source" in text


def test_hostile() -> None:
    """No markup, HTML or link of an outlet's making, and no command to a terminal, is in the document."""
    text = to_markdown(hostile())
    assert not COMMANDS.search(text)
    assert not re.search(r"<(?!https?://)[a-z!/]", text)
    assert not re.search(r"(?<!\\)\]\(", text)
    assert "`" not in text.replace("\\`", "")
    assert "https://evil" not in text


def test_empty() -> None:
    """A collation without versions or points is still a document."""
    assert to_markdown(collation([])).startswith("# Fire at Alder Quay")
