"""The labels of real stories that are kept here, as far as they can be judged without the texts."""

from __future__ import annotations

from typing import Any

import pytest

from bench.real_gold import NAMES, STATUSES, name_of, read_labels
from bench.real_stories import LABELS

ALL = read_labels(LABELS)
each_label = pytest.mark.parametrize("label", ALL, ids=[name_of(label) for label in ALL])
TYPES = {"number", "quote", "attribution", "name", "time", "place", "certainty", "role"}


def cells(label: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(p["id"], outlet, cell) for p in label["points"] for outlet, cell in p["outlets"].items()]


@each_label
def test_every_outlet_has_a_cell_in_every_point(label: dict[str, Any]) -> None:
    """The outlets are those of the data set, all of them."""
    outlets = {article["outlet"] for article in label["articles"]}
    assert outlets == set(NAMES[label["source"]])
    assert all(point["outlets"].keys() == outlets for point in label["points"])


@each_label
def test_a_cell_has_what_its_status_needs(label: dict[str, Any]) -> None:
    """Evidence unless omitted, what is missing if partial, and only then."""
    for _, _, cell in cells(label):
        assert cell["status"] in STATUSES
        assert bool(cell["evidence"]) == (cell["status"] != "omitted")
        assert bool(cell.get("missing")) == (cell["status"] == "partial")


@each_label
def test_every_conflict_lies_in_a_discrepancy(label: dict[str, Any]) -> None:
    """Rule 4; and a discrepancy has a known type, a point and two sides."""
    sides = {
        (each["point"], outlet) for each in label["discrepancies"] for s in each["sides"] for outlet in s["outlets"]
    }
    assert {(point, outlet) for point, outlet, cell in cells(label) if cell["status"] == "conflicts"} <= sides
    assert {each["type"] for each in label["discrepancies"]} <= TYPES
    assert {each["point"] for each in label["discrepancies"]} <= {point["id"] for point in label["points"]}
    assert all(len(each["sides"]) > 1 for each in label["discrepancies"])


@each_label
def test_places_are_numbers_and_statements_quote_nobody(label: dict[str, Any]) -> None:
    """No text of an outlet is in here: not in a place, not in quotation marks."""
    for _, _, cell in cells(label):
        assert all(len(place) == 3 and all(isinstance(n, int) for n in place) for place in cell["evidence"])
    assert not any(set('"“”«»') & set(point["statement"]) for point in label["points"])


@each_label
def test_ids_are_unique(label: dict[str, Any]) -> None:
    """Discrepancies name a point by its id."""
    ids = [point["id"] for point in label["points"]]
    assert len(set(ids)) == len(ids)
    assert 18 <= len(ids) <= 30
