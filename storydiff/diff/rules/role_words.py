"""Verbs that have a doer and someone it is done to, and how news texts turn them round: role.toml as constants."""

from __future__ import annotations

import re

from storydiff.text.sieve import Sieve
from storydiff.text.tables import beside, either, words

_TABLE = beside(__file__, "role")


def _pattern(rows: list[str]) -> Sieve | None:
    return Sieve(rf"(?<!\w)(?:{either(rows)})(?!\w)", re.IGNORECASE) if rows else None


FRAMES = {name: (_pattern(frame["active"]), _pattern(frame["converse"])) for name, frame in _TABLE["frames"].items()}
"""Act -> forms with the doer before them, forms with the doer behind."""
PARTIES = frozenset(f"@{name}" for name in words(_TABLE["parties"]))
"""Groups of the thesaurus whose words can be a party to an act."""
GROUPS = words(_TABLE["groups"])
"""Further words for parties."""
REQUEST = Sieve(either(_TABLE["request"]))
"""Who asked for something, named in the phrase itself."""
SENT_AWAY = Sieve(rf"\b(?:{either(_TABLE['sent_away'])})\b", re.IGNORECASE)
WENT = Sieve(rf"\b(?:{either(_TABLE['went'])})\b", re.IGNORECASE)
"""Two ways to lose a post, by another's will and by one's own."""
