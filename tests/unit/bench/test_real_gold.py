"""Labels that hold no text, and the texts they are about, become the gold that score.py reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.gold_stories import gold_versions
from bench.real_gold import UnusableLabelsError, gold_story, linked, longest_chain, read_labels, read_row
from tests.unit.bench.real_story import COAST, label, row, write


def links(story: dict[str, Any], a: str, b: str) -> dict[tuple[int, int], dict[str, Any]]:
    aligned = next(each for each in story["alignments"] if (each["a"], each["b"]) == (a, b))
    return {(each["a"], each["b"]): each for each in aligned["links"]}


def test_places_become_the_words_that_stand_there() -> None:
    """Evidence and spans are given as the articles' own words, with their paragraph."""
    story = gold_story(label(), row())
    assert story["points"][1]["outlets"]["coast"]["evidence"] == [[1, "Mayor Ines Toth said that nobody was hurt"]]
    assert [side["spans"][0]["text"] for side in story["discrepancies"][0]["sides"]] == [
        "Two boats sank",
        "three boats went down",
    ]
    assert story["non_discrepancies"][0]["spans"] == [{"outlet": "post", "paragraph": 1, "text": "shut"}]


def test_the_product_sees_headline_day_and_paragraphs_only() -> None:
    """A version is made of what the data have of an article, dated noon of its day."""
    coast = gold_versions(gold_story(label(), row()))[0]
    assert (coast.outlet, coast.headline) == ("coast", "Storm over Vell (coast)")
    assert [paragraph.text for paragraph in coast.paragraphs] == COAST
    assert coast.published is not None
    assert coast.published.isoformat() == "2026-05-15T12:00:00+00:00"


def test_paragraphs_with_evidence_for_one_point_are_linked() -> None:
    """Rule 9, with the points of each link, and what crosses the others as moved."""
    found = links(gold_story(label(), row()), "coast", "post")
    assert {pair: each["points"] for pair, each in found.items()} == {(0, 1): ["p01"], (1, 0): ["p02"], (1, 2): []}
    assert [pair for pair, each in found.items() if each["moved"]] in ([(0, 1)], [(1, 0)])


def test_the_same_paragraph_is_linked_without_a_point() -> None:
    """As copied paragraphs are."""
    assert links(gold_story(label(), row()), "post", "wire")[2, 0]["relation"] == "identical"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ([1, 4], [0, 2], [(1, 0), (4, 2)]),
        ([1], [0, 2], [(1, 0), (1, 2)]),
        ([1], [], []),
    ],
)
def test_a_point_told_in_several_paragraphs(left: list[int], right: list[int], expected: list[tuple[int, int]]) -> None:
    """One to one in order when they are as many on both sides, else each with each."""
    assert linked(left, right) == expected


def test_the_longest_chain_leaves_out_what_crosses_most() -> None:
    """Links that share a paragraph do not cross; no links have no chain."""
    assert longest_chain([(0, 4), (1, 0), (1, 1), (2, 2), (3, 1), (4, 3)]) in (
        {(1, 0), (1, 1), (2, 2), (4, 3)},
        {(1, 0), (1, 1), (3, 1), (4, 3)},
    )
    assert longest_chain([]) == set()


def test_another_text_than_the_labelled_one_is_refused() -> None:
    """A changed word in the data, and the labels are silent rather than wrong."""
    changed = row()
    changed["docs"][2]["sentences"][0] = "Schools stay open."
    with pytest.raises(UnusableLabelsError, match="invented-storm: the article of wire is not the text"):
        gold_story(label(), changed)


def test_a_missing_article_is_refused() -> None:
    """As when the data were reduced."""
    fewer = row()
    del fewer["docs"][1]
    with pytest.raises(UnusableLabelsError, match="no article of post"):
        gold_story(label(), fewer)


@pytest.mark.parametrize("wrong", [[2, 0, 3], [0, 5, 5], [0, 0, 999], [-1, 0, 3], [0, -2, 3]])
def test_a_place_outside_its_paragraph_is_refused(wrong: list[int]) -> None:
    """Whichever number is wrong; the message names point, outlet and place."""
    labels = label()
    labels["points"][0]["outlets"]["coast"]["evidence"] = [wrong]
    with pytest.raises(UnusableLabelsError, match=r"p01, coast: the place \[.*\] is out of range"):
        gold_story(labels, row())


def test_a_link_to_no_paragraph_is_refused() -> None:
    """Those by hand are numbers too."""
    with pytest.raises(UnusableLabelsError, match="the link coast 2, post 1 is out of range"):
        gold_story(label() | {"links": [{"a": "post", "b": "coast", "pairs": [[1, 2]]}]}, row())


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ({"status": "told", "evidence": []}, "the status is told"),
        ({"status": "reported", "evidence": []}, "reported with 0 places"),
        ({"status": "omitted", "evidence": [[0, 0, 3]]}, "omitted with 1 places"),
    ],
)
def test_a_cell_that_contradicts_itself_is_refused(cell: dict[str, Any], message: str) -> None:
    """What is told has evidence, what is omitted has none."""
    labels = label()
    labels["points"][2]["outlets"]["coast"] = cell
    with pytest.raises(UnusableLabelsError, match=message):
        gold_story(labels, row())


def test_labels_and_data_are_read_from_folders(tmp_path: Path) -> None:
    """One file of labels a story; the data's row by the story's name."""
    data, folder = write(tmp_path, label())
    (labels,) = read_labels(folder)
    assert read_row(data, labels)["docs"] == row()["docs"]


def test_missing_data_are_said_to_be_missing(tmp_path: Path) -> None:
    """No folder of data, no such story, no labels at all, and labels of a later form."""
    data, folder = write(tmp_path, label())
    with pytest.raises(UnusableLabelsError, match="the data are missing"):
        read_row(tmp_path / "elsewhere", label())
    with pytest.raises(UnusableLabelsError, match="has no story flood"):
        read_row(data, label() | {"story": "flood"})
    with pytest.raises(UnusableLabelsError, match="There are no labels"):
        read_labels(data)
    (folder / "later.json").write_text('{"form": 2}', encoding="utf8")
    with pytest.raises(UnusableLabelsError, match="has the form 2"):
        read_labels(folder)
    (folder / "later.json").write_text("{", encoding="utf8")
    with pytest.raises(UnusableLabelsError, match="is not JSON"):
        read_labels(folder)
