"""Is a quotation that stands in a statement printed in a version too, whatever the sentence around it says?

"We will fight for you with every breath," X told thousands of rain-soaked admirers is told by a text that quotes the
words and leaves out the rain. Found by runs of words (shingles, Broder 1997), looked up in a table of the version's.

time: linear in the words of a version once, then in the words of the quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from storydiff.align.points_table import Piece
from storydiff.model import Span
from storydiff.text.normalize import squeeze
from storydiff.text.quote_marks import marked

RUN = 5
"""Words in a row that two texts hardly share by chance."""
MOST = 0.6
"""Share of the quotation's runs that must stand there."""
CORE, LONG = 0.5, 8
"""A quotation is what the statement tells when it is half of its words, or so many words: not a name or a phrase that
everybody quotes."""

_WORD = re.compile(r"\w+(?:'\w+)?")


class Printed:
    """The runs of words of all versions."""

    def __init__(self, pieces: Mapping[str, Sequence[Piece]]) -> None:
        self._pieces = pieces
        self._runs: dict[str, dict[str, Span]] = {}

    def find(self, statement: str, version: str) -> tuple[Span, ...]:
        """Where the version prints a quotation of the statement; empty when it does not."""
        for quotation in quotations(statement):
            held = self._table(version)
            where = [held[run] for run in quotation if run in held]
            if len(where) >= MOST * len(quotation):
                return tuple(sorted(set(where)))
        return ()

    def _table(self, version: str) -> dict[str, Span]:
        """Each run of words of a version with the piece that holds it."""
        if version not in self._runs:
            self._runs[version] = {
                run: piece.span for piece in reversed(self._pieces.get(version, ())) for run in _runs(piece.span.text)
            }
        return self._runs[version]


@lru_cache(maxsize=256)
def quotations(statement: str) -> tuple[tuple[str, ...], ...]:
    """The runs of words of each quotation that the statement is about; every version is asked for the same ones."""
    enough = min(LONG, CORE * len(_words(statement)))
    stretches = (statement[each.start : each.end] for each in marked(statement))
    found = [tuple(_runs(stretch)) for stretch in stretches if len(_words(stretch)) >= enough]
    return tuple([runs for runs in found if runs])


def repeats(statement: str, text: str, run: int) -> bool:
    """Whether so many words in a row of the statement stand in the text."""
    return not set(_runs(statement, run)).isdisjoint(_runs(text, run))


def _runs(text: str, length: int = RUN) -> Iterator[str]:
    words = _words(text)
    return (" ".join(words[i : i + length]) for i in range(len(words) - length + 1))


def _words(text: str) -> list[str]:
    return _WORD.findall(squeeze(text))
