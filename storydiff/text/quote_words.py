"""The tables of quote_words.toml, folded: words around quotations by language."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from storydiff.text.normalize import fold

_FILE = Path(__file__).with_name("quote_words.toml")


@dataclass(frozen=True, slots=True)
class QuoteWords:
    """One language's words, each list folded; see the head of quote_words.toml for what they are."""

    say: frozenset[str]
    tell: frozenset[str]
    hint: frozenset[str]
    credit: frozenset[str]
    origin: frozenset[str]
    pronoun: frozenset[str]
    between: frozenset[str]
    label: frozenset[str]
    self: frozenset[str]
    calendar: frozenset[str]


@lru_cache(maxsize=16)
def quote_words(language: str | None) -> QuoteWords:
    """The words of a language, English where there is no table for it."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf8"))
    table = tables.get((language or "en").lower()[:2], tables["en"])
    return QuoteWords(**{name: frozenset(fold(words).split()) for name, words in table.items()})
