"""Who a text credits with what it says: "the chairman of Corvane Oil, Neil Ashdown, told shareholders".

Sources are found by the verb or phrase that credits them; the words before it (or after it, when it stands behind a
quotation) up to the next boundary are the source. Precise rather than complete: a source that stands far from its verb
is not found. Linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

from storydiff.text import attribution_words as table
from storydiff.text.rack import Rack
from storydiff.text.sieve import Sieve

_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*(?:(?<=s)['’](?=\s))?|[^\w\s]")
_LONGEST = 14
"""Tokens that a source may have."""
_APPOSITION_END = re.compile(r",\s[A-ZÀ-Þ][\w'’-]{0,30}(?:\s[A-ZÀ-Þ][\w'’-]{0,30}){0,4},$")
_UTTERANCE = re.compile(r"\s?(?:[,.:;\"“]|(?:that|on|in|at|he|she|it|they|there)\b|$)")
_AUXILIARY = frozenset({"has", "have", "had", "also", "later"})
_NO_SPEAKER = table.RIGHT_STOPS | {"he", "she", "it", "they"}
_ARTICLES = frozenset({"the", "a", "an", "le", "la", "el"})

Verb = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """One credit: `text[start:end]` is the source, `verb` what credits it."""

    start: int
    end: int
    text: str
    verb: Verb
    words: tuple[str, ...]
    """Lower-case words of the source."""
    strict: bool = True
    """What follows is what was said; False for "claimed responsibility", "announced a plan"."""


@lru_cache(maxsize=8)
def _patterns(language: str) -> Rack[str]:
    """Verbs of saying and phrases of credit; none for a language without tables."""
    rows = (("verb", table.SAYING), ("phrase", table.CREDIT)) if language in table.SAYING else ()
    sieves = ((key, Sieve(rf"(?<!\w)(?:{row[language]})(?!\w)", re.IGNORECASE)) for key, row in rows)
    return Rack(sieves, language)


@lru_cache(maxsize=4096)
def sources(text: str, language: str | None = "en") -> tuple[Source, ...]:
    """The credited sources of a text in order; none for a language without tables."""
    credited = [(key, match.span()) for key, match in _patterns(language or "").matches(text)]
    if not credited:
        return ()
    finder = _Finder(text, language or "en")
    found = [finder.of_verb(place) if key == "verb" else finder.right(place) for key, place in credited]
    unique = {(s.start, s.end): s for s in found if s is not None}
    return tuple(unique[k] for k in sorted(unique))


class _Finder:
    """One text as tokens: words and signs."""

    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = text, language
        found = list(_TOKEN.finditer(text))
        self.tokens = [match[0] for match in found]
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]

    def of_verb(self, verb: Verb) -> Source | None:
        """The source of a verb of saying, before or after it."""
        index = bisect_right(self.ends, verb[0])
        if self._inverted(index, verb):
            return self.right(verb)
        last = self._before_relative(index)
        found = self._made(self._left(last), last, verb)
        return found if found is None or self._says(verb) else replace(found, strict=False)

    def _says(self, verb: Verb) -> bool:
        """Whether the verb has an utterance for its object and not a thing."""
        if self.language != "en" or self.text[slice(*verb)].lower() in table.PLAIN:
            return True
        return _UTTERANCE.match(self.text, verb[1]) is not None

    def _inverted(self, index: int, verb: Verb) -> bool:
        """Whether the source follows its verb: ', said the minister', '" a regretté la présidente'."""
        if self.language == "en" and self.text[slice(*verb)].lower() not in table.INVERTED:
            return False
        before = self.text[max(0, verb[0] - 200) : verb[0]].rstrip()
        if _APPOSITION_END.search(before):
            return False  # the end of an apposition: "the mayor, Rosario Limán, announced"
        opened = not before or before[-1] in ',"”»“’…' or (self.language != "en" and index == 0)
        following = bisect_right(self.ends, verb[1])
        if not opened or following >= len(self.tokens):
            return False
        token = self.tokens[following]
        return _is_word(token) and token.lower() not in _NO_SPEAKER

    def _left(self, index: int) -> int:
        """Where the noun phrase that ends before word `index` begins; one apposition is stepped over."""
        i, commas = index, 0
        while i > 0 and index - i < _LONGEST:
            word = self.tokens[i - 1]
            if word == ",":
                # A comma right before the verb closes an apposition, and then one more opens it.
                if commas >= 2 or (i == index) != (commas == 0):
                    break
                commas += 1
            elif not _is_word(word) or (word.lower() in table.STOPS and commas != 1):
                break
            i -= 1
        return i

    def _before_relative(self, index: int) -> int:
        """Steps back over a relative clause before the verb: "an official who asked not to be named told"."""
        for i in range(index - 1, max(0, index - 10), -1):
            token = self.tokens[i]
            if token in (".", ";", ":") or token.lower() in ("that", "and", "but"):
                return index
            if token.lower() == "who" and index - i > 2 and self.tokens[i - 1] != ",":
                return i
        return index

    def right(self, verb: Verb) -> Source | None:
        """The source behind a verb or phrase."""
        first = bisect_right(self.ends, verb[1])
        last, commas = first, 0
        while last < len(self.tokens) and last - first < _LONGEST:
            if self.tokens[last] == ",":
                if commas or not self._apposition(last + 1):
                    break
                commas += 1
            elif self._stops(last):
                break
            last += 1
        return self._made(first, last, verb)

    def _apposition(self, index: int) -> bool:
        return index < len(self.tokens) and (self.tokens[index][0].isupper() or self.tokens[index].lower() in _ARTICLES)

    def _stops(self, index: int) -> bool:
        word = self.tokens[index]
        if not _is_word(word):
            return word != "'"
        by_author = word in ("by", "from") and self.tokens[index - 1].lower() in table.PAPERS
        return word.lower() in table.RIGHT_STOPS and not by_author

    def _made(self, first: int, last: int, verb: Verb) -> Source | None:
        while last > first and (not _is_word(self.tokens[last - 1]) or self.tokens[last - 1].lower() in _AUXILIARY):
            last -= 1
        if first >= last:
            return None
        start, end = self.starts[first], self.ends[last - 1]
        words = tuple(token.lower() for token in self.tokens[first:last] if _is_word(token))
        return Source(start, end, self.text[start:end], verb, words)


def _is_word(token: str) -> bool:
    return token[0].isalnum()
