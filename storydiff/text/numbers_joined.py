"""Figures that belong together: a conversion in brackets, the ends of a range, hours and minutes, a vote in words."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, zip_longest

from storydiff.text.numbers_quantity import Quantity, interval
from storydiff.text.numbers_sheet import scored

_RANGE = re.compile(r"\s?(?:-|–|to|and|bis|und|à|et|a|y|до|і|и|or|oder)\s?$", re.IGNORECASE)
_TIGHT_RANGE = re.compile(r"\s?(?:-|–|to|bis|à|a|до)\s?")
_RANGE_LEAD = re.compile(r"\b(?:between|zwischen|entre|de|от|від|from|von|between about)\s(?:\w+\s)?$", re.IGNORECASE)
_CHANGE_LEAD = re.compile(r"\b(?:from|von|с|з)\s$")
_SHARED_UNIT = re.compile(r"\s(?:to|and|or|bis|auf|à|a|до|y|et|und)\s")
_SHARED_LEAD = re.compile(r"\b(?:from|between|von|zwischen|de|entre|с|від|з)\s$")
_FOR = re.compile(
    r"\b(?:back\w*|for|favou?r\w*|support\w*|stimmten dafür|dafür|pour|a favor|за|approved)\b", re.IGNORECASE
)
_AGAINST = re.compile(
    r"\b(?:against|oppos\w*|did not|voted no|dissent\w*|rejected|dagegen|contre|en contra|против|проти)\b",
    re.IGNORECASE,
)
_VOTES = 8
"""Counts of a text among which a vote is sought."""
_UNITLESS = frozenset({"count", "ordinal", "age", "score"})


def joined(found: list[Quantity], text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in order, those that belong together as one."""
    ordered = sorted([*found, *_votes(found, text)], key=lambda q: (q.start, q.end))
    shared = [_with_shared_unit(q, after, text) for q, after in zip_longest(ordered, ordered[1:]) if q]
    out: list[Quantity] = []
    for quantity in shared:
        whole = out and (
            _compound(out[-1], quantity, text) or _converted(out[-1], quantity, text) or _range(out[-1], quantity, text)
        )
        if whole:
            out[-1] = whole
        else:
            out.append(quantity)
    return tuple(out)


def _votes(found: list[Quantity], text: str) -> list[Quantity]:
    """ "Six members backed the move and three opposed it": a vote of 6-3, beside its two figures."""
    plain = sorted((q for q in found if q.dimension == "count"), key=lambda q: q.start)
    for a, b in combinations(plain[:_VOTES], 2):
        between, after = text[a.end : b.start], re.split(r"[.;]", text[b.end : b.end + 45])[0]
        if len(between) < 70 and a.exact + b.exact > 2 and _FOR.search(between) and _AGAINST.search(after):
            return [scored(a.start, b.end, a.exact, b.exact)]
    return []


def _with_shared_unit(a: Quantity, b: Quantity | None, text: str) -> Quantity:
    """ "from 14 to 16 percent": 14 percent."""
    if b is None or a.dimension != "count" or b.dimension in _UNITLESS or not b.printed:
        return a
    if not _SHARED_UNIT.fullmatch(text[a.end : b.start]) or not _SHARED_LEAD.search(text[: a.start][-12:]):
        return a
    unit = b.exact / b.printed
    exact = a.printed * unit
    return replace(a, dimension=b.dimension, exact=exact, low=exact, high=exact, step=a.step * unit)


def _compound(a: Quantity, b: Quantity, text: str) -> Quantity | None:
    """ "two hours and 41 minutes": one duration."""
    if a.dimension != "duration" or b.dimension != "duration" or not a.printed or not b.printed or b.bound:
        return None
    smaller = b.exact / b.printed < a.exact / a.printed
    if not smaller or not re.fullmatch(r"\s(?:and\s)?|,\s", text[a.end : b.start]):
        return None
    value = a.exact + b.exact
    low, high = interval(value, b.step, a.bound, a.dimension)
    return replace(a, end=b.end, exact=value, low=low, high=high, step=b.step)


def _converted(a: Quantity, b: Quantity, text: str) -> Quantity | None:
    """ "90 kilometres (56 miles)": one length with two faces."""
    if b.dimension in _UNITLESS or not re.fullmatch(r"\s?[(\[]", text[a.end : b.start]):
        return None
    return replace(a, end=b.end + 1, alternative=b) if text[b.end : b.end + 1] in (")", "]") else None


def _range(a: Quantity, b: Quantity, text: str) -> Quantity | None:
    """ "between 10 and 12 km", "10-12 weeks", "three to five days": one quantity from the first to the second."""
    between, head = text[a.end : b.start], text[: a.start][-24:]
    if a.dimension not in ("count", b.dimension) or a.bound or b.bound or b.exact <= a.exact:
        return None
    lead = _RANGE_LEAD.search(head)
    tight = _TIGHT_RANGE.fullmatch(between) and b.printed <= 3 * a.printed
    if not _RANGE.fullmatch(between) or not (lead or tight) or _CHANGE_LEAD.search(head):
        return None
    factor = b.exact / b.printed if b.printed else 1.0
    low = a.exact if a.dimension == b.dimension else a.exact * factor
    start = a.start - len(lead.group()) if lead else a.start
    return replace(b, start=start, low=low, high=b.exact, step=min(a.step * factor, b.step), bound="range")
