"""Details: the numbers, quotations, names, times, places and sources of a passage, and which of them another lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import zip_longest
from typing import Literal, TypeVar

from storydiff.diff.rules.passage import Passage, passage
from storydiff.text.attribution import Source
from storydiff.text.attribution_words import GENERIC
from storydiff.text.names import Name, relation
from storydiff.text.numbers import Quantity
from storydiff.text.numbers import agree as same_figure
from storydiff.text.quotes import Quotation
from storydiff.text.times import Moment
from storydiff.text.times import agree as same_time
from storydiff.text.words import keys

Kind = Literal["number", "quote", "name", "time", "place", "attribution"]
_ARTICLES = frozenset({"the", "a", "an"})
_BOUNDS = frozenset({"above", "range"})
"""How a figure may be told that leaves an exact one out; "almost" and "about" round it."""
_QUOTED = 0.7
"""Share of a quotation's words that another passage must hold to count as having it, in whatever form."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail of a passage: `text[start:end]`; `value` is what makes it comparable."""

    kind: Kind
    start: int
    end: int
    text: str
    value: str


@lru_cache(maxsize=4096)
def details(text: str, language: str | None = "en", published: datetime | None = None) -> tuple[Detail, ...]:
    """The details of a passage in the order of their places."""
    parsed = passage(text, language, published)
    return tuple(sorted((_detail(parsed, each) for each in _each(parsed)), key=lambda d: (d.start, d.end, d.kind)))


@lru_cache(maxsize=4096)
def figures(text: str, language: str | None = "en", published: datetime | None = None) -> tuple[Detail, ...]:
    """Of the details of a passage the figures; nothing else is read."""
    parsed = passage(text, language, published)
    return tuple(_detail(parsed, each) for each in sorted(_counted(parsed), key=lambda q: (q.start, q.end)))


def missing_figures(statement: Passage, tellings: Sequence[Passage]) -> set[str]:
    """As `missing`, but of the figures alone, as printed."""
    found = _counted(statement)
    return {statement.text[q.start : q.end] for q in found if not any(_has(o, statement, q) for o in tellings)}


def vague_figures(statement: Passage, tellings: Sequence[Passage]) -> set[str]:
    """The exact figures of a statement, as printed, that are told by a bound alone ("more than 400" of 412)."""
    found = [q for q in _counted(statement) if not q.bound]
    return {_detail(statement, q).text for q in found if _only_bounds(q, tellings)}


def _only_bounds(figure: Quantity, tellings: Sequence[Passage]) -> bool:
    counted = (q for other in tellings for q in other.quantities if q.dimension == figure.dimension)
    told = [q.bound for q in counted if same_figure(q, figure)]
    return bool(told) and _BOUNDS.issuperset(told)


def missing(
    statement: str,
    tellings: Sequence[str],
    language: str | None = "en",
    languages: Sequence[str | None] = (),
    published: datetime | None = None,
    publications: Sequence[datetime | None] = (),
) -> tuple[str, ...]:
    """The details of a statement that none of the tellings has, in the statement's own words.

    An equal value in other units or words counts as present, and so does a value that conflicts: a wrong figure is
    told, not missing. `languages` and `publications` belong to the tellings, in their order; the statement's own stand
    in where they end.
    """
    mine = passage(statement, language, published)
    others = [
        passage(text, tongue or language, moment or published)
        for text, tongue, moment in zip_longest(tellings, languages[: len(tellings)], publications[: len(tellings)])
    ]
    lacking = [_detail(mine, each) for each in _each(mine) if not any(_has(other, mine, each) for other in others)]
    return tuple(dict.fromkeys(d.text for d in sorted(lacking, key=lambda d: (d.start, d.end))))


_Item = Quantity | Quotation | Moment | Name | Source
_T = TypeVar("_T", bound=_Item)


def _each(parsed: Passage) -> list[_Item]:
    """Its details; what stands inside a quotation is part of that, and a weak number ("one") is none."""
    credited = [s for s in parsed.sources if not set(s.words) <= GENERIC | _ARTICLES]
    told: list[_Item] = [*parsed.moments, *parsed.names, *credited]
    return [*_counted(parsed), *_outside(parsed, told), *parsed.quotations]


@lru_cache(maxsize=4096)
def _counted(parsed: Passage) -> list[Quantity]:
    return _outside(parsed, [q for q in parsed.quantities if not q.weak])


def _outside(parsed: Passage, told: list[_T]) -> list[_T]:
    return [x for x in told if not any(q.start <= x.start < q.end for q in parsed.quotations)]


def _detail(parsed: Passage, item: _Item) -> Detail:
    text = parsed.text[item.start : item.end]
    kind, value = _kind(item, text)
    return Detail(kind, item.start, item.end, text, value)


def _kind(item: _Item, text: str) -> tuple[Kind, str]:
    match item:
        case Quantity():
            return "number", item.value
        case Moment():
            return "time", item.value
        case Quotation():
            return "quote", " ".join(text.split())
        case Name():
            return ("place" if item.kind == "place" else "name"), item.text
        case Source():
            return "attribution", item.text


def _has(other: Passage, mine: Passage, item: _Item) -> bool:
    match item:
        case Quantity():
            return any(q.dimension == item.dimension and same_figure(q, item) for q in other.quantities)
        case Moment():
            return any(m.kind == item.kind and same_time(m, item) for m in other.moments)
        case Name():
            return any(relation(n.text, item.text) != "different" for n in other.names)
        case Quotation():
            return _holds_words(other, mine, item)
        case Source():
            return _credits(other, mine, item)


def _holds_words(other: Passage, mine: Passage, item: Quotation) -> bool:
    if other.language != mine.language:
        return bool(other.quotations)
    said = set(keys(item.text, mine.language))
    content = said & mine.keys or said
    return len(content & (other.keys | set(keys(other.text, other.language)))) >= _QUOTED * len(content)


def _credits(other: Passage, mine: Passage, item: Source) -> bool:
    if other.language != mine.language:
        return bool(other.sources or other.quotations)
    inside = [t for t in mine.within(item.start, item.end) if t.content]
    return not inside or any(t.concepts & other.concepts for t in inside)
