"""Sentences of a text as offsets.

sentencex splits (fast, many languages, too often rather than too rarely); what it splits wrongly is joined again: after
titles, initials and abbreviations (a table by language), before a small letter, at ordinals and dates ("am 3. März"),
and where only a closing quote or bracket would be left. Measured on 58 hand-written cases in ten languages
(tests/unit/text/test_sentences.py).

Where it fails: abbreviations that end a sentence before a name ("He works at Halden Inc. Mara Voss leads it." is two).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import sentencex

from storydiff.text.lexicon import FUNCTION_WORDS, table
from storydiff.text.normalize import fold

Span = tuple[int, int]

_ABBREVIATIONS = {language: frozenset(words.split()) for language, words in table("abbreviations.txt")}
_LAST_WORD = re.compile(r"([^\s(\[\"“„«'’]+)\.$")
_INITIAL = re.compile(r"(?:^|[\s(.\"“„«])([^\W\d_])\.$")
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")
_CLOCK = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:[ECMP][SD]?T|GMT|BST|UTC)\b")
_WORD = re.compile(r"[\"“”„«»'‘’(\[\s]*([^\W\d_]+)")
_ONLY_CLOSING = re.compile(r"[\s\"”“»’')\]…]+$")
_LETTER = re.compile(r"[^\W\d_]\.")
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LAST = 16
"""Characters before a boundary in which the longest abbreviation stands, whole."""
_ORDINALS_WITH_DOTS = frozenset({"de", "da", "no", "fi", "cs", "sk", "sl", "hr", "sr", "hu", "et", "lv", "pl", "tr"})


@lru_cache(maxsize=4096)
def sentences(text: str, language: str | None = None) -> tuple[Span, ...]:
    """Where the sentences of a text start and end, in code points, without the white space between them.

    Together they cover everything but white space. `language` is ISO 639-1; English rules where it is unknown.
    """
    base = (language or "en").replace("_", "-").split("-")[0].lower()
    spans: list[Span] = []
    for start, end in _pieces(text, base):
        if spans and _goes_on(text[slice(*spans[-1])], text[start:end], text[spans[-1][1] : start], base):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)


def goes_on(before: str, after: str, language: str | None = None) -> bool:
    """Whether a full stop at the end of `before` ends no sentence, as what follows after white space shows."""
    return _goes_on(before, after, " ", (language or "en").replace("_", "-").split("-")[0].lower())


def _pieces(text: str, language: str) -> Iterator[Span]:
    """What sentencex makes of it, trimmed; line breaks always part."""
    place = 0
    for line in text.splitlines(keepends=True):
        for row in sentencex.get_sentence_boundaries(language, line):
            start, end = place + row["start_index"], place + row["end_index"]
            piece = text[start:end]
            start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
            if start < end:
                yield start, end
        place += len(line)


def _goes_on(before: str, after: str, between: str, language: str) -> bool:
    """Whether what stands on either side of a boundary is one sentence."""
    if _BREAK.search(between):
        return False
    if _ONLY_CLOSING.match(after) or (not between and _LETTER.match(after)):
        return True  # "R-S.|C." is one abbreviation
    if _next_is_small(after):
        return True
    return before.endswith(".") and any(rule(before, after, language) for rule in _AFTER_STOP)


def _next_is_small(after: str) -> bool:
    """A small letter, a comma or the like never begins a sentence, whatever stands before it."""
    word = _WORD.match(after)
    return after[0] in ",;:)%" or (word is not None and word.start(1) <= 1 and word.group(1)[0].islower())


def _after_abbreviation(before: str, _after: str, language: str) -> bool:
    word = _LAST_WORD.search(before, len(before) - _LAST)
    return word is not None and word.group(1).lower() in _ABBREVIATIONS.get(language, frozenset())


def _after_initial(before: str, after: str, language: str) -> bool:
    """ "J. Marek", "George W. Hale", but not "vitamin C. The"."""
    initial = _INITIAL.search(before, len(before) - _LAST)
    if not initial or not initial.group(1).isupper():
        return False
    ahead = before[: initial.start(1)].split()
    named = not ahead or ahead[-1].strip('"“„«(')[:1].isupper()
    word = _WORD.match(after)
    return named and word is not None and fold(word.group(1)) not in FUNCTION_WORDS.get(language, ())


def _after_clock(before: str, after: str, language: str) -> bool:
    """ "at 4 a.m. Saturday": a day or a zone belongs to the time before it."""
    return language == "en" and bool(_CLOCK.search(before, len(before) - _LAST) and _DAY.match(after))


def _after_ordinal(before: str, after: str, language: str) -> bool:
    """ "am 3. März": in languages that write ordinals with a dot, a short number goes on."""
    return language in _ORDINALS_WITH_DOTS and bool(_ORDINAL.search(before, len(before) - _LAST)) and after[0].isalpha()


_AFTER_STOP: tuple[Callable[[str, str, str], bool], ...] = (
    _after_abbreviation,
    _after_initial,
    _after_ordinal,
    _after_clock,
)
