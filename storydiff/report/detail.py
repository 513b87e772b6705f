"""How much of the evidence one page carries, so that sixty outlets by two hundred points stay under the limit.

A page is made at the first level that fits. Readings that merely agree are shortened before those that conflict
or lack a detail; what is left out is said on the page, and is in the JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storydiff.model import Status
from storydiff.report.view import View

LIMIT = 1_480_000
"""Bytes of a page: it opens at once, and passes where mails are cut."""
OPTIMISM = 0.92
"""Estimates are taken this low: a level that might just fit is tried, and given up when it does not. On crowds of
10 to 60 outlets by 20 to 200 points the estimates were within 10 % of the page for compact levels."""
SHORTER = (160, 120, 90, 70, 50)
"""Characters left of the words of a reading that agrees, from one level to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What is shown of each reading."""

    compact: bool = True
    """Only the words, under the outlet's code: no paragraph around them, word diff, time or place."""
    longest: int | None = None
    """Characters shown of the words of a reading that agrees."""
    listed: bool = True
    """Readings that agree are shown at all; else only their outlets are named."""
    left_out: str = ""
    """What a reader is told of it."""

    def size(self, shown: View) -> float:
        """About how many bytes a page of this detail has."""
        texts = {each.id: each.paragraphs for each in shown.collation.versions}
        rows, columns = len(shown.rows), len(shown.columns)
        total = 60_000.0 + 600 * rows + 1_000 * columns + 42 * rows * columns
        for row in shown.rows:
            for version, cell in row.point.coverage.items():
                words = sum(len(span.text) for span in cell.evidence)
                if words and not self.compact:
                    around = len(texts[version][cell.evidence[0].paragraph].text)
                    total += 700 + around + 2 * words
                elif words:
                    total += self._compact_size(words, cell.status)
        return total * OPTIMISM

    def _compact_size(self, words: int, status: Status) -> int:
        if status is not Status.REPORTED:
            return 60 + words
        return 50 + min(words, self.longest or words) if self.listed else 26


ALONE = "readings stand without their paragraphs, under the codes in the table of outlets"
LEVELS = (
    Detail(compact=False),
    Detail(left_out=f"{ALONE}."),
    *(Detail(longest=n, left_out=f"{ALONE}; those that agree end after {n} characters.") for n in SHORTER),
    Detail(listed=False, left_out=f"{ALONE}; of those that agree only the outlets are named."),
)


def levels(shown: View) -> Iterator[Detail]:
    """The levels worth trying, most detailed first; the last one always."""
    yield from (each for each in LEVELS[:-1] if each.size(shown) <= LIMIT)
    yield LEVELS[-1]
