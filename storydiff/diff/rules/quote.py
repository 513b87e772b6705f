"""One remark, quoted in two ways that do not mean the same.

Two quotations are renderings of one remark when most words of the shorter stand in the longer in the same order. What
then differs is either a choice (another part of it, an ellipsis, brackets, a contraction, a spelling, a stutter left
out, two translations) or changes the sense: a word altered, added or dropped inside, a condition or a negation cut off,
two sentences run together, the order turned round.

Cost: quadratic in the words of the two quotations, which are short.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz.distance import OSA

from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.passage import Passage
from storydiff.diff.rules.quote_words import (
    CONDITIONS,
    CONTRACTIONS,
    FILLERS,
    GRAMMAR,
    LIMITS,
    NEGATIONS,
    SPELLINGS,
    TRANSLATED,
)
from storydiff.model import DiscrepancyType
from storydiff.text.lexicon import FUNCTION_WORDS
from storydiff.text.names import Names
from storydiff.text.normalize import fold
from storydiff.text.quotes import Quotation

_TOKEN = re.compile(r"\[[^\]]*\]|\.\.\.|…|[.!?;](?=\s|$)|\w+(?:['’ʼ]\w+)*(?:[*\-–]{2,}\w*)?|[*]{2,}")
_PHRASE = re.compile(r"\bas (long|far|soon) as\b", re.IGNORECASE)
_SCOPE = 3
"""Words before a cut in which a negation still denies what is kept."""
_GAP, _ANY, _STOP = "…", "[]", "."
# Half A of the development pairs: renderings of one remark share .68 of the shorter one's words and more, two remarks
# of one speaker at most .4.
_SAME_REMARK = 0.62


@dataclass(frozen=True, slots=True)
class _Remark:
    """A quotation, or a broken one put together, as comparable words."""

    start: int
    end: int
    words: tuple[str, ...]


def find(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """The quotations of two readings that render one remark against each other."""
    if not a.quotations or not b.quotations or a.language != b.language or _translated(a) or _translated(b):
        return []
    if not _one_speaker(a, b, names):
        return []
    return [_conflict(a, left, b, right) for left, right in _pairs(a, b) if _differs(left, right, a, b)]


def _translated(a: Passage) -> bool:
    return bool(TRANSLATED.search(a.text))


def _pairs(a: Passage, b: Passage) -> list[tuple[_Remark, _Remark]]:
    """The two renderings of one remark that are most alike; none when a quotation has its equal on the other side."""
    left, right = _remarks(a), _remarks(b)
    scored = sorted(
        ((_alike(r, s), i, j) for i, r in enumerate(left) for j, s in enumerate(right)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    if scored and scored[0][0] >= 1.0 and not _differs(left[scored[0][1]], right[scored[0][2]], a, b):
        return []
    return [
        (left[i], right[j])
        for score, i, j in scored
        if score >= _SAME_REMARK and min(len(left[i].words), len(right[j].words)) >= 3
    ][:1]


def _one_speaker(a: Passage, b: Passage, names: Names) -> bool:
    """Whether the readings can quote one person: they share a name, or one of them names nobody."""
    first, second = _people(a), _people(b)
    return not first or not second or any(names.relation(n, m) != "different" for n in first for m in second)


def _people(a: Passage) -> list[str]:
    return [n.text for n in a.names if n.kind == "person" and not any(q.start <= n.start < q.end for q in a.quotations)]


def _remarks(a: Passage) -> list[_Remark]:
    """Every quotation by itself, and all of them in a row: one that its credit breaks is whole only together."""
    singles = [_Remark(q.start, q.end, _words(q.text, a.language)) for q in a.quotations]
    if len(singles) < 2:
        return singles
    joined = tuple(w for r in singles for w in r.words)
    return [*singles, _Remark(singles[0].start, singles[-1].end, joined)]


@lru_cache(maxsize=4096)
def _words(text: str, language: str) -> tuple[str, ...]:
    out: list[str] = []
    for match in _TOKEN.finditer(_PHRASE.sub(lambda m: f"as_{m[1]}_as", text)):
        for word in _plain(match.group(), language):
            if word not in FILLERS and not (out and out[-1] == word and word != _STOP):
                out.append(word)
    while out and out[-1] == _STOP:
        out.pop()
    return tuple(out)


def _plain(piece: str, language: str) -> list[str]:
    if piece.startswith("[") or "**" in piece or "--" in piece or "––" in piece:
        return [_ANY]
    if piece in ("...", "…"):
        return [_GAP]
    if piece in ".!?;":
        return [_STOP]
    word = fold(piece).replace("ʼ", "'")
    if language == "en":
        word = SPELLINGS.get(word, word)
        return CONTRACTIONS.get(word, word).split()
    return [word]


def _said(words: tuple[str, ...]) -> list[str]:
    return [w for w in words if w not in (_STOP, _GAP)]


def _alike(a: _Remark, b: _Remark) -> float:
    """Share of the shorter remark's words that stand in the longer one, whatever their order."""
    first, second = Counter(_said(a.words)), Counter(_said(b.words))
    shared = sum((first & second).values())
    shorter = min(sum(first.values()), sum(second.values()))
    return shared / shorter if shorter else 0.0


