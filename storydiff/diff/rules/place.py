"""Another scene, origin or destination.

Three kinds of evidence: a compass point turned round beside one anchor; the only place name that each reading has and
the other lacks, in one relation to the same act (in, from, to); and two kinds of scene for one act (a quarry, a car
park). A place that can lie in the other is no conflict, and of unknown places of different size nothing is claimed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from storydiff.diff.rules.found import Conflict, Span
from storydiff.diff.rules.pairing import pairs
from storydiff.diff.rules.passage import Passage
from storydiff.diff.rules.place_words import LEVELS, RELATIONS, SCENE, scene_kind
from storydiff.diff.rules.slots import likeness, overlap, slot
from storydiff.model import DiscrepancyType
from storydiff.text.names import Name, Names
from storydiff.text.places import directions, is_region, known, nested, opposite

# Development pairs: true conflicts .16 to .85. In 770 pairs of aligned real sentences nothing above .15 was left when
# the relation and the size of the places were asked, but for Malibu against Los Angeles.
_ALIKE = 0.25
_ALIKE_CLOSE, _CLOSE = 0.15, 0.6
"""Enough when the readings share most of their words."""
_SHARED = 0.4
_NUMBERED, _OWNS = re.compile(r"\s\d"), re.compile(r"\s?['’]s?\s\w")
_ARTICLE, _NOUN = re.compile(r"\b(?:the|a|an)\s$", re.IGNORECASE), re.compile(r"\s[a-z]{4,}\b(?<!last)(?<!next)(?<!ly)")
_ANCHOR = 45
"""Characters behind a compass point in which the place stands that it is told of."""
_ALIKE_SCENE, _SHARED_SCENE = 0.4, 0.5
"""For scenes told with common nouns, of which a report names several."""


def find(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """The conflicting places of two readings."""
    return _compass(a, b, names) or _named(a, b, names) or _scene(a, b)


def _named(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    close = overlap(a, b)
    if close < _SHARED:
        return []
    left = _unknown(a, b, names)
    right = _unknown(b, a, names) if len(left) == 1 else []
    if len(right) != 1:
        return []
    score, n, m = pairs(a, left, b, right, lambda _n, _m: True)[0]
    relation = _relation(a, n)
    if score < (_ALIKE_CLOSE if close >= _CLOSE else _ALIKE) or not relation or relation != _relation(b, m):
        return []
    if _can_hold(n, m) or _level(a, n) != _level(b, m):
        return []
    return [_conflict((n.start, n.end), (m.start, m.end), n.text, m.text, score)]


def _can_hold(n: Name, m: Name) -> bool:
    """Whether one can lie in the other: it is known to, or it is a country and nothing is known of the other."""
    if nested(n.text, m.text):
        return True
    return (is_region(n.text) or is_region(m.text)) and not (known(n.text) and known(m.text))


def _unknown(a: Passage, b: Passage, names: Names) -> list[Name]:
    """Place names that the other reading lacks."""
    return [n for n in _places(a) if names.unlike(n, b.names)]


@lru_cache(maxsize=4096)
def _places(a: Passage) -> tuple[Name, ...]:
    """The place names of a reading; of "Santos, in Brazil" the first."""
    places = [n for n in a.names if n.kind == "place" and not _modifies(a, n) and not _inside_quotation(a, n)]
    outer = {m for n, m in pairwise(places) if re.fullmatch(r",\s(?:in\s)?", a.text[n.end : m.start])}
    return tuple(n for n in places if n not in outer)


def _inside_quotation(a: Passage, n: Name) -> bool:
    return any(q.start <= n.start < q.end for q in a.quotations)


def _modifies(a: Passage, n: Name) -> bool:
    """Whether it says what kind of thing the next word is: the Richter scale, Route 66, Harl's loss."""
    before, behind = a.text[: n.start], a.text[n.end :]
    if _NUMBERED.match(behind) or _OWNS.match(behind):
        return True
    return _ARTICLE.search(before) is not None and _NOUN.match(behind) is not None


def _relation(a: Passage, n: Name) -> str:
    found = RELATIONS.search(a.text[: n.start])
    return (found.lastgroup or "") if found else ""


def _level(a: Passage, n: Name) -> int | None:
    """How large a place the text calls it: a street, a town, a district; None when it does not say."""
    before = re.search(r"(\w+)(?: of| von| de| del)?(?: the)?\s$", a.text[: n.start])
    after = re.match(r"\s(\w+)", a.text[n.end :])
    named = " ".join(g[1] for g in (before, after) if g) + " " + n.text.split()[-1]
    return next((i for i, level in enumerate(LEVELS) if level.search(named)), None)


def _compass(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """North of it here, south of it there."""
    for start, end, vector in directions(a.text):
        for begin, finish, other in directions(b.text):
            if opposite(vector, other) and _anchored(a, end, b, finish, names):
                return [_conflict((start, end), (begin, finish), a.text[start:end], b.text[begin:finish], 1.0)]
    return []


def _anchored(a: Passage, end: int, b: Passage, finish: int, names: Names) -> bool:
    first, second = _next_name(a, end), _next_name(b, finish)
    return first is not None and second is not None and names.same(first.text, second.text)


def _next_name(a: Passage, position: int) -> Name | None:
    return next((n for n in a.names if 0 <= n.start - position < _ANCHOR), None)


def _scene(a: Passage, b: Passage) -> list[Conflict]:
    """One act in a quarry here and in a car park there."""
    if overlap(a, b) < _SHARED_SCENE:
        return []
    first, second = _scenes(a), _scenes(b)
    if len(first) != 1 or len(second) != 1:
        return []
    (kind, span), (other, begin) = first[0], second[0]
    if kind == other or _speaks_of(b, kind) or _speaks_of(a, other):
        return []
    score = likeness(slot(a, *span), slot(b, *begin))
    if score < _ALIKE_SCENE:
        return []
    return [_conflict(span, begin, a.text[slice(*span)], b.text[slice(*begin)], score)]


@lru_cache(maxsize=4096)
def _scenes(a: Passage) -> list[tuple[int | None, Span]]:
    found = [m for _, m in SCENE.matches(a.text) if not any(q.start <= m.start() < q.end for q in a.quotations)]
    return [(scene_kind(m["noun"]), m.span()) for m in found]


def _speaks_of(a: Passage, kind: int | None) -> bool:
    return any(scene_kind(t.low) == kind for t in a.tokens)


def _conflict(a: Span, b: Span, a_value: str, b_value: str, score: float) -> Conflict:
    return Conflict(type=DiscrepancyType.PLACE, a=a, b=b, a_value=a_value, b_value=b_value, score=score)
