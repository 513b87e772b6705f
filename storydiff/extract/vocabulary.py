"""What publishers call the parts of a page, and what lines that are not text say: the tables of `vocabulary.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

TABLES: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    files("storydiff.extract").joinpath("vocabulary.toml").read_text(encoding="utf8")
)
NAMES: tuple[str, ...] = tuple(TABLES["names"])
"""The groups of names; a mark is a set of them, as one bit each in this order."""
BIT: Mapping[str, int] = {name: 1 << place for place, name in enumerate(NAMES)}
_NAMES = [(BIT[group], re.compile("|".join(words))) for group, words in TABLES["names"].items()]
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_STATE = re.compile(r"(?:has|no|with|without)-")
"""Names that say what an element contains or lacks, and not what it is."""
_STYLING = re.compile(
    r"[\[:(]|^-?[a-z]{1,4}-\d|^(?:css|sc|jsx|svelte)-\w*\d|^(?:flex|grid|font|text|leading|items|justify|col|row|max|min|w|h)-"
)
"""Utility and generated class names, which say how a thing looks and not what it is."""
_POST, _FILED = re.compile(r"hentry$|post-\d+$"), re.compile(r"(?:tag|category|format|type|status|topic)-")
"""WordPress puts tags and categories into the class of the whole article; they name no part of the page."""
_SEPARATOR = re.compile(r"[_:/.]+")


def _phrases(words: list[str]) -> re.Pattern[str]:
    start = [word for word in words if not word.startswith("~")]
    anywhere = [word[1:] for word in words if word.startswith("~")]
    return re.compile(rf"^\W{{0,3}}(?:{'|'.join(start)})" + "".join(f"|{word}" for word in anywhere), re.IGNORECASE)


PHRASES: Mapping[str, re.Pattern[str]] = {group: _phrases(words) for group, words in TABLES["phrases"].items()}
_ANY_NAME = re.compile("|".join(word for words in TABLES["names"].values() for word in words))


def marks(names: str) -> int:
    """The groups that these names (class, id and so on, joined by spaces) belong to, as bits of `BIT`."""
    found, words = 0, names[:400].split()
    is_post = any(_POST.match(word) for word in words)
    for word in words:
        if not (is_post and _FILED.match(word)):
            found |= _marks_of(word)
    return found


@lru_cache(maxsize=20_000)
def _marks_of(name: str) -> int:
    text = _SEPARATOR.sub("-", _CAMEL.sub("-", name[:80])).lower()
    if _STYLING.search(name) or _STATE.match(text):
        return 0
    found = 0
    if not _ANY_NAME.search(text):
        return 0
    for bit, pattern in _NAMES:
        if pattern.search(text):
            found |= bit
    return found


@lru_cache(maxsize=4096)
def groups(found: int) -> tuple[str, ...]:
    """The names of the groups in these bits."""
    return tuple(name for name in NAMES if found & BIT[name])


@lru_cache(maxsize=4096)
def phrases(line: str) -> tuple[str, ...]:
    """The groups of phrases that the line belongs to."""
    return tuple(group for group, pattern in PHRASES.items() if pattern.search(line[:400]))
