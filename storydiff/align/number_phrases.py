"""Figures that English says in a phrase: half a dozen, a quarter of an hour, twenty past one, two thirds of the votes.

They are put in digits before a text is read as concepts, so that "half a dozen" meets "six" and "half an hour" meets
"30 minutes". A time of day without its half of the day may be either.

time: a few substring tests for a text without any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from storydiff.text.number_words import SCALE
from storydiff.text.sieve import Sieve
from storydiff.text.time_patterns import MINUTES, small_number

_HINTS = (
    *("half", "quarter", "third", "fifth", "tenth", "dozen", "couple", "decade", "fortnight", "centuries"),
    *("past", "clock", "noon", "midday", "midnight", "five to", "ten to", "twenty to"),
    *("million", "billion", "trillion", "thousand", "bn"),
)
"""What every phrase here holds."""
_AMOUNTS = (
    (r"half[- ]a[- ]dozen", "6"),
    (r"a dozen", "12"),
    (r"a couple of", "2"),
    (r"three[- ]quarters of an hour", "45 minutes"),
    (r"(?:a )?quarter of an hour", "15 minutes"),
    (r"half an hour|half[- ]hour", "30 minutes"),
    (r"(?:an|one) hour and a half|one and a half hours", "90 minutes"),
    (r"half a million", "500000"),
    (r"half a billion", "500 million"),
    (r"half a century", "50 years"),
    (r"a fortnight", "2 weeks"),
    (r"a decade", "10 years"),
)
_COUNTS = {
    word: count
    for count, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
}
_DECADES = Sieve(rf"\b({'|'.join(_COUNTS)}) (decades|centuries)\b", re.IGNORECASE)
_AMOUNT = Sieve("|".join(rf"(?P<a{i}>\b(?:{phrase})\b)" for i, (phrase, _) in enumerate(_AMOUNTS)), re.IGNORECASE)
_MINUTES = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}
_SPOKEN = Sieve(
    rf"\b(?:a )?(?P<minute>{'|'.join(sorted(_MINUTES, key=len, reverse=True))})(?: minutes)? (?P<way>past|to)"
    rf" (?P<hour>{'|'.join(_COUNTS)}|1[0-2]|[1-9])\b"
    r"(?! (?:per|of|million|thousand|hundred|years?|days?|minutes?|people))",
    re.IGNORECASE,
)
_OCLOCK = Sieve(rf"\b(?P<hour>{'|'.join(_COUNTS)}|1[0-2]|[1-9]) o['’]clock\b", re.IGNORECASE)
_BESIDE = Sieve(
    rf"\b(?P<minute>(?:a )?quarter|half|{MINUTES})(?P<said> minutes?)? (?P<way>past|to|(?<=s )(?:before|after))"
    r" (?P<hour>noon|midday|midnight)\b",
    re.IGNORECASE,
)
"""Thirteen minutes to midnight; ten past noon; 5 minutes after midday."""
_TWELVE = Sieve(r"\b(?P<noon>(?:noon|midday))\b|\bmidnight\b", re.IGNORECASE)
_SHORT = re.compile(r"\d(?:mn?|k|[bt]n|bln|mln)\b", re.IGNORECASE)
"""A scale that is written to its figure, as no other phrase here."""
_MONEY = re.compile(r"(?:[$£€¥]\s?|\b(?:EUR|USD|GBP)\s)$")
_ONE = re.compile(r"\b(?:an?|the)\s$", re.IGNORECASE)
_SCALED = Sieve(
    r"(?P<figure>\d(?<![\d.,]\d)\d*(?:,\d{3})*(?:\.\d+)?)"
    rf"(?:[ \u00a0-]?(?P<scale>(?:{'|'.join(word for word in SCALE['en'] if len(word) > 1)})s?)|(?P<short>[mk]))\b"
    r"(?P<many>(?= (?:people|children|m?en|women|[a-z]{3,}s)\b))?",
    re.IGNORECASE,
)
"""6.2bn; 3 million; £1.5m; 190m crowns; but not "a 3m wall", nor the 200m finals."""
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_SHARE = Sieve(r"\b(?P<count>a|one|two|three|four)[- ](?P<part>third|quarter|fifth|tenth)s? of (?!an? )", re.IGNORECASE)


def in_digits(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with its phrases of amount in digits, and as concepts the times of day and the shares in words."""
    if not (_has_hint(text.lower()) or _SHORT.search(text)):
        return text, ()
    if _BESIDE.may_match(text):
        text = _BESIDE.pattern.sub(_beside_twelve, text)
    told = tuple(_spoken(text))
    if _AMOUNT.may_match(text):
        text = _AMOUNT.pattern.sub(lambda match: _AMOUNTS[int(str(match.lastgroup)[1:])][1], text)
    if _SCALED.may_match(text):
        text = _SCALED.pattern.sub(_in_full, text)
    return _DECADES.pattern.sub(_years, text) if _DECADES.may_match(text) else text, told


def _has_hint(low: str) -> bool:
    for hint in _HINTS:  # noqa: SIM110 - a generator takes as long again
        if hint in low:
            return True
    return False


def _in_full(span: re.Match[str]) -> str:
    """The figure with what a million or a bn after it makes of it; metres stay metres."""
    word = (span["scale"] or span["short"]).lower()
    before = span.string[max(0, span.start() - 5) : span.start()]
    if span["short"] and not _MONEY.search(before) and (word == "k" or _ONE.search(before) or span["many"] is None):
        return span[0]
    factor = {"m": 1e6}.get(word) or SCALE["en"].get(word) or SCALE["en"][word.removesuffix("s")]
    return f"{float(span['figure'].replace(',', '')) * factor:.15g}"


def _beside_twelve(span: re.Match[str]) -> str:
    """A time that is told by its distance from noon or midnight, as a clock shows it."""
    minute = span["minute"].lower()
    away = {"half": 30, "quarter": 15, "a quarter": 15}.get(minute) or int(small_number(minute, "en") or 0)
    at = (24 if span["hour"].lower() == "midnight" else 12) * 60
    at += away if span["way"].lower() in ("past", "after") else -away
    return f"{at // 60 % 24}:{at % 60:02}"


def _years(span: re.Match[str]) -> str:
    return f"{_COUNTS[span[1].lower()] * (10 if span[2][0] in 'dD' else 100)} years"


def _spoken(text: str) -> Iterator[str]:
    for match in _SPOKEN.finditer(text):
        minute, hour = _MINUTES[match["minute"].lower()], _hour(match["hour"])
        yield from _clock(hour, minute) if match["way"] == "past" else _clock(hour - 1, 60 - minute)
    for match in _OCLOCK.finditer(text):
        yield from _clock(_hour(match["hour"]), 0)
    for match in _TWELVE.finditer(text):
        yield "#clock12:00" if match["noon"] else "#clock0:00"
    for match in _SHARE.finditer(text):
        count = _COUNTS.get(match["count"].lower(), 1)
        yield f"#{round(100 * count / _PARTS[match['part'].lower()])}"


def _hour(word: str) -> int:
    return _COUNTS.get(word.lower()) or int(word)


def _clock(hour: int, minute: int) -> Iterator[str]:
    for half in (hour % 12, hour % 12 + 12):
        yield f"#clock{half}:{minute:02}"
