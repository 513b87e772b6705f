"""Which details of a statement a version must have to report it in full.

Not everything that the fullest reading adds is what the statement turns on. A figure counts when it stands in a part of
the sentence that has a verb of its own: "hired three divers for the search" does, "..., ten minutes early" and "the
pilot, 47," do not. A person or an organisation counts when the version names it nowhere at all; an organisation's
name is translated, so across languages only people count. Days, sources and the wording of quotations do not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from storydiff.align.ideas import LANGUAGES
from storydiff.align.points_concepts import Bag, bag, is_telling
from storydiff.diff.coverage_until import deadlines, names_a_day
from storydiff.diff.details import Detail, figures, missing_figures, vague_figures
from storydiff.diff.rules.passage import passage
from storydiff.model import BODY_ROLES, Span, Version
from storydiff.text.name_words import NATIONALITY
from storydiff.text.names import Name, mentions
from storydiff.text.places import known
from storydiff.text.words import base

NEAR = 1
"""Paragraphs around the evidence in which a telling figure may stand; a small count must stand in its own."""

_LIST = 90
"""Characters behind a count in which the counted are listed."""

_OTHER_SCRIPTS = frozenset({"ar", "el", "fa", "he", "hi", "ja", "ka", "ko", "ru", "th", "uk", "zh"})
_ASIDE = re.compile(r"\s*(?:who|whose|which|whom|including|among|down|up|compared)\b", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(?:[A-Z]-)?(?:[A-Z][a-z]?\.?){1,4}")
"""U.S, GOP, R-N.Y: texts spell them out or say them in other words."""
_PERSON, _KINDS = frozenset({"person"}), frozenset({"person", "organisation"})
"""The names that count; an organisation's is translated."""
_PART_OF_DATE = re.compile(r".?\d+/\d|[/–-]\d")
_BY_THE_WAY = re.compile(r"\s?o['’]clock\b|(?<=-year-old)|\sof (?:whom|which)\b", re.IGNORECASE)
"""Behind a figure: a time of day, which readings put in many ways; who is meant ("told the 58-year-old"); an aside."""
_FRACTION = re.compile(r"\b(?:half|halves|quarter|third|fifth|tenth)\b", re.IGNORECASE)
_FRACTIONS = frozenset({"@quarter", "@half", "@third"})
_VERB = re.compile(
    r"\b(?:am|is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|did|does|do|[a-z]{3,}ed"
    r"|became|began|bought|broke|brought|built|came|caught|cut|died|fell|found|gave|got|grew|held|hit|kept|killed|left"
    r"|lost|made|met|paid|put|ran|rose|said|says|saw|sent|set|sold|spent|stands|struck|took|told|went|won"
    r"|carries|charges|costs|earns|employs|gets|gives|holds|keeps|makes|needs|owes|owns|pays|puts|runs|sells|sends|serves"
    r"|spends|supplies|takes)\b"
)


def concepts_of(version: Version) -> Bag:
    """The concepts of a body: what `lacking` looks names up in."""
    return frozenset().union(*(bag(paragraph.text, version.language) for _, paragraph in version.body))


def lacking(
    statement: Span,
    source: Version,
    version: Version,
    evidence: Sequence[Span],
    named: Bag,
    agreed: Bag | None = None,
) -> tuple[str, ...]:
    """The details of the statement that `version` lacks, in the statement's own words; `named` are its concepts.

    `agreed`: what other readings of the point say, if there are enough to tell what the point turns on: a figure or
    a name that none of them has is the statement's own addition.
    """
    if not {base(source.language), base(version.language)} <= {*LANGUAGES}:
        return ()  # Number words of other languages are not read.
    figures = _figures(statement, source, version, evidence, agreed)
    days = _days(statement, source, version, evidence, agreed)
    names = _nowhere(statement.text, source, version, named)
    if agreed is not None:
        names = [name for name in names if not bag(name, source.language).isdisjoint(agreed)]
    return tuple(dict.fromkeys([*figures, *days, *names]))


def _days(
    statement: Span, source: Version, version: Version, evidence: Sequence[Span], agreed: Bag | None
) -> list[str]:
    """The days until or by which something is so, if the version names no day there."""
    if base(source.language) != "en":
        return []
    due = [(text, day) for text, day in deadlines(statement.text) if agreed is None or day <= agreed]
    if not due or any(names_a_day(span.text, base(version.language)) for span in evidence):
        return []
    told = _around(version, evidence, 0)
    return [text for text, day in due if not day <= told]


def _figures(
    statement: Span, source: Version, version: Version, evidence: Sequence[Span], agreed: Bag | None
) -> list[str]:
    needed, fractional = _needed(statement.text, source.language), _fractional(statement.text)
    if not needed and not fractional:
        return []
    here = _around(version, evidence, 0)
    if not fractional and needed <= here:
        return []
    told = here | frozenset(filter(is_telling, _around(version, evidence, NEAR)))
    if not fractional and needed <= told:
        return []
    essential = _essential_figures(statement.text, source.language, source.published)
    lost = [
        detail
        for detail, figure in essential
        if not _told(figure, told)
        and (agreed is None or _told(figure, agreed))
        and not _listed(statement, source, detail, told)
    ]
    if not lost:
        return []
    absent, vague = _absent(statement.text, source, version, evidence)
    lost = [detail for detail in lost if detail.text in vague or detail.text in absent]
    if not lost:
        return []
    other = _dimensions(evidence, version) - _dimensions([statement], source)
    return [detail.text for detail in lost if detail.text in vague or not _instead(detail, other)]


