"""The bench of real stories, with an invented one and a small judge with the interface of score.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench import real_stories
from bench.gold_stories import load_module
from bench.real_gold import UnusableLabelsError, gold_story
from bench.real_stories import cells, figures, matched, read_gold
from tests.unit.bench.real_story import label, row, write

JUDGE = '''
"""Compares the n-th predicted point with the n-th gold one."""
from collections import Counter as Tally


def chars(paragraphs, texts):
    found = set()
    for text in texts:
        n = next(i for i, each in enumerate(paragraphs) if text in each)
        start = paragraphs[n].index(text)
        found.update((n, k) for k in range(start, start + len(text)))
    return found


def matrix(story, points, counts, skipped):
    for gold, said in zip(story["points"], points):
        for outlet, cell in gold["outlets"].items():
            got = said["outlets"][outlet]["status"]
            counts["gold_" + cell["status"]] += 1
            counts["got_" + got] += 1
            counts["tp_" + got] += got == cell["status"]


def discrep(story, said, counts):
    counts["dt_tp"] += min(len(story["discrepancies"]), len(said))
    counts["dt_fn"] += max(0, len(story["discrepancies"]) - len(said))
    counts["dt_fp"] += max(0, len(said) - len(story["discrepancies"]))


def score(gold, predicted):
    return dict.fromkeys(FIGURES, 0.5)


FIGURES = %r
'''


@pytest.fixture
def judge(tmp_path: Path) -> Any:
    """The judge where the bench looks for it: in the folder of data."""
    path = tmp_path / "stories" / "score.py"
    path.parent.mkdir()
    path.write_text(JUDGE % (real_stories.FIGURES,), encoding="utf8")
    return load_module(path)


def said(story: dict[str, Any]) -> dict[str, Any]:
    """The gold itself, as if it had been predicted."""
    return {
        "points": [
            {
                "statement": f"said of {point['id']}",
                "outlets": {
                    outlet: {"status": cell["status"], "evidence": [text for _, text in cell["evidence"]]}
                    for outlet, cell in point["outlets"].items()
                },
            }
            for point in story["points"]
        ],
        "discrepancies": [],
    }


def test_points_are_paired_by_their_evidence(judge: Any) -> None:
    """Whatever their order; a point without evidence in common has no partner."""
    story = gold_story(label(), row())
    points = said(story)["points"]
    assert matched(judge, story, [points[2], points[0]]) == {0: 1, 2: 0}


def test_a_point_is_taken_once_by_the_closest(judge: Any) -> None:
    """Two predicted points of one gold one: the better overlap counts."""
    story = gold_story(label(), row())
    whole = said(story)["points"][0]
    part = {"statement": "part", "outlets": {"coast": {"status": "reported", "evidence": ["closed on Friday"]}}}
    assert matched(judge, story, [part, whole]) == {0: 1}
    assert matched(judge, story, [part]) == {0: 0}


def test_reported_is_counted_like_omission(judge: Any) -> None:
    """Precision of what is said to be reported, recall of what is, and the discrepancies by number."""
    story = gold_story(label(), row())
    found = said(story)
    found["points"][1]["outlets"]["post"]["status"] = "reported"
    found["points"][0]["outlets"]["wire"]["status"] = "omitted"
    line = figures(judge, {"storm": story}, {"storm": found})
    assert (line["reported_precision"], line["reported_recall"]) == (0.8, 0.8)
    assert line["discrepancies"] == {"gold": 1, "found": 0, "said": 0}


def test_cells_show_both_sides(judge: Any) -> None:
    """Gold and predicted status beside each other, with the words; an unmatched point has no prediction."""
    story = gold_story(label(), row())
    found = said(story)
    del found["points"][2]
    one, _, three = cells(judge, story, found)
    assert one["predicted"] == "said of p01"
    assert one["outlets"]["post"]["gold_evidence"] == ["The storm shut the harbour on Friday"]
    assert (three["predicted"], three["outlets"]["wire"]["gold"], three["outlets"]["wire"]["predicted"]) == (
        None,
        "conflicts",
        None,
    )


def test_the_command_prints_a_line_a_story_and_saves_cells(
    judge: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From files through the engine to figures, and the cells in a file."""
    data, labels = write(tmp_path / "data", label())
    (data / "stories").symlink_to(tmp_path / "stories")
    kept = tmp_path / "cells.json"
    monkeypatch.setattr("sys.argv", ["bench", "--data", str(data), "--labels", str(labels), "--save", str(kept)])
    real_stories.main()
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [list(line) for line in printed] == [["invented-storm"], ["all"]]
    assert tuple(printed[1]["all"]) == real_stories.FIGURES
    saved = json.loads(kept.read_text(encoding="utf8"))["invented-storm"]
    assert [point["id"] for point in saved["points"]] == ["p01", "p02", "p03"]


def test_without_a_judge_nothing_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the file that is missing."""
    monkeypatch.setattr("sys.argv", ["bench", "--data", str(tmp_path)])
    with pytest.raises(SystemExit, match=r"There is no .*stories/score\.py"):
        real_stories.main()


def test_labels_without_their_data_end_the_bench(judge: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a sentence, not as a traceback."""
    _, labels = write(tmp_path / "data", label())
    monkeypatch.setattr("sys.argv", ["bench", "--data", str(tmp_path), "--labels", str(labels)])
    with pytest.raises(SystemExit, match="the data are missing"):
        real_stories.main()


def test_one_story_can_be_chosen(tmp_path: Path) -> None:
    """By the name in its line; a name that no label has is refused."""
    data, labels = write(tmp_path, label())
    assert list(read_gold(data, labels, ["invented-storm"])) == ["invented-storm"]
    with pytest.raises(UnusableLabelsError, match="called flood"):
        read_gold(data, labels, ["flood"])
