"""Numbers that cannot both be right.

Figures that agree with any figure of the other reading are set aside first, so that only the odd ones are compared.
Among these a pair conflicts when it has one dimension, stands in the same slot, and nothing licenses the difference:
other things counted, another basis or scope, a part of the whole, a change against a level, sums that come out, a
figure that the text itself calls superseded.
"""

from __future__ import annotations

import re

from storydiff.diff.rules.contrasts import contrast, sides
from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.passage import Passage
from storydiff.diff.rules.slots import likeness, slot
from storydiff.model import DiscrepancyType
from storydiff.text.names import Names
from storydiff.text.numbers import Quantity, agree

# Chosen on half A of the development pairs: true conflicts scored .27 to .62, the closest pairs of different
# quantities without a contrasting word .21 to .33.
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

_PEOPLE = re.compile(
    r"people|persons?|\b(?:wo)?men\b|children|passengers|crew|workers|miners|soldiers|officers|residents|students|pupils|patients|victims"
    r"|dead|died|killed|injured|hurt|wounded|missing|menschen|personen|verletzt|tote|personnes|blessés|morts|personas|heridos|muertos"
    r"|человек|людей|ранен|погиб|осіб|поранен|загин|firefighters|survivors|bodies|deaths?|homes|houses",
    re.IGNORECASE,
)
_SUPERSEDED_BEFORE = re.compile(
    r"\b(?:earlier|previously|initially|at first|originally|first put|had (?:earlier |previously |first )?(?:put|said|given|reported)"
    r"|(?:up|down|lowered|raised|revised|reduced|increased|corrected|cut) (?:sharply |slightly )?from|rather than|not the|instead of"
    r"|zunächst|zuvor|ranlier|d'abord|auparavant|anteriormente|inicialmente|ранее|раніше|спочатку|сначала)\b[^.;]{0,45}$",
    re.IGNORECASE,
)
_SUPERSEDED_AFTER = re.compile(
    r"^[^.;]{0,30}\b(?:the day before|a day earlier|earlier reported|reported earlier|previously reported|as first reported|originally"
    r"|the previous day|hours earlier)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"^\s(?:of (?:them|whom|those|these|which)|davon|von ihnen|d'entre eux|de ellos|из них|з них)\b", re.IGNORECASE
)
_PART_BEFORE = re.compile(
    r"(?:including|among them|among whom|of whom|of them|darunter|dont|entre ellos|en particular|из них|среди них|серед них|"
    r"в том числе|у тому числі|another|a further|all but|except|other)\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_EXTRA_AFTER = re.compile(r"^\s(?:others|more|other \w+|additional|weitere|autres|más|otros)\b", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|um|de|на)\s(?:about\s|some\s|a\s)?$", re.IGNORECASE)
_TO = re.compile(r"\b(?:to|at|auf|до|reached|totalled|stood at|stands at)\s(?:about\s|some\s|a\s)?$", re.IGNORECASE)
_ATTACKER = re.compile(
    r"\b(?:including|plus|as well as|besides|along with|and) (?:the |its |his )?(?:attacker|gunman|bomber|shooter|assailant|suspect|driver"
    r"|pilot|himself|herself|perpetrator)\b|\b(?:attacker|assailant|himself|herself)\b",
    re.IGNORECASE,
)


def find(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """The conflicting figures of two readings, best match first."""
    del names
    left, right = _odd(a, b), _odd(b, a)
    scored = sorted(
        (
            (_score(a, q, b, r), -abs(q.start - r.start), i, j)
            for i, q in enumerate(left)
            for j, r in enumerate(right)
            if _comparable(q, r)
        ),
        reverse=True,
    )
    out: list[Conflict] = []
    used_a: set[int] = set()
    used_b: set[int] = set()
    for score, _, i, j in scored:
        if i in used_a or j in used_b:
            continue
        used_a.add(i)
        used_b.add(j)
        q, r = left[i], right[j]
        if score >= _needed(a, q, b, r, only=_only(left, q) and _only(right, r)) and not _licensed(a, q, b, r):
            out.append(_conflict(a, q, b, r, score))
    return out


def _odd(a: Passage, b: Passage) -> list[Quantity]:
    """The figures of one reading that no figure of the other agrees with."""
    figures = {(q.dimension, q.exact) for q in a.quantities}
    return [
        q
        for q in a.quantities
        if not q.weak
        and q.dimension != "unclear"
        and not any(_settles(a, q, b, r, figures) for r in b.quantities)
        and not _in_quotation(a, q)
    ]


def _settles(a: Passage, q: Quantity, b: Passage, r: Quantity, figures: set[tuple[str, float]]) -> bool:
    """Whether r says the same as q; a bound that has its own figure ("above the 0.2 percent expected") settles no other."""
    if q.dimension != r.dimension or not agree(q, r, people=_people(a, q) and _people(b, r)):
        return False
    return q.exact == r.exact or not r.bound or (r.dimension, r.exact) not in figures


def _in_quotation(a: Passage, q: Quantity) -> bool:
    return any(t.start <= q.start < t.end and t.end - t.start > 20 for t in a.quotations)


def _people(a: Passage, q: Quantity) -> bool:
    return q.dimension == "count" and bool(_PEOPLE.search(a.text[max(0, q.start - 40) : q.end + 40]))


def _comparable(q: Quantity, r: Quantity) -> bool:
    if {q.dimension, r.dimension} == {"percent", "points"}:
        return q.printed == r.printed
    return q.dimension == r.dimension and not (q.bound == r.bound == "range")


def _score(a: Passage, q: Quantity, b: Passage, r: Quantity) -> float:
    return likeness(slot(a, q.start, q.end), slot(b, r.start, r.end), foreign=a.language != b.language)


def _only(odd: list[Quantity], q: Quantity) -> bool:
    return sum(other.dimension == q.dimension for other in odd) == 1


def _needed(a: Passage, q: Quantity, b: Passage, r: Quantity, *, only: bool) -> float:
    """How alike the slots must be for this pair of figures."""
    low, high = sorted((abs(q.exact), abs(r.exact)))
    if only and a.language != b.language and q.dimension == "score":
        return 0.0
    if _one_fate(a, q, b, r):
        near = 0.0 if only and a.language != b.language else _ALIKE_SURE
        return near if high <= 3 * low else _ALIKE_FATE
    if _turned(q, r):
        return _ALIKE_SURE
    if not _slip(q, r) and high > 10 * max(low, 1e-9):
        return 1.1
    if q.dimension in ("percent", "points"):
        return _ALIKE_SHARE
    if not _slip(q, r) and high > 3 * low:
        return _ALIKE_FAR
    return _ALIKE_ONLY.get(q.dimension, _ALIKE) if only else _ALIKE


def _digits(q: Quantity) -> str:
    return f"{q.printed:g}".replace(".", "").rstrip("0")


def _turned(q: Quantity, r: Quantity) -> bool:
    """41,000 and 14,000: the same digits in another order."""
    first, second = _digits(q), _digits(r)
    return len(first) > 1 and first != second and sorted(first) == sorted(second)


def _slip(q: Quantity, r: Quantity) -> bool:
    """12,000 and 2,000, 8 and 18: a digit too many or too few, or another unit on the same digits."""
    first, second = f"{q.printed:g}", f"{r.printed:g}"
    longer, shorter = sorted((first, second), key=len, reverse=True)
    return sorted(first) == sorted(second) or longer.endswith(shorter) or longer.startswith(shorter)


def _one_fate(a: Passage, q: Quantity, b: Passage, r: Quantity) -> bool:
    """Both count the dead, or both the injured, and nothing else is counted of them."""
    first, second = sides("fate", _near(a, q)), sides("fate", _near(b, r))
    return q.dimension == "count" and len(first) == 1 and first == second


def _licensed(a: Passage, q: Quantity, b: Passage, r: Quantity) -> bool:
    """Whether something in the texts allows both figures."""
    return (
        _superseded(a, q)
        or _superseded(b, r)
        or _part(a, q) != _part(b, r)
        or _change_against_level(a, q, b, r)
        or contrast(_near(a, q), _near(b, r)) is not None
        or contrast(_around(a, q), _around(b, r), ("basis", "scope", "prices", "gross", "trade")) is not None
        or (q.dimension in ("percent", "points") and contrast(_near(a, q), _near(b, r), ("direction",)) is not None)
        or _sums_up(a, q, b, r)
        or _attacker(a, q, b, r)
    )


def _superseded(a: Passage, q: Quantity) -> bool:
    return bool(_SUPERSEDED_BEFORE.search(a.text[: q.start]) or _SUPERSEDED_AFTER.match(a.text[q.end :]))


def _part(a: Passage, q: Quantity) -> bool:
    before, after = a.text[: q.start], a.text[q.end :]
    extra = q.dimension == "count" and _EXTRA_AFTER.match(after)
    return bool(_PART.match(after) or _PART_BEFORE.search(before) or extra)


def _change_against_level(a: Passage, q: Quantity, b: Passage, r: Quantity) -> bool:
    first, second = a.text[: q.start], b.text[: r.start]
    return bool((_BY.search(first) and _TO.search(second)) or (_TO.search(first) and _BY.search(second)))


def _near(a: Passage, q: Quantity) -> str:
    """The clause around a figure."""
    index = min(a.index(q.start), len(a.tokens) - 1)
    home = a.tokens[index]
    clause = [t for t in a.tokens if t.sentence == home.sentence and t.clause == home.clause]
    return a.text[min(clause[0].start, q.start) : max(clause[-1].end, q.end)]


def _around(a: Passage, q: Quantity) -> str:
    sentence = a.sentence(q.start)
    return a.text[sentence[0].start : sentence[-1].end] if sentence else a.text


def _sums_up(a: Passage, q: Quantity, b: Passage, r: Quantity) -> bool:
    """Whether the difference is itself told: 118 aboard, 12 of them crew; 106 passengers and a crew of 12."""
    gap = abs(q.exact - r.exact)
    less = a.text[q.end :] if q.exact < r.exact else b.text[r.end :]
    if gap == 1 and re.match(r"\s\w+(?:\s\w+)?\sand\s(?:a|an|one|another|his|her|their)\b", less):
        return True  # "two men and a woman" are three
    if q.dimension not in ("count", "percent", "score") and not q.dimension.startswith("money"):
        return False
    smaller, own = (a, q) if q.exact < r.exact else (b, r)
    added = [
        s
        for s in smaller.quantities
        if s is not own and s.dimension == q.dimension and not _PART.match(smaller.text[s.end :])
    ]
    return gap > 2 and any(abs(s.exact - gap) < 1e-9 * max(1.0, gap) for s in added)


def _attacker(a: Passage, q: Quantity, b: Passage, r: Quantity) -> bool:
    close = q.dimension == "count" and abs(q.exact - r.exact) <= 2
    return close and bool(_ATTACKER.search(_around(a, q)) or _ATTACKER.search(_around(b, r)))


def _conflict(a: Passage, q: Quantity, b: Passage, r: Quantity, score: float) -> Conflict:
    return Conflict(
        type=DiscrepancyType.NUMBER,
        a=(q.start, q.end),
        b=(r.start, r.end),
        a_value=q.value,
        b_value=r.value,
        drift=_drifts(a, q, b, r),
        score=score,
    )


def _drifts(a: Passage, q: Quantity, b: Passage, r: Quantity) -> bool:
    """Counts of people in something still going on, told at different hours."""
    if q.dimension != "count" or not (_people(a, q) and _people(b, r)):
        return False
    hours = {m.value for m in a.moments} != {m.value for m in b.moments} and a.moments and b.moments
    return bool((a.published and b.published and a.published != b.published) or hours)
