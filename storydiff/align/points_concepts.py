"""What a unit is about, as a bag of concepts in which wording, inflection and language hardly matter.

A word of the news counts as its idea ("killed", "muertos" and "Tote" are one: `data/concepts.txt`), a number as its
value, also in the unit of another country (40 knots and 74 km/h meet), a date and a time of day as one concept, any
other word as the beginning of its spelling once the letters that languages exchange are made equal: names and cognates
meet there (Simard, Foster and Isabelle 1992, "Using cognates to align sentences in bilingual corpora"). Concepts weigh
as much as they are rare among the story's units.

time: one regular expression pass and a dictionary look-up a word. This is for finding what may belong together; whether
two figures agree is decided elsewhere (`text.numbers`), with bounds and rounding.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import chain

from storydiff.align.dictionary import english, meanings
from storydiff.align.ideas import ideas
from storydiff.align.number_phrases import in_digits
from storydiff.align.spelling import as_printed_anywhere
from storydiff.text import number_words
from storydiff.text.names import in_latin
from storydiff.text.normalize import fold
from storydiff.text.words import is_number, key_of, keys, tokens, words

BEGINNING = 5
"""Letters by which cognates are compared; 4, 5 and 6 differ by under .007 in average precision on the dev stories."""
FIGURE, TELLING = 2.5, 13
"""Figures from 13 on, and any with a fraction, weigh so much more: at 2.0 average precision on the dev stories goes
.69 -> .71 and .74 -> .77 within English, .71 -> .73 and .77 -> .82 across languages; on ecbplus .771 -> .765."""
PRIOR = 60
"""30 to 100 give the same average precision within .002."""
COMPOUND = 9
"""A German word from this length on may hide an idea in its first or last part."""

MEANINGS = 2
"""English words that a foreign one counts as; dictionaries name the commonest first. 1, 2, 3 and all of them give .684,
.690, .682 and .685 of the cells of stories that nobody had seen, and .782, .783, .783 and .781 of three others."""

Bag = frozenset[str]

_EXCHANGED = (
    *(("ph", "f"), ("th", "t"), ("qu", "c"), ("y", "i"), ("k", "c")),
    *(("w", "v"), ("z", "c"), ("x", "s"), ("j", "i")),
)
_TWICE = re.compile(r"(.)\1")
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
_HOURS = frozenset({"p.m.", "pm", "p.m", "a.m.", "am", "a.m", "uhr", "h", "gmt", "hours"})
_HOURS_BEFORE = frozenset({"las", "um", "at", "à", "в", "о", "около"})


@lru_cache(maxsize=1 << 13)
def bag(text: str, language: str | None) -> Bag:
    """The concepts of a text."""
    base = (language or "en").split("-")[0].lower()
    found, figures = _read(text, base)
    return frozenset(chain(figures, *map(_concepts_in(base), found)))


@lru_cache(maxsize=1 << 12)
def translatable(text: str, language: str | None) -> Bag:
    """The concepts of a text that a translation keeps: ideas, words of the dictionary, numbers, and names."""
    base = (language or "en").split("-")[0].lower()
    found, figures = _read(text, base)
    key, known = key_of(base), english() if base == "en" else meanings(base)
    kept = (c for token in found for c in _concepts(token, base) if c[0] in "@#" or key(token) in known)
    return frozenset(chain(kept, figures, named(text, language)))


def named(text: str, language: str | None) -> Bag:
    """The concepts of a text's names, as far as a capital shows them."""
    base = (language or "en").split("-")[0].lower()
    found, _ = _read(text, base)
    if base == "de":
        return frozenset()
    return frozenset(
        concept
        for place, token in enumerate(found)
        if place and token[0].isupper()
        for concept in _concepts(token, base)
        if concept[0] not in "@#" and not concept[0].isdecimal()
    )


@lru_cache(maxsize=1 << 12)
def _read(text: str, language: str) -> tuple[list[str], tuple[str, ...]]:
    """The words of a text, spelt numbers in digits, and what its figures say; for `bag` and `translatable` alike."""
    text, spoken = in_digits(text) if language == "en" else (text, ())
    clocks = tuple(f"#clock{int(m['hour']) + _later(m)}:{m['minute']}" for m in _CLOCK.finditer(text))
    found = _with_digits(tokens(_CLOCK.sub(" ", text) if clocks else text), language)
    return found, (*clocks, *spoken, *_figures(found, language))


def _later(clock: re.Match[str]) -> int:
    return 12 if (clock["half"] or "").lower().startswith("p") and int(clock["hour"]) < 12 else 0


def _with_digits(found: Sequence[str], language: str) -> list[str]:
    """The words of a text, with runs of number words as one number in digits: "Forty-seven" is 47."""
    if language not in number_words.SCALE:
        return list(found)
    if not any(map(_value_in(language), found)):
        return list(found)
    written: list[str] = []
    place = 0
    while place < len(found):
        end, run = _numeral(found, place, language)
        spelt = len(run) > 1 or (run and _value(run[0], language) >= TELLING)
        written.append(f"{number_words.evaluate(run, language):.0f}" if spelt else found[place])
        place = end if spelt else place + 1
    return written


