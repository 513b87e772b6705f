"""Two versions side by side, ready to be shown: linked paragraphs in one row, with what differs in their words.

What is said of a paragraph that has no link follows the cells of its points: `only here` needs a text that was read in
full and that omits every one of them. Where the other text is cut off, or in another language, nothing follows from a
missing link, and `unknown` is what is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from storydiff.diff.pairing import typeset
from storydiff.diff.words import edits
from storydiff.model import BODY_ROLES, Collation, Version, WordEdit
from storydiff.report.pair_kept import kept
from storydiff.report.pair_notes import Note, NoteKind, Notes
from storydiff.report.pair_rows import Layout, Place, joined_in, joined_of, layout
from storydiff.report.wording import Part, Run, alike, runs

SIDES = (frozenset({Part.SAME, Part.GONE, Part.FROM}), frozenset({Part.SAME, Part.NEW, Part.TO}))
"""The runs of a word diff that stand in the left and in the right text."""


class Fate(StrEnum):
    """What a paragraph is beside the other text; the value is what readers see."""

    SAME = "word for word"
    REWORDED = "reworded"
    OTHERWISE = "in other words"
    TRANSLATED = "in another language"
    MOVED = "moved"
    ONLY = "only here"
    UNKNOWN = "unknown in the other"
    ASIDE = ""
    """A heading, or a standfirst that the other lacks: nothing is said of it."""


HEADS = {-1: "headline", -2: "standfirst"}
QUIET = frozenset({Fate.SAME, Fate.ASIDE, Fate.TRANSLATED, Fate.UNKNOWN})
"""Fates that are no difference: nothing differs, or nothing follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairParagraph:
    """One paragraph as it stands on its side."""

    index: int
    """In the version; -1 for the headline and -2 for the standfirst."""
    role: str
    fate: Fate
    runs: tuple[Run, ...]
    """Its words as this side has them; joined they are its text."""
    kept: tuple[tuple[bool, str], ...] = ()
    """In place of the runs, where words cannot be compared: what both texts have (names, numbers, quotes) is marked."""
    elsewhere: tuple[int, ...] = ()
    """Paragraphs of the other text that say the same but stand in other rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """What stands side by side."""

    left: tuple[PairParagraph, ...]
    right: tuple[PairParagraph, ...]
    notes: tuple[Note, ...]
    number: int = 0
    """Its number among the differences, from 1; 0 when there is none."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two versions, row by row."""

    left: Version
    right: Version
    rows: tuple[PairRow, ...]
    one_article: bool
    translated: bool
    """The languages differ, so no words are compared."""
    credit: str | None
    """The agency whose text both carry ("" when nobody is credited); None when they share none."""

    @cached_property
    def differences(self) -> int:
        """How many rows differ."""
        return max((row.number for row in self.rows), default=0)

    @cached_property
    def counts(self) -> tuple[Counter[Fate], Counter[Fate]]:
        """The fates of the paragraphs on either side."""
        return _fates(row.left for row in self.rows), _fates(row.right for row in self.rows)


def _fates(sides: Iterable[tuple[PairParagraph, ...]]) -> Counter[Fate]:
    return Counter(each.fate for side in sides for each in side if each.index >= 0 and each.fate is not Fate.ASIDE)


def pair(left: Version, right: Version, collation: Collation | None) -> Pair:
    """The two versions side by side. `collation` must hold both; None for two versions of one article."""
    joins = joined_of(left, right) if collation is None else joined_in(collation, left.id, right.id)
    made = _Pairing((left, right), layout(left, right, joins), Notes(collation, (left, right)))
    return Pair(
        left=left,
        right=right,
        rows=tuple(_numbered([*made.heads(), *made.rows()])),
        one_article=collation is None,
        translated=made.translated,
        credit=_credit(collation, left.id, right.id),
    )


def _credit(collation: Collation | None, a: str, b: str) -> str | None:
    families = collation.families if collation else ()
    return next((each.credit or "" for each in families if {a, b} <= set(each.versions)), None)


