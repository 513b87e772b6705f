"""What is looked at of an article that arrives: its words, and apart from them its names and figures.

Words are keyed by language and stem, so that only articles of one language share them. Names and figures are also keyed
as they are written (folded), so that they meet across languages. The headline counts twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storydiff.text.language import guess
from storydiff.text.lexicon import background
from storydiff.text.normalize import fold
from storydiff.text.words import Word, is_number, words

LONGEST = 6000
"""Characters looked at of a text: the rest of a long read is background."""
LONGEST_TITLE = 500
OPENING = 60
"""Words of a text that count as its opening."""
SENTENCE_END = re.compile(r"(?:^|[.!?:;…\n]|[.!?]['\"”’»)])\s*['\"“‘„«(\[—–-]*\s*$")
TITLE_CASE = 0.6
"""Share of capitalised words from which a headline's capitals say nothing."""
NOUNS_ARE_CAPITAL = frozenset({"de", "lb"})
"""Languages in which a capital makes no name, unless the language at large does not know the word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it arrives. Nothing but this is looked at, and the id only to give it back."""

    id: str
    title: str = ""
    text: str = ""
    """The whole text or a feed's summary."""
    published: datetime | None = None
    """With its zone."""
    language: str | None = None
    """ISO 639-1; guessed when None."""


@dataclass(frozen=True, slots=True)
class Concepts:
    """How often an article holds each word and each name."""

    words: Mapping[str, int]
    """Language and stem -> times; a headline's words count twice."""
    telling: frozenset[str]
    """Of these, the names and the figures."""
    opening: frozenset[str]
    """Of these, those of headline and first words."""
    names: Mapping[str, int]
    """Folded name or figure -> times."""
    language: str


def concepts(article: Article) -> Concepts:
    """What an article holds. Linear in its text."""
    text, title = article.text[:LONGEST], article.title[:LONGEST_TITLE]
    language = (article.language or guess(f"{title}. {text}") or "en")[:2].lower()
    body, head = words(text, language), words(title, language)
    named = [*_names(text, body, language)]
    named += _title_names(head, {word.key for word in named}, language)
    return Concepts(
        words=Counter(f"{language}:{word.key}" for word in (*head, *head, *body) if word.content),
        telling=frozenset(f"{language}:{word.key}" for word in named),
        opening=frozenset(f"{language}:{word.key}" for word in (*head, *body[:OPENING]) if word.content),
        names=Counter(word.key if is_number(word.key) else fold(word.text).removesuffix("'s") for word in named),
        language=language,
    )


def _names(text: str, body: Sequence[Word], language: str) -> Iterator[Word]:
    """Capitalised words that do not only begin a sentence, and figures of two digits and more."""
    small = {word.key for word in body if word.text[:1].islower()}
    nouns = background(language) if language in NOUNS_ARE_CAPITAL else {}
    for word in body:
        if is_number(word.key):
            is_name = len(word.key) > 1
        else:
            is_name = word.content and word.text[:1].isupper() and word.key not in small and word.key not in nouns
            is_name = is_name and not SENTENCE_END.search(text[max(0, word.start - 8) : word.start])
        if is_name:
            yield word


def _title_names(head: Sequence[Word], known: set[str], language: str) -> Iterator[Word]:
    """The headline's names: its capitals when they mean something, else those that the text shows to be names."""
    content = [word for word in head if word.content and not is_number(word.key)]
    capitals = sum(word.text[:1].isupper() for word in content)
    says = capitals < TITLE_CASE * len(content) and language not in NOUNS_ARE_CAPITAL
    for word in head:
        figure = is_number(word.key) and len(word.key) > 1
        if figure or word.key in known or (says and word.content and word.start and word.text[:1].isupper()):
            yield word
