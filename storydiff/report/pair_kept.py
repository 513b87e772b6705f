"""What two passages have in common where their words cannot be compared: names, numbers, times, quotations.

A translation changes every word but these. Of a name only the words are marked that the other passage has in some
spelling ("Kowalyk", "Kovalyk"), because in some languages every noun has a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from storydiff.diff.details import Detail, details, missing
from storydiff.model import Version
from storydiff.report.readings import pieces
from storydiff.text.names import relation

NAMED = frozenset({"name", "place", "attribution"})
_WORD = re.compile(r"[^\W_][\w'’\-]*")

Pieces = tuple[tuple[bool, str], ...]


def kept(mine: Version, text: str, theirs: Version, other: str) -> Pieces:
    """The text in pieces, marked where the other passage has the same; joined they give the text."""
    lacking = set(
        missing(
            text,
            (other,),
            mine.language,
            languages=(theirs.language,),
            published=mine.published,
            publications=(theirs.published,),
        )
    )
    found = [each for each in details(text, mine.language, mine.published) if each.text not in lacking]
    names = [word for each in details(other, theirs.language, theirs.published) for word in _capitals(each)]
    spans = [span for each in found for span in _spans(each, [word[0] for word in names])]
    return tuple(pieces(text, _disjoint(spans)))


def _spans(detail: Detail, names: list[str]) -> Iterator[tuple[int, int]]:
    if detail.kind not in NAMED:
        yield detail.start, detail.end
        return
    for word, start, end in _capitals(detail):
        if any(relation(word, each) != "different" for each in names):
            yield start, end


def _capitals(detail: Detail) -> list[tuple[str, int, int]]:
    """The words of a name that are written large, with their places in the passage."""
    if detail.kind not in NAMED:
        return []
    found = _WORD.finditer(detail.text)
    return [(m[0], detail.start + m.start(), detail.start + m.end()) for m in found if not m[0][0].islower()]


def _disjoint(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap an earlier one left out."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found
