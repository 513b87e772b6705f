"""Who a text credits with what it says: "the chairman of Corvane Oil, Neil Ashdown, told shareholders".

Sources are found by the verb or phrase that credits them; the words before it (or after it, when it stands behind a
quotation) up to the next boundary are the source. Precise rather than complete: a source that stands far from its verb
is not found. Linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from storydiff.text import attribution_words as table

_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*(?:(?<=s)['’](?=\s))?|[^\w\s]")
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
    strict: bool = True
    """What follows is what was said; False for "claimed responsibility", "announced a plan"."""


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
    last = _before_relative(tokens, index)
    found = _made(text, tokens, _left(tokens, last), last, verb)
    return found and replace(found, strict=_says(text, verb, language))


def _says(text: str, verb: tuple[int, int], language: str) -> bool:
    """Whether the verb has an utterance for its object and not a thing."""
    if language != "en" or text[slice(*verb)].lower() in table.PLAIN:
        return True
    return bool(re.match(r"\s?(?:[,.:;\"“]|that\b|on\b|in\b|at\b|he\b|she\b|it\b|they\b|there\b|$)", text[verb[1] :]))


def _inverted(text: str, tokens: list[tuple[str, int, int]], index: int, verb: tuple[int, int], language: str) -> bool:
    """Whether the source follows its verb: ', said the minister', '" a regretté la présidente'."""
    if language == "en" and text[slice(*verb)].lower() not in table.INVERTED:
        return False
    before = text[: verb[0]].rstrip()
    if re.search(r",\s[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)*,$", before):
        return False  # the end of an apposition: "the mayor, Rosario Limán, announced"
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


def _before_relative(tokens: list[tuple[str, int, int]], index: int) -> int:
    """Steps back over a relative clause between a source and its verb: "an official who asked not to be named told"."""
    for i in range(index - 1, max(0, index - 10), -1):
        if tokens[i][0] in (".", ";", ":") or tokens[i][0].lower() in ("that", "and", "but"):
            return index
        if tokens[i][0].lower() == "who" and index - i > 2 and tokens[i - 1][0] != ",":
            return i
    return index


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
        elif (not word[0].isalnum() and word != "'") or (
            word.lower() in table.RIGHT_STOPS and not _study_by(tokens, last)
        ):
            break
        last += 1
    return _made(text, tokens, first, last, verb)


def _study_by(tokens: list[tuple[str, int, int]], index: int) -> bool:
    return tokens[index][0] in ("by", "from") and tokens[index - 1][0].lower() in table.PAPERS


def _credited(text: str, tokens: list[tuple[str, int, int]], phrase: tuple[int, int]) -> Source | None:
    return _right(text, tokens, phrase)