def _numeral(found: Sequence[str], place: int, language: str) -> tuple[int, list[str]]:
    """Where the numeral that begins at a place ends, and its number words.

    Each word counts less than the one before, or scales it: "forty seven", "two hundred", "hundred and six".
    """
    run: list[str] = []
    last, end = math.inf, place
    for at in range(place, min(place + 7, len(found))):
        word = found[at].lower()
        value, scale = _value(word, language), number_words.SCALE[language].get(word, 0)
        if 0 < value < last or (run and scale):
            run.append(word)
            last, end = math.inf if scale else (value if value % 10 == 0 else 0), at + 1
        elif not (run and word in number_words.JOIN[language] and (last == math.inf or language != "en")):
            break
    return end, run


def _value(word: str, language: str) -> float:
    """What a number word counts; 0 for any other word."""
    return _value_in(language)(word)


@lru_cache(maxsize=64)
def _value_in(language: str) -> Callable[[str], float]:
    @lru_cache(maxsize=1 << 16)
    def value(word: str) -> float:
        return number_words.additive(word.lower(), language) or 0.0

    return value


def weights(bags: Sequence[Bag]) -> dict[str, float]:
    """How much each concept says: the inverse of how many bags hold it (Spärck Jones 1972), telling figures more.

    `PRIOR` bags of which one holds it are added, for in a story of few sentences every shared word looks common.
    """
    spread = Counter(concept for each in bags for concept in each)
    return {
        concept: math.log((len(bags) + PRIOR) / (count + 1)) * (FIGURE if is_telling(concept) else 1.0)
        for concept, count in spread.items()
    }


@lru_cache(maxsize=1 << 16)
def is_telling(concept: str) -> bool:
    """Whether it is a figure that two texts hardly share by chance: not a small count."""
    if concept[0] != "#":
        return False
    return not concept[1:].isdecimal() or int(concept[1:]) >= TELLING


def _concepts(token: str, language: str) -> tuple[str, ...]:
    """The concepts of one word; none for a word that carries grammar only."""
    return _concepts_in(language)(token)


@lru_cache(maxsize=64)
def _concepts_in(language: str) -> Callable[[str], tuple[str, ...]]:
    """The function from a word to its concepts: looked up once for each distinct word."""
    return lru_cache(maxsize=1 << 17)(partial(_looked_up, language=language))


def _looked_up(token: str, language: str) -> tuple[str, ...]:
    token = as_printed_anywhere(token)
    if not token:
        return ()
    word = words(token, language)[0]
    if is_number(word.key):
        return ("#" + word.key,)
    if not word.content:
        return ()
    meant = ideas().get(language, {}).get(word.key) or _meant(word.key, language)
    if meant:
        return meant
    concept = _beginning(token) if len(token) >= BEGINNING or token[0].isupper() else word.key
    return (concept,) if concept else ()


def _meant(key: str, language: str) -> tuple[str, ...]:
    """What a word that is no idea means in English; of a German compound what its first or last part means."""
    if language == "en":
        return ()
    meant = _in_english(key, language)
    return meant or (_parts(key) if language == "de" else ())


def _in_english(key: str, language: str) -> tuple[str, ...]:
    return tuple(sorted({c for word in meanings(language).get(key, ())[:MEANINGS] for c in _concepts(word, "en")}))


def _parts(key: str) -> tuple[str, ...]:
    """The ideas of the first or last part of a German compound."""
    if len(key) < COMPOUND:
        return ()
    table = ideas()["de"]
    parts = (part for cut in range(BEGINNING, len(key)) for part in (key[:cut], key[-cut:]))
    return tuple(sorted({c for part in parts for c in table.get(part) or _in_english(part, "de")}))


def _beginning(word: str) -> str:
    spelled = fold(word) if word.isascii() else fold(in_latin(word))
    for written, meant in _EXCHANGED:
        spelled = spelled.replace(written, meant)
    return _TWICE.sub(r"\1", spelled)[:BEGINNING]


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
def _counting_in(language: str) -> Callable[[str], bool]:
    @lru_cache(maxsize=1 << 17)
    def counting(token: str) -> bool:
        return token[0].isdecimal() or _concepts(token, language)[:1] in _SMALL

    return counting


_SMALL = frozenset({(f"#{n}",) for n in range(1, 100)})


def _dates(token: str, before: str, after: Sequence[str], language: str) -> Iterable[str]:
    beside = [*after[:1], *(after[1:2] if after and after[0] in ("de", "of") else []), before]
    months = [month for word in beside if word for month in _month(word, language)]
    return (f"{token}{month}" for month in months[:1] if token.isdecimal() and int(token) <= 31)


@lru_cache(maxsize=1 << 12)
def _month(word: str, language: str) -> tuple[str, ...]:
    """The month that a word names; "May" only with a capital."""
    named = not word.islower() or language not in ("en", "de")
    return tuple(i for i in ideas().get(language, {}).get(keys(word, language)[0], ()) if i in _DATED and named)


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
        value = float(_concepts(token, language)[0].lstrip("#")) * size
    except ValueError:
        return
    if value > 0:
        step = math.log(value) / math.log(1.05)
        yield from (f"#{dimension}~{bucket}" for bucket in (math.floor(step), math.ceil(step)))
