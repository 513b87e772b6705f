"""A reading taken apart once: its words with their concepts, clauses, quantities, moments and quotations.

Every rule works on passages, so that a text is parsed once however many readings it is compared with, and only for
what a rule asks. Passages are cached by what they were made of and do not change. Linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple

from storydiff.text.attribution import Source, sources
from storydiff.text.names import Name, mentions
from storydiff.text.normalize import fold
from storydiff.text.numbers import Quantity, quantities
from storydiff.text.quote_marks import marked
from storydiff.text.quotes import Quotation, quotations
from storydiff.text.sentences import sentences
from storydiff.text.thesaurus import concepts
from storydiff.text.times import Moment, moments
from storydiff.text.words import base, found, function_keys, key_of

LONGEST, MOST = 4000, 48
"""Characters, and details of one kind, that are read of one reading."""
_SCARE = 3
"""Fewer words between marks than this are a title, a nickname or irony unless somebody is credited with them."""
_CLAUSE = re.compile(
    r"[,;:()\u2013\u2014](?!\d)|\b(?:and|but|while|after|when|who|which|whose|where|although|because|und|aber|nachdem|während|et"
    r"|mais|y|pero|и|а|но|что|і|та|але|що)\b"
)


class Token(NamedTuple):
    """One word of a passage with its place in the sentence structure."""

    start: int
    end: int
    sentence: int
    clause: int
    text: str
    low: str
    key: str
    content: bool
    concepts: frozenset[str]
    cognate: str = ""
    """The beginning of a long word in Latin letters, which other languages may share."""


@dataclass(frozen=True, eq=False)
class Passage:
    """One reading; each kind of detail is read when a rule first asks for it.

    Compared and hashed by identity, which is cheap: equal readings are one cached object.
    """

    text: str
    language: str
    published: datetime | None

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words."""
        return _tokens(self.text, self.language)

    @cached_property
    def content(self) -> tuple[Token, ...]:
        """Its content words."""
        return tuple(t for t in self.tokens if t.content)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """All concepts of the content words."""
        return frozenset().union(*self.each_concepts)

    @cached_property
    def each_concepts(self) -> list[frozenset[str]]:
        """The concepts of each content word."""
        return [t.concepts for t in self.content]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the content words."""
        return frozenset(t.key for t in self.content)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Its figures."""
        return quantities(self.text, self.language, self._times)[:MOST]

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Its dates and times."""
        return self._times[:MOST]

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """What stands between marks, credited or not."""
        return _quoted(self.text, self.language)[:MOST]

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The people, organisations and places that it names."""
        return mentions(self.text, self.language)[:MOST]

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Who is credited with what it says."""
        return sources(self.text, self.language)[:MOST]

    @cached_property
    def _times(self) -> tuple[Moment, ...]:
        return moments(self.text, self.language, self.published)

    @cached_property
    def _ends(self) -> list[int]:
        return [t.end for t in self.tokens]

    def index(self, position: int) -> int:
        """Index of the token that stands at or first after a character position."""
        return bisect_right(self._ends, position)

    def within(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens inside a span."""
        return tuple(t for t in self.tokens if start <= t.start and t.end <= end)

    def at(self, position: int) -> Token | None:
        """The token at or first after a character position, the last one at the end; None in an empty text."""
        return self.tokens[min(self.index(position), len(self.tokens) - 1)] if self.tokens else None

    def sentence(self, position: int) -> tuple[Token, ...]:
        """The tokens of the sentence around a character position."""
        return self._around(position, itemgetter(2))

    def clause(self, position: int) -> tuple[Token, ...]:
        """The tokens of the clause around a character position."""
        return self._around(position, itemgetter(2, 3))

    def _around(self, position: int, part: Callable[[Token], object]) -> tuple[Token, ...]:
        """The tokens beside a character position that are in the same part as the one there."""
        first = last = min(self.index(position), len(self.tokens) - 1)
        if first < 0:
            return ()
        tokens, home = self.tokens, part(self.tokens[first])
        while first and part(tokens[first - 1]) == home:
            first -= 1
        while last + 1 < len(tokens) and part(tokens[last + 1]) == home:
            last += 1
        return tokens[first : last + 1]


@lru_cache(maxsize=4096)
def passage(text: str, language: str | None, published: datetime | None) -> Passage:
    """A reading, to be parsed; an unknown language is read without word tables.

    A reading words one point: what is longer than `LONGEST` or holds more than `MOST` details of a kind is cut there,
    so that no page can make a comparison slow.
    """
    return Passage(text[:LONGEST], (language or "").split("-")[0].lower(), published)


_Known = tuple[str, str, str, bool, frozenset[str], str]
"""Of a token what does not depend on its place."""


@lru_cache(maxsize=64)
def _known(language: str) -> Callable[[str], _Known]:
    key_of_word, grammar = key_of(base(language)), function_keys(base(language))

    @lru_cache(maxsize=1 << 16)
    def known(word: str) -> _Known:
        key, low = key_of_word(word), word.lower().replace("’", "'")
        if key in grammar:
            return word, low, key, False, frozenset(), ""
        return word, low, key, True, concepts(key, language), _cognate(word)

    return known


def _cognate(word: str) -> str:
    folded = fold(word)
    return folded[:5] if len(folded) >= 6 and folded.isascii() and folded.isalpha() else ""


def _quoted(text: str, language: str) -> tuple[Quotation, ...]:
    """All that stands between marks and is longer than a scare quote, credited or not."""
    credited = quotations(text, language or None)
    taken = {q.start for q in credited}
    bare = [(m.start, m.end) for m in marked(text) if len(text[m.start : m.end].split()) >= _SCARE]
    loose = [Quotation(s, e, text[s:e]) for s, e in bare if not any(abs(s - t) < 3 for t in taken)]
    return tuple(sorted((*credited, *loose), key=lambda q: q.start))


def _tokens(text: str, language: str) -> tuple[Token, ...]:
    ends = [end for _, end in sentences(text, language)]
    breaks = [m.start() for m in _CLAUSE.finditer(text)]
    known, new = _known(language), tuple.__new__  # what `Token._make` calls, without a call of Python's own
    return tuple(
        [
            new(
                Token,
                (
                    start := word.start(),
                    word.end(),
                    bisect_right(ends, start),
                    bisect_right(breaks, start),
                    *known(word[0]),
                ),
            )
            for word in found(text)
        ]
    )
