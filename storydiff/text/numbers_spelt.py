"""Figures in words: numerals, ordinals, fractions, vague counts ("dozens") and verbs that hold a number ("halved")."""

from __future__ import annotations

import re
from typing import NamedTuple

from storydiff.text import number_words as words
from storydiff.text.numbers_quantity import Quantity
from storydiff.text.numbers_sheet import Sheet, step_of
from storydiff.text.units import Unit, unit_after

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?")
_BETWEEN = re.compile(r"[\s\u00a0-]{1,2}")
_ARTICLES = frozenset({"a", "an", "one", "the", "ein", "eine", "einen", "einem", "un", "une", "la", "le", "el", "des"})


class _Word(NamedTuple):
    low: str
    start: int
    end: int


def read_words(sheet: Sheet) -> None:
    """Notes all figures in words."""
    counting = [*map(words.counting(sheet.language), _WORD.findall(sheet.text))]
    if any(counting):
        Speller(sheet, counting).read()


class Speller:
    """Goes through the words of a text once; every reader returns the index after what it took, or 0.

    `counting`: which of the words stand in a table.
    """

    def __init__(self, sheet: Sheet, counting: list[bool]) -> None:
        self.sheet, self.text, self.language = sheet, sheet.text, sheet.language
        self.words = [_Word(words.plain(m.group()), *m.span()) for m in _WORD.finditer(sheet.text)]
        self.counting = counting

    def read(self) -> None:
        """Notes what is found on the sheet."""
        i = 0
        while i < len(self.words):
            # What is no word of number itself can only be the article of a fraction: "a third".
            if not any(self.counting[i : i + 2]):
                i += 1
                continue
            i = self._single(i) or self._fraction(i) or self._ordinal(i) or self._numeral(i) or i + 1

    # -- numerals -------------------------------------------------------------------------------------------------

    def _numeral(self, i: int) -> int:
        j = i
        while j < len(self.words) and self._continues(i, j):
            j += 1
        while j > i and not self._is_number(self.words[j - 1].low):
            j -= 1
        run = [w.low for w in self.words[i:j] if self._is_number(w.low)]
        if run and (end := self._decimals(i, j, run)):
            return end
        if not run or (len(run) == 1 and not self._stands_alone(i)):
            return 0
        value = words.evaluate(run, self.language)
        step = 12.0 if run[-1] == "dozen" and len(run) > 1 else step_of(value)
        weak = len(run) == 1 and value in (0.0, 1.0)
        self.sheet.take(self._with_article(i), self.words[j - 1].end, value, step, weak=weak)
        return j

    def _decimals(self, i: int, j: int, run: list[str]) -> int:
        """Reads "two point nine billion", of which the words before the point are read; 0 if there is no point."""
        if j >= len(self.words) or self.words[j].low not in words.POINT[self.language]:
            return 0
        end, digits = j + 1, ""
        while end < len(self.words) and (digit := words.additive(self.words[end].low, self.language)) is not None:
            if digit >= 10 or not self._adjoins(end):
                break
            digits, end = f"{digits}{digit:.0f}", end + 1
        if not digits:
            return 0
        factor = 1.0
        while end < len(self.words) and self._adjoins(end) and self.words[end].low in words.SCALE[self.language]:
            factor, end = factor * words.SCALE[self.language][self.words[end].low], end + 1
        value = float(f"{words.evaluate(run, self.language):.0f}.{digits}") * factor
        self.sheet.take(self.words[i].start, self.words[end - 1].end, value, factor / 10 ** len(digits))
        return end

    def _adjoins(self, j: int) -> bool:
        """Whether only a space or a hyphen parts word j from the one before."""
        return _BETWEEN.fullmatch(self.text[self.words[j - 1].end : self.words[j].start]) is not None

    def _is_number(self, word: str) -> bool:
        return words.additive(word, self.language) is not None or word in words.SCALE[self.language]

    def _continues(self, i: int, j: int) -> bool:
        """Whether word j goes on with the numeral that starts at word i."""
        word = self.words[j].low
        if j > i and not self._adjoins(j):
            return False
        if self._is_number(word):
            return j == i or self._may_follow(self.words[j - 1].low, word)
        return j > i and word in words.JOIN[self.language] and self._joins(j)

    def _joins(self, j: int) -> bool:
        """Whether "and" at word j stands inside a numeral: after a hundred, before less than a hundred."""
        if j + 1 >= len(self.words):
            return False
        added = words.additive(self.words[j + 1].low, self.language)
        large = self.words[j - 1].low in words.SCALE[self.language] or self.language in ("es", "fr")
        return added is not None and added < 100 and large

    def _may_follow(self, before: str, word: str) -> bool:
        scale = words.SCALE[self.language]
        if word in scale or before in scale or before in words.JOIN[self.language]:
            return True
        head, tail = words.additive(before, self.language) or 0.0, words.additive(word, self.language) or 0.0
        french = self.language == "fr" and head in (4.0, 20.0, 60.0)
        return (head >= 20 and tail < 10) or (head >= 100 and tail < 100) or french

    def _stands_alone(self, i: int) -> bool:
        """Whether a single word is a count: "million" needs a number or an article, "un" is an article itself."""
        word = self.words[i].low
        if word in words.ARTICLES:
            return False
        if word not in words.SCALE[self.language] or self.language != "en":
            return True
        return bool(re.search(r"\b(?:an?|one|half a|per)\s$", self.text[: self.words[i].start].lower()[-9:]))

    def _with_article(self, i: int) -> int:
        article = i and self.words[i].low in words.SCALE[self.language] and self.words[i - 1].low in ("a", "an")
        return self.words[i - 1].start if article else self.words[i].start

    # -- single words ---------------------------------------------------------------------------------------------

    def _single(self, i: int) -> int:
        word, start, end = self.words[i]
        if span := words.VAGUE.get(self.language, {}).get(word):
            if self.sheet.free(start, end):
                self.sheet.keep(Quantity(start, end, "count", span[0], *span, span[0], "range", printed=span[0]))
            return i + 1
        if word in words.PAIR.get(self.language, {}) and i and self.words[i - 1].low == "a":
            of = 3 if self.text.startswith(" of", end) else 0
            self.sheet.take(start, end + of, 2.0, 1.0, weak=True)
            return i + 1
        if change := words.CHANGES.get(self.language, {}).get(word):
            step = 4.0 if change[0] == "percent" else 0.0
            self.sheet.measure(start, end, change[1], Unit(change[0]), step)
            return i + 1
        return 0

    def _ordinal(self, i: int) -> int:
        word, start, end = self.words[i]
        value = words.ORDINAL.get(self.language, {}).get(word)
        if value is None or self._is_number(word):
            return 0
        # "the first half", "a second time" name no place in a row.
        if value >= 5 or not re.match(r"\s(?:half|quarter|floor|time\b)", self.text[end:]):
            self.sheet.take(start, end, value, 1.0, dimension="ordinal", weak=value == 1)
        return i + 1

    # -- fractions ------------------------------------------------------------------------------------------------

    def _fraction(self, i: int) -> int:
        table = words.FRACTION.get(self.language, {})
        counted = i + 1 < len(self.words) and self.words[i + 1].low in table
        j = i + 1 if counted else i
        count = self._count(i) if counted else 1.0
        if self.words[j].low not in table or not count or not self._is_share(i, j):
            return 0
        end = self._share(i, count * table[self.words[j].low], self.words[j].end)
        while j < len(self.words) and self.words[j].start < end:
            j += 1
        return j

    def _count(self, i: int) -> float:
        word = self.words[i].low
        return words.additive(word, self.language) or (1.0 if word in _ARTICLES else 0.0)

    def _is_share(self, i: int, j: int) -> bool:
        word, _, end = self.words[j]
        tail = self.text[end : end + 30].lower()
        if self.language != "en":
            return word not in words.ORDINAL.get(self.language, {}) or i != j
        if word in ("quarter", "half") and re.match(r"\s(?:past|to)\s(?!\w+ (?:million|percent))", tail):
            return False
        if word in ("half", "halves"):
            return not re.search(r"\b(?:first|second|other|better)\s$", self.text[: self.words[i].start].lower()[-9:])
        return i != j and self.words[i].low != "the" and not re.match(r"[\s-](?:time|goal|title|finals?)", tail)

    def _share(self, i: int, value: float, end: int) -> int:
        """A fraction of a number ("half a million"), of a unit ("quarter point"), or a share; where it ends."""
        start = self.words[i].start
        if self.language == "en":
            scaled = re.match(r"(?:\sof)?[\s-](?:an?|one)\s(million|billion|thousand|dozen|hundred)\b", self.text[end:])
            if scaled:
                factor = words.SCALE["en"][scaled[1]]
                step = 1.0 if factor == 12 else 0.05 * factor
                self.sheet.take(start, end + scaled.end(), value * factor, step)
                return end + scaled.end()
            if measured := self._measured(end):
                self.sheet.measure(start, measured[1], value, measured[0])
                return measured[1]
        step = 4.0 if value == 0.5 else 2.0
        self.sheet.measure(start, end, value * 100, Unit("percent"), step)
        return end

    def _measured(self, end: int) -> tuple[Unit, int] | None:
        """The unit that a fraction is told of, if any: points, hours, miles."""
        point = re.match(r"[\s-]?(?:of\s)?(?:an?\s|one\s)?(?:percentage[\s-])?point\b", self.text[end:])
        if point:
            return Unit("points"), end + point.end()
        lead = re.match(r"(?:\sof)?[\s-](?:an?\s|one\s)?", self.text[end:])
        unit = unit_after(self.text, end + lead.end()) if lead else None
        return unit if unit and unit[0].dimension != "percent" else None