def _listed(statement: Span, source: Version, count: Detail, told: Bag) -> bool:
    """Whether a count is that of the names behind it, and they are told: "two mills, Tarn and Osk"."""
    number = count.value.partition(" ")[0]
    behind = statement.text[count.end : count.end + _LIST]
    named = [bag(name.text, source.language) for name in mentions(behind, source.language) if name.start]
    return number == str(len(named)) and all(each & told for each in named)


def _dimensions(spans: Sequence[Span], version: Version) -> set[tuple[str, str]]:
    """The figures of spans, each as what it counts and its value."""
    found = (d for span in spans for d in figures(span.text, version.language, version.published))
    return {(_counted(d), d.value) for d in found}


def _counted(detail: Detail) -> str:
    return detail.value.partition(" ")[2]


def _instead(detail: Detail, others: set[tuple[str, str]]) -> bool:
    """Whether another figure stands for it: a wrong figure is told, not missing."""
    return any(counted == _counted(detail) for counted, _ in others)


def _nowhere(statement: str, source: Version, version: Version, named: Bag) -> list[str]:
    """The people and organisations of the statement that the version does not name anywhere.

    Spellings that differ behind the first letters are one name; a name in another script cannot be looked up.
    """
    if _script(source.language) != _script(version.language):
        return []
    kinds = _KINDS if base(source.language) == base(version.language) else _PERSON
    people = _people(statement, source.language, source.outlet, kinds)
    return [name for name in people if bag(name, source.language).isdisjoint(named)]


def _script(language: str | None) -> str:
    return base(language) if base(language) in _OTHER_SCRIPTS else ""


def _numbers(bag: Bag) -> set[str]:
    return {concept for concept in bag if concept[0] == "#" and concept[1:2].isdecimal()}


def _told(figure: Bag, told: Bag) -> bool:
    """Whether the bare figures (or, of "a quarter of a point", the fraction) stand there, however they are put."""
    numbers = _numbers(figure)
    same_measure = any("~" in concept for concept in figure & told)
    return same_measure or (numbers or figure & _FRACTIONS) <= told


def _around(version: Version, evidence: Sequence[Span], reach: int) -> Bag:
    """The concepts of the paragraphs of the evidence, and of those so near to them."""
    told = {span.paragraph + step for span in evidence for step in range(-reach, reach + 1)}
    near = [version.paragraphs[i] for i in told if 0 <= i < len(version.paragraphs)]
    bags = [bag(p.text, version.language) for p in near if p.role in BODY_ROLES]
    return bags[0] if len(bags) == 1 else frozenset().union(*bags)


@lru_cache(maxsize=256)
def _needed(text: str, language: str | None) -> frozenset[str]:
    """The figures of a statement, as concepts."""
    return frozenset(_numbers(bag(text, language)))


@lru_cache(maxsize=256)
def _essential_figures(text: str, language: str | None, published: datetime | None) -> list[tuple[Detail, Bag]]:
    """The figures that a statement turns on, each with its concepts."""
    return [
        (detail, bag(detail.text, language))
        for detail in figures(text, language, published)
        if not _PART_OF_DATE.match(text, max(detail.start - 1, 0))
        and not _BY_THE_WAY.match(text, detail.end)
        and _essential(text, detail.start, language)
    ]


@lru_cache(maxsize=256)
def _fractional(text: str) -> bool:
    """Whether a figure may be there that no number word shows: a quarter, half a point."""
    return _FRACTION.search(text) is not None


def _absent(statement: str, source: Version, version: Version, evidence: Sequence[Span]) -> tuple[set[str], set[str]]:
    """The figures of the statement that agree with none in the evidence, as printed, and those told by a bound."""
    language, published = version.language or source.language, version.published or source.published
    told = [passage(span.text, language, published) for span in evidence]
    stated = passage(statement, source.language, source.published)
    return missing_figures(stated, told), vague_figures(stated, told)


@lru_cache(maxsize=256)
def _people(statement: str, language: str | None, outlet: str, kinds: frozenset[str]) -> tuple[str, ...]:
    """The names in a statement of an outlet that a version must have; every version is asked for the same ones."""
    return tuple(
        name.text
        for name in mentions(statement, language)
        if name.kind in kinds and not _itself(name.text, outlet) and not _common(name, statement)
    )


def _common(name: Name, statement: str) -> bool:
    """Whether it can be put otherwise or goes without saying: an abbreviation, a country, a people, the dateline."""
    first = name.text.split()[0]
    short = _ABBREVIATED.fullmatch(name.text) or NATIONALITY.fullmatch(first) or known(name.text)
    return bool(short) or (not name.start and name.text.isupper()) or statement[name.end : name.end + 1] == "/"


def _itself(name: str, outlet: str) -> bool:
    """Whether an outlet names itself ("told the Gazette")."""
    own, named = outlet.casefold(), name.casefold()
    return named in own or own in named


def _essential(text: str, place: int, language: str | None) -> bool:
    """Whether a figure stands in a part of the sentence that has a verb, when verbs can be told."""
    if base(language) != "en":
        return True
    start = text.rfind(",", 0, place) + 1
    end = text.find(",", place)
    part = text[start : end if end >= 0 else len(text)].partition(" than ")[0]
    return not start or (not _ASIDE.match(part) and _VERB.search(part) is not None)
