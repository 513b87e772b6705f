"""One remark, quoted in two ways that do not mean the same.

Two quotations are renderings of one remark when most words of the shorter stand in the longer in the same order. What
then differs is either a choice (another part of it, an ellipsis, brackets, a contraction, a spelling, a stutter left
out, two translations) or changes the sense: a word altered, added or dropped inside, a condition or a negation cut off,
two sentences run together, the order turned round.

Cost: quadratic in the words of the two quotations, which are short.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise

from rapidfuzz.distance import OSA

from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.passage import Passage
from storydiff.diff.rules.quote_remark import (
    ANY,
    GAP,
    SAME_REMARK,
    STOP,
    Remark,
    alike,
    one_remark,
    remarks,
    said_words,
    shown,
)
from storydiff.diff.rules.quote_words import (
    CONDITIONS,
    GRAMMAR,
    JOINTS,
    LIMITS,
    NEGATIONS,
    SUBJECTS,
    TRANSLATED,
)
from storydiff.model import DiscrepancyType
from storydiff.text.lexicon import FUNCTION_WORDS, background
from storydiff.text.names import Names
from storydiff.text.words import keys

_SCOPE = 3
"""Words before a cut in which a negation still denies what is kept."""
_SOLID = 3
"""Words in a row that two renderings share where they render the same sentence."""
_NEAR_CUT = 12
"""Words from a cut in which a condition still belongs to what is kept."""
_DENIALS = {"no": "not"}
"""Which of them a fragment has depends on its sentence: "no soft target", "not a soft target"."""
_RARE, _LOOKS_ALIKE = 3.3, 0.6
"""Zipf frequency under which two words are a name in two transliterations, and how alike they must look then."""


def find(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """The quotations of two readings that render one remark against each other."""
    if not a.quotations or not b.quotations or a.language != b.language or _translated(a) or _translated(b):
        return []
    if not _one_speaker(a, b, names):
        return []
    return [_conflict(a, left, b, right) for left, right in _pairs(a, b) if _differs(left, right, a, b)]


def _translated(a: Passage) -> bool:
    return bool(TRANSLATED.search(a.text))


def _pairs(a: Passage, b: Passage) -> list[tuple[Remark, Remark]]:
    """The two renderings of one remark that are most alike; none when a quotation has its equal on the other side."""
    left, right = remarks(a), remarks(b)
    scored = sorted(
        ((alike(r, s), i, j) for i, r in enumerate(left) for j, s in enumerate(right)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    if scored and scored[0][0] >= 1.0 and not _differs(left[scored[0][1]], right[scored[0][2]], a, b):
        return []
    return [
        (left[i], right[j])
        for score, i, j in scored
        if score >= SAME_REMARK and min(len(left[i].words), len(right[j].words)) >= 3 and one_remark(left[i], right[j])
    ][:1]


def _one_speaker(a: Passage, b: Passage, names: Names) -> bool:
    """Whether the readings can quote one person: they share a name, or one of them names nobody."""
    first, second = _people(a), _people(b)
    return not first or not second or any(names.relation(n, m) != "different" for n in first for m in second)


def _people(a: Passage) -> list[str]:
    return [n.text for n in a.names if n.kind == "person" and not any(q.start <= n.start < q.end for q in a.quotations)]


def _differs(left: Remark, right: Remark, a: Passage, b: Passage) -> bool:
    """Whether two renderings of one remark mean different things."""
    first, second = left.words, right.words
    if said_words(first) == said_words(second) or _is_choice(*sorted((first, second), key=len)):
        return False
    if Counter(said_words(first)) == Counter(said_words(second)):
        return _turned(first, second) and not (_is_fragment(a, left) or _is_fragment(b, right))
    if (_is_fragment(a, left) or _is_fragment(b, right)) and _content(first, a.language) == _content(
        second, b.language
    ):
        return False  # a fragment is fitted into its sentence: "shut the door again", "door shut again"
    (i, k), (j, m) = _core(first, second)
    kept, other = first[i:j], second[k:m]
    ops = [op for op in SequenceMatcher(None, kept, other, autojunk=False).get_opcodes() if op[0] != "equal"]
    return any(_changes(op, kept, other, a, b) for op in ops)


def _is_choice(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Whether one rendering is whole sentences of the other: "They took our memory" of two that begin with "They"."""
    bounded, chosen = (STOP, *longer, STOP), (STOP, *shorter, STOP)
    last = len(bounded) - len(chosen)
    return any(bounded[i : i + len(chosen)] == chosen for i in range(last + 1))


