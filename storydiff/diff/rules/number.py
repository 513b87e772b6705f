"""Numbers that cannot both be right.

Figures that agree with any figure of the other reading are set aside first, so that only the odd ones are compared.
Among these a pair conflicts when it has one dimension, stands in the same slot, and nothing licenses the difference
(see `figures`): other things counted, another basis or scope, a part of the whole, a change against a level, sums that
come out, a figure that the text itself calls superseded.
"""

from __future__ import annotations

from functools import lru_cache

from storydiff.diff.rules.contrasts import sides
from storydiff.diff.rules.figures import Figure, figures, licensed, licensed_abroad
from storydiff.diff.rules.found import Conflict, Span
from storydiff.diff.rules.pairing import pairs
from storydiff.diff.rules.passage import Passage
from storydiff.diff.rules.slips import one_digit, slip, turned
from storydiff.diff.rules.slots import likeness, overlap, slot
from storydiff.model import DiscrepancyType
from storydiff.text.names import Name, Names
from storydiff.text.numbers import agree

# How alike two slots must be, chosen on half A of the development pairs and held on half B and three sets of invented
# pairs: true conflicts score .27 to .70 but for the exceptions below; different quantities without a contrasting word
# .02 to .33.
_ALIKE = 0.27
_ALIKE_FAR = 0.5
"""Needed when the figures are more than three times apart and share no digits: hardly a slip or a later count."""
_ALIKE_SHARE = 0.36
"""Shares of one population are told of many things; .30 was two shares of one school class."""
_ALIKE_FATE = 0.4
"""The same fate, but more than three times as many: perhaps of another accident."""
_ALIKE_SURE = 0.15
"""Enough when the digits only changed places, or both figures count the same fate."""
_ALIKE_ONLY = {"score": 0.2, "age": 0.1, "duration": 0.2, "temperature": 0.2, "speed": 0.2, "area": 0.2}
"""Enough for the only odd figure of a dimension on either side."""
_SHARED = 0.41
"""Share of the shorter reading's words that the other must have, but for two counts of the dead: true conflicts share
.41 and more; of 58 pairs in real reports of a few sentences that share less, 11 of 13 were two quantities."""
_NEVER = 1.1
LARGE, _NEAR, _ALIKE_NOUN = 13, 1.5, 0.25
"""Of two counts of one noun in two points: hardly a chance, not too far apart, in like slots. True conflicts of six
stories .25 to .31; in 55 real stories no pair of counts comes so far."""
_FAR, _TOO_FAR = 3, 10
_MANY = 100
"""Of two digits many things are counted: 19 players of one team, eighteen of another."""
_COMMON = frozenset({"duration", "age", "unclear"})
"""Dimensions of figures that several things of a story have."""
_WHOLE_QUOTATION = 20
"""Characters from which a figure between marks is the quotation's affair."""


