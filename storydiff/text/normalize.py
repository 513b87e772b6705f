"""One spelling for what is typed in many ways: quotes, dashes, spaces, case, accents, width.

Folding is for comparing only. Nothing folded is ever shown or stored as evidence, so offsets always refer to the
text as it was fetched.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SINGLE = dict.fromkeys(map(ord, "‘’‚‛′ʼ`´＇"), "'")
_DOUBLE = dict.fromkeys(map(ord, "“”„‟″«»＂"), '"')
_DASH = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_SPACE = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"), " "
)
_NOTHING: dict[int, str | None] = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"), None)
_TYPOGRAPHY: dict[int, str | None] = {**_SINGLE, **_DOUBLE, **_DASH, **_SPACE, **_NOTHING}
# Letters that no Unicode decomposition takes apart.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


def plain(text: str) -> str:
    """`text` with one kind of quote, dash and space and no invisible characters. Offsets change."""
    if text.isascii() and "`" not in text:
        return text
    return text.translate(_TYPOGRAPHY)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """The form in which two spellings of a word are the same: no case, accents, width or typography."""
    lowered = unicodedata.normalize("NFKC", word).casefold().translate(_TYPOGRAPHY)
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFD", lowered.translate(_LETTERS))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=1 << 13)
def squeeze(text: str) -> str:
    """`text` in plain typography, lower case, runs of white space as one space: equal means worded the same."""
    return " ".join(plain(unicodedata.normalize("NFKC", text)).casefold().split())
