"""Which language a plain text is in, by its function words: enough for the languages that are compared in full.

Pages say their language, and an extractor can load a model; a text in memory has neither. Closed-class words tell
languages apart from about ten words on (Ingle, "A language identification table", 1976). Russian and Ukrainian share
many of them and differ in letters.
"""

from __future__ import annotations

from storydiff.text.lexicon import FUNCTION_WORDS
from storydiff.text.normalize import fold

SHARE = 0.15
"""Least share of function words; running text in the languages known here has 0.25 to 0.55."""
LEAD = 1.3
"""How many times more of them than of the next language: single sentences of near relatives (es, fr) have 1.6."""
WORDS = 2000
"""Words looked at."""
LETTERS = {"ru": frozenset("ыэёъ"), "uk": frozenset("іїєґ")}
"""Letters that the other of the two does not have."""


def guess(text: str) -> str | None:
    """ISO 639-1 code of the text's language, or None when it is too short, mixed, or in a language not known here."""
    words = [fold(word).strip(".,;:!?\"'()“”«»„") for word in text.split()[:WORDS]]
    foreign = _without(text.lower())
    shares = {
        code: 0.0 if code in foreign else sum(word in known for word in words) / max(1, len(words))
        for code, known in FUNCTION_WORDS.items()
    }
    (code, best), (_, second) = sorted(shares.items(), key=lambda each: (-each[1], each[0]))[:2]
    return code if best >= SHARE and best >= LEAD * second else None


def _without(text: str) -> frozenset[str]:
    """Of Russian and Ukrainian, the one that the text's letters exclude."""
    found = {code: sum(text.count(letter) for letter in letters) for code, letters in LETTERS.items()}
    if found["ru"] == found["uk"]:
        return frozenset()
    return frozenset({min(found, key=lambda code: found[code])})
