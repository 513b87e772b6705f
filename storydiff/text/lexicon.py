"""Tables of words, read once from the data files beside this module. Sources and licences: data/LICENSE."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from storydiff.text.normalize import fold

DATA = Path(__file__).parent / "data"

_UNITS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "de": "null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn",
    "fr": "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve",
    "ru": "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать",
    "uk": "нуль один два три чотири пять шість сім вісім девять десять одинадцять дванадцять тринадцять чотирнадцять пятнадцять",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "ru": "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    "uk": "двадцять тридцять сорок пятдесят шістдесят сімдесят вісімдесят девяносто",
}
# "one" and its like are pronouns and articles more often than counts.
_NOT_COUNTED = frozenset({"one", "eins", "un", "uno", "один"})


def _function_words() -> dict[str, frozenset[str]]:
    lines = (DATA / "function_words.txt").read_text(encoding="utf8").splitlines()
    pairs = (line.split(":", 1) for line in lines if line and not line.startswith("#"))
    return {language: frozenset(map(fold, words.split())) for language, words in pairs}


def _number_words() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for language, units in _UNITS.items():
        rows = {fold(word): str(n) for n, word in enumerate(units.split())}
        rows |= {fold(word): str(20 + 10 * n) for n, word in enumerate(_TENS[language].split())}
        table[language] = {word: value for word, value in rows.items() if word not in _NOT_COUNTED}
    return table


FUNCTION_WORDS = _function_words()
"""Language -> folded words that carry grammar only."""
NUMBER_WORDS = _number_words()
"""Language -> folded number word -> digits."""


@lru_cache(maxsize=32)
def background(language: str) -> dict[str, float]:
    """Word key -> Zipf frequency (log10 of occurrences per billion words, Brysbaert & New 2009) of a language's
    commonest 30,000 keys; empty for a language without a table."""
    path = DATA / f"background_{language}.txt.gz"
    if not path.exists():
        return {}
    rows = (line.split(" ") for line in gzip.decompress(path.read_bytes()).decode().splitlines())
    return {key: float(row[0]) for row in rows for key in row[1:]}
