"""Try the constants of story grouping on labelled streams: `python -m bench.fit_grouping --data ../shared/data`.

Streams: ecbplus in three folds over its topics (both events of a topic in one), basil with its dates, and basil as if
all were of one day; each with whole texts and with no more than a feed's summary says. Figures are B-cubed F1 (Bagga &
Baldwin 1998). "held out" is the mean over the folds of ecbplus with each constant chosen on the other two and basil.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from storydiff.discover import grouping, space
from storydiff.discover.concepts import Article, Concepts, concepts
from storydiff.discover.grouping import Grouping

FOLDS = 3
SUMMARY = 35
"""Words of a feed's summary."""
GRID: tuple[tuple[ModuleType, str, tuple[float, ...]], ...] = (
    (grouping, "ENOUGH", (0.18, 0.2, 0.22, 0.24, 0.26, 0.28, 0.3, 0.32)),
    (grouping, "LONGER", (0.0, 0.03, 0.05, 0.08)),
    (grouping, "CENTROID", (0.0, 0.2, 0.4, 0.6, 0.8)),
    (grouping, "PER_DAY", (0.0, 0.01, 0.02, 0.04)),
    (space, "PRIOR", (50.0, 100.0, 200.0, 500.0)),
    (space, "TELLING", (1.0, 1.5, 1.75, 2.0, 2.5)),
    (space, "OPENING", (1.0, 1.25, 1.5)),
)


@dataclass(frozen=True, slots=True)
class Stream:
    """Articles in order of arrival, and the story of each."""

    name: str
    fold: int | None
    articles: tuple[Article, ...]
    gold: Mapping[str, str]


def streams(data: Path) -> list[Stream]:
    """All streams that the data give."""
    found = []
    for words in (None, SUMMARY):
        suffix = "summary" if words else "text"
        rows = _rows(data / "ecbplus")
        found += [
            _stream(f"ecbplus {suffix}", fold, [row for row in rows if _fold(row["topic"]) == fold], words)
            for fold in range(FOLDS)
        ]
        rows = _rows(data / "basil")
        found.append(_stream(f"basil {suffix}", None, rows, words))
        found.append(_stream(f"basil one day {suffix}", None, rows, words, dated=False))
    found.append(_stream("basil one day title", None, _rows(data / "basil"), 0, dated=False))
    return found


def _rows(folder: Path) -> list[dict[str, Any]]:
    with gzip.open(folder / "dev.jsonl.gz", "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def _fold(topic: str) -> int:
    return int(hashlib.md5(topic.encode()).hexdigest(), 16) % FOLDS


def _stream(
    name: str, fold: int | None, rows: Sequence[dict[str, Any]], words: int | None, *, dated: bool = True
) -> Stream:
    gold = {doc["doc_id"]: row["story_id"] for row in rows for doc in row["docs"]}
    docs = sorted((doc for row in rows for doc in row["docs"]), key=lambda doc: (doc.get("date") or "", doc["doc_id"]))
    return Stream(name, fold, tuple(_article(doc, words, dated=dated) for doc in docs), gold)


def _article(doc: Mapping[str, Any], words: int | None, *, dated: bool) -> Article:
    text = " ".join(s for s in doc["sentences"] if not s.startswith("http"))
    day = doc.get("date") if dated else None
    return Article(
        id=doc["doc_id"],
        title=doc.get("title") or "",
        text=text if words is None else " ".join(text.split()[:words]),
        published=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None,
        language="en",
    )


def b_cubed(gold: Mapping[str, str], label: Mapping[str, int]) -> tuple[float, float, float]:
    """Precision, recall and F1 over articles."""
    stories, groups = collections.defaultdict(set), collections.defaultdict(set)
    for key in gold:
        stories[gold[key]].add(key)
        groups[label[key]].add(key)
    shared = {key: len(stories[gold[key]] & groups[label[key]]) for key in gold}
    p = sum(shared[key] / len(groups[label[key]]) for key in gold) / len(gold)
    r = sum(shared[key] / len(stories[gold[key]]) for key in gold) / len(gold)
    return p, r, 2 * p * r / (p + r)


def measure(found: Iterable[Stream]) -> list[tuple[float, float, float]]:
    """The figures of each stream with the constants as they are."""
    figures = []
    for stream in found:
        made = Grouping(enough=grouping.ENOUGH)
        figures.append(b_cubed(stream.gold, {each.id: made.add(each) for each in stream.articles}))
    return figures


def _cached() -> None:
    """Read each article once: what an article holds does not depend on the constants tried here."""
    kept: dict[Article, Concepts] = {}

    def look(article: Article) -> Concepts:
        if article not in kept:
            kept[article] = concepts(article)
        return kept[article]

    grouping.concepts = look  # type: ignore[attr-defined]


def _summary(found: Sequence[Stream], figures: Sequence[tuple[float, float, float]]) -> str:
    by_name = collections.defaultdict(list)
    for stream, figure in zip(found, figures, strict=True):
        by_name[stream.name].append(figure)
    means = {name: [sum(column) / len(column) for column in zip(*rows, strict=True)] for name, rows in by_name.items()}
    return "  ".join(f"{name} {f:.3f} ({p:.2f} {r:.2f})" for name, (p, r, f) in means.items())


def held_out(found: Sequence[Stream], tried: Mapping[float, Sequence[tuple[float, float, float]]]) -> float:
    """Mean F1 over ecbplus' folds, the value chosen on all other streams."""
    scores = []
    for fold in range(FOLDS):
        own = [i for i, stream in enumerate(found) if stream.fold == fold]
        others = [i for i, stream in enumerate(found) if stream.fold != fold]
        best = max(tried, key=lambda value: sum(tried[value][i][2] for i in others))
        scores += [tried[best][i][2] for i in own]
    return sum(scores) / len(scores)


def main() -> None:
    """Print the figures as they are, then those of every other value of every constant."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", default="", help="constants to try, by name")
    args = parser.parse_args()
    _cached()
    found = streams(args.data)
    print("as it is", _summary(found, measure(found)), flush=True)
    for module, name, values in GRID:
        if args.only and name not in args.only.split(","):
            continue
        usual, tried = getattr(module, name), {}
        for value in values:
            setattr(module, name, value)
            tried[value] = measure(found)
            mean = sum(f for _, _, f in tried[value]) / len(found)
            print(f"{name}={value:g} mean {mean:.4f}  {_summary(found, tried[value])}", flush=True)
        setattr(module, name, usual)
        print(f"{name} held out: {held_out(found, tried):.4f}", flush=True)


if __name__ == "__main__":
    main()
