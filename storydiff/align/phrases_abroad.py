"""Figures that other languages than English say in a phrase or in one word, put in digits (`phrases_abroad.toml`).

"Viertelstunde" and "полчаса" meet "15 minutes" and "half an hour", "семирічна" meets "seven years", "2.900 millones"
and "2,9 Milliarden" meet "2.9 billion". What English itself says so is read by `number_phrases`.

time: one pass a pattern of the language, some forty of them, over a text that holds a word they begin with.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial

from storydiff.text import number_words
from storydiff.text.sieve import Sieve
from storydiff.text.tables import beside

_TABLE = beside(__file__, "phrases_abroad")
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})((?:[ \u00a0\u202f]\d{3})+)(?!\d)")
_SLOT = re.compile(r"\{([nh])([-+*]\d+)?\}|\\(\d)")
_DAY, _NOON = 24, 12
_BIND = {
    "ru": {"одно": 1, "двух": 2, "полутора": 1.5, "тысяче": 1000},
    "uk": {"одно": 1, "дво": 2, "чотирьох": 4, "півтора": 1.5},
}
"""Number words that stand only inside of others."""
_LARGE = ((1e9, 2), (1e6, 1))
"""From how much on a figure is told with its scale, and the place of that scale in the table."""

Rule = tuple[Sieve, str]


def in_digits(text: str, language: str) -> str:
    """The text with the phrases of its language in digits; languages without a table keep theirs."""
    if language not in _TABLE["phrase"]:
        return text
    text = _THOUSANDS.sub(lambda match: match[1] + re.sub(r"\D", "", match[2]), text)
    for phrase, instead in _rules(language):
        if phrase.may_match(text):
            text = phrase.pattern.sub(partial(_filled, instead=instead, language=language), text)
    scaling = _scaling(language)
    return scaling.pattern.sub(lambda match: _scaled(match, language), text) if scaling.may_match(text) else text


@lru_cache(maxsize=8)
def _rules(language: str) -> tuple[Rule, ...]:
    rows = (row.split(" => ") for row in _TABLE["phrase"][language])
    return tuple((_sieve(pattern, language), instead) for pattern, instead in rows)


def _sieve(pattern: str, language: str) -> Sieve:
    for slot, most in (("n", None), ("h", _DAY)):
        pattern = pattern.replace("{" + slot + "}", f"(?P<{slot}>{_numerals(language, most)})")
    return Sieve(rf"\b(?:{pattern})\b", re.IGNORECASE)


@lru_cache(maxsize=16)
def _numerals(language: str, most: int | None) -> str:
    """What matches a number in digits or in one word; hours are told by their order too ("о дев'ятій")."""
    known = _values(language, most)
    spelt = "|".join(sorted(map(_any_apostrophe, known), key=len, reverse=True))
    if most:
        return rf"(?<![\d.,:])(?:[01]?\d|2[0-4])|{spelt}"
    german = r"|[a-zäöüß]{3,}?(?=-?(?:jährig|tägig|stündig|minütig|wöchig|monatig|köpfig))" if language == "de" else ""
    return rf"(?<![\d.,:])\d+(?:[.,]\d+)?|{spelt}{german}"


def _any_apostrophe(word: str) -> str:
    return re.escape(word).replace("'", "['’ʼ]")


@lru_cache(maxsize=16)
def _values(language: str, most: int | None = None) -> dict[str, float]:
    plain = {**number_words.ADD[language], **_BIND.get(language, {})}
    if most:
        plain = {**number_words.ORDINAL.get(language, {}), **plain}
    return {word: value for word, value in plain.items() if value and (not most or value <= most)}


def _filled(match: re.Match[str], instead: str, language: str) -> str:
    """What to read instead of a match; the match itself where its number word is none."""
    values = {name: _value(found, language, name) for name, found in match.groupdict().items() if found}
    if any(value is None for value in values.values()):
        return match[0]

    def fill(slot: re.Match[str]) -> str:
        if slot[3]:
            return match[int(slot[3])] or ""
        return f"{_reckoned(values[slot[1]] or 0.0, slot[2] or '', slot[1]):.10g}"

    return _SLOT.sub(fill, instead)


def _value(found: str, language: str, slot: str) -> float | None:
    word = number_words.plain(found)
    if word[0].isdecimal():
        return float(word.replace(",", "."))
    known = _values(language, _DAY if slot == "h" else None).get(word)
    return known if known is not None else number_words.additive(word, language)


def _reckoned(value: float, change: str, slot: str) -> float:
    if not change:
        return value
    by = float(change[1:])
    if change[0] == "*":
        return value * by
    if slot == "h" and change[0] == "+":
        return value + by if value < _NOON else value
    return value + by if change[0] == "+" else (value - by) % _DAY


@lru_cache(maxsize=8)
def _scaling(language: str) -> Sieve:
    spelt = "|".join(word for _, words in _scales(language) for word in words)
    return Sieve(
        rf"\b(?P<n>\d+(?:[.,]\d+)*|{_numerals(language, None)})[ \u00a0\u202f](?P<scale>{spelt})\b\.?", re.IGNORECASE
    )


@lru_cache(maxsize=8)
def _scales(language: str) -> tuple[tuple[float, tuple[str, ...]], ...]:
    rows = (row.split(":") for row in _TABLE["scale"][language])
    return tuple((float(value), tuple(words.split())) for value, words in rows)


def _scaled(match: re.Match[str], language: str) -> str:
    factor = next(value for value, words in _scales(language) if match["scale"].lower() in words)
    printed = re.sub(r"[.,](?=\d{3}\b)", "", match["n"])
    value = _value(printed, language, "n")
    if value is None:
        return match[0]
    value *= factor
    for least, place in _LARGE:
        if value >= least:
            return f"{value / least:.4g} {_scales(language)[place][1][0]}"
    return f"{value:.10g}"
