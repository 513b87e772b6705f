"""The evidence behind a point, ready to be shown: each version's words in their paragraph, and how they differ.

A reading is compared with the words that the statement was taken from. In another language no words are
compared; where too little is shared a diff would be noise, and the two quotes speak for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from storydiff.model import Cell, Collation, Point, Role, Span, Version
from storydiff.report.marks import Disputes, Mark, cell_of
from storydiff.report.wording import Run, alike, compared

ORDER = (Mark.CONFLICTS, Mark.OVERTAKEN, Mark.PARTIAL, Mark.REPORTED, Mark.OMITTED, Mark.UNKNOWN)

PLAIN = str.maketrans(dict.fromkeys('‘’‚“”„«»‹›"', "'") | dict.fromkeys("–—‒", "-"))
"""Copies of one text differ in their quotation marks and dashes; readers do not take that for other words."""


class Wording(StrEnum):
    """How a reading relates to the words of the statement."""

    ORIGIN = "the statement is taken from here"
    SAME = "word for word the statement's reading"
    DIFF = "differs from the statement's reading"
    OWN = "told in other words"
    LANGUAGE = "in another language: words are not compared"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """One paragraph with the words that carry the point: pieces of text, marked or not."""

    paragraph: int
    role: Role
    pieces: tuple[tuple[bool, str], ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one version says on a point."""

    version: Version
    mark: Mark
    cell: Cell
    quotes: tuple[Quote, ...]
    closest: tuple[Quote, ...]
    """Where it is unknown: words that come close to it."""
    wording: Wording
    diff: tuple[Run, ...]
    """From the statement's reading to this one; empty unless `wording` is DIFF."""


def evidence(
    collation: Collation, point: Point, disputes: Disputes | None = None, *, words: bool = True
) -> tuple[Evidence, ...]:
    """Every version's evidence, conflicts first, in the order of the collation within one mark.

    With `words` off, readings are not compared word by word: that is most of the cost.
    """
    disputes = disputes or Disputes.of(collation)
    joined = [each for each in collation.versions if each.id not in collation.apart]
    found = [_evidence(collation, point, each, disputes.mark(point, each.id), words=words) for each in joined]
    return tuple(sorted(found, key=lambda each: ORDER.index(each.mark)))


def _evidence(collation: Collation, point: Point, version: Version, mark: Mark, *, words: bool) -> Evidence:
    cell = cell_of(point, version.id)
    wording, diff = _wording(collation, point, version, cell) if words else (Wording.NONE, ())
    told, closest = (tuple(quotes(version, spans)) for spans in (cell.told, cell.closest))
    return Evidence(version=version, mark=mark, cell=cell, quotes=told, closest=closest, wording=wording, diff=diff)


def quotes(version: Version, spans: tuple[Span, ...]) -> Iterator[Quote]:
    """The paragraphs of a version in which the spans stand, with the words marked."""
    for paragraph in sorted({each.paragraph for each in spans}):
        found = _merged(sorted((each.start, each.end) for each in spans if each.paragraph == paragraph))
        text, role = version.paragraphs[paragraph].text, version.paragraphs[paragraph].role
        yield Quote(paragraph, role, tuple(pieces(text, found)), tuple(found))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping spans as one."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def pieces(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[bool, str]]:
    """The text in pieces, those inside the spans (sorted, disjoint) marked; joined they give the text."""
    at = 0
    for start, end in spans:
        if at < start:
            yield False, text[at:start]
        yield True, text[start:end]
        at = end
    if at < len(text):
        yield False, text[at:]


def excerpt(text: str, start: int, end: int, around: int) -> tuple[str, str, str]:
    """The words with about that many characters before and behind, cut between words: (before, words, behind)."""
    left, right = start - around, end + around
    before, behind = text[max(left, 0) : start], text[end:right]
    if left > 0:
        before = f"…{before.split(' ', 1)[-1]}"
    if right < len(text):
        behind = f"{behind.rsplit(' ', 1)[0]}…"
    return before, text[start:end], behind


def _wording(collation: Collation, point: Point, version: Version, cell: Cell) -> tuple[Wording, tuple[Run, ...]]:
    if not cell.told:
        return Wording.NONE, ()
    origin = point.origin.version if point.origin else None
    if version.id == origin:
        return Wording.ORIGIN, ()
    language = _language(collation, origin)
    if language and version.language and language != version.language:
        return Wording.LANGUAGE, ()
    before, after = statement_words(point), " ".join(each.text for each in cell.told)
    if plain(before) == plain(after):
        return Wording.SAME, ()
    found = compared(before, after, version.language)
    return (Wording.DIFF, found) if alike(found) else (Wording.OWN, ())


def plain(text: str) -> str:
    """The words in one typography, to see whether they are the same."""
    return " ".join(text.translate(PLAIN).split())


def statement_words(point: Point) -> str:
    """The words that the statement was taken from; the statement itself where they are not known."""
    if point.origin is None:
        return point.statement
    cell = point.coverage.get(point.origin.version)
    texts = [each.text for each in cell.told] if cell else []
    return " ".join(texts) or point.origin.text


def _language(collation: Collation, version: str | None) -> str | None:
    return next((each.language for each in collation.versions if each.id == version), None)
