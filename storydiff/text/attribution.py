"""Who a text credits with what it says: "the chairman of Corvane Oil, Neil Ashdown, told shareholders".

Sources are found by the verb or phrase that credits them; the words before it (or after it, when it stands behind a
quotation) up to the next boundary are the source. Precise rather than complete: a source that stands far from its verb
is not found. Linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from storydiff.text import attribution_words as table

_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_LONGEST = 14


@dataclass(frozen=True, slots=True)
class Source:
    """One credit: `text[start:end]` is the source, `verb` what credits it."""

    start: int
    end: int
    text: str
    verb: tuple[int, int]
    words: tuple[str, ...]
    """Lower-case words of the source."""


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    if language not in table.SAYING:
        return None
    return (
        re.compile(rf"(?<!\w)(?:{table.SAYING[language]})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{table.CREDIT[language]})(?!\w)", re.IGNORECASE),
    )


@lru_cache(maxsize=4096)
def sources(text: str, language: str | None = "en") -> tuple[Source, ...]:
    """The credited sources of a text in order; none for a language without tables."""
    patterns = _patterns(language or "")
    if patterns is None:
        return ()
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    found = [_source(text, tokens, m.span(), language or "en") for m in patterns[0].finditer(text)]
    found += [_credited(text, tokens, m.span()) for m in patterns[1].finditer(text)]
    unique = {(s.start, s.end): s for s in found if s is not None}
    return tuple(unique[k] for k in sorted(unique))


def _source(text: str, tokens: list[tuple[str, int, int]], verb: tuple[int, int], language: str) -> Source | None:
    index = next((i for i, t in enumerate(tokens) if t[2] > verb[0]), len(tokens))
    if _inverted(text, tokens, index, verb, language):
        return _right(text, tokens, verb)
    left = _left(tokens, index)
    return _made(text, tokens, left, index, verb)


def _inverted(text: str, tokens: list[tuple[str, int, int]], index: int, verb: tuple[int, int], language: str) -> bool:
    """Whether the source follows its verb: ', said the minister', '" a regretté la présidente'."""
    if language == "en" and text[slice(*verb)].lower() not in table.INVERTED:
        return False
    before = text[: verb[0]].rstrip()
    opened = not before or before[-1] in ',"”»“’…' or (language != "en" and index == 0)
    following = next((t[0] for t in tokens if t[1] >= verb[1]), "")
    return (
        opened
        and bool(following)
        and following.lower() not in table.RIGHT_STOPS
        and following[0].isalnum()
        and following.lower() not in ("he", "she", "it", "they")
    )


def _left(tokens: list[tuple[str, int, int]], index: int) -> int:
    """Where the noun phrase that ends before token `index` begins; one apposition is stepped over."""
    i, commas = index, 0
    while i > 0 and index - i < _LONGEST:
        word = tokens[i - 1][0]
        if word == ",":
            if commas >= 2 or (i == index) != (commas == 0):
                break
            commas += 1
        elif not word[0].isalnum() or (word.lower() in table.STOPS and commas != 1):
            break
        i -= 1
    return i


def _made(text: str, tokens: list[tuple[str, int, int]], first: int, last: int, verb: tuple[int, int]) -> Source | None:
    while last > first and (
        not tokens[last - 1][0][0].isalnum()
        or tokens[last - 1][0].lower() in ("has", "have", "had", "also", "later", "also")
    ):
        last -= 1
    if first >= last:
        return None
    start, end = tokens[first][1], tokens[last - 1][2]
    return Source(
        start, end, text[start:end], verb, tuple(t[0].lower() for t in tokens[first:last] if t[0][0].isalnum())
    )


def _right(text: str, tokens: list[tuple[str, int, int]], verb: tuple[int, int]) -> Source | None:
    first = next((i for i, t in enumerate(tokens) if t[1] >= verb[1]), len(tokens))
    last, commas = first, 0
    while last < len(tokens) and last - first < _LONGEST:
        word = tokens[last][0]
        if word == ",":
            following = tokens[last + 1][0] if last + 1 < len(tokens) else ""
            if commas or not (following[:1].isupper() or following.lower() in ("the", "a", "an", "le", "la", "el")):
                break
            commas += 1
        elif (not word[0].isalnum() and word != "'") or word.lower() in table.RIGHT_STOPS:
            break
        last += 1
    return _made(text, tokens, first, last, verb)


def _credited(text: str, tokens: list[tuple[str, int, int]], phrase: tuple[int, int]) -> Source | None:
    return _right(text, tokens, phrase)
