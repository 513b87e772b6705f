"""The patterns that find times in a text, built once a language from the word tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from storydiff.text.number_words import ADD, additive
from storydiff.text.sieve import Sieve
from storydiff.text.time_words import (
    AGO,
    AT,
    DAYS,
    EDGES,
    FUTURE,
    HEDGE,
    MONTHS,
    OCLOCK,
    PARTS,
    PAST,
    PERIODS,
    SHIFTS,
    SPANS,
    WEEKDAYS,
    ZONES,
)

Patterns = dict[str, Sieve]

_CLAUSE = re.compile(r"[,;:.!?()\u2013\u2014\"“”]|\b(?:and|but|said|says|told|after|who|which|when)\b")


def tense(text: str, start: int, end: int, language: str) -> str:
    """Whether the clause around start..end speaks of the `future` or of the `past`; empty when that is not plain."""
    head, tail = text[max(0, start - 160) : start], text[end : end + 80]
    head = head[max((m.end() for m in _CLAUSE.finditer(head)), default=0) :]
    stop = _CLAUSE.search(tail)
    tail = tail[: stop.start()] if stop else tail
    for part in (head, tail) if len(head.split()) > 2 else (head + " " + tail,):
        ahead = bool(re.search(rf"\b(?:{FUTURE[language]})\b|['’]ll\b", part, re.IGNORECASE))
        back = bool(re.search(rf"\b(?:{PAST[language]})\b", part, re.IGNORECASE))
        if ahead or back:
            return "future" if ahead and not (back and language != "en") else "past" if back else "future"
    return ""


_ONES = "one|two|three|four|five|six|seven|eight|nine"
MINUTES = (
    rf"(?:(?:twenty|thirty|forty|fifty)(?:-(?:{_ONES}))?|{_ONES}|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|[1-5]?\d)"
)
"""How many minutes English says before "minutes to midnight"."""


def small_number(word: str, language: str) -> float | None:
    """A count in front of a period: digits, a number word, or an article for one."""
    said = word.lower().strip()
    if said.isdigit():
        return float(said)
    if said in ("a", "an", "one", "einem", "einer", "un", "une", "una", "a couple of"):
        return 2.0 if "couple" in said else 1.0
    parts = [additive(part, language) for part in re.split(r"[-\s]", said)]
    return sum(part for part in parts if part) if all(parts) else None


def _alternatives(words: object) -> str:
    return "|".join(sorted(map(str, words), key=len, reverse=True)) if isinstance(words, list | tuple | dict) else ""


def _numbered(rows: Sequence[str], first: int) -> Sieve:
    return Sieve("|".join(f"(?P<_{i}>{row})" for i, row in enumerate(rows, first)), re.IGNORECASE)


def _parts(language: str) -> str:
    return "|".join(PARTS[language])


@lru_cache(maxsize=16)
def patterns(language: str) -> Patterns | None:
    """Named patterns of a language with tables, None for any other."""
    if language not in MONTHS:
        return None
    flags = 0 if language == "en" else re.IGNORECASE
    month, weekday = "|".join(MONTHS[language]), "|".join(WEEKDAYS[language])
    edge = (
        rf"(?:(?P<edge>{'|'.join(EDGES[language])})(?:[\s-](?:of )?|(?<=-)))?" if language == "en" else _edge(language)
    )
    year = r"(?:19|20|18)\d\d"
    table = {
        "months": _numbered(MONTHS[language], 1),
        "weekdays": _numbered(WEEKDAYS[language], 0),
        "iso": Sieve(r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\b"),
        "day_month": Sieve(
            rf"\b(?:(?P<d0>\d{{1,2}})\s?(?:-|–|to|and|bis|au|al|по)\s?)?(?P<d>\d{{1,2}}|1er|1º)(?:st|nd|rd|th|\.)?\s(?:of\s|de\s)?(?P<month>{month})\b(?:,?\s(?:de\s)?(?P<y>{year})\b)?",
            flags,
        ),
        "month": Sieve(rf"\b{edge}(?P<month>{month})\b(?:\s(?:de\s|of\s)?(?P<y>{year})\b)?", flags),
        "year": _year_pattern(language, edge, year),
        "weekday": _weekday_pattern(language, weekday),
        "relative": Sieve(
            rf"\b(?P<before>(?:{_parts(language)})\s)?(?P<word>{_alternatives(DAYS[language])})\b"
            rf"(?P<after>\s(?:{_parts(language)}))?",
            re.IGNORECASE,
        ),
        "clock": _clock_pattern(language),
    }
    return table | _counted_patterns(language) | _english(language, month)


def _edge(language: str) -> str:
    return rf"(?:(?P<edge>{'|'.join(EDGES[language])})(?:\s|(?<=-)))?"


def _year_pattern(language: str, edge: str, year: str) -> Sieve:
    lead = {
        "en": "in|since|from|by|until|before|after|of|for|around|till|during",
        "de": "im Jahr|seit|bis|vor|nach|Quartal|von|ab|Jahr",
        "fr": "en|depuis|de|avant|après|dès",
        "es": "en|desde|de|hasta|antes de",
        "ru": "в|с|до|после|к",
        "uk": "у|в|з|до|після",
    }[language]
    # Either a preposition or a part of the year must stand there: a bare 2024 may be a count.
    return Sieve(
        rf"\b(?P<lead>(?:{lead})\s(?:the\s)?)?{edge}(?P<y>{year})(?!\s?(?:%|km|m\b)|[\d,.]\d|s\b)", re.IGNORECASE
    )


def _weekday_pattern(language: str, weekday: str) -> Sieve:
    shift = {
        "en": "last|next|this|the following|the previous",
        "de": "vergangenen|letzten|nächsten|kommenden|diesen",
        "es": "pasado|próximo|este",
        "fr": "prochain|dernier",
        "ru": r"прошл\w+|следующ\w+",
        "uk": r"минул\w+|наступн\w+",
    }[language]
    flags = 0 if language == "en" else re.IGNORECASE
    return Sieve(
        rf"\b(?P<before>(?:{_parts(language)})\s(?:on\s)?)?(?:(?P<shift>{shift})\s)?(?P<weekday>{weekday})(?:'s|’s|s)?"
        rf"(?P<after>[\s]?(?:{_parts(language)})|\s(?:last|next|of next|of last)\sweek)?(?!\w)",
        flags,
    )


def _clock_pattern(language: str) -> Sieve:
    zone = "|".join(ZONES)
    hedge, at, oclock = HEDGE[language], AT[language], OCLOCK[language]
    half = r"a\.?m\b\.?|p\.?m\b\.?|in the (?:morning|afternoon|evening)|at night"
    number = r"(?P<h>\d{1,2})(?:[:.h](?P<min>\d\d)(?![\d%]))?"
    signs = rf"(?:\s?(?:{half})|\s?(?:{oclock})\b|\s?(?:GMT|UTC|BST)\b)"
    printed = r"\d{1,2}(?:[:.h]\d\d)?"
    after_at = "|".join(f"(?<={word} )" for word in at.split("|"))
    looks = rf"{printed}{signs}|(?:{after_at})\d{{1,2}}[:.]\d\d\b(?!\s?(?:%|percent|million|billion))|\d{{1,2}}:\d\d\b"
    return Sieve(
        rf"(?:(?P<hedge>{hedge})\s)?(?<![\d.,:$€£-])(?={looks}){number}"
        rf"(?:\s?(?P<half>{half})|\s?(?:{oclock})\b)?(?:\s(?P<zone>{zone})\b)?",
        re.IGNORECASE,
        core=rf"\d(?:{signs}|[:.]\d\d\b)",
    )


def _counted_patterns(language: str) -> Patterns:
    number = r"\d{1,3}|" + "|".join(sorted((w for w in ADD[language] if len(w) > 1), key=len, reverse=True))
    number += r"|an?|one|a couple of|einem|einer|un|une|una"
    unit = "|".join(sorted(SPANS[language], key=len, reverse=True))
    before, after = AGO[language]
    lead = rf"\b{before}\s" if before else r"\b"
    trail = rf"\s{after}\b" if after else ""
    out = {"ago": Sieve(rf"{lead}(?P<n>{number})\s(?P<unit>(?:{unit})\w{{0,3}}){trail}", re.IGNORECASE)}
    if language == "en":
        out["ahead"] = Sieve(
            rf"\b(?:in\s(?P<n>{number})\s(?P<unit>(?:{unit})s?)(?:'|’)?(?:\stime)?)(?!\w)", re.IGNORECASE
        )
    shifts = "|".join(SHIFTS[language])
    periods = "|".join(sorted(PERIODS[language], key=len, reverse=True))
    if shifts:
        out["period"] = Sieve(rf"\b(?P<shift>(?:{shifts})\w{{0,4}})\s(?P<period>{periods})\b", re.IGNORECASE)
    return out


def _english(language: str, month: str) -> Patterns:
    if language != "en":
        return {}
    hour = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    hedge, weekday = HEDGE["en"], "|".join(WEEKDAYS["en"])
    return {
        "month_day": Sieve(
            rf"\b(?P<month>{month})\s(?:the\s)?(?:(?P<d0>\d{{1,2}})\s?(?:-|–|to|and)\s?)?"
            r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\b(?![.,]\d|:\d)(?:,\s(?P<y>(?:19|20)\d\d)\b)?"
        ),
        "military": Sieve(
            rf"(?:(?P<hedge>{hedge})\s)?\b(?P<h>[01]\d|2[0-3]):?(?P<min>[0-5]\d)"
            rf"\s?(?:hours\b|(?P<zone>{'|'.join(ZONES)})\b)",
            re.IGNORECASE,
            core=rf"\d\d\s?(?:hours|{'|'.join(ZONES)})\b",
        ),
        "spoken": Sieve(
            rf"(?:(?P<hedge>{hedge})\s)?\b(?:(?P<fixed>noon|midday|midnight)\b"
            rf"|(?P<m>half|(?:a )?quarter|five|ten|twenty|twenty-five|{MINUTES}(?=\sminutes?\s))(?:\sminutes?)?"
            rf"\s(?P<way>past|to|after|before)\s(?P<h>noon|midday|midnight|{hour})\b(?!\s(?:people|of|hours?|minutes)))",
            re.IGNORECASE,
        ),
        "day_part": Sieve(
            rf"\b(?:(?P<hedge>{hedge})|at|until|till|by|from|since)\s(?P<h>{hour}|1[0-2]|[1-9])\s"
            rf"(?:(?:in the|this|that|yesterday|tomorrow|(?:on\s)?(?:{weekday}))\s(?P<half>morning|afternoon|evening)"
            r"|(?P<night>tonight|last night|at night))\b",
            re.IGNORECASE,
        ),
        "season": Sieve(
            r"(?:\b(?P<shift>last|next|this|the following)\s)?\b(?P<season>spring|summer|autumn|winter)"
            r"(?:\sof\s(?P<y>20\d\d|19\d\d))?\b"
        ),
        "decade": Sieve(r"\b(?:in\s)?(?:the\s)?(?P<edge>early|late|mid-)?\s?(?P<y>(?:18|19|20)\d0)s\b", re.IGNORECASE),
    }
