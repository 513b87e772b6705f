"""House styles of one word: F.B.I. and FBI, Gov. and Governor, Harl's and Harl.

Outlets differ in them in every sentence, so that without this the texts of two newspapers share fewer words than two
texts of one.
"""

from __future__ import annotations

import re

_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?")
_POSSESSIVE = re.compile(r"(?<=\w)(?:'s|s')$|(?<=s)'$")
_CONTRACTED = re.compile(r"\w(?:n't|'m|'re|'ve|'ll|'d)$")
_TITLES = {
    **dict.fromkeys(("Mr", "Mrs", "Ms", "Messrs"), ""),
    "Gov": "Governor",
    "Sen": "Senator",
    "Rep": "Representative",
    "Gen": "General",
    "Prof": "Professor",
    "Lt": "Lieutenant",
    "Sgt": "Sergeant",
    "Capt": "Captain",
    "Col": "Colonel",
}


def as_printed_anywhere(token: str) -> str:
    """A word in the style that others may print too; empty for a mere "Mr" or "don't", which say nothing."""
    bare = token.replace("’", "'")
    if "'" in bare:
        if _CONTRACTED.search(bare):
            return ""
        bare = _POSSESSIVE.sub("", bare)
    if "." in bare and _DOTTED.fullmatch(bare):
        return bare.replace(".", "").upper()
    return _TITLES.get(bare.rstrip("."), bare)
