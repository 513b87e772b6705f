"""Labels of real stories and the articles they are about, together in the gold form that score.py reads.

The labels (bench/real_labels, whose README tells their form) hold no text: places in paragraphs, statements in words of
their own, and a hash of each article, so that a label never meets a text that it was not drawn on.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Texts = Mapping[str, Sequence[str]]
"""Outlet -> the paragraphs of its article."""

NAMES = {
    "basil": {"fox": "Fox News", "hpo": "HuffPost", "nyt": "The New York Times"},
    "newswcl50": {"LL": "HuffPost", "L": "The New York Times", "M": "USA Today", "R": "Fox News", "RR": "Breitbart"},
}
STATUSES = ("reported", "partial", "conflicts", "omitted")


class UnusableLabelsError(Exception):
    """The labels and the data do not fit together, or one of them is not there; the message is for people."""


def read_labels(folder: Path) -> list[Json]:
    """The labels of all stories in a folder, by file name."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise UnusableLabelsError(f"There are no labels (*.json) in {folder}.")
    return [_label(path) for path in paths]


def _label(path: Path) -> Json:
    try:
        label: Json = json.loads(path.read_text(encoding="utf8"))
    except ValueError as error:
        raise UnusableLabelsError(f"{path} is not JSON: {error}.") from error
    if label.get("form") != 1:
        raise UnusableLabelsError(f"{path} has the form {label.get('form')}; this bench reads form 1.")
    return label


def name_of(label: Json) -> str:
    """What a labelled story is called in what the bench prints."""
    return f"{label['source']}-{label['story']}"


def read_row(data: Path, label: Json) -> Json:
    """The story of the data set that a label is about."""
    path = data / label["source"] / f"{label['split']}.jsonl.gz"
    if not path.is_file():
        raise UnusableLabelsError(f"{name_of(label)}: the data are missing: there is no {path}.")
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for row in map(json.loads, lines):
            if row["story_id"] == label["story"]:
                found: Json = row
                return found
    raise UnusableLabelsError(f"{name_of(label)}: {path} has no story {label['story']}.")


def paragraphs_of(document: Json) -> list[str]:
    """A document's paragraphs, their sentences joined by a space: the text that places count in."""
    return [" ".join(document["sentences"][i] for i in each) for each in document["paragraphs"]]


def text_hash(paragraphs: Iterable[str]) -> str:
    """SHA-256 (hex) of an article's paragraphs, a blank line between them."""
    return hashlib.sha256("\n\n".join(paragraphs).encode()).hexdigest()


def gold_story(label: Json, row: Json) -> Json:
    """One labelled story with its texts, as the story.json of an invented one.

    Raises UnusableLabelsError when a text is not the labelled one or a place lies outside its paragraph.
    """
    documents = {each["outlet"]: each for each in row["docs"]}
    texts = {each["outlet"]: _text(label, each, documents) for each in label["articles"]}
    points = [_point(label, point, texts) for point in label["points"]]
    return {
        "slug": name_of(label),
        "split": label["split"],
        "title": label["title"],
        "outlets": [_outlet(label["source"], documents[outlet], row) for outlet in texts],
        "articles": {outlet: {STATE: _article(documents[outlet], text)} for outlet, text in texts.items()},
        "points": points,
        "alignments": [{"a": a, "b": b, "links": _links(label, texts, (a, b))} for a, b in combinations(texts, 2)],
        "discrepancies": [_discrepancy(label, each, texts) for each in label["discrepancies"]],
        "non_discrepancies": [_with_spans(label, each, texts) for each in label["non_discrepancies"]],
        "families": [],
        "revisions": [],
    }


STATE = "as collected"
"""The name of the only state that the data have of an article."""


def _text(label: Json, article: Json, documents: Mapping[str, Json]) -> list[str]:
    outlet = article["outlet"]
    if outlet not in documents:
        raise UnusableLabelsError(f"{name_of(label)}: the data have no article of {outlet}.")
    text = paragraphs_of(documents[outlet])
    if text_hash(text) != article["sha256"]:
        raise UnusableLabelsError(f"{name_of(label)}: the article of {outlet} is not the text that was labelled.")
    return text


def _outlet(source: str, document: Json, row: Json) -> Json:
    outlet = document["outlet"]
    return {
        "id": outlet,
        "name": NAMES.get(source, {}).get(outlet, outlet),
        "url": document.get("url") or f"https://{outlet.lower()}.example/{document['doc_id']}",
        "language": row["lang"],
        "status": "complete",
        "wire_credit": None,
        "latest_state": STATE,
        "states": [{"state": STATE, "fetched_at": None}],
    }


