"""What numbers say: spelt numerals in digits, and dates, times of day and measures as one concept each."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from storydiff.align import phrases_abroad
from storydiff.align.ideas import ideas
from storydiff.align.number_phrases import in_digits
from storydiff.align.points_words import concepts
from storydiff.text import number_words
from storydiff.text.words import keys, tokens

TELLING = 13
"""Figures from 13 on, and any with a fraction, are hardly shared by chance."""
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november")
_DATED = frozenset("@" + month for month in (*_MONTHS, "december"))
_UNITS = {  # unit -> (dimension, size in the dimension's base unit)
    **dict.fromkeys(("knots", "knot", "kt"), ("speed", 1.852)),
    **dict.fromkeys(("mph",), ("speed", 1.609)),
    **dict.fromkeys(("kmh", "km/h", "kph"), ("speed", 1.0)),
    **dict.fromkeys(("mile", "miles", "millas", "meilen", "миль"), ("length", 1.609)),
    **dict.fromkeys(
        ("km", "kilometre", "kilometres", "kilometer", "kilometers", "kilómetros", "kilomètres"), ("length", 1.0)
    ),
    **dict.fromkeys(("foot", "feet", "ft", "pies", "pieds"), ("height", 0.3048)),
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters", "metros", "mètres", "метров"), ("height", 1.0)),
    **dict.fromkeys(("lb", "lbs", "pounds", "libras"), ("weight", 0.4536)),
    **dict.fromkeys(("kg", "kilos", "kilograms", "kilogramm"), ("weight", 1.0)),
    **dict.fromkeys(("acres", "acre"), ("area", 0.4047)),
    **dict.fromkeys(("hectares", "hectare", "hektar", "hectáreas", "га"), ("area", 1.0)),
}
_PER_HOUR = frozenset({"hour", "hora", "stunde", "heure", "h"})
_CLOCK = re.compile(
    r"(?<![\d.,:])(?P<hour>[01]?\d|2[0-4])(?::|(?=[.\s\u00a0h]{1,3}\d\d\s?(?:[ap]\.?m\b|Uhr|h\b))\s?[.h]\s?|\s?h\s?)"
    r"(?P<minute>[0-5]\d)(?![\d:])(?:\s?(?P<half>[ap])\.?m\b\.?|\sUhr\b)?"
)
"""A time of day with its minutes, whatever stands beside it: 15:10, 3.10 p.m., 15.10 Uhr, 15h10."""
_CLOCK_CORE = re.compile(r"\d[:.h\s]{1,3}[0-5]\d")
"""What every such time holds; it begins with its digit, so that the search passes over all else."""
_HOURS = frozenset({"p.m.", "pm", "p.m", "a.m.", "am", "a.m", "uhr", "h", "gmt", "hours"})
_HOURS_BEFORE = frozenset({"las", "um", "at", "à", "в", "о", "около"})


@lru_cache(maxsize=1 << 12)
def read(text: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a text, spelt numbers in digits, and what its figures say."""
    text, spoken = in_digits(text) if language == "en" else (phrases_abroad.in_digits(text, language), ())
    clocks = tuple(map(_clock, _CLOCK.finditer(text))) if _CLOCK_CORE.search(text) else ()
    found = tokens(_CLOCK.sub(" ", text) if clocks else text)
    if not any(map(_telling_in(language), found)):
        return tuple(found), (*clocks, *spoken)
    found = _with_digits(found, language)
    return tuple(found), (*clocks, *spoken, *_figures(found, language))


def _clock(told: re.Match[str]) -> str:
    hour = int(told["hour"])
    later = 12 if (told["half"] or "").lower().startswith("p") and hour < 12 else 0
    return f"#clock{hour + later}:{told['minute']}"


def _with_digits(found: Sequence[str], language: str) -> list[str]:
    """The words of a text, with runs of number words as one number in digits: "Forty-seven" is 47."""
    if language not in number_words.SCALE or not any(map(_value_in(language), found)):
        return list(found)
    written: list[str] = []
    place = 0
    while place < len(found):
        if not _begins_numeral(found[place], language):
            written.append(found[place])
            place += 1
            continue
        end, run = _numeral(found, place, language)
        after, decimals = _decimals(found, end, language) if run and language != "en" else (end, "")
        spelt = len(run) > 1 or decimals or (run and _value(run[0], language) >= _least(language))
        written.append(f"{number_words.evaluate(run, language):.0f}{decimals}" if spelt else found[place])
        place = after if spelt else place + 1
    return written


def _least(language: str) -> float:
    """Single number words below this are read by their key; other languages have more forms of them than one."""
    return TELLING if language == "en" else 2


def _decimals(found: Sequence[str], place: int, language: str) -> tuple[int, str]:
    """Where the decimals that are spelt from a place on end, and what they are: "point nine" is .9."""
    end, digits = place + 1, ""
    if place < len(found) and found[place].lower() in number_words.POINT[language]:
        while end < len(found) and 0 < (digit := _value(found[end], language)) < 10:
            digits, end = f"{digits}{digit:.0f}", end + 1
    return (end, "." + digits) if digits else (place, "")


