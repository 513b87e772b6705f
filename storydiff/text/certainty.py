"""How sure a text is of what it tells: confirmed, suspected, denied, planned, considered, done, still being negotiated.

A marker is a word or phrase with its grade; `exclusive` says which grades of one proposition cannot both be right.
Hedges of equal strength share a grade, so that "may" and "possibly" never differ. Tables for en, de, fr, es, ru, uk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from storydiff.text.rack import Rack
from storydiff.text.sieve import Sieve
from storydiff.text.tables import beside, either

_GRADES = beside(__file__, "certainty")
_EXCLUSIVE = frozenset(frozenset(pair) for pair in _GRADES["exclusive"])


@dataclass(frozen=True, slots=True)
class Marker:
    """One word or phrase that grades a statement."""

    start: int
    end: int
    grade: str
    text: str


@lru_cache(maxsize=8)
def _grades(language: str) -> Rack[str]:
    rows = _GRADES.get(language, {}) if language != "exclusive" else {}
    sieves = ((grade, Sieve(rf"(?<!\w)(?:{either(row)})(?!\w)", re.IGNORECASE)) for grade, row in rows.items())
    return Rack(sieves, language)


@lru_cache(maxsize=64)
def _grade(language: str, grade: str) -> Sieve | None:
    rows = _GRADES.get(language, {}) if language != "exclusive" else {}
    return Sieve(rf"(?<!\w)(?:{either(rows[grade])})(?!\w)", re.IGNORECASE) if grade in rows else None


def graded(text: str, language: str, grade: str) -> bool:
    """Whether a text may have a marker of a grade: it is read with `markers` then."""
    sieve = _grade(language, grade)
    return sieve is not None and sieve.search(text) is not None


@lru_cache(maxsize=4096)
def markers(text: str, language: str | None = "en") -> tuple[Marker, ...]:
    """The markers of a text in order; a month is no modal verb."""
    found = [
        Marker(m.start(), m.end(), grade, said)
        for grade, m in _grades(language or "").matches(text)
        if (said := text[slice(*m.span())]) != "May"
    ]
    inside = [
        m
        for m in found
        if not any(
            o is not m and o.start <= m.start and m.end <= o.end and o.end - o.start > m.end - m.start for o in found
        )
    ]
    return tuple(sorted(inside, key=lambda m: (m.start, m.end, m.grade)))


def exclusive(a: str, b: str) -> bool:
    """Whether two grades of one proposition cannot both be right."""
    return frozenset((a, b)) in _EXCLUSIVE
