"""Another scene, origin or destination."""

from __future__ import annotations

import re

from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.pairing import pairs
from storydiff.diff.rules.passage import Passage
from storydiff.diff.rules.slots import overlap
from storydiff.model import DiscrepancyType
from storydiff.text.names import Name, Names
from storydiff.text.places import directions, is_region, known, nested, opposite

_ALIKE = 0.25
_RELATION = re.compile(
    r"\b(?P<scene>in|at|near|outside|off|on|around|inside|beside|close to|just north of|just south of|bei|nahe|à|dans|près de|en|cerca de|в|у|под|близ|біля)"
    r"(?:\s\w+){0,2}\s$|\b(?P<origin>from|out of|left|leaving|aus|von|depuis|desde|из|від)(?:\sthe)?\s$"
    r"|\b(?P<goal>to|for|towards?|into|nach|vers|hacia|до)(?:\sthe)?\s$",
    re.IGNORECASE,
)
_LEVELS = (
    r"street|road|avenue|lane|square|row|hotel|airport|station|stadium|hospital|market|school|building",
    r"suburb|quarter|neighbourhood|neighborhood|borough|ward",
    r"town|village|city|capital|hamlet|stadt|dorf|ville|ciudad|pueblo|город|деревн|село|місто",
    r"county|district|valley|bay|island|coast|hills?|mountains?|lake|forest|kreis|tal",
    r"province|region|state|department|oblast|provinz|land|région|provincia|област",
    r"country|nation|republic|kingdom",
)


def find(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """The conflicting places of two readings."""
    return _compass(a, b, names) or _named(a, b, names)


def _named(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    left, right = _unknown(a, b, names), _unknown(b, a, names)
    if len(left) != 1 or len(right) != 1 or overlap(a, b) < 0.4:
        return []
    score, n, m = pairs(a, left, b, right, lambda _n, _m: True)[0]
    relation = _relation(a, n)
    if (
        score < _ALIKE
        or not relation
        or relation != _relation(b, m)
        or nested(n.text, m.text)
        or _levels_differ(a, n, b, m)
    ):
        return []
    return [_conflict((n.start, n.end), (m.start, m.end), n.text, m.text, score)]


def _can_hold(n: Name, m: Name) -> bool:
    """Whether one can lie in the other: it is known to, or it is a country and nothing is known of the other."""
    if nested(n.text, m.text):
        return True
    regions = is_region(n.text), is_region(m.text)
    return any(regions) and not (known(n.text) and known(m.text))


def _unknown(a: Passage, b: Passage, names: Names) -> list[Name]:
    return [
        n
        for n in a.names
        if n.kind == "place"
        and all(names.relation(n.text, m.text) == "different" for m in b.names)
        and not any(q.start <= n.start < q.end for q in a.quotations)
    ]


def _relation(a: Passage, n: Name) -> str:
    found = _RELATION.search(a.text[: n.start])
    return (found.lastgroup or "") if found else ""


def _levels_differ(a: Passage, n: Name, b: Passage, m: Name) -> bool:
    """Whether the texts call one a street and the other a town: then one may lie in the other."""
    first, second = _level(a, n), _level(b, m)
    return first != second


def _level(a: Passage, n: Name) -> int | None:
    before = re.search(r"(\w+)(?: of| von| de| del)?(?: the)?\s$", a.text[: n.start])
    after = re.match(r"\s(\w+)", a.text[n.end :])
    named = " ".join(g[1] for g in (before, after) if g) + " " + n.text.split()[-1]
    return next((i for i, row in enumerate(_LEVELS) if re.search(rf"\b(?:{row})\b", named, re.IGNORECASE)), None)


def _compass(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """North of it here, south of it there."""
    for start, end, vector in directions(a.text):
        for begin, finish, other in directions(b.text):
            if opposite(vector, other) and _anchored(a, end, b, finish, names):
                return [_conflict((start, end), (begin, finish), a.text[start:end], b.text[begin:finish], 1.0)]
    return []


def _anchored(a: Passage, end: int, b: Passage, finish: int, names: Names) -> bool:
    first = [n for n in a.names if 0 <= n.start - end < 45]
    second = [m for m in b.names if 0 <= m.start - finish < 45]
    return any(names.same(n.text, m.text) for n in first for m in second)


def _conflict(a: tuple[int, int], b: tuple[int, int], a_value: str, b_value: str, score: float) -> Conflict:
    return Conflict(type=DiscrepancyType.PLACE, a=a, b=b, a_value=a_value, b_value=b_value, score=score)
