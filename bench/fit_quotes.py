"""Fit storydiff/text/quote_weights.json on PolNeAR, and report how it does on outlets that it was not fitted on.

python -m bench.fit_quotes --data DIR [--write]
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import spmatrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from storydiff.text import quotes, speakers
from storydiff.text.quote_context import items
from storydiff.text.quote_features import features
from storydiff.text.quote_marks import marked
from storydiff.text.quote_words import quote_words

TARGET = Path(quotes.__file__).with_name("quote_weights.json")
MARK = re.compile('[“"]')
LEAST = 8  # occurrences of a feature that is kept
Range = tuple[int, int]


@dataclass
class Case:
    """A marked stretch: is it a quotation, and which of the mentions around it is the speaker?"""

    features: list[str]
    is_quotation: bool
    mentions: list[tuple[list[str], bool]]


def read(data: Path, split: str) -> list[dict[str, Any]]:
    with gzip.open(data / "polnear" / f"{split}.jsonl.gz", "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def gold_of(row: dict[str, Any]) -> list[tuple[Range, list[Range]]]:
    pairs = ((a.get("source", []), span) for a in row["attributions"] for span in a.get("content", []))
    return [((s, e), source) for source, (s, e) in pairs if MARK.search(row["text"][s:e])]


def cases(row: dict[str, Any]) -> Iterator[Case]:
    text, gold, words = row["text"], gold_of(row), quote_words("en")
    stretches = marked(text)
    line = items(text, stretches, words)
    scene = speakers.scene(line, words, "en")
    previous = None
    for at, item in enumerate(line):
        if item.quote is None:
            continue
        mark = stretches[item.quote]
        over = [source for (s, e), source in gold if s < mark.end and e > mark.start]
        ranges = [r for source in over for r in source]
        rated = []
        said = None
        for mention in scene.around(at, previous):
            start, end = line[mention.first].start, line[mention.last].end
            right = any(s < end and e > start for s, e in ranges)
            rated.append((speakers.features(scene, at, mention, previous), right))
            said = mention if right and said is None else said
        previous = said or previous
        yield Case(features(text, scene, at, stretches), bool(over), rated if ranges else [])


def fit(rows: list[list[str]], labels: list[bool], strength: float) -> dict[str, float]:
    counts = Counter(name for row in rows for name in set(row))
    vectorizer = DictVectorizer()
    matrix: spmatrix = vectorizer.fit_transform([{n: 1.0 for n in row if counts[n] >= LEAST} for row in rows])
    model = LogisticRegression(C=strength, max_iter=500).fit(matrix, np.array(labels))
    weights = dict(zip(vectorizer.feature_names_, model.coef_[0], strict=True))
    return {"": round(float(model.intercept_[0]), 3)} | {
        n: round(float(w), 3) for n, w in sorted(weights.items()) if abs(w) > 0.02
    }


def weights_of(found: list[Case]) -> dict[str, dict[str, float]]:
    pairs = [pair for case in found for pair in case.mentions]
    return {
        "quotation": fit([c.features for c in found], [c.is_quotation for c in found], 0.3),
        "speaker": fit([p[0] for p in pairs], [p[1] for p in pairs], 0.3),
    }


def measure(rows: list[dict[str, Any]]) -> dict[str, float]:
    """As the judging script counts."""
    quotes.quotations.cache_clear()
    wanted = found = spoken = credited = predicted = right = 0
    for row in rows:
        gold, mine = gold_of(row), quotes.quotations(row["text"], "en")
        predicted += len(mine)
        wanted += len(gold)
        right += sum(any(s < q.end and e > q.start for (s, e), _ in gold) for q in mine)
        for (start, end), source in gold:
            over = [q for q in mine if q.start < end and q.end > start]
            found += bool(over)
            if over and source:
                spoken += 1
                credited += any(q.speaker and s < q.speaker[1] and e > q.speaker[0] for q in over for s, e in source)
    return {"precision": right / predicted, "recall": found / wanted, "speaker": credited / spoken, "n": wanted}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    train, dev = read(args.data, "train"), read(args.data, "dev")
    by_outlet: dict[str, list[Case]] = {}
    for row in train:
        by_outlet.setdefault(row["outlet"], []).extend(cases(row))
    folds = []
    for outlet in by_outlet:
        quotes.WEIGHTS.update(weights_of([c for o, found in by_outlet.items() if o != outlet for c in found]))
        folds.append(measure([r for r in train if r["outlet"] == outlet]))
        print(outlet, {k: round(v, 3) for k, v in folds[-1].items()}, flush=True)
    total = sum(f["n"] for f in folds)
    print("folds, weighted", {k: round(sum(f[k] * f["n"] for f in folds) / total, 4) for k in folds[0] if k != "n"})
    final = weights_of([c for found in by_outlet.values() for c in found])
    quotes.WEIGHTS.update(final)
    print("dev", {k: round(v, 4) for k, v in measure(dev).items()}, {k: len(v) for k, v in final.items()})
    if args.write:
        TARGET.write_text(json.dumps(final, ensure_ascii=False, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
