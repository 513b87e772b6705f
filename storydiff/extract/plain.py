"""Plain texts: what stands above the story in many of them is no part of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from storydiff.engine import read_text
from storydiff.model import Version, fingerprint, version_id

BYLINE = re.compile(
    r"(?:by|von|par|por|di|door|av|af)\s+(?P<names>[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄ][\w.'’-]*(?:\s+(?:[\w.'’-]+|&)){1,7})"
    r"(?:\s*[,|–—-]\s*[^.!?]{2,60})?",
    re.IGNORECASE,
)
WORDS = 12
"""A byline is short; "By Thursday evening the river had …" is not, and ends as a sentence does."""


def read_plain(text: str, *, outlet: str, fetched: datetime) -> Version:
    """The version of a plain text (`storydiff.engine.read_text`), its byline told apart from its paragraphs."""
    version = read_text(text, outlet=outlet, fetched=fetched)
    first = version.paragraphs[0].text if len(version.paragraphs) > 1 else ""
    found = BYLINE.fullmatch(first) if len(first.split()) <= WORDS and first[-1:] not in ".!?:" else None
    if found is None or not _is_names(found["names"]):
        return version
    rest = version.paragraphs[1:]
    content = fingerprint(version.headline, None, rest)
    return replace(
        version, byline=found["names"], paragraphs=rest, id=version_id(version.article, version.fetched, content)
    )


def _is_names(text: str) -> bool:
    """Whether every word but particles and "and" is written as a name is."""
    return all(word[:1].isupper() or word.lower() in BETWEEN for word in text.split())


BETWEEN = frozenset(
    {"and", "und", "et", "y", "e", "en", "og", "&", "von", "van", "de", "der", "den", "del", "di", "da", "dos", "la"}
    | {"le", "du", "af", "av"}
)
