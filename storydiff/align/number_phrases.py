"""Figures that English says in a phrase: half a dozen, a quarter of an hour, twenty past one, two thirds of the votes.

They are put in digits before a text is read as concepts, so that "half a dozen" meets "six" and "half an hour" meets
"30 minutes". A time of day without its half of the day may be either.

time: a few substring tests for a text without any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HINTS = (
    "half",
    "quarter",
    "dozen",
    "couple",
    "past ",
    " to ",
    "clock",
    "noon",
    "midday",
    "midnight",
    "third",
    "fifth",
    "tenth",
)
_HINTS_MORE = ("decade", "fortnight", "century", "centuries")
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
_DECADES = re.compile(rf"\b({'|'.join(_COUNTS)}) (decades|centuries)\b", re.IGNORECASE)
_AMOUNT = re.compile("|".join(rf"(?P<a{i}>\b(?:{phrase})\b)" for i, (phrase, _) in enumerate(_AMOUNTS)), re.IGNORECASE)
_MINUTES = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}
_SPOKEN = re.compile(
    rf"\b(?:a )?(?P<minute>{'|'.join(sorted(_MINUTES, key=len, reverse=True))})(?: minutes)? (?P<way>past|to)"
    rf" (?P<hour>{'|'.join(_COUNTS)}|1[0-2]|[1-9])\b(?! (?:per|of|million|thousand|hundred|years?|days?|minutes?|people))",
    re.IGNORECASE,
)
_OCLOCK = re.compile(rf"\b(?P<hour>{'|'.join(_COUNTS)}|1[0-2]|[1-9]) o['’]clock\b", re.IGNORECASE)
_TWELVE = re.compile(r"\b(?P<noon>(?:noon|midday))\b|\bmidnight\b", re.IGNORECASE)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_SHARE = re.compile(
    r"\b(?P<count>a|one|two|three|four)[- ](?P<part>third|quarter|fifth|tenth)s? of (?!an? )", re.IGNORECASE
)


def in_digits(text: str) -> str:
    """The text with its phrases of amount in digits."""
    if not any(hint in text for hint in (*_HINTS, *_HINTS_MORE)):
        return text
    text = _AMOUNT.sub(lambda m: _AMOUNTS[int(str(m.lastgroup)[1:])][1], text)
    return _DECADES.sub(lambda m: f"{_COUNTS[m[1].lower()] * (10 if m[2][0] in 'dD' else 100)} years", text)


def spoken(text: str) -> Iterator[str]:
    """The times of day and the shares in percent that are put in words, as concepts."""
    if not any(hint in text for hint in _HINTS):
        return
    for match in _SPOKEN.finditer(text):
        minute, hour = _MINUTES[match["minute"].lower()], _hour(match["hour"])
        yield from _clock(hour, minute) if match["way"] == "past" else _clock(hour - 1 or 12, 60 - minute)
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