def _numeral(found: Sequence[str], place: int, language: str) -> tuple[int, list[str]]:
    """Where the numeral that begins at a place ends, and its number words.

    Each word counts less than the one before, or scales it: "forty seven", "two hundred", "hundred and six".
    """
    run: list[str] = []
    last, end = math.inf, place
    for at in range(place, min(place + 7, len(found))):
        word = found[at].lower()
        value, scale = _value(word, language), number_words.SCALE[language].get(word, 0)
        twenties = language == "fr" and run[-1:] == ["quatre"] and word in ("vingt", "vingts")
        if 0 < value < last or (scale and (run or _begins(found, at, language))) or twenties:
            run.append(word)
            last, end = math.inf if scale else (value if value % 10 == 0 else 0), at + 1
        elif not (run and word in number_words.JOIN[language] and (last == math.inf or language != "en")):
            break
    return end, run


def _begins_numeral(token: str, language: str) -> bool:
    return _value(token, language) > 0 or token.lower() in number_words.SCALE[language]


def _begins(found: Sequence[str], place: int, language: str) -> bool:
    """Whether a thousand begins a numeral without a number before it: "mil doscientas", "тысячу двести"."""
    follows = place + 1 < len(found) and _value(found[place + 1], language) > 0
    return language != "en" and follows


def _value(word: str, language: str) -> float:
    """What a number word counts; 0 for any other word."""
    return _value_in(language)(word)


@lru_cache(maxsize=64)
def _value_in(language: str) -> Callable[[str], float]:
    @lru_cache(maxsize=1 << 16)
    def value(word: str) -> float:
        return number_words.additive(word.lower(), language) or 0.0

    return value


def _figures(found: Sequence[str], language: str) -> Iterable[str]:
    """What numbers say together with the words beside them: dates, times of day, measures."""
    for place, counting in enumerate(map(_counting_in(language), found)):
        if counting:
            token = found[place]
            after, before = found[place + 1 : place + 4], found[place - 1] if place else ""
            yield from _dates(token, before, after, language)
            low = [each.lower() for each in after]
            yield from _hours(token, before.lower(), low)
            yield from _measures(token, low, language)


@lru_cache(maxsize=64)
def _telling_in(language: str) -> Callable[[str], bool]:
    """The function from a word to whether it is a figure, in digits or spelt: most words are none."""
    counting, value = _counting_in(language), _value_in(language)

    @lru_cache(maxsize=1 << 17)
    def telling(token: str) -> bool:
        return counting(token) or (language in number_words.SCALE and value(token) > 0)

    return telling


@lru_cache(maxsize=64)
def _counting_in(language: str) -> Callable[[str], bool]:
    @lru_cache(maxsize=1 << 17)
    def counting(token: str) -> bool:
        return token[0].isdecimal() or concepts(token, language)[:1] in _SMALL

    return counting


_SMALL = frozenset({(f"#{n}",) for n in range(1, 100)})


def _dates(token: str, before: str, after: Sequence[str], language: str) -> Iterable[str]:
    if not token.isdecimal() or int(token) > 31:
        return ()
    beside = [*after[:1], *(after[1:2] if after and after[0] in ("de", "of") else []), before]
    months = [month for word in beside if word for month in _month(word, language)]
    return [f"{token}{month}" for month in months[:1]]


@lru_cache(maxsize=1 << 12)
def _month(word: str, language: str) -> tuple[str, ...]:
    """The month that a word names; "May" only with a capital."""
    named = not word.islower() or language not in ("en", "de")
    return tuple(i for i in ideas(language).get(keys(word, language)[0], ()) if i in _DATED and named)


def _hours(token: str, before: str, after: Sequence[str]) -> Iterable[str]:
    hour, _, minute = token.replace(":", ".").partition(".")
    marked = (after and after[0] in _HOURS) or (before in _HOURS_BEFORE and len(minute) == 2)
    if marked and hour.isdecimal() and int(hour) < 25 and (not minute or (len(minute) == 2 and minute < "60")):
        late = 12 if after and after[0].startswith("p") and int(hour) < 12 else 0
        yield f"#clock{int(hour) + late}:{minute or '00'}"


def _measures(token: str, after: Sequence[str], language: str) -> Iterable[str]:
    if not after or after[0] not in _UNITS:
        return
    dimension, size = _UNITS[after[0]]
    if dimension == "length" and _PER_HOUR & set(after[1:]):
        dimension = "speed"
    try:
        value = float(concepts(token, language)[0].lstrip("#")) * size
    except ValueError:
        return
    if value > 0:
        step = math.log(value) / math.log(1.05)
        yield from (f"#{dimension}~{bucket}" for bucket in (math.floor(step), math.ceil(step)))
