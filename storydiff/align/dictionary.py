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
            for meant, words in _columns(name, 0, languages.index(language)):
                for key in set(keys(words, language)):
                    found[key] = tuple(dict.fromkeys((*found.get(key, ()), *meant.split())))
    return found


@lru_cache(maxsize=1)
def english() -> frozenset[str]:
    """The keys of the English words that have a translation."""
    return frozenset(keys(" ".join(words for name in FILES for [words] in _columns(name, 0)), "en"))


def _columns(name: str, *wanted: int) -> Iterator[list[str]]:
    """Some columns of each line of a dictionary."""
    for line in (DATA / name).read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            columns = line.split("|")
            yield [columns[number] for number in wanted]
