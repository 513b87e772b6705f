"""Number words of six languages (numbers.toml), and the one small grammar that reads them.

A number word either adds (`twenty`, `zwölf`, `двести`) or multiplies what stands before it (`hundred`, `mille`,
`миллиона`). German writes its numerals in one word and is taken apart first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from storydiff.text.tables import beside, words

Words = dict[str, float]
_TABLE = beside(__file__, "numbers")


def _by_word(name: str) -> dict[str, dict[str, str]]:
    """Language -> word -> what stands before the colon of its row."""
    out: dict[str, dict[str, str]] = {}
    for language, rows in _TABLE[name].items():
        parted = (row.split(":", 1) for row in rows)
        out[language] = {word: value for value, members in parted for word in members.split()}
    return out


def _values(name: str) -> dict[str, Words]:
    return {language: {w: float(v) for w, v in rows.items()} for language, rows in _by_word(name).items()}


ADD = _values("add")
SCALE = _values("scale")
ORDINAL = _values("ordinal")
FRACTION = _values("fraction")
PAIR = _values("pair")
JOIN = {language: words(block) for language, block in _TABLE["join"].items()}
POINT = {language: words(block) for language, block in _TABLE["point"].items()}
"""What stands between a number and its decimals where both are words: two point nine."""
ARTICLES = words(_TABLE["articles"])
VAGUE: dict[str, dict[str, tuple[float, float]]] = {
    language: {word: (float(span.split()[0]), float(span.split()[1])) for word, span in rows.items()}
    for language, rows in _by_word("vague").items()
}
"""Least and most that a vague count can mean; "dozens" is two dozen or more."""
CHANGES: dict[str, dict[str, tuple[str, float]]] = {
    language: {word: (value.split()[0], float(value.split()[1])) for word, value in rows.items()}
    for language, rows in _by_word("change").items()
}
"""Verbs that hold a number: halved, doubled."""
BOUNDS: Mapping[str, Mapping[str, list[str]]] = _TABLE["bound"]
"""Language -> kind of bound -> patterns before a figure."""


@lru_cache(maxsize=4096)
def german(word: str) -> float | None:
    """The value of a German numeral in one word: `dreiundzwanzig`, `zweihundertfünfzig`; None for anything else."""
    for name, factor in (("tausend", 1000.0), ("hundert", 100.0)):
        head, found, tail = word.partition(name)
        if found:
            return _german_product(head, factor, tail)
    return _german_small(word)


def _german_product(head: str, factor: float, tail: str) -> float | None:
    times = german(head) if head else 1.0
    rest = german(tail.removeprefix("und")) if tail else 0.0
    return None if times is None or rest is None else times * factor + rest


def _german_small(word: str) -> float | None:
    table = ADD["de"]
    if word in table:
        return table[word]
    if word.endswith("zehn") and table.get(word[:-4], 10.0) < 10:
        return table[word[:-4]] + 10
    unit, found, ten = word.partition("und")
    if found and table.get(unit, 10.0) < 10 and table.get(ten, 0.0) >= 20:
        return table[unit] + table[ten]
    return None


def additive(word: str, language: str) -> float | None:
    """The value that a number word adds, or None. `word` is lower case with straight apostrophes."""
    if language == "de":
        return german(word)
    return ADD.get(language, {}).get(word)


def plain(word: str) -> str:
    """A word as the tables have it: in small letters with straight apostrophes."""
    return word.lower().replace("’", "'").replace("ʼ", "'")


@lru_cache(maxsize=16)
def counting(language: str) -> Callable[[str], bool]:
    """The function that tells whether a word as printed stands in any table of number words of a language."""
    tables = [table.get(language, {}) for table in (SCALE, ORDINAL, FRACTION, PAIR, VAGUE, CHANGES)]

    @lru_cache(maxsize=1 << 16)
    def counts(printed: str) -> bool:
        word = plain(printed)
        return any(word in table for table in tables) or additive(word, language) is not None

    return counts


def evaluate(run: list[str], language: str) -> float:
    """The value of a run of number words, each known to `additive` or `SCALE` (joining words left out)."""
    total = current = 0.0
    for word in run:
        factor = SCALE[language].get(word)
        if factor is None:
            current = _added(current, additive(word, language) or 0.0, word)
        elif factor >= 1000:
            total += max(current, 1.0) * factor
            current = 0.0
        else:
            whole = current // 100 * 100 if current > 99 else 0.0
            current = whole + max(current - whole, 1.0) * factor
    return total + current


def _added(current: float, value: float, word: str) -> float:
    # French counts in twenties: quatre-vingt-dix is 4 x 20 + 10.
    if word in ("vingt", "vingts") and current % 100 == 4:
        return current + 76
    return current + value
