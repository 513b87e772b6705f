"""Collate real stories whose points somebody labelled, and print the score: invented ones may be too easy, or too hard.

    python -m bench real_stories --data ../shared/data [--labels DIR] [--story NAME ...] [--plain] [--save FILE]

The texts are in the data (DIR/basil, DIR/newswcl50), the labels in bench/real_labels; DIR/stories/score.py judges.
Prints a line a story and one over all; `--plain` scores a plain method in the product's place (bench/plain.py).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.gold_stories import collated, load_module
from bench.plain import plain_prediction
from bench.real_gold import Json, UnusableLabelsError, gold_story, name_of, read_labels, read_row

LABELS = Path(__file__).with_name("real_labels")

FIGURES = (
    "cell_accuracy_matched",
    "cell_accuracy",
    "cell_macro_f1",
    "point_recall",
    "omission_precision",
    "omission_recall",
    "reported_precision",
    "reported_recall",
    "link_precision",
    "link_recall",
    "link_f1",
    "discrepancy_typed_f1",
    "discrepancies",
    "discrepancy_false_alarms",
    "missed_joins",
)

ENOUGH = 0.15
"""Mean overlap of evidence from which score.py takes two points for one."""


def read_gold(data: Path, labels: Path, names: Sequence[str] = ()) -> dict[str, Json]:
    """Name -> labelled story with its texts; those of these names only, if there are any."""
    chosen = [label for label in read_labels(labels) if not names or name_of(label) in names]
    if not chosen:
        raise UnusableLabelsError(f"None of the labels in {labels} is called {' or '.join(names)}.")
    return {name_of(label): gold_story(label, read_row(data, label)) for label in chosen}


def figures(score: Any, gold: Mapping[str, Json], said: Mapping[str, Json]) -> Json:
    """The figures that are printed: score.py's own and, counted by the same rules, how good "reported" is."""
    counts = score.Tally()
    for name, story in gold.items():
        score.matrix(story, said[name]["points"], counts, [])
        score.discrep(story, said[name]["discrepancies"], counts)
    right = counts["tp_reported"]
    found = {
        **score.score(gold, {"clusters": said}),
        "reported_precision": _share(right, counts["got_reported"]),
        "reported_recall": _share(right, counts["gold_reported"]),
        "discrepancies": {
            "gold": counts["dt_tp"] + counts["dt_fn"],
            "found": counts["dt_tp"],
            "said": counts["dt_tp"] + counts["dt_fp"],
        },
    }
    return {name: found[name] for name in FIGURES}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def cells(score: Any, story: Json, said: Json) -> list[Json]:
    """Every gold point with the predicted one that score.py compares it with, outlet by outlet."""
    pairs = matched(score, story, said["points"])
    return [_cells(point, said["points"][pairs[i]] if i in pairs else None) for i, point in enumerate(story["points"])]


def _cells(point: Json, found: Json | None) -> Json:
    return {
        "id": point["id"],
        "statement": point["statement"],
        "predicted": found["statement"] if found else None,
        "outlets": {
            outlet: {
                "gold": cell["status"],
                "gold_evidence": [text for _, text in cell["evidence"]],
                "gold_missing": cell.get("missing"),
                **_said(found, outlet),
            }
            for outlet, cell in point["outlets"].items()
        },
    }


def _said(found: Json | None, outlet: str) -> Json:
    cell = found["outlets"].get(outlet, {}) if found else {}
    return {
        "predicted": cell.get("status"),
        "predicted_evidence": cell.get("evidence", []),
        "predicted_missing": cell.get("missing", []),
    }


def matched(score: Any, story: Json, points: Sequence[Json]) -> dict[int, int]:
    """Gold point -> predicted point, by their positions, as score.py pairs them: by overlap, the best first."""
    texts = {outlet: next(iter(states.values()))["paragraphs"] for outlet, states in story["articles"].items()}
    gold = [
        {o: score.chars(texts[o], [e[1] for e in c["evidence"]]) for o, c in point["outlets"].items() if c["evidence"]}
        for point in story["points"]
    ]
    said = [
        {o: score.chars(texts[o], c["evidence"]) for o, c in point["outlets"].items() if c["evidence"]}
        for point in points
    ]
    likely = [
        (overlap, g, p)
        for g, one in enumerate(gold)
        for p, other in enumerate(said)
        for overlap in [_overlap(one, other)]
        if overlap >= ENOUGH
    ]
    pairs: dict[int, int] = {}
    for _, g, p in sorted(likely, key=lambda each: (-each[0], each[1], each[2])):
        if g not in pairs and p not in pairs.values():
            pairs[g] = p
    return pairs


def _overlap(one: Mapping[str, set[Any]], other: Mapping[str, set[Any]]) -> float:
    """Mean F1 of the characters over all outlets that one of two points has evidence of."""
    outlets = one.keys() | other.keys()
    both = [2 * len(one[o] & other[o]) / (len(one[o]) + len(other[o])) for o in one.keys() & other.keys() if one[o]]
    return sum(both) / len(outlets) if outlets else 0.0


def measure(score: Any, gold: Mapping[str, Json], method: Callable[[Json], Json], save: Path | None) -> None:
    """Print a line a story and one over all; save the cells where asked."""
    said: dict[str, Json] = {}
    for name, story in gold.items():
        said[name] = method(story)
        print(json.dumps({name: figures(score, {name: story}, {name: said[name]})}), flush=True)
    print(json.dumps({"all": figures(score, gold, said)}))
    if save:
        kept = {
            name: {
                "points": cells(score, story, said[name]),
                "discrepancies": {"gold": story["discrepancies"], "predicted": said[name]["discrepancies"]},
            }
            for name, story in gold.items()
        }
        save.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench real_stories", description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--data", type=Path, required=True, help="the folder with basil, newswcl50 and stories/score.py"
    )
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument("--story", action="append", default=[], metavar="NAME", help="only this one, as in its line")
    parser.add_argument("--plain", action="store_true", help="score the plain method instead of the product")
    parser.add_argument("--save", type=Path, help="write gold and predicted cells, with the outlets' words")
    args = parser.parse_args()
    judge = args.data / "stories" / "score.py"
    if not judge.is_file():
        sys.exit(f"There is no {judge} to judge with.")
    try:
        gold = read_gold(args.data, args.labels, args.story)
    except UnusableLabelsError as error:
        sys.exit(str(error))
    measure(load_module(judge), gold, plain_prediction if args.plain else collated, args.save)


if __name__ == "__main__":
    main()
