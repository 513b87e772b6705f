"""Tables of words, read once from the data files beside this module. Sources and licences: data/LICENSE."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from storydiff.text.normalize import fold

DATA = Path(__file__).parent / "data"


def table(name: str) -> Iterator[tuple[str, str]]:
    """The lines "language: words" of a data file; lines that begin with # are comments."""
    for line in (DATA / name).read_text(encoding="utf8").splitlines():
        language, colon, rest = line.partition(":")
        if colon and not line.startswith("#"):
            yield language.strip(), rest


def _counting(line: str) -> dict[str, str]:
    units, _, tens = line.partition("|")
    rows = [*enumerate(units.split()), *((20 + 10 * n, word) for n, word in enumerate(tens.split()))]
    return {fold(word).replace("'", ""): str(value) for value, word in rows if word != "-"}


@lru_cache(maxsize=32)
def background(language: str) -> dict[str, float]:
    """Word key -> Zipf frequency (log10 of occurrences per billion words, Van Heuven et al. 2014).

    A language's commonest 30,000 keys; empty for a language without a table.
    """
    path = DATA / f"background_{language}.txt.gz"
    if not path.exists():
        return {}
    rows = (line.split(" ") for line in gzip.decompress(path.read_bytes()).decode().splitlines())
    return {key: float(row[0]) for row in rows for key in row[1:]}


FUNCTION_WORDS = {language: frozenset(map(fold, words.split())) for language, words in table("function_words.txt")}
"""Language -> folded words that carry grammar only."""
NUMBER_WORDS = {language: _counting(line) for language, line in table("counting_words.txt")}
"""Language -> folded number word -> digits."""
