"""What words of other languages mean in English: two dictionaries of the news, written for storydiff without a corpus.

A line of `data/dictionary_*.txt` is one English word (sometimes with a synonym of the same sense) and its words in the
other languages, by columns. One form of a word is enough: it is looked up by its key, that is, by its stem. A language
is read when a text first comes in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from storydiff.text.words import keys

DATA = Path(__file__).parent / "data"
FILES = {"dictionary_west.txt": ("en", "de", "fr", "es"), "dictionary_slavic.txt": ("en", "ru", "uk")}
"""File -> the languages of its columns."""


@lru_cache(maxsize=8)
def meanings(language: str) -> Mapping[str, tuple[str, ...]]:
    """Key of a word in that language -> the English words it stands for; empty for a language without a dictionary."""
    found: dict[str, tuple[str, ...]] = {}
    for name, languages in FILES.items():
        if language in languages[1:]:
            column = languages.index(language)
            for row in _rows(name):
                for key in {key for word in row[column] for key in keys(word, language)}:
                    found[key] = tuple(dict.fromkeys((*found.get(key, ()), *row[0])))
    return found


@lru_cache(maxsize=1)
def english() -> frozenset[str]:
    """The keys of the English words that have a translation."""
    return frozenset(keys(" ".join(word for name in FILES for row in _rows(name) for word in row[0]), "en"))


def _rows(name: str) -> Iterator[tuple[tuple[str, ...], ...]]:
    for line in (DATA / name).read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(tuple(column.split()) for column in line.split("|"))
