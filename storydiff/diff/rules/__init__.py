"""How two readings of one point can conflict: one module per type of discrepancy, and the table of them."""

from __future__ import annotations

from collections.abc import Callable

from storydiff.diff.rules import attribution, certainty, name, number, place, post, quote, role, time
from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.passage import Passage
from storydiff.text.names import Names

Rule = Callable[[Passage, Passage, Names], list[Conflict]]

RULES: tuple[Rule, ...] = (
    quote.find,
    number.find,
    time.find,
    role.find,
    post.find,
    attribution.find,
    name.find,
    place.find,
    certainty.find,
)
"""In the order in which they may claim a stretch of text: what is inside a quotation is the quotation's."""
