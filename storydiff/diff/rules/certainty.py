"""One proposition told as fact here and as possibility, plan or denial there."""

from __future__ import annotations

from functools import lru_cache

from storydiff.diff.rules import bare
from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.passage import Passage, Token
from storydiff.diff.rules.slots import likeness, overlap, slot
from storydiff.model import DiscrepancyType
from storydiff.text.certainty import Marker, exclusive, markers
from storydiff.text.names import Names
from storydiff.text.tables import words

_OBJECT = 0.6
_ALIKE = 0.45
_WHOLE = 0.5
_REACH = 10
_OF_OBJECTS = frozenset({"confirmed", "denied", "admitted", "convicted", "accused", "acquitted"})
_NOT = words("no not never nobody neither nor without cannot yet nicht kein keine ne pas nunca не ні")


def find(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """The markers of two readings that grade one proposition in ways that exclude each other."""
    del names
    if a.language != b.language or overlap(a, b) < _WHOLE:
        return []
    left = _outside(a)
    right = _outside(b) if left else ()
    grades_a, grades_b = {m.grade for m in left}, {m.grade for m in right}
    scored = [
        (_same_proposition(a, m, b, n), m, n)
        for m in left
        for n in right
        if exclusive(m.grade, n.grade) and m.grade not in grades_b and n.grade not in grades_a
    ]
    good = sorted(((s, m, n) for s, m, n in scored if s >= 1.0), key=lambda r: (-r[0], r[1].start, r[2].start))
    if good:
        return [_conflict(m, n, s) for s, m, n in good[:1]]
    return bare.negated(a, b) or bare.hedged(a, b)


@lru_cache(maxsize=4096)
def _outside(a: Passage) -> tuple[Marker, ...]:
    return tuple(
        m
        for m in markers(a.text, a.language)
        if not any(q.start <= m.start < q.end for q in a.quotations) and not _negated(a, m)
    )


def _negated(a: Passage, m: Marker) -> bool:
    """Whether a negation before the marker turns it round: "no bank has confirmed", "not impossible"."""
    first = a.index(m.start)
    if first >= len(a.tokens):
        return False
    before = [t for t in a.tokens[max(0, first - 6) : first] if t.clause == a.tokens[first].clause]
    return any(t.low in _NOT or t.low.endswith("n't") for t in before)


def _same_proposition(a: Passage, m: Marker, b: Passage, n: Marker) -> float:
    """1 and more when what is graded is the same.

    What is confirmed, denied or charged stands after the marker, and only that counts: two people can confirm and deny
    two things about one affair. For plans and states the words all around the marker may do.
    """
    after = min(_shared(_after(a, m), b), _shared(_after(b, n), a)) / _OBJECT
    if m.grade in _OF_OBJECTS or n.grade in _OF_OBJECTS:
        return after
    return max(after, likeness(slot(a, m.start, m.end), slot(b, n.start, n.end)) / _ALIKE)


def _after(a: Passage, m: Marker) -> list[Token]:
    first = a.index(m.end)
    near = a.tokens[first : first + _REACH]
    return [t for t in near if t.content and (t.sentence, t.clause) == (near[0].sentence, near[0].clause)]


def _shared(graded: list[Token], other: Passage) -> float:
    """Share of the graded words that the other reading has."""
    return sum(1 for t in graded if t.concepts & other.concepts) / len(graded) if graded else 0.0


def _conflict(m: Marker, n: Marker, score: float) -> Conflict:
    return Conflict(
        type=DiscrepancyType.CERTAINTY,
        a=(m.start, m.end),
        b=(n.start, n.end),
        a_value=m.grade,
        b_value=n.grade,
        score=min(1.0, score / 2),
    )
