"""Names of languages as listings give them: en-GB, eng, deu, zh_Hant."""

from __future__ import annotations

import re

THREE_LETTERS = {
    "ara": "ar", "bul": "bg", "ces": "cs", "chi": "zh", "cze": "cs", "dan": "da", "deu": "de", "dut": "nl", "ell": "el",
    "eng": "en", "est": "et", "fin": "fi", "fra": "fr", "fre": "fr", "ger": "de", "gre": "el", "heb": "he", "hin": "hi",
    "hrv": "hr", "hun": "hu", "ita": "it", "jpn": "ja", "kor": "ko", "lav": "lv", "lit": "lt", "nld": "nl", "nor": "no",
    "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru", "slk": "sk", "slv": "sl", "spa": "es", "srp": "sr",
    "swe": "sv", "tur": "tr", "ukr": "uk", "zho": "zh",
}  # fmt: skip
"""ISO 639-2 and -3, which news sitemaps may use."""


def code_of(name: str | None) -> str | None:
    """ISO 639-1 code of a language as named in a listing; None when it is none."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", name or "")
    if match is None:
        return None
    code = match[1].lower()
    return code if len(code) == 2 else THREE_LETTERS.get(code)
