"""An invented story of three outlets as the data sets keep theirs, and labels of it, for the tests of this folder."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from bench.real_gold import paragraphs_of, text_hash

Json = dict[str, Any]

COAST = ["The harbour of Vell was closed on Friday. Two boats sank.", "Mayor Ines Toth said that nobody was hurt."]
POST = ["Nobody came to harm, the mayor of Vell said.", "The storm shut the harbour on Friday.", "Schools stay shut."]
WIRE = ["Schools stay shut.", "The storm closed Vell's harbour on Friday, and three boats went down."]


def document(outlet: str, paragraphs: list[str]) -> Json:
    """An article in the data's form: sentences, and for each paragraph their numbers."""
    split = [[part.strip(".") + "." for part in text.split(". ")] for text in paragraphs]
    starts = [sum(len(each) for each in split[:i]) for i in range(len(split))]
    return {
        "doc_id": f"doc-{outlet}",
        "outlet": outlet,
        "date": "2026-05-15",
        "title": f"Storm over Vell ({outlet})",
        "sentences": [sentence for each in split for sentence in each],
        "paragraphs": [list(range(start, start + len(each))) for start, each in zip(starts, split, strict=True)],
    }


def row() -> Json:
    """The story as one row of a data set."""
    docs = [document("coast", COAST), document("post", POST), document("wire", WIRE)]
    return {"story_id": "storm", "lang": "en", "docs": docs}


def place(text: list[str], words: str) -> list[int]:
    """Where words stand in an article."""
    return next([i, each.index(words), each.index(words) + len(words)] for i, each in enumerate(text) if words in each)


def told(text: list[str], *words: str, status: str = "reported", **more: str) -> Json:
    return {"status": status, "evidence": [place(text, each) for each in words], **more}


OMITTED: Json = {"status": "omitted", "evidence": []}


def label() -> Json:
    """Three points of the story, one discrepancy and one look-alike."""
    two, three = place(COAST, "Two boats sank"), place(WIRE, "three boats went down")
    return {
        "form": 1,
        "source": "invented",
        "split": "dev",
        "story": "storm",
        "title": "A storm at Vell",
        "articles": [
            {"outlet": each["outlet"], "document": each["doc_id"], "sha256": text_hash(paragraphs_of(each))}
            for each in row()["docs"]
        ],
        "points": [
            {
                "id": "p01",
                "kind": "fact",
                "statement": "A storm closed the port of Vell on Friday.",
                "outlets": {
                    "coast": told(COAST, "The harbour of Vell was closed on Friday"),
                    "post": told(POST, "The storm shut the harbour on Friday"),
                    "wire": told(WIRE, "The storm closed Vell's harbour on Friday"),
                },
            },
            {
                "id": "p02",
                "kind": "claim",
                "statement": "There are no injured, according to Mayor Ines Toth.",
                "outlets": {
                    "coast": told(COAST, "Mayor Ines Toth said that nobody was hurt"),
                    "post": told(POST, "Nobody came to harm", status="partial", missing="the mayor's name"),
                    "wire": OMITTED,
                },
            },
            {
                "id": "p03",
                "kind": "figure",
                "statement": "Two boats were lost.",
                "outlets": {
                    "coast": told(COAST, "Two boats sank"),
                    "post": OMITTED,
                    "wire": told(WIRE, "three boats went down", status="conflicts"),
                },
            },
        ],
        "discrepancies": [
            {
                "id": "d01",
                "type": "number",
                "point": "p03",
                "what": "boats lost",
                "explained_by_time": False,
                "sides": [
                    {"value": "two", "outlets": ["coast"], "spans": [{"outlet": "coast", "place": two}]},
                    {"value": "three", "outlets": ["wire"], "spans": [{"outlet": "wire", "place": three}]},
                ],
            }
        ],
        "non_discrepancies": [
            {"id": "n01", "kind": "vaguer", "what": "shut", "spans": [{"outlet": "post", "place": [1, 10, 14]}]}
        ],
        "links": [{"a": "post", "b": "coast", "pairs": [[2, 1]]}],
    }


def write(folder: Path, labels: Json) -> tuple[Path, Path]:
    """The data and the labels as files; their two folders."""
    (folder / "invented").mkdir(parents=True)
    with gzip.open(folder / "invented" / "dev.jsonl.gz", "wt", encoding="utf8") as lines:
        lines.write(json.dumps(row()) + "\n")
    (folder / "labels").mkdir()
    (folder / "labels" / "invented-storm.json").write_text(json.dumps(labels), encoding="utf8")
    return folder, folder / "labels"