def _numbered(rows: Iterable[PairRow]) -> Iterator[PairRow]:
    number = 0
    for row in rows:
        noted = any(each.kind is not NoteKind.UNKNOWN for each in row.notes)
        differs = noted or any(each.fate not in QUIET for each in (*row.left, *row.right))
        number += differs
        yield PairRow(left=row.left, right=row.right, notes=row.notes, number=number if differs else 0)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one paragraph as its side shows them."""

    fate: Fate
    runs: tuple[Run, ...]
    kept: tuple[tuple[bool, str], ...]


@dataclass(frozen=True)
class _Pairing:
    """What the rows are made from."""

    versions: tuple[Version, Version]
    layout: Layout
    notes: Notes

    @cached_property
    def translated(self) -> bool:
        """Whether the languages are known to differ."""
        a, b = (each.language for each in self.versions)
        return bool(a and b and a != b)

    def heads(self) -> Iterator[PairRow]:
        """Headlines and standfirsts beside each other; one that is missing may be our failure, so nothing is said."""
        for index, role in HEADS.items():
            texts = [getattr(each, role) or "" for each in self.versions]
            if any(texts):
                sides = [tuple(self._head(side, index, texts)) for side in (0, 1)]
                yield PairRow(left=sides[0], right=sides[1], notes=())

    def _head(self, side: int, index: int, texts: Sequence[str]) -> Iterator[PairParagraph]:
        if texts[side]:
            words = self._words(side, texts[side], texts[1 - side]) if all(texts) else _plain(Fate.ASIDE, texts[side])
            yield _paragraph(index, HEADS[index], words, ())

    def rows(self) -> Iterator[PairRow]:
        """The paragraphs, row by row."""
        for place in self.layout.places:
            notes = self.notes.of_row(place.left, place.right)
            left, right = (tuple(self._side(side, place)) for side in (0, 1))
            yield PairRow(left=left, right=right, notes=tuple(notes))

    def _side(self, side: int, place: Place) -> Iterator[PairParagraph]:
        here, there = (place.left, place.right) if side == 0 else (place.right, place.left)
        for index in here:
            paragraph = self.versions[side].paragraphs[index]
            partners = self.layout.partners(side, index)
            elsewhere = tuple(each for each in partners if each not in there)
            words = self._beside(side, index, partners)
            if elsewhere and len(elsewhere) == len(partners):
                words = replace(words, fate=Fate.MOVED)
            yield _paragraph(index, paragraph.role.value, words, elsewhere)

    def _beside(self, side: int, index: int, partners: Sequence[int]) -> _Words:
        paragraph = self.versions[side].paragraphs[index]
        if partners:
            told = " ".join(self.versions[1 - side].paragraphs[each].text for each in partners)
            return self._words(side, paragraph.text, told)
        if paragraph.role not in BODY_ROLES:
            return _plain(Fate.ASIDE, paragraph.text)
        return _plain(Fate.ONLY if self.notes.lacks(1 - side, index) else Fate.UNKNOWN, paragraph.text)

    def _words(self, side: int, text: str, other: str) -> _Words:
        """The text beside the words of the other that say the same."""
        if typeset(text) == typeset(other):
            return _plain(Fate.SAME, text)
        if self.translated:
            return _Words(Fate.TRANSLATED, (), kept(self.versions[side], text, self.versions[1 - side], other))
        before, after = (text, other) if side == 0 else (other, text)
        found = runs(_looked_at(edits(before, after, self.versions[1].language), side))
        if not alike(found):
            return _Words(Fate.OTHERWISE, (), kept(self.versions[side], text, self.versions[1 - side], other))
        return _Words(Fate.REWORDED, tuple(_merged(run for run in found if run.part in SIDES[side])), ())


def _looked_at(changes: Iterable[WordEdit], side: int) -> Iterator[WordEdit]:
    """The edits as one side shows them: another kind of quotation mark or dash is no other word."""
    for each in changes:
        told = each.after if side else each.before
        alike_ = each.op != "equal" and typeset(each.before) == typeset(each.after) and bool(told)
        yield WordEdit("equal", told, told) if alike_ else each


def _merged(found: Iterable[Run]) -> Iterator[Run]:
    for part, its in groupby(found, key=lambda run: run.part):
        yield Run(part, "".join(run.text for run in its))


def _plain(fate: Fate, text: str) -> _Words:
    return _Words(fate, (Run(Part.SAME, text),), ())


def _paragraph(index: int, role: str, words: _Words, elsewhere: tuple[int, ...]) -> PairParagraph:
    return PairParagraph(index=index, role=role, fate=words.fate, runs=words.runs, kept=words.kept, elsewhere=elsewhere)
