"""What a plain method says of a story, as a measure of how hard the story is: sentences, tf-idf, average linkage.

`python -m bench.gold_stories --plain` scores it on the same gold as the product. Clusters of sentences are points, a
version with a sentence in one reports it, any other complete version omits it, whatever its language.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from storydiff.text.sentences import sentences

Matrix = NDArray[np.float64]

CLOSE = 0.2
"""Mean cosine from which clusters are joined; of .15, .2, .25 and .3 the best on all sets together."""


class Told(NamedTuple):
    """A sentence, and the outlet and paragraph that it stands in."""

    outlet: str
    paragraph: int
    text: str


def plain_prediction(story: dict[str, Any]) -> dict[str, Any]:
    """What the plain method says of a story, in the form that score.py reads."""
    read = [o for o in story["outlets"] if o["status"] not in ("consent_wall", "different_story")]
    told = [each for outlet in read for each in _sentences(story, outlet)]
    clusters = _clusters(told)
    return {
        "joined": [outlet["id"] for outlet in read],
        "points": [_point(cluster, story["outlets"]) for cluster in clusters],
        "links": _links(clusters),
        "discrepancies": [],
    }


def _sentences(story: dict[str, Any], outlet: dict[str, Any]) -> list[Told]:
    paragraphs = story["articles"][outlet["id"]][outlet["latest_state"]]["paragraphs"]
    return [
        Told(outlet["id"], i, text[start:end])
        for i, text in enumerate(paragraphs)
        for start, end in sentences(text, outlet["language"])
    ]


def _clusters(told: Sequence[Told]) -> list[list[Told]]:
    """The sentences joined, the two closest clusters first, until none are close (Sokal and Michener 1958)."""
    clusters = [[each] for each in told]
    vectors = _vectors([each.text for each in told])
    like = vectors @ vectors.T
    np.fill_diagonal(like, -1.0)
    while like.size and like.max() >= CLOSE:
        a, b = sorted(divmod(int(like.argmax()), len(like)))
        mean = (len(clusters[a]) * like[a] + len(clusters[b]) * like[b]) / (len(clusters[a]) + len(clusters[b]))
        like[a], like[:, a], like[a, a] = mean, mean, -1.0
        like = np.delete(np.delete(like, b, 0), b, 1)
        clusters[a] += clusters.pop(b)
    return clusters


def _vectors(texts: Sequence[str]) -> Matrix:
    """A row of length 1 for each text, its words weighed by how often it has them and how few others do."""
    bags = [Counter(re.findall(r"\w\w+", text.lower())) for text in texts]
    words = sorted(set().union(*bags))
    counts = np.array([[bag[word] for word in words] for bag in bags], dtype=float)
    rarity = 1 + np.log((1 + len(bags)) / (1 + (counts > 0).sum(axis=0)))
    weights = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0.0) * rarity
    return np.asarray(weights / np.maximum(np.linalg.norm(weights, axis=1, keepdims=True), 1e-9))


def _point(cluster: Sequence[Told], outlets: Sequence[dict[str, Any]]) -> dict[str, Any]:
    evidence = {outlet["id"]: [t.text for t in cluster if t.outlet == outlet["id"]] for outlet in outlets}
    return {
        "statement": max((each.text for each in cluster), key=len),
        "outlets": {
            outlet["id"]: {"status": _status(outlet, evidence[outlet["id"]]), "evidence": evidence[outlet["id"]]}
            for outlet in outlets
        },
    }


def _status(outlet: dict[str, Any], evidence: Sequence[str]) -> str:
    if evidence:
        return "reported"
    return "omitted" if outlet["status"] == "complete" else "unknown"


def _links(clusters: Sequence[Sequence[Told]]) -> list[dict[str, Any]]:
    pairs: dict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
    for cluster in clusters:
        for a, b in product(cluster, cluster):
            if a.outlet < b.outlet:
                pairs[a.outlet, b.outlet].add((a.paragraph, b.paragraph))
    return [{"a": a, "b": b, "pairs": [list(p) for p in sorted(found)]} for (a, b), found in sorted(pairs.items())]
