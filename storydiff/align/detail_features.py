"""What a detail shows of being said in another sentence: features by name, for the model behind `align.shared`.

A detail is a fragment of a sentence, its head first: usually a verb and one of its roles. Its words and their matches
say most; what kind of role it is (a place, a reason, a clause) and how the other details of the sentence fare say the
rest. A feature that does not apply is -1. The words that open a role are English; elsewhere those features are 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import copysign, log1p
from statistics import fmean

from storydiff.align.detail_pair import MATCHED, Detail, Pair, Words, content, detail_of, grams_of, pair_of
from storydiff.text.words import Word, is_number, keys

Features = dict[str, float]
NEAR, FAR = 3, 30
"""Words to either side that surround a detail; the distance given when a detail and its head are not both there."""
BEHIND = 6
"""Words behind a head that are its own, more or less."""
_OPENING = {
    "where": "in at near from over under into between",
    "when": "on during since until after before when while",
    "how": "by with as how against",
    "why": "because for if",
    "to": "to",
    "that": "that",
    "about": "about of",
}
_TIMES = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september"
    " october november december yesterday today tomorrow week month year day night morning hour later ago"
)
_SAYING = "say said tell told according report announce ask add claim state describe explain believe think know confirm"
_ROLES = {opening: role for role, openings in _OPENING.items() for opening in openings.split()}
_TIME_KEYS, _SAYING_KEYS = frozenset(keys(_TIMES, "en")), frozenset(keys(_SAYING, "en"))
_PRONOUNS = frozenset({"he", "she", "they", "it", "him", "her", "them", "i", "we", "you", "who"})
_NEGATIONS = frozenset({"not", "no", "never", "without", "none", "neither", "nor", "cannot", "deni", "refus", "nt"})


def features(a: Words, b: Words, details: Sequence[Words], language: str | None) -> list[Features]:
    """The features of each detail that has words; all have the same names in the same order."""
    pair = pair_of(a, b, details, language)
    found = [detail_of(pair, each) for each in details if each]
    rows = []
    for each in found:
        row = _of_words(pair, each) | _of_head(pair, each) | _of_role(pair, each) | _of_place(pair, each)
        row |= _of_kind(pair, each, found) | _of_relatives(each, found)
        rows.append(row | _joint(row))
    return rows


def _of_words(pair: Pair, detail: Detail) -> Features:
    """How far the words are held."""
    inside = content(detail.words)
    held = [pair.held(word) for word in inside]
    own = grams_of(detail.words)
    return {
        "recall": detail.told,
        "worst": min(held),
        "best": max(held),
        "last": held[-1],
        "recall_all": pair.share(detail.words),
        "lacking": max(pair.weighs(word) * (1 - match) for word, match in zip(inside, held, strict=True)),
        "grams": len(own & pair.grams) / len(own),
        "a_in_b": pair.a_in_b,
        "b_in_a": pair.b_in_a,
        "beyond": pair.beyond,
    }


def _of_head(pair: Pair, detail: Detail) -> Features:
    """Whether the other sentence has the head, and how much it says."""
    head = detail.words[0]
    return {
        "head": detail.head,
        "head_same": float(head.key in {word.key for word in pair.b}),
        "head_printed": float(head.text.lower() in {word.text.lower() for word in pair.b}),
        "head_count": float(sum(word.key == head.key for word in pair.a)),
        "head_weight": pair.weighs(head),
    }


def _of_role(pair: Pair, detail: Detail) -> Features:
    """How far what stands behind the head is held, by kind of word."""
    held = [pair.held(word) for word in detail.rest]
    figures = [word for word in content(detail.words) if is_number(word.key)]
    names = [word for word in detail.rest if word.text[0].isupper() and not is_number(word.key)]
    plain = [word for word in detail.rest if word not in names and word not in figures]
    return {
        "role": detail.role,
        "role_worst": min(held, default=-1.0),
        "role_best": max(held, default=-1.0),
        "role_weight": fmean([pair.weighs(word) for word in detail.rest]) if detail.rest else 0.0,
        "figures": float(len(figures)),
        "figure_recall": pair.share(figures),
        "name_share": len(names) / max(1, len(detail.rest)),
        "name_recall": pair.share(names),
        "plain_recall": pair.share(plain),
    }


def _of_place(pair: Pair, detail: Detail) -> Features:
    """Where the words stand in the two sentences, and what surrounds them."""
    head = pair.number[detail.key]
    rest = [pair.number[word.key] for word in detail.rest if word.key != detail.key]
    there = [int(pair.place[i]) for i in rest if pair.match[i] >= MATCHED]
    own = detail.keys - {detail.key}
    mine = [i for i, word in enumerate(pair.a) if word.key in own]
    at = next((i for i, word in enumerate(pair.a) if word.key == detail.key), 0)
    behind = fmean(mine) - at if mine else 0.0
    both = pair.match[head] >= MATCHED and bool(there)
    distance = min(abs(int(pair.place[head]) - i) for i in there) if both else FAR
    forward = (fmean(there) - int(pair.place[head])) * behind if both else 0.0
    return {
        "around": _surroundings(pair, {word.key for word in content(detail.words)}),
        "around_head": _surroundings(pair, {detail.key}),
        "distance": float(distance),
        "order": _sign(forward),
        "follows": pair.share([word for word in pair.a[at + 1 : at + 1 + BEHIND] if word.content]),
        "begins": at / max(1, len(pair.a)),
        "ends": max(mine, default=0) / max(1, len(pair.a)),
        "opening": float(_opens_alike(pair, detail)),
        "behind": _sign(behind),
    }


def _opens_alike(pair: Pair, detail: Detail) -> bool:
    """Whether the role is there and the word that opens it stands before it there too: "in Holm", not "to Holm"."""
    if len(detail.words) < 2 or not detail.rest or detail.words[1].text.lower() not in _ROLES:
        return False
    role, opening = detail.rest[0], detail.words[1].text.lower()
    at = int(pair.place[pair.number[role.key]])
    before = {word.text.lower() for word in pair.b[max(0, at - NEAR) : at]}
    return pair.held(role) >= MATCHED and opening in before


def _surroundings(pair: Pair, inside: set[str]) -> float:
    """How far the words around those in the first sentence are told by the second; its whole share when none are."""
    at = {i for i, word in enumerate(pair.a) if word.key in inside}
    near = {i + step for i in at for step in range(-NEAR, NEAR + 1)} - at
    return pair.share([pair.a[i] for i in sorted(near) if 0 <= i < len(pair.a) and pair.a[i].content], pair.a_in_b)


def _of_kind(pair: Pair, detail: Detail, found: Sequence[Detail]) -> Features:
    """What kind of detail it is, and of what kind of sentence."""
    opens = detail.words[1] if len(detail.words) > 1 else None
    role = _ROLES.get(opens.text.lower(), "") if opens else ""
    heads = {each.key for each in found} - {detail.key}
    return {
        "saying": float(detail.key in _SAYING_KEYS),
        "time": float(any(word.key in _TIME_KEYS for word in detail.words[1:])),
        "bare": float(not detail.rest),
        "pronoun": float(opens is not None and len(detail.words) == 2 and opens.text.lower() in _PRONOUNS),
        "capital": float(opens is not None and opens.text[0].isupper()),
        **{kind: float(role == kind) for kind in _OPENING},
        "clauses": float(len(heads & {word.key for word in detail.rest})),
        "length": log1p(len(content(detail.words))),
        "length_a": log1p(len(content(pair.a))),
        "length_b": log1p(len(content(pair.b))),
        "details": float(len(found)),
        "negated": float(_negated(pair.a) != _negated(pair.b)),
    }


def _negated(found: Sequence[Word]) -> bool:
    return any(word.key in _NEGATIONS or word.key.endswith("nt") for word in found)


def _of_relatives(detail: Detail, found: Sequence[Detail]) -> Features:
    """How the other details fare: those with the same head, those with the same role, and all."""
    kin = [each for each in found if each.key == detail.key]
    alike = [each.head for each in found if each is not detail and _same_role(detail, each)]
    return {
        "kin": float(len(kin)),
        "kin_recall": fmean([each.told for each in kin]),
        "kin_best": max(each.told for each in kin),
        "kin_role": fmean([each.role for each in kin]),
        "kin_role_best": max(each.role for each in kin),
        "alike": float(len(alike)),
        "alike_head": fmean(alike) if alike else -1.0,
        "alike_head_best": max(alike, default=-1.0),
        "all_recall": fmean([each.told for each in found]),
        "all_role": fmean([each.role for each in found]),
        "all_head": fmean([each.head for each in found]),
        "head_rank": fmean([each.head < detail.head for each in found]),
        "role_rank": fmean([each.role < detail.role for each in found]),
    }


def _same_role(one: Detail, other: Detail) -> bool:
    """Whether the words behind two heads are half the same."""
    return bool(one.keys) and len(one.keys & other.keys) >= 0.5 * max(len(one.keys), len(other.keys))


def _sign(value: float) -> float:
    return copysign(1.0, value) if value else 0.0


def _joint(row: Features) -> Features:
    """Products that let a linear model see two things together."""
    head, role, around = row["head"], max(0.0, row["role"]), row["around"]
    near, share = 1 / (1 + row["distance"]), row["a_in_b"]
    return {
        "head*role": head * role,
        "head*share": head * share,
        "role*share": role * share,
        "head*around": head * around,
        "near": near,
        "near*role": near * role,
        "head*kin": head * row["kin_recall"],
        "role, no head": role * (head < MATCHED),
        "whole role": float(role > 0.99),
        "whole role*head": head * (role > 0.99),
        "head^2": head**2,
        "role^2": role**2,
        "share^2": share**2,
        "bare*head": row["bare"] * head,
        "saying*head": row["saying"] * head,
        "time*role": row["time"] * role,
    }
