"""The comparison as CSV."""

from __future__ import annotations

import csv
import io

from storydiff.report import Only, to_csv
from storydiff.report.csv import COLUMNS
from tests.fire import fire
from tests.unit.report.hostile import COMMANDS, hostile


def rows(text: str) -> list[dict[str, str]]:
    """The rows as a program reads them."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def row(point: str, outlet: str) -> dict[str, str]:
    """The row of that point and outlet."""
    (found,) = [each for each in rows(to_csv(fire())) if (each["point"], each["outlet"]) == (point, outlet)]
    return found


def test_one_row_per_point_and_outlet() -> None:
    """Eight points by nine outlets are seventy-two rows, each with every column; another story has none."""
    found = rows(to_csv(fire()))
    assert len(found) == 8 * 9
    assert {tuple(each) for each in found} == {tuple(each.name for each in COLUMNS)}
    assert "Hill Herald" not in {each["outlet"] for each in found}


def test_columns_are_described() -> None:
    """Every column says what it holds, once."""
    assert len({each.name for each in COLUMNS}) == len(COLUMNS)
    assert all(each.about for each in COLUMNS)


def test_values() -> None:
    """A row holds the status, the exact words, their places, and the conflicts that it stands in."""
    found = row("1", "Northgate Times")
    assert found["status"] == "conflicts"
    assert found["overtaken"] == ""
    assert found["words"] == "Three men died"
    assert found["places"] == "0:0-14"
    assert found["conflicts"] == "number: 2 / 3"
    assert found["modified"] == "2026-06-04T05:05:00Z"
    assert found["snapshot"] == "c5" * 32


def test_drift_is_no_conflict() -> None:
    """What a later update explains stands in its own columns."""
    found = row("1", "Coast Radio")
    assert (found["overtaken"], found["conflicts"], found["updates"]) == ("yes", "", "number: 2 / 1")


def test_partial_and_unknown() -> None:
    """A partial reading says what it lacks, an unknown one why."""
    assert row("1", "Tollway Tribune")["missing"] == "night watchmen"
    assert row("1", "Evening Lamp")["reason"] == "not fetched: 403"


def test_family_and_first() -> None:
    """Copies name their agency; who was first is marked."""
    assert row("1", "Alder Courier")["family"] == "Brindle"
    assert row("1", "Brindle Wire")["first"] == "yes"


def test_filter() -> None:
    """Filters keep their points under their numbers."""
    assert {each["point"] for each in rows(to_csv(fire(), only=Only.EXCLUSIVE))} == {"7", "8"}


def test_hostile() -> None:
    """No cell can run as a formula, forge a row or command a terminal."""
    text = to_csv(hostile())
    assert not COMMANDS.search(text.replace("\r\n", "\n"))
    found = rows(text)
    assert len(found) == 2
    assert all(not value.lstrip().startswith(("=", "+", "-", "@")) for each in found for value in each.values())
