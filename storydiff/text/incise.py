"""The French incise: the credit inside the quotation marks ("« Personne ne patinera, a prévenu la maire, … »")."""

from __future__ import annotations

import re

from storydiff.text.normalize import fold
from storydiff.text.quote_words import QuoteWords

_INCISE = re.compile(
    r"[,?!]\s(?:(?:a|ont|avait|s['’]est)\s)?(?P<verb>[^\W\d]+(?:-t)?)(?P<tail>[\s-][^,.?!»«]{2,80})(?=[,.?!]|\s*$)"
)
_NAME = re.compile(r"[A-ZÀ-Ý][\w’'-]+(?:\s(?:(?:de|du|d['’]|le|la)\s?)?[A-ZÀ-Ý][\w’'-]+)*")
_PRONOUN = re.compile(r"(?:il|elle|ils|elles|on)\b")

Range = tuple[int, int]


def incise(text: str, start: int, end: int, words: QuoteWords) -> tuple[Range, Range] | None:
    """(speaker, verb) of the credit that stands within `start..end`; None when there is none."""
    for match in _INCISE.finditer(text, start, end):
        if fold(match["verb"].removesuffix("-t")) not in words.say:
            continue
        who = _NAME.search(text, *match.span("tail")) or _PRONOUN.search(text, *match.span("tail"))
        if who:
            return who.span(), match.span("verb")
    return None