def find(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """The conflicting figures of two readings, best match first."""
    left = _odd(a, b)
    right = _odd(b, a) if left else []
    if not right:
        return []
    close = a.language != b.language or overlap(a, b) >= _SHARED
    found = _against(a, left, b, right, sure=not close)
    return [c for c in found if not _two_people(a, c.a, b, c.b, names)]


def of_one_thing(a: Passage, b: Passage, names: Names, *, firm: bool) -> list[Conflict]:
    """The conflicting figures of two sentences that share rare words, wherever in the story they stand.

    Firm: they surely tell one thing. Otherwise only large counts of the same noun conflict.
    """
    left, right = _odd(a, b), _odd(b, a)
    left = [x for x in left if any(_is_near(x, y) for y in right)]
    right = [y for y in right if any(_is_near(x, y) for x in left)]
    found = _against(a, left, b, right, sure=False) if firm else _of_one_noun(a, left, b, right)
    return [c for c in found if not _two_people(a, c.a, b, c.b, names)]


def telling(a: Passage) -> list[Figure]:
    """The figures by which a thing is known in any language: no counts below a hundred, periods, ages or labels."""
    return [
        f
        for f in figures(a)
        if not (f.quantity.weak or f.is_label or f.quantity.dimension in _COMMON)
        and (f.quantity.dimension != "count" or abs(f.quantity.exact) >= _MANY)
    ]


def slips(a: Passage, b: Passage, dimension: str) -> list[Conflict]:
    """The figures of a dimension that look like slips of each other, in readings of one thing in two languages."""
    left, right = ([f for f in telling(each) if f.quantity.dimension == dimension] for each in (a, b))
    return [
        _conflict(x, y, 1.0)
        for x in left
        for y in right
        if _is_near(x, y) and one_digit(x, y) and (dimension != "count" or x.counted & y.counted)
        if not (agree(x.quantity, y.quantity) or licensed_abroad(x, y))
    ][:1]


def _of_one_noun(a: Passage, left: list[Figure], b: Passage, right: list[Figure]) -> list[Conflict]:
    foreign = a.language != b.language
    found = [(x, y) for x in left for y in right if _is_near(x, y) and _is_large(x) and x.counted & y.counted]
    scored = ((x, y, likeness(slot(a, x.start, x.end), slot(b, y.start, y.end), foreign=foreign)) for x, y in found)
    return [_conflict(x, y, score) for x, y, score in scored if score >= _ALIKE_NOUN and not licensed(x, y)]


def _is_near(x: Figure, y: Figure) -> bool:
    low, high = sorted((abs(x.quantity.exact), abs(y.quantity.exact)))
    return _comparable(x, y) and (high <= _NEAR * low or slip(x, y))


def _is_large(x: Figure) -> bool:
    return x.quantity.dimension == "count" and x.quantity.exact >= LARGE


def _two_people(a: Passage, x: Span, b: Passage, y: Span, names: Names) -> bool:
    """Whether the figures are told of two people, neither of whom the other reading names: two players' points."""
    first, second = _person(a, x), _person(b, y)
    if first is None or second is None:
        return False
    return names.unlike(first, b.names) and names.unlike(second, a.names)


@lru_cache(maxsize=4096)
def _person(a: Passage, x: Span) -> Name | None:
    """The last person named before a figure in its clause, unless as a source."""
    clause = a.clause(x[0])
    if not clause:
        return None
    people = [n for n in a.names if n.kind == "person" and clause[0].start <= n.start < x[0]]
    return next((n for n in reversed(people) if not any(s.start <= n.start < s.end for s in a.sources)), None)


def stale(a: Passage, b: Passage) -> list[Conflict]:
    """Counts of people that are against each other although one reading knows the other's as an earlier figure.

    Between two readings that is no conflict. In a story it shows which outlet has not followed the correction.
    """
    if not any(f.superseded for p in (a, b) for f in figures(p)):
        return []
    found = _against(a, _odd(a, b, forgive=False), b, _odd(b, a, forgive=False), sure=False)
    return [c for c in found if c.drift]


def _against(a: Passage, left: list[Figure], b: Passage, right: list[Figure], *, sure: bool) -> list[Conflict]:
    return [
        _conflict(x, y, score)
        for score, x, y in pairs(a, left, b, right, _comparable)
        if score >= _needed(x, y, only=_only(left, x) and _only(right, y)) and not licensed(x, y)
        if not sure or _one_fate(x, y)
    ]


def _odd(a: Passage, b: Passage, *, forgive: bool = True) -> list[Figure]:
    """The figures of one reading that none of the other agrees with; unless forgiven, an earlier figure is none."""
    theirs = [f for f in figures(b) if forgive or not f.superseded]
    return [x for x in _counts(a) if not any(_settles(x, y) for y in theirs)]


@lru_cache(maxsize=4096)
def _counts(a: Passage) -> tuple[Figure, ...]:
    """The figures of a reading that can be against another's."""
    return tuple(
        figure
        for figure in figures(a)
        if not (figure.quantity.weak or figure.quantity.dimension == "unclear" or figure.is_label or figure.is_year)
        and not _in_quotation(figure)
        and not _of_a_vote(figure)
    )


def _of_a_vote(x: Figure) -> bool:
    """Whether it is one side of a score that the text tells whole: "six of the nine members were for it"."""
    return x.quantity.dimension != "score" and any(
        q.dimension == "score" and q.start <= x.start and x.end <= q.end for q in x.passage.quantities
    )


def _settles(x: Figure, y: Figure) -> bool:
    """Whether y says the same as x.

    A bound that has a figure of its own ("above the 0.2 percent expected") settles no other.
    """
    q, r = x.quantity, y.quantity
    if q.dimension != r.dimension or not agree(q, r, people=x.of_people and y.of_people):
        return False
    own = x.passage.quantities
    return q.exact == r.exact or not r.bound or not any((o.dimension, o.exact) == (r.dimension, r.exact) for o in own)


def _in_quotation(x: Figure) -> bool:
    return any(q.start <= x.start < q.end and q.end - q.start > _WHOLE_QUOTATION for q in x.passage.quotations)


def _comparable(x: Figure, y: Figure) -> bool:
    q, r = x.quantity, y.quantity
    if {q.dimension, r.dimension} == {"percent", "points"}:
        return q.printed == r.printed
    return q.dimension == r.dimension and not q.bound == r.bound == "range"


def _only(odd: list[Figure], x: Figure) -> bool:
    return sum(other.quantity.dimension == x.quantity.dimension for other in odd) == 1


def _needed(x: Figure, y: Figure, *, only: bool) -> float:
    """How alike the slots must be for this pair of figures."""
    foreign = only and x.passage.language != y.passage.language
    dimension = x.quantity.dimension
    if foreign and dimension == "score":
        return 0.0
    low, high = sorted((abs(x.quantity.exact), abs(y.quantity.exact)))
    if _one_fate(x, y):
        return _ALIKE_FATE if high > _FAR * low else 0.0 if foreign else _ALIKE_SURE
    if turned(x, y):
        return _ALIKE_SURE
    if not slip(x, y) and high > _FAR * low:
        return _ALIKE_FAR if high <= _TOO_FAR * low else _NEVER
    if dimension in ("percent", "points"):
        return _ALIKE_SHARE
    return _ALIKE_ONLY.get(dimension, _ALIKE) if only else _ALIKE


def _one_fate(x: Figure, y: Figure) -> bool:
    """Both count the dead, or both the injured, and nothing else is counted of them."""
    if x.quantity.dimension != "count":
        return False
    first = sides("fate", x.clause)
    return len(first) == 1 and first == sides("fate", y.clause)


def _conflict(x: Figure, y: Figure, score: float) -> Conflict:
    of_people, slip = x.of_people and y.of_people, turned(x, y)
    return Conflict(
        type=DiscrepancyType.NUMBER,
        a=(x.start, x.end),
        b=(y.start, y.end),
        a_value=x.quantity.value,
        b_value=y.quantity.value,
        drift=of_people and not slip,
        slip=of_people and slip,
        score=score,
    )
