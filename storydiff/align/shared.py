"""Which details of a sentence does another sentence say too?

A detail is a fragment of the first sentence, its head word first ("killed three people": who or what was killed, how
many, where). Whether it is shared depends less on the share of its words that the other sentence holds than on its head
being there, on the rest standing near that head, and on what surrounds the detail being told as well. These are judged
by boosted trees over the features below (`model`), fitted on pairs of news sentences with question-answer labels
(Brook Weiss et al. 2021, "QA-Align").

cost: about a millisecond a pair of sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from storydiff.align.bags import Floats, Ints
from storydiff.align.embedding import alike
from storydiff.align.model import model
from storydiff.align.weights import rarity
from storydiff.text.words import Word, is_number, words

FEATURES = (
    "recall", "worst", "best", "recall_all", "head_same", "head_like", "rest_recall", "rest_worst", "rest_best",
    "a_in_b", "b_in_a", "around", "around_head", "length", "figures", "figure_recall", "name_share", "name_recall",
    "plain_recall", "distance", "order", "head_weight", "rest_weight", "grams", "lacking", "last", "kin_recall",
    "kin_best", "all_recall", "negated",
)  # fmt: skip
NEAR, FAR = 3, 30
"""Words to either side that surround a detail; the distance given when a detail and its head are not both there."""
MATCHED = 0.5
_NEGATIONS = frozenset({"not", "no", "never", "without", "none", "neither", "nor", "cannot", "deni", "refus", "nt"})


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """Two sentences and the words of all details, numbered together."""

    number: dict[str, int]
    weight: Floats
    match: Floats
    """Per word: how far the second sentence holds it."""
    place: Ints
    """Per word: where in the second sentence its best match stands."""
    a: tuple[Word, ...]
    b: tuple[Word, ...]
    a_in_b: float
    b_in_a: float
    grams: frozenset[str]


def shared_detail(a: str, b: str, details: Sequence[str], language: str | None = None) -> list[float]:
    """Probability that each detail, a fragment of sentence `a` with its head word first, is said in `b` too."""
    found = [words(detail, language) for detail in details]
    rows = features(words(a, language), words(b, language), found, language)
    scores = iter(model().details.probabilities(np.array(rows)).tolist() if rows else ())
    return [next(scores) if each else 0.0 for each in found]


def features(
    a: tuple[Word, ...], b: tuple[Word, ...], details: Sequence[tuple[Word, ...]], language: str | None
) -> list[list[float]]:
    """One row of `FEATURES` for each detail that has words."""
    pair = _pair(a, b, details, language)
    told = [each for each in details if each]
    recalls = [_recall(pair, _content(each)) for each in told]
    heads = [each[0].key for each in told]
    rows = []
    for each, recall in zip(told, recalls, strict=True):
        kin = [r for r, head in zip(recalls, heads, strict=True) if head == each[0].key]
        rows.append([*_of_words(pair, each, recall), *_of_place(pair, each), float(np.mean(kin)), max(kin)])
        rows[-1] += [float(np.mean(recalls)), float(_negated(a) != _negated(b))]
    return [[row[_ORDER.index(name)] for name in FEATURES] for row in rows]


_WORDS = (
    "recall", "worst", "best", "recall_all", "head_same", "head_like", "rest_recall", "rest_worst", "rest_best",
    "a_in_b", "b_in_a", "length", "figures", "figure_recall", "name_share", "name_recall", "plain_recall",
    "head_weight", "rest_weight", "grams", "lacking", "last",
)  # fmt: skip
_PLACE = ("around", "around_head", "distance", "order")
_ORDER = (*_WORDS, *_PLACE, "kin_recall", "kin_best", "all_recall", "negated")


def _pair(a: tuple[Word, ...], b: tuple[Word, ...], details: Sequence[tuple[Word, ...]], language: str | None) -> _Pair:
    number = {key: i for i, key in enumerate(dict.fromkeys(w.key for each in (a, b, *details) for w in each))}
    keys = list(number)
    weight = rarity(keys, [(language or "en").split("-")[0].lower()] * len(keys))
    like = _likeness(number)
    in_b = [number[w.key] for w in b if w.content] or [number[w.key] for w in b]
    in_a = [number[w.key] for w in a if w.content] or [number[w.key] for w in a]
    places = np.array([i for i, w in enumerate(b) if number[w.key] in set(in_b)] or [0])
    match = like[:, in_b].max(axis=1) if in_b else np.zeros(len(keys), np.float32)
    back = like[:, in_a].max(axis=1) if in_a else np.zeros(len(keys), np.float32)
    columns = [number[b[i].key] for i in places.tolist()] if in_b else []
    place = places[like[:, columns].argmax(axis=1)] if columns else np.zeros(len(keys), np.int64)
    told = {w.key for w in b}
    match = np.maximum(match, np.array([key in told for key in keys], np.float32))
    a_in_b = _share(weight, match, in_a)
    return _Pair(number, weight, match, place, a, b, a_in_b, _share(weight, back, in_b), _grams(b))


def _likeness(number: dict[str, int]) -> Floats:
    like = np.eye(len(number), dtype=np.float32)
    able = [key for key in number if not is_number(key)]
    for (one, other), value in alike(able, able).items():
        like[number[one], number[other]] = like[number[other], number[one]] = value
    return like


def _share(weight: Floats, match: Floats, chosen: Sequence[int], empty: float = -1.0) -> float:
    """Weighted mean of the matches of the chosen words; `empty` when there are none."""
    if not chosen:
        return empty
    taken = weight[list(chosen)]
    return float(taken @ match[list(chosen)] / taken.sum())


def _grams(found: Sequence[Word]) -> frozenset[str]:
    text = f" {' '.join(word.key for word in found)} "
    return frozenset(text[i : i + 4] for i in range(max(1, len(text) - 3)))


def _content(detail: Sequence[Word]) -> list[Word]:
    return [word for word in detail if word.content] or list(detail)


def _recall(pair: _Pair, chosen: Sequence[Word]) -> float:
    return _share(pair.weight, pair.match, [pair.number[word.key] for word in chosen])


def _negated(found: Sequence[Word]) -> bool:
    return any(word.key in _NEGATIONS or word.key.endswith("nt") for word in found)


def _of_words(pair: _Pair, detail: tuple[Word, ...], recall: float) -> list[float]:
    """The features of `_WORDS`."""
    held = [float(pair.match[pair.number[word.key]]) for word in _content(detail)]
    rest = [word for word in detail[1:] if word.content]
    figures = [word for word in _content(detail) if is_number(word.key)]
    names = [word for word in rest if word.text[0].isupper() and not is_number(word.key)]
    plain = [word for word in rest if word not in names and word not in figures]
    rest_held = [float(pair.match[pair.number[word.key]]) for word in rest]
    weights = [float(pair.weight[pair.number[word.key]]) for word in _content(detail)]
    head = pair.number[detail[0].key]
    own = _grams(detail)
    return [
        recall, min(held), max(held), _recall(pair, detail),
        float(detail[0].key in {word.key for word in pair.b}), float(pair.match[head]),
        _recall(pair, rest), min(rest_held, default=-1.0), max(rest_held, default=-1.0),
        pair.a_in_b, pair.b_in_a, float(len(held)), float(len(figures)), _recall(pair, figures),
        len(names) / max(1, len(rest)), _recall(pair, names), _recall(pair, plain), float(pair.weight[head]),
        float(np.mean([pair.weight[pair.number[word.key]] for word in rest])) if rest else 0.0,
        len(own & pair.grams) / len(own), max(w * (1 - m) for w, m in zip(weights, held, strict=True)), held[-1],
    ]  # fmt: skip


def _of_place(pair: _Pair, detail: tuple[Word, ...]) -> list[float]:
    """The features of `_PLACE`."""
    inside = {word.key for word in _content(detail)}
    head = pair.number[detail[0].key]
    rest = [pair.number[word.key] for word in detail[1:] if word.content and word.key != detail[0].key]
    around = _surroundings(pair, inside)
    around_head = _surroundings(pair, {detail[0].key})
    there = [int(pair.place[i]) for i in rest if pair.match[i] >= MATCHED]
    mine = [i for i, word in enumerate(pair.a) if pair.number[word.key] in set(rest)]
    at = [i for i, word in enumerate(pair.a) if word.key == detail[0].key]
    if pair.match[head] < MATCHED or not there:
        return [around, around_head, float(FAR), 0.0]
    distance = min(abs(int(pair.place[head]) - i) for i in there)
    forward = (np.mean(there) - pair.place[head]) * (np.mean(mine) - at[0]) if mine and at else 0.0
    return [around, around_head, float(distance), float(np.sign(forward))]


def _surroundings(pair: _Pair, inside: set[str]) -> float:
    """How far the words around those in the first sentence are told by the second; its whole share when none are."""
    at = {i for i, word in enumerate(pair.a) if word.key in inside}
    near = {i + step for i in at for step in range(-NEAR, NEAR + 1)} - at
    chosen = [pair.a[i] for i in sorted(near) if 0 <= i < len(pair.a) and pair.a[i].content]
    return _share(pair.weight, pair.match, [pair.number[word.key] for word in chosen], pair.a_in_b)
