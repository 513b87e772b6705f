"""Direct quotations: the words between quotation marks, and who is credited with them.

Three steps: stretches between marks (`quote_marks`); whether somebody is credited with the words, or they are a
title, a nickname or words held at arm's length (`quote_features`); and who that is (`speakers`). Steps two and three
are logistic models over named features. Their weights stand in quote_weights.json, fitted by bench/fit_quotes.py on
PolNeAR (Newell, Margolin and Ruths, LREC 2018); over folds by outlet that gives precision .972, recall .955 and the
right speaker for .913 of the quotations. They were fitted on English; the features are the same in other languages,
and only the lists in quote_words.toml differ. A quotation broken by its credit ("The reef," she said, "is dying.") is
two quotations with one speaker here; one that runs over paragraphs is one for each. Linear in the text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from storydiff.text import speakers
from storydiff.text.incise import incise
from storydiff.text.quote_context import items
from storydiff.text.quote_features import features
from storydiff.text.quote_marks import Marked, marked
from storydiff.text.quote_mentions import Mention, name_in
from storydiff.text.quote_words import QuoteWords, quote_words
from storydiff.text.speakers import Scene

WEIGHTS: dict[str, dict[str, float]] = json.loads(
    Path(__file__).with_name("quote_weights.json").read_text(encoding="utf8")
)
CREDITED = 0.78
"""Probability from which words between marks are a quotation; by folds .5 gives precision .952 and recall .984, .7 .967
and .967, .85 .978 and .922."""
KNOWN = 0.1
"""Probability from which the best mention is taken as the speaker."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch between quotation marks; the marks are not in `start..end`."""

    start: int
    end: int
    text: str
    speaker: tuple[int, int] | None = None
    """Where the name (or pronoun, or description) of the person credited stands, when one is found."""
    cue: tuple[int, int] | None = None
    """Where the verb stands that credits the speaker ("said"), when there is one."""


@lru_cache(maxsize=4096)
def quotations(text: str, language: str | None = "en") -> tuple[Quotation, ...]:
    """The direct quotations of a text in their order; titles, nicknames and scare quotes are left out."""
    stretches = marked(text)
    if not stretches:
        return ()
    tongue = (language or "en").lower()[:2]
    words = quote_words(tongue)
    row = items(text, stretches, words)
    scene = speakers.scene(row, words, tongue)
    found: list[Quotation] = []
    previous: Mention | None = None
    goes_on = False
    for at, item in enumerate(row):
        if item.quote is None:
            continue
        mark = stretches[item.quote]
        if not goes_on and score(WEIGHTS["quotation"], features(text, scene, at, stretches)) < CREDITED:
            continue
        previous = previous if goes_on else _speaker(scene, at, previous)
        goes_on = mark.goes_on
        quotation = _quotation(text, mark, scene, previous)
        found.append(_with_incise(text, quotation, words) if tongue == "fr" else quotation)
    return tuple(found)


def score(weights: Mapping[str, float], present: Iterable[str]) -> float:
    """The logistic model's probability for the features that are present."""
    total = weights[""] + sum(weights.get(name, 0.0) for name in present)
    return 1 / (1 + math.exp(-total))


def _speaker(scene: Scene, at: int, previous: Mention | None) -> Mention | None:
    weights = WEIGHTS["speaker"]
    rated = [(score(weights, speakers.features(scene, at, m, previous)), m) for m in scene.around(at, previous)]
    best = max(rated, key=lambda pair: (pair[0], -abs(pair[1].first - at)), default=(0.0, None))
    return best[1] if best[0] >= KNOWN else None


def _quotation(text: str, mark: Marked, scene: Scene, speaker: Mention | None) -> Quotation:
    start = mark.start + len(text[mark.start : mark.end]) - len(text[mark.start : mark.end].lstrip())
    end = start + len(text[start : mark.end].rstrip())
    if speaker is None:
        return Quotation(start, end, text[start:end])
    verb, named = speakers.verb(scene, speaker), name_in(scene.mentions, speaker)
    cue = None if verb is None else (scene.row[verb].start, scene.row[verb].end)
    return Quotation(start, end, text[start:end], (scene.row[named.first].start, scene.row[named.last].end), cue)


def _with_incise(text: str, found: Quotation, words: QuoteWords) -> Quotation:
    credit = incise(text, found.start, found.end, words)
    return found if credit is None else replace(found, speaker=credit[0], cue=credit[1])
