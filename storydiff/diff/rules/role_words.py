"""Verbs that have a doer and someone it is done to, and how news texts turn them round: role.toml as constants."""

from __future__ import annotations

import re

from storydiff.text.rack import Rack
from storydiff.text.sieve import Sieve
from storydiff.text.tables import beside, either, words

_TABLE = beside(__file__, "role")


FRAMES: Rack[tuple[str, bool]] = Rack(
    ((name, turned), Sieve(rf"(?<!\w)(?:{either(frame[form])})(?!\w)", re.IGNORECASE))
    for name, frame in _TABLE["frames"].items()
    for form, turned in (("active", False), ("converse", True))
    if frame[form]
)
"""The forms of acts: each with its act and whether the doer stands behind it, not before."""
PARTIES = frozenset(f"@{name}" for name in words(_TABLE["parties"]))
"""Groups of the thesaurus whose words can be a party to an act."""
GROUPS = words(_TABLE["groups"])
"""Further words for parties."""
REQUEST = Sieve(either(_TABLE["request"]))
"""Who asked for something, named in the phrase itself."""
SENT_AWAY = Sieve(rf"\b(?:{either(_TABLE['sent_away'])})\b", re.IGNORECASE)
WENT = Sieve(rf"\b(?:{either(_TABLE['went'])})\b", re.IGNORECASE)
"""Two ways to lose a post, by another's will and by one's own."""
