"""Words that matter, or do not, when two renderings of one remark are compared: quote.toml as constants."""

from __future__ import annotations

import re

from storydiff.text.sieve import Sieve
from storydiff.text.tables import beside, either, words

_TABLE = beside(__file__, "quote")

NEGATIONS = words(_TABLE["negations"])
LIMITS = words(_TABLE["limits"])
"""Words that make a statement conditional or weaker; losing one of them changes what is promised."""
CONDITIONS = words(_TABLE["conditions"])
"""Of these, the ones that no harmless ellipsis leaves out."""
JOINTS, SUBJECTS = words(_TABLE["joints"]), words(_TABLE["subjects"])
"""What joins a clause on, and what such a clause begins with when it has a subject of its own."""
FILLERS = words(_TABLE["fillers"])
"""Sounds that a quotation may drop."""
GRAMMAR = words(_TABLE["grammar"])
"""Function words that still carry sense inside a quotation: quantifiers, modals, directions. Persons do not: a
quotation is fitted into its sentence ("wipe that smile off his face", "off your face")."""
CONTRACTIONS: dict[str, str] = _TABLE["contractions"]
SPELLINGS: dict[str, str] = _TABLE["spellings"]
TRANSLATED = Sieve(either(_TABLE["translated"]), re.IGNORECASE)
"""The remark was made in another language, so that two renderings may differ in every word."""