def _cut_off(op: tuple[str, int, int, int, int], first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether one rendering only goes on, at an end, where the other stops."""
    _, i, j, k, m = op
    edge = (i == 0 and k == 0) or (j == len(first) and m == len(second))
    return edge and (not said_words(first[i:j]) or not said_words(second[k:m]))


def _core(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the part that both render begins and ends: without the whole sentences that each has of its own."""
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    solid = [b for b in blocks if b.size >= _SOLID]
    begin, end = (0, 0), (len(first), len(second))
    if not solid:
        return begin, end
    head, tail = (solid[0].a, solid[0].b), (solid[-1].a + solid[-1].size, solid[-1].b + solid[-1].size)
    if _whole(first, 0, head[0], before=True) and _whole(second, 0, head[1], before=True):
        begin = head
    if _whole(first, tail[0], end[0], before=False) and _whole(second, tail[1], end[1], before=False):
        end = tail
    return begin, end


def _is_fragment(a: Passage, remark: Remark) -> bool:
    """Whether the quotation is a piece of a sentence that goes on outside the marks."""
    return a.text[remark.start : remark.start + 1].islower()


def _content(words: tuple[str, ...], language: str) -> Counter[str]:
    grammar = FUNCTION_WORDS.get(language, frozenset()) - GRAMMAR - NEGATIONS
    return Counter(_DENIALS.get(w, w) for w in said_words(words) if w not in grammar)


def _turned(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """The same words in another order: with effect when something moved inside one sentence."""
    sentences = [Counter(" ".join(w).split(STOP)) for w in (first, second)]
    stripped = [Counter(s.strip() for s in c if s.strip()) for c in sentences]
    return stripped[0] != stripped[1]


def _changes(
    op: tuple[str, int, int, int, int], first: tuple[str, ...], second: tuple[str, ...], a: Passage, b: Passage
) -> bool:
    _, i, j, k, m = op
    gone, come = first[i:j], second[k:m]
    if ANY in gone or ANY in come:
        return False
    if _cut_off(op, first, second):
        before = i == 0 and k == 0
        cut, other, kept = (gone, b, second) if said_words(gone) else (come, a, first)
        return _limits(cut, other, kept, before=before)
    if GAP in gone or GAP in come:
        return any(w in CONDITIONS or w in NEGATIONS for w in gone + come)
    return _alters(said_words(gone), said_words(come), a.language)


def _whole(words: tuple[str, ...], start: int, end: int, *, before: bool) -> bool:
    """Whether the words of a stretch at an end are sentences of their own, parted from what both renderings have."""
    joint = words[end - 1 : end + 1] if before else words[max(start - 1, 0) : start + 1]
    return bool(said_words(words[start:end])) and any(w in (STOP, GAP) for w in joint)


def _limits(cut: tuple[str, ...], other: Passage, kept: tuple[str, ...], *, before: bool) -> bool:
    """Whether words cut off at an end held a condition or a denial of what is kept, and the other text has neither."""
    said = _adjoining(cut)
    said = said[-_NEAR_CUT:] if before else _same_clause(said)[:_NEAR_CUT]
    lost = {w for w in said if w in LIMITS} | ({w for w in said[-_SCOPE:] if w in NEGATIONS} if before else set())
    outside = {t.low for t in other.tokens if not any(q.start <= t.start < q.end for q in other.quotations)}
    return bool(lost) and len(said_words(kept)) >= 3 and not outside & (LIMITS | NEGATIONS)


def _adjoining(cut: tuple[str, ...]) -> list[str]:
    """The part of the cut words that belongs to the kept sentence."""
    return list(cut) if STOP not in cut else list(cut[: cut.index(STOP)]) if cut[0] != STOP else []


def _same_clause(said: list[str]) -> list[str]:
    """What follows a cut, up to where a clause with a subject of its own is joined on: "..., and you are only one"."""
    joints = (i for i, pair in enumerate(pairwise(said)) if pair[0] in JOINTS and pair[1] in SUBJECTS)
    return said[: next(joints, len(said))]


def _alters(gone: list[str], come: list[str], language: str) -> bool:
    """Whether an edit inside the remark touches its sense."""
    if "".join(gone) == "".join(come):
        return False
    if (set(gone) ^ set(come)) & (NEGATIONS | LIMITS):
        return True
    if len(gone) == len(come) and all(_spelt(x, y, language) for x, y in zip(gone, come, strict=True)):
        return False
    grammar = FUNCTION_WORDS.get(language, frozenset()) - GRAMMAR
    return any(w not in grammar for w in [*gone, *come])


def _spelt(a: str, b: str, language: str) -> bool:
    if a == b or min(len(a), len(b)) < 5:
        return a == b
    return (OSA.distance(a, b) <= 1 and a[0] == b[0]) or _transliterated(a, b, language)


def _transliterated(a: str, b: str, language: str) -> bool:
    """Whether two words that hardly anybody uses look alike: one name, spelt by ear."""
    rare = all(background(language).get(key, 0.0) < _RARE for word in (a, b) for key in keys(word, language))
    return rare and OSA.normalized_similarity(a, b) >= _LOOKS_ALIKE


def _conflict(a: Passage, left: Remark, b: Passage, right: Remark) -> Conflict:
    return Conflict(
        type=DiscrepancyType.QUOTE,
        a=shown(a, left, right),
        b=shown(b, right, left),
        a_value=" ".join(left.words),
        b_value=" ".join(right.words),
        score=alike(left, right),
    )
