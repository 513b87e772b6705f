"""Certainty where one side says it barely: a fact against its own negation, or against a mere possibility.

Only one reading carries a mark here ("did not cross", "may have caused"); the other tells the same act as a fact. The
act must be told with the same word in the same slot, and the bare side must not hedge or deny anywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache

from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.passage import Passage, Token
from storydiff.diff.rules.slots import likeness, overlap, slot
from storydiff.model import DiscrepancyType
from storydiff.text.sieve import Sieve
from storydiff.text.tables import beside, either

_CLOSE = 0.6
_ALIKE = 0.4
_TABLE = beside(__file__, "bare")
_NOT = {language: Sieve(rf"\b(?:{either(rows)})\b", re.IGNORECASE) for language, rows in _TABLE["negation"].items()}
_STRONG = {
    language: Sieve(rf"\b(?:{either(rows)})(?=\W)", re.IGNORECASE) for language, rows in _TABLE["strong"].items()
}
_HEDGE = Sieve(rf"\b(?:{either(_TABLE['hedge']['en'])})\b", re.IGNORECASE)
_DEGREE = re.compile(
    r"\s(?:\w+\s)?(?:so|such|this|that|as|yet|only|just|until|before|since|enough|always|all|every|be able)\b",
    re.IGNORECASE,
)
"""After a negation: a comparison or a limit is denied, and not the act."""
_CONDITION = re.compile(r"\b(?:even if|if he|if she|if they)\b", re.IGNORECASE)
_AUXILIARY = frozenset(["is", "are", "was", "were", "has", "have", "had", "been", "did", "will"])
_MAYBE = Sieve(r"\b(?:may|might)\s(?:also\s|well\s)?(?:have\s|be\s)?|\bcould\s(?:also\s|well\s)?(?:have|be)\s")


def negated(a: Passage, b: Passage) -> list[Conflict]:
    """An act that one reading tells and the other negates."""
    if overlap(a, b) < _CLOSE:
        return []
    return _denied(a, b) or [c.swapped() for c in _denied(b, a)]


def _denied(a: Passage, b: Passage) -> list[Conflict]:
    """a negates, b tells."""
    found = _negations(a)
    if len(found) != 1 or _negates(b) or "?" in b.text or _CONDITION.search(a.text):
        return []
    denial = a.text[slice(*found[0].span())]
    acts = _following(a, found[0].end(), 3 if "that" in denial or " of" in denial else 1)
    best = _best(a, acts, b, verb_last=True)
    return (
        [_conflict((found[0].start(), best[1].end), (best[2].start, best[2].end), "negated", "told", best[0])]
        if best
        else []
    )


@lru_cache(maxsize=4096)
def _negations(a: Passage) -> tuple[re.Match[str], ...]:
    """Where an act is denied, outside quotations."""
    strong = _STRONG.get(a.language)
    found = strong.finditer(a.text) if strong else ()
    return tuple(m for m in found if not _quoted(a, m.start()) and not _DEGREE.match(a.text[m.end() :]))


@lru_cache(maxsize=4096)
def _negates(b: Passage) -> bool:
    """Whether anything is denied, or nobody can tell."""
    anyhow = _NOT.get(b.language)
    return anyhow is None or anyhow.search(b.text) is not None


def hedged(a: Passage, b: Passage) -> list[Conflict]:
    """An act that one reading tells as a fact and the other as a possibility."""
    if overlap(a, b) < _CLOSE or a.language != "en":
        return []
    return _possible(a, b) or [c.swapped() for c in _possible(b, a)]


def _possible(a: Passage, b: Passage) -> list[Conflict]:
    """a hedges, b tells."""
    found = _maybes(a)
    if len(found) != 1 or _HEDGE.search(b.text):
        return []
    best = _best(a, _following(a, found[0].end(), 2), b)
    return (
        [_conflict((found[0].start(), best[1].end), (best[2].start, best[2].end), "possible", "told", best[0])]
        if best
        else []
    )


@lru_cache(maxsize=4096)
def _maybes(a: Passage) -> tuple[re.Match[str], ...]:
    return tuple(m for m in _MAYBE.finditer(a.text) if not _quoted(a, m.start()))


def _with_auxiliary(b: Passage, act: Token) -> tuple[int, int]:
    """The span of an act with the auxiliary before it."""
    index = b.index(act.start)
    before = [t for t in b.tokens[max(0, index - 4) : index] if t.low in _AUXILIARY and t.sentence == act.sentence]
    return (before[0].start if before else act.start), act.end


def _quoted(a: Passage, position: int) -> bool:
    return any(q.start <= position < q.end for q in a.quotations)


def _following(a: Passage, position: int, count: int) -> list[Token]:
    first = a.index(position - 1)
    near = [t for t in a.tokens[first : first + 8] if t.content and t.start >= position - 1]
    return near[:count]


def _best(a: Passage, acts: list[Token], b: Passage, *, verb_last: bool = False) -> tuple[float, Token, Token] | None:
    """The act told in the other reading with the same word in the most similar slot."""
    scored = [
        (likeness(slot(a, t.start, t.end), slot(b, u.start, u.end)), -i, -j)
        for i, t in enumerate(acts)
        for j, u in enumerate(b.tokens)
        if u.content and t.key == u.key and not _quoted(b, u.start)
    ]
    good = [row for row in scored if row[0] >= _ALIKE]
    if not good:
        return None
    # Of several acts the verb stands last: "no evidence that the new drug slows".
    score, i, j = min(good, key=lambda row: (row[1], -row[0])) if verb_last else max(good)
    return score, acts[-i], b.tokens[-j]


def _conflict(a: tuple[int, int], b: tuple[int, int], a_value: str, b_value: str, score: float) -> Conflict:
    return Conflict(type=DiscrepancyType.CERTAINTY, a=a, b=b, a_value=a_value, b_value=b_value, score=score)
