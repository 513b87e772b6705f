"""Which words news texts exchange for one another: groups of synonyms, from a table beside this module.

A word's concepts are its key (see `words`) and the names of the groups it stands in ("@dead" for killed, toll and
died). Two words can mean the same when they share a concept. The groups are broad on purpose: they align readings of
one fact, they do not judge whether two readings agree.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from storydiff.text.words import keys

_FOLDER = Path(__file__).parent


@lru_cache(maxsize=16)
def groups(language: str) -> dict[str, frozenset[str]]:
    """Word key -> names of the groups it stands in; empty for a language without a table."""
    table: dict[str, set[str]] = defaultdict(set)
    path = _FOLDER / f"thesaurus_{language}.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else ()
    for line in lines:
        name, colon, members = line.partition(":")
        if colon and not line.startswith("#"):
            for key in keys(members.replace("_", "-"), language):
                table[key].add(f"@{name.strip()}")
    return {word: frozenset(names) for word, names in table.items()}


@lru_cache(maxsize=1 << 16)
def concepts(key: str, language: str) -> frozenset[str]:
    """The key itself and the groups it stands in."""
    return frozenset({key}) | groups(language).get(key, frozenset())