def _differs(left: _Remark, right: _Remark, a: Passage, b: Passage) -> bool:
    """Whether two renderings of one remark mean different things."""
    first, second = left.words, right.words
    if _said(first) == _said(second):
        return False
    if Counter(_said(first)) == Counter(_said(second)):
        return _turned(first, second) and not (_is_fragment(a, left) or _is_fragment(b, right))
    if (_is_fragment(a, left) or _is_fragment(b, right)) and _content(first, a.language) == _content(
        second, b.language
    ):
        return False  # a fragment is fitted into its sentence: "shut the door again", "door shut again"
    ops = [op for op in SequenceMatcher(None, first, second, autojunk=False).get_opcodes() if op[0] != "equal"]
    return any(_changes(op, first, second, a, b) for op in ops)


def _is_fragment(a: Passage, remark: _Remark) -> bool:
    """Whether the quotation is a piece of a sentence that goes on outside the marks."""
    return a.text[remark.start : remark.start + 1].islower()


def _content(words: tuple[str, ...], language: str) -> Counter[str]:
    grammar = FUNCTION_WORDS.get(language, frozenset()) - GRAMMAR - NEGATIONS
    return Counter(w for w in _said(words) if w not in grammar)


def _turned(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """The same words in another order: with effect when something moved inside one sentence."""
    sentences = [Counter(" ".join(w).split(_STOP)) for w in (first, second)]
    stripped = [Counter(s.strip() for s in c if s.strip()) for c in sentences]
    return stripped[0] != stripped[1]


def _changes(
    op: tuple[str, int, int, int, int], first: tuple[str, ...], second: tuple[str, ...], a: Passage, b: Passage
) -> bool:
    _, i, j, k, m = op
    gone, come = first[i:j], second[k:m]
    edge = (i == 0 and k == 0) or (j == len(first) and m == len(second))
    if _ANY in gone or _ANY in come:
        return False
    if edge and (not _said(gone) or not _said(come)):
        # One rendering goes on where the other stops.
        before = i == 0 and k == 0
        return _limits(gone, b, second, before=before) if _said(gone) else _limits(come, a, first, before=before)
    if _GAP in gone or _GAP in come:
        return any(w in CONDITIONS or w in NEGATIONS for w in gone + come)
    return _alters(_said(gone), _said(come), a.language)


def _limits(cut: tuple[str, ...], other: Passage, kept: tuple[str, ...], *, before: bool) -> bool:
    """Whether words cut off at an end held a condition or a denial of what is kept, and the other text has neither."""
    said = _adjoining(cut)
    lost = {w for w in said if w in LIMITS} | ({w for w in said[-_SCOPE:] if w in NEGATIONS} if before else set())
    outside = {t.low for t in other.tokens if not any(q.start <= t.start < q.end for q in other.quotations)}
    return bool(lost) and len(_said(kept)) >= 3 and not outside & (LIMITS | NEGATIONS)


def _adjoining(cut: tuple[str, ...]) -> list[str]:
    """The part of the cut words that belongs to the kept sentence."""
    return list(cut) if _STOP not in cut else list(cut[: cut.index(_STOP)]) if cut[0] != _STOP else []


def _alters(gone: list[str], come: list[str], language: str) -> bool:
    """Whether an edit inside the remark touches its sense."""
    if "".join(gone) == "".join(come):
        return False
    if (set(gone) ^ set(come)) & (NEGATIONS | LIMITS):
        return True
    if len(gone) == len(come) and all(_spelt(x, y) for x, y in zip(gone, come, strict=True)):
        return False
    grammar = FUNCTION_WORDS.get(language, frozenset()) - GRAMMAR
    return any(w not in grammar for w in [*gone, *come])


def _spelt(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= 5 and OSA.distance(a, b) <= 1 and a[0] == b[0])


def _conflict(a: Passage, left: _Remark, b: Passage, right: _Remark) -> Conflict:
    return Conflict(
        type=DiscrepancyType.QUOTE,
        a=_shown(a, left),
        b=_shown(b, right),
        a_value=" ".join(left.words),
        b_value=" ".join(right.words),
        score=_alike(left, right),
    )


def _shown(a: Passage, remark: _Remark) -> tuple[int, int]:
    """The quotation itself; of a broken one the longest part."""
    parts: list[Quotation] = [q for q in a.quotations if remark.start <= q.start and q.end <= remark.end]
    longest = max(parts, key=lambda q: q.end - q.start)
    return longest.start, longest.start + len(longest.text.rstrip(" ,"))
