"""Quantities in a text, normalised to values that can be compared: numbers in digits and words, with unit and bound.

A quantity knows the interval in which the true figure lies ("nearly 3,000" is below 3,000, "at least 12" is open
above), how finely it is told (its step: 1,200 is told to the hundred) and its dimension (`count`, `percent`, `points`,
`money:EUR`, `length`, `duration`, `age`, `ordinal`, `score`, ...). Two quantities of one dimension agree when their
intervals meet, the rounding of the coarser one allowed. Small counts are never rounded.

Reads en, de, fr, es, ru and uk; in any other language digits with symbols only. Linear in the text.
"""

from __future__ import annotations

from functools import lru_cache

from storydiff.text.number_words import ADD
from storydiff.text.numbers_digits import read_digits
from storydiff.text.numbers_joined import joined
from storydiff.text.numbers_quantity import Quantity, agree
from storydiff.text.numbers_sheet import Sheet
from storydiff.text.numbers_spelt import read_words
from storydiff.text.times import Moment, moments

__all__ = ["Quantity", "agree", "quantities"]


@lru_cache(maxsize=4096)
def quantities(text: str, language: str | None = "en", times: tuple[Moment, ...] | None = None) -> tuple[Quantity, ...]:
    """All quantities of a text in the order of their places; times of day, dates and years are not among them.

    `times`: the moments of the text, when the caller has them already.
    """
    tongue = language if language in ADD else ""
    told = moments(text, tongue) if times is None and tongue else times or ()
    sheet = Sheet(text, tongue or "", [(m.start, m.end) for m in told])
    read_digits(sheet)
    if tongue:
        read_words(sheet)
    return joined(sheet.found, text)
