"""Two tellings of one point, compared by all rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from storydiff.diff.rules import RULES
from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.passage import Passage, passage
from storydiff.text.names import Names
from storydiff.text.tables import words

LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands for a letter that could not be read: words that hold it conflict with nothing, for the fault may be ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One passage of one version that words a point."""

    text: str
    language: str | None = "en"
    published: datetime | None = None
    updated: datetime | None = None


def conflicts(a: Telling, b: Telling, names: Names | None = None) -> tuple[Conflict, ...]:
    """What two tellings of one point cannot both be right about, in the order of `a`; empty when they agree."""
    if a.text == b.text or is_stamp(a.text) or is_stamp(b.text):
        return ()
    known = names or Names.of(sorted((a.text, b.text)))
    if b.text < a.text:
        return _in_order(c.swapped() for c in _compared(b, a, known))
    return _compared(a, b, known)


@lru_cache(maxsize=4096)
def _compared(a: Telling, b: Telling, names: Names) -> tuple[Conflict, ...]:
    """Remembered, because readings that look odd beside a reference are then compared with all others."""
    first, second = parsed(a), parsed(b)
    found = _distinct([c for rule in RULES for c in rule(first, second, names)])
    if LOST in a.text or LOST in b.text:
        found = [c for c in found if _is_whole(a.text, c.a) and _is_whole(b.text, c.b)]
    if any(c.drift for c in found) and not _at_different_hours(a, b):
        found = [replace(c, drift=False) for c in found]
    return _in_order(found)


def _is_whole(text: str, span: tuple[int, int]) -> bool:
    """Whether no letter is lost in a stretch, or at its edge, where a word was cut at it."""
    return LOST not in text[max(span[0] - 1, 0) : span[1] + 1]


def _in_order(found: Iterable[Conflict]) -> tuple[Conflict, ...]:
    return tuple(sorted(found, key=lambda c: (c.a, c.b, c.type)))


_WORD = re.compile(r"[^\W\d_]+")
_STAMP = words("""
published posted updated edited modified created last first time at on by st nd rd th a p m am pm
utc gmt bst ist jst cet cest eet eest met mest et ct mt pt est edt cst cdt mst mdt pst pdt ast adt aest aedt awst uk
mon tue tues wed thu thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday
jan feb mar apr may jun jul aug sep sept oct nov dec
january february march april june july august september october november december
""")
"""What stands beside the figures of a page's own stamp."""


@lru_cache(maxsize=4096)
def is_stamp(text: str) -> bool:
    """Whether it says when a page was published or changed, and nothing that a story tells. Linear in the text."""
    return all(match.group() in _STAMP for match in _WORD.finditer(text.lower()))


def _at_different_hours(a: Telling, b: Telling) -> bool:
    """Whether one was told later than the other, by its dates or by the times inside it."""
    if (a.updated or a.published) != (b.updated or b.published):
        return True
    first, second = ({m.value for m in parsed(t).moments} for t in (a, b))
    return bool(first and second and first != second)


def parsed(telling: Telling) -> Passage:
    """The telling taken apart; its own dates resolve what is relative in it."""
    return passage(telling.text, telling.language, telling.published or telling.updated)


def _distinct(found: list[Conflict]) -> list[Conflict]:
    """One conflict for a stretch of text: of two that overlap on both sides the rule that comes first keeps it."""
    kept: list[Conflict] = []
    for conflict in found:
        if not any(_overlap(conflict.a, k.a) and _overlap(conflict.b, k.b) for k in kept):
            kept.append(conflict)
    return kept


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
