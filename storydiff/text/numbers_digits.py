"""Figures in digits: scores and votes, ordinals, halves, and numbers with separators and magnitudes."""

from __future__ import annotations

import re

from storydiff.text import number_words as words
from storydiff.text.numbers_sheet import Sheet, scored, step_of
from storydiff.text.sieve import Sieve
from storydiff.text.units import unit_after, unit_before

# Every pattern begins with its digit, and looks behind from there: so the search passes over all else at once.
_FIGURE = Sieve(
    r"\d(?<![\w.]\d)(?:(?<!,\d)\d{0,2}(?:[.,\u00a0\u202f' ]\d{3})+(?:[.,]\d+)?(?!\d)|\d*(?:[.,]\d+)?(?!\d))"
)
_SCORE = Sieve(
    r"(\d(?<![\w.,-]\d)\d{0,2})"
    r"(?:[-–:](\d{1,3})(?!\s?-?(?:year|day|week|month|minute|hour|%|percent|km|mile|metre|meter))"
    r"|\s(?:votes?\s|points?\s)?(?:to|against|gegen|contre|contra|голосами против)\s(\d{1,3}))"
    r"(?![\d\w%]|[.,]\d|\s(?:percent|per cent|%|million))"
)
_ORDINAL = Sieve(r"(\d(?<![\w.,]\d)\d{0,2})(?:st|nd|rd|th|º|ª|-?й|-?я|-?е|er|e|ème)\b(?!\s(?:century|of [A-Z]))")
_HALVES = Sieve(
    r"\b(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s"
    r"(?P<unit>[a-z]+\s)?and\sa\shalf\b",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\b(?:between|zwischen|entre|de|von|от|від)\s(?:\w+\s)?$", re.IGNORECASE)
_SHORT = {"m": 1e6, "bn": 1e9, "tn": 1e12, "k": 1e3}
_SHORT_FORM = re.compile(r"(m|bn|tn|k)\b")
_SPACES = re.compile(r"[\u00a0\u202f' ]")
_GROUPED = {",": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"), ".": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")}
"""What separates thousands -> a figure with such separators."""
_MAGNITUDE = re.compile(r"[\s\u00a0\u202f-]?([^\W\d_]+)\.?")


def read_digits(sheet: Sheet) -> None:
    """Notes all figures in digits, the most special patterns first."""
    for match in _SCORE.finditer(sheet.text):
        _score(sheet, match)
    for match in _ORDINAL.finditer(sheet.text):
        sheet.take(match.start(), match.end(), float(match[1]), 1.0, dimension="ordinal")
    for match in _HALVES.finditer(sheet.text) if sheet.language == "en" else ():
        _and_a_half(sheet, match)
    for match in _FIGURE.finditer(sheet.text):
        _figure(sheet, match)


def _score(sheet: Sheet, match: re.Match[str]) -> None:
    first, second = float(match[1]), float(match[2] or match[3])
    if not sheet.free(*match.span()) or _LEAD.search(sheet.text[: match.start()][-24:]):
        return
    counted = match[2] and re.match(r"\s[a-z]{4,}", sheet.text[match.end() :]) and first < second and second > 9
    if not counted and not unit_after(sheet.text, match.end()):
        sheet.keep(scored(*match.span(), first, second))


def _and_a_half(sheet: Sheet, match: re.Match[str]) -> None:
    """Two and a half hours, a year and a half."""
    word = match["n"].lower()
    whole = float(word) if word.isdigit() else words.additive(word, "en") or 1.0
    unit = match["unit"] and unit_after(sheet.text, match.start("unit"))
    if unit:
        sheet.measure(match.start(), match.end(), whole + 0.5, unit[0], 0.5)
    elif not match["unit"]:
        sheet.take(match.start(), match.end(), whole + 0.5, 0.5)


def _figure(sheet: Sheet, match: re.Match[str]) -> None:
    if not sheet.free(*match.span()):
        return
    value, step = value_of(match.group(), sheet.language)
    factor, end = _magnitude(sheet, match.start(), match.end())
    sheet.take(match.start(), end, value * factor, step * factor)


def _magnitude(sheet: Sheet, start: int, end: int) -> tuple[float, int]:
    """What a million, a bn or a dozen after a figure multiplies it by, and where it ends."""
    word = _MAGNITUDE.match(sheet.text, end)
    factor = words.SCALE.get(sheet.language, {}).get(word[1].lower()) if word else None
    if word and factor and (factor > 99 or factor == 12):
        return factor, word.end(1)
    short = _SHORT_FORM.match(sheet.text, end)
    if short and (short[1] != "m" or unit_before(sheet.text, start)):
        return _SHORT[short[1]], short.end()
    return 1.0, end


def value_of(printed: str, language: str) -> tuple[float, float]:
    """Value and step of a figure in digits, with the separators of its language."""
    if printed.isdecimal():
        return float(printed), step_of(float(printed))
    plain = _SPACES.sub("", printed)
    comma = "," if language in ("en", "") else "."
    if _GROUPED[comma].fullmatch(plain):
        plain = plain.replace(comma, "")
    plain = plain.replace(",", ".")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    decimals = plain.partition(".")[2]
    return float(plain), 10.0 ** -len(decimals) if decimals else step_of(float(plain))