def _article(document: Json, text: Sequence[str]) -> Json:
    """The data know the day at most; noon UTC is on that day wherever these outlets are read."""
    day = document.get("date")
    return {
        "headline": document.get("title"),
        "published": f"{day}T12:00Z" if day else None,
        "paragraphs": list(text),
        "kinds": ["body"] * len(text),
    }


def _point(label: Json, point: Json, texts: Texts) -> Json:
    return {**point, "outlets": {outlet: _cell(label, point, outlet, texts) for outlet in texts}}


def _cell(label: Json, point: Json, outlet: str, texts: Texts) -> Json:
    cell = point["outlets"].get(outlet, {})
    where = f"{name_of(label)}, {point['id']}, {outlet}"
    if cell.get("status") not in STATUSES:
        raise UnusableLabelsError(f"{where}: the status is {cell.get('status')}.")
    if (cell["status"] == "omitted") == bool(cell["evidence"]):
        raise UnusableLabelsError(f"{where}: {cell['status']} with {len(cell['evidence'])} places of evidence.")
    return {**cell, "evidence": [[place[0], _words(place, texts[outlet], where)] for place in cell["evidence"]]}


def _words(place: Sequence[int], text: Sequence[str], where: str) -> str:
    paragraph, start, end = place
    if not 0 <= paragraph < len(text) or not 0 <= start < end <= len(text[paragraph]):
        raise UnusableLabelsError(f"{where}: the place {list(place)} is out of range.")
    return text[paragraph][start:end]


def _discrepancy(label: Json, discrepancy: Json, texts: Texts) -> Json:
    return {**discrepancy, "sides": [_with_spans(label, side, texts) for side in discrepancy["sides"]]}


def _with_spans(label: Json, holder: Json, texts: Texts) -> Json:
    return {**holder, "spans": [_span(label, span, texts) for span in holder["spans"]]}


def _span(label: Json, span: Json, texts: Texts) -> Json:
    outlet = span["outlet"]
    where = f"{name_of(label)}, a span of {outlet}"
    return {"outlet": outlet, "paragraph": span["place"][0], "text": _words(span["place"], texts[outlet], where)}


def _links(label: Json, texts: Texts, pair: tuple[str, str]) -> list[Json]:
    """Rule 9: paragraphs with evidence for a point in common, the same paragraphs, and those linked by hand."""
    a, b = pair
    found: dict[tuple[int, int], list[str]] = {}
    for point in label["points"]:
        for link in linked(_told(point, a), _told(point, b)):
            found.setdefault(link, []).append(point["id"])
    same = [(i, j) for i, j in product(range(len(texts[a])), range(len(texts[b]))) if texts[a][i] == texts[b][j]]
    for i, j in [*same, *_by_hand(label, pair)]:
        if i not in range(len(texts[a])) or j not in range(len(texts[b])):
            raise UnusableLabelsError(f"{name_of(label)}: the link {a} {i}, {b} {j} is out of range.")
        found.setdefault((i, j), [])
    straight = longest_chain(found)
    return [
        {
            "a": i,
            "b": j,
            "relation": "identical" if (i, j) in same else "overlap",
            "points": points,
            "moved": (i, j) not in straight,
        }
        for (i, j), points in sorted(found.items())
    ]


def _told(point: Json, outlet: str) -> list[int]:
    return sorted({place[0] for place in point["outlets"][outlet]["evidence"]})


def _by_hand(label: Json, pair: tuple[str, str]) -> Iterator[tuple[int, int]]:
    for each in label["links"]:
        if (each["a"], each["b"]) == pair:
            yield from ((i, j) for i, j in each["pairs"])
        elif (each["b"], each["a"]) == pair:
            yield from ((i, j) for j, i in each["pairs"])


def linked(left: Sequence[int], right: Sequence[int]) -> list[tuple[int, int]]:
    """Links of a point told in these paragraphs: one to one in order when they are as many, else all to all."""
    return list(zip(left, right, strict=True)) if len(left) == len(right) else list(product(left, right))


def longest_chain(links: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """One longest set of links of which none crosses another (patience sorting)."""
    ends: list[int] = []
    tops: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for link in sorted(links):
        at = bisect_right(ends, link[1])
        before[link] = tops[at - 1] if at else None
        ends[at : at + 1], tops[at : at + 1] = [link[1]], [link]
    chain, last = set(), tops[-1] if tops else None
    while last:
        chain.add(last)
        last = before[last]
    return chain
