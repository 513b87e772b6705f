"""The statement of a point, and what kind of thing it says.

The statement is the fullest independent reading of what the readings have in common: a whole sentence before a clause,
one that can stand alone before one that leans on its neighbours ("It lost steering there"), an agency's own words
before those of its copies, then the fullest, against the weight of all it says, and the most carried. Ties are broken
by the words themselves.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Mapping
from itertools import chain

from storydiff.align.points_concepts import Bag
from storydiff.align.points_table import Piece, Pieces, Table
from storydiff.model import PointKind, Span
from storydiff.text.normalize import squeeze
from storydiff.text.sieve import Sieve
from storydiff.text.words import base

_LEANING = re.compile(
    r"[\W_]*(?:he|she|it|they|we|you|i|his|her|hers|its|their|theirs|him|them|this|that|these|those|there|here|who|which"
    r"|such|another|both|neither|each|none|so|then|also|but|and|or|yet|nor|still|however|meanwhile|instead|because|while"
    r"|although|though|when|after|before|as|er|sie|es|ihr|ihre|sein|seine|dies|diese|dieser|das|und|aber|doch|auch|il|elle"
    r"|ils|elles|son|sa|ses|leur|ce|cette|ces|et|mais|él|ella|ellos|su|sus|este|esta|esto|y|pero|он|она|они|его|её|это"
    r"|и|но|він|вона|вони|його|її|це|та|але)\b",
    re.IGNORECASE,
)
_SUPERSEDED = tuple(
    Sieve(rf"\b(?:{pattern})\b", re.IGNORECASE)
    for pattern in (
        "(?:had|have|has) (?:earlier|previously|initially|at first|originally)",
        "earlier (?:said|put|gave|reported|told|spoke|figures?|reports?|counts?|tolls?)",
        "(?:previously|initially) (?:said|put|gave|reported|told|spoke)",
        "zunächst|zuvor|antes|anteriormente|auparavant|ранее",
    )
)
"""Apart, for what each of them needs to match is rare."""
_CONNECTIVE = re.compile(
    r"^(?:and|but|while|whereas|although|though|because|after|before|when|as|so|yet)\s+", re.IGNORECASE
)
_QUOTATION = Sieve(r"[“„«\"‘][^”“»\"’]{12,}[”“»\"’]")
_REACTED = Sieve(
    r"\b(?:welcom|criticis|criticiz|condemn|prais|promis|pledg|urg|demand|call(?:ed|s|ing) (?:for|on|it|the)|vow|reject"
    r"|defend|den(?:y|ied|ies)|apologi|thank|mourn|accus|blam|warn|oppos|support)\w*",
    re.IGNORECASE,
)
_FIGURE = Sieve(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozen)\b",
    re.IGNORECASE,
)
_PAST = Sieve(
    r"\b(?:since (?:19|20)\d\d|in (?:19|20)\d\d|(?:last|previous|earlier) (?:year|month|decade)"
    r"|years? (?:ago|earlier|before)|founded|was born|built in|had (?:been|previously|already|once))\b",
    re.IGNORECASE,
)

_ENDS = (*".!?…。！？؟।”\"»’'“", "」")
"""How a statement may end in any script."""

PADDING = 20.0
"""Weight added to what a reading says, so that the shortest one is not always the most concise. 0 and 20, and a power
of .25 instead of the root, give the same cells on the stories within two."""


def choose(point: Pieces, table: Table, agencies: Container[str]) -> Span:
    """The piece whose words are the statement. `agencies`: the versions that are an agency's own page."""
    able = _foremost(point, table, agencies)
    if len(able) == 1:
        return able[0].span
    keys = [squeeze(piece.span.text) for piece in point]
    carriers, distinct = Counter(keys), {key: piece.bag for key, piece in zip(keys, point, strict=True)}
    spread = Counter(chain.from_iterable(distinct.values()))
    fullness = {text: _fullness(own, spread, len(distinct) - 1, table.weight) for text, own in distinct.items()}
    standing = {text: _standing(text) for text in {piece.span.text for piece in able}}

    def rank(piece: Piece) -> tuple[tuple[bool, bool, bool], float, int, str]:
        key = squeeze(piece.span.text)
        return standing[piece.span.text], fullness[key], carriers[key], piece.span.text

    return max(able, key=rank).span


def _foremost(point: Pieces, table: Table, agencies: Container[str]) -> list[Piece]:
    """The pieces in the story's language, of these those on the agency's own page, as far as there are such."""
    language = {version.id: base(version.language or table.language) for version in table.versions}
    pieces = [piece for piece in point if language[piece.span.version] == table.language] or list(point)
    return [piece for piece in pieces if piece.span.version in agencies] or pieces


def _standing(text: str) -> tuple[bool, bool, bool]:
    """Whether it holds still, is a whole sentence that can stand alone, can stand alone: no piece from within one."""
    alone = not leans(text) and not text[:1].islower()
    return not any(each.search(text) for each in _SUPERSEDED), alone and _whole(text), alone


def _fullness(own: Bag, spread: Mapping[str, int], others: int, weight: Mapping[str, float]) -> float:
    """Mean weight of what each other reading says too, against the weight of all it says: colour makes it no fuller.

    Of the only reading all that it says; two share the same, and the shorter is no better for it. `spread`: in how
    many readings each concept stands, this one included.
    """
    whole = math.fsum(weight[concept] for concept in own)
    if not others:
        return round(whole, 6)
    shared = math.fsum(weight[concept] * (spread[concept] - 1) for concept in own) / others
    return round(shared / math.sqrt(whole + PADDING) if others > 1 else shared, 6)


def _whole(text: str) -> bool:
    return text.rstrip("\"'”’»)").endswith((".", "!", "?", "…"))


def worded(unit: Span) -> str:
    """The unit as a statement: without the connective that tied it to the clause before, starting with a capital."""
    text = _CONNECTIVE.sub("", unit.text).rstrip(" ,;:–—-")
    text = text[:1].upper() + text[1:]
    return text if text.endswith(_ENDS) else text + "."


def kind(text: str) -> PointKind:
    """What sort of thing the statement is."""
    return next((found for pattern, found in _KINDS if pattern.search(text)), PointKind.FACT)


def leans(text: str) -> bool:
    """True when the text starts with a word that refers to what was said before."""
    return _LEANING.match(text) is not None


_KINDS: tuple[tuple[Sieve, PointKind], ...] = (
    (_QUOTATION, PointKind.QUOTE),
    (_REACTED, PointKind.REACTION),
    (_PAST, PointKind.BACKGROUND),
    (_FIGURE, PointKind.FIGURE),
)
