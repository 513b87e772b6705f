"""Words around names: the table names.toml as constants."""

from __future__ import annotations

import re

from storydiff.text.tables import beside, either, words
from storydiff.text.time_words import MONTHS, WEEKDAYS

_TABLE = beside(__file__, "names")

POSTS = words(_TABLE["posts"])
"""Posts, trades and forms of address, lower case."""
BODIES = words(_TABLE["bodies"])
"""Of the posts, those that bodies hold, and craft."""
QUALIFIERS = words(_TABLE["qualifiers"])
"""What may stand before a post and belongs to it."""
ORGANISATION = words(_TABLE["organisation"])
"""Words that make a name an organisation."""
PLACE = words(_TABLE["place"])
"""Words that make a name a place."""
NOT_NAMES = words(_TABLE["not_names"])
"""Capitalised words that are no names by themselves."""
PARTICLES = words(_TABLE["particles"])
"""Small words inside names."""
PERSON_PARTICLES = words(_TABLE["person_particles"])
"""Of these, the ones inside names of people."""
NATIONALITY = re.compile(either(_TABLE["nationality"]))
"""Adjectives and nouns of nationality or faith: capitalised, yet no names."""
CALENDAR = re.compile(
    either(f"(?:{p})" for table in (MONTHS, WEEKDAYS) for rows in table.values() for p in rows), re.IGNORECASE
)
"""Months and weekdays of all languages."""


def _aliases() -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for number, line in enumerate(_TABLE["nicknames"]):
        for name in line.split():
            found[name] = found.get(name, frozenset()) | {number}
    return found


ALIASES = _aliases()
"""First name -> numbers of the groups of names used for one another."""
