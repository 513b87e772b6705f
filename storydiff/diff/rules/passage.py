"""A reading taken apart once: its words with their concepts, clauses, quantities, moments and quotations.

Every rule works on passages, so that a text is parsed once however many readings it is compared with. Passages are
cached by what they were made of and are immutable. Linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from storydiff.text.attribution import Source, sources
from storydiff.text.names import Name, mentions
from storydiff.text.normalize import fold
from storydiff.text.numbers import Quantity, quantities
from storydiff.text.quote_marks import marked
from storydiff.text.quotes import Quotation, quotations
from storydiff.text.sentences import sentences
from storydiff.text.thesaurus import concepts
from storydiff.text.times import Moment, moments
from storydiff.text.words import words

LONGEST, MOST = 4000, 48
"""Characters, and details of one kind, that are read of one reading."""
_SCARE = 3
"""Fewer words between marks than this are a title, a nickname or irony unless somebody is credited with them."""
_CLAUSE = re.compile(
    r"[,;:()\u2013\u2014](?!\d)|\b(?:and|but|while|after|when|who|which|whose|where|although|because|und|aber|nachdem|während|et"
    r"|mais|y|pero|и|а|но|что|і|та|але|що)\b"
)


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """One word of a passage with its place in the sentence structure."""

    text: str
    low: str
    key: str
    start: int
    end: int
    sentence: int
    clause: int
    content: bool
    concepts: frozenset[str]
    cognate: str = ""
    """The beginning of a long word in Latin letters, which other languages may share."""


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One reading, parsed. Compared and hashed by identity, which is cheap: equal readings are one cached object."""

    text: str
    language: str
    published: datetime | None
    tokens: tuple[Token, ...]
    quantities: tuple[Quantity, ...]
    moments: tuple[Moment, ...]
    quotations: tuple[Quotation, ...]
    names: tuple[Name, ...]
    sources: tuple[Source, ...]
    concepts: frozenset[str]
    """All concepts of the content words."""
    keys: frozenset[str]

    def index(self, position: int) -> int:
        """Index of the token that stands at or first after a character position."""
        return bisect_right([t.end for t in self.tokens], position)

    def within(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens inside a span."""
        return tuple(t for t in self.tokens if start <= t.start and t.end <= end)

    def at(self, position: int) -> Token | None:
        """The token at or first after a character position, the last one at the end; None in an empty text."""
        return self.tokens[min(self.index(position), len(self.tokens) - 1)] if self.tokens else None

    def sentence(self, position: int) -> tuple[Token, ...]:
        """The tokens of the sentence around a character position."""
        home = self.at(position)
        return tuple(t for t in self.tokens if home and t.sentence == home.sentence)

    def clause(self, position: int) -> tuple[Token, ...]:
        """The tokens of the clause around a character position."""
        home = self.at(position)
        return tuple(t for t in self.tokens if home and (t.sentence, t.clause) == (home.sentence, home.clause))


@lru_cache(maxsize=4096)
def passage(text: str, language: str | None, published: datetime | None) -> Passage:
    """Parses a reading; an unknown language is read without word tables.

    A reading words one point: what is longer than `LONGEST` or holds more than `MOST` details of a kind is cut there,
    so that no page can make a comparison slow.
    """
    text, tongue = text[:LONGEST], (language or "").split("-")[0].lower()
    tokens, times = _tokens(text, tongue), moments(text, tongue, published)
    return Passage(
        text,
        tongue,
        published,
        tokens,
        quantities(text, tongue, times)[:MOST],
        times[:MOST],
        _quoted(text, tongue)[:MOST],
        mentions(text, tongue)[:MOST],
        sources(text, tongue)[:MOST],
        frozenset(c for t in tokens if t.content for c in t.concepts),
        frozenset(t.key for t in tokens if t.content),
    )


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
    ends = [end for _, end in sentences(text, language or None)]
    breaks = [m.start() for m in _CLAUSE.finditer(text)]
    return tuple(
        Token(
            w.text,
            w.text.lower().replace("’", "'"),
            w.key,
            w.start,
            w.end,
            bisect_right(ends, w.start),
            bisect_right(breaks, w.start),
            w.content,
            concepts(w.key, language) if w.content else frozenset(),
            _cognate(w.text) if w.content else "",
        )
        for w in words(text, language or None)
    )
