"""Which words of the news stand for one idea: "killed", "muertos" and "Tote"; "gym" and "gymnasium".

`data/concepts.txt` has ideas in six languages, `data/synonyms.txt` further English words; both were written for
storydiff without a corpus. A word is looked up by its stem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from storydiff.text.words import keys

LANGUAGES = ("en", "de", "fr", "es", "ru", "uk")
"""The columns of concepts.txt."""
_DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=64)
def ideas(language: str) -> Mapping[str, tuple[str, ...]]:
    """Word key -> names of the ideas it stands for in that language, read when a text first comes in it."""
    found: dict[str, tuple[str, ...]] = {}
    if language in LANGUAGES:
        for columns in _rows("concepts.txt"):
            _note(found, "@" + columns[0][0], columns[LANGUAGES.index(language)], language)
    if language == "en":
        for [forms] in _rows("synonyms.txt"):
            _note(found, "@" + forms[0], forms, language)
    return found


def _note(found: dict[str, tuple[str, ...]], idea: str, forms: Iterable[str], language: str) -> None:
    for key in {key for word in forms for key in keys(word, language)}:
        had = found.get(key, ())
        if idea not in had:
            found[key] = (*had, idea)


def _rows(name: str) -> Iterator[list[list[str]]]:
    """The columns of each line of a table, as words."""
    for line in (_DATA / name).read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            yield [column.split() for column in line.split("|")]
