"""Which words of a story mean nearly the same: a static table of likeness, and spelling.

The table holds, for the commonest English word keys, their nearest neighbours by two static embeddings that must agree
(see `data/LICENSE` and bench/make_likeness.py). A story needs the likeness of its own few thousand words only, so no
vector is multiplied at run time: look-ups give a sparse list of pairs. Words of any language that begin alike
("Zelensky", "Zelenskyy"; "govern", "governor") are kin by spelling.

cost: one dictionary look-up per distinct word, and one sort for the spellings.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from pathlib import Path

Pair = tuple[str, str]

_TABLE = Path(__file__).parent / "data" / "likeness_en.txt.gz"
STEM, KIN = 4, 0.8
"""Words that share their beginning are kin when the shorter has at least four letters and the longer begins with it;
.8 against 0 moved coverage from AUC .9298 to .9310 and details from .7828 to .7840 (dev)."""


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    if not _TABLE.exists():
        return {}
    lines = gzip.decompress(_TABLE.read_bytes()).decode().splitlines()
    return dict(line.split("\t", 1) for line in lines if not line.startswith("#"))


@lru_cache(maxsize=1 << 15)
def neighbours(key: str) -> Mapping[str, float]:
    """English word key -> keys that mean nearly the same, with how nearly (0..1)."""
    row = _table().get(key, "").split()
    return {word: int(percent) / 100 for word, percent in zip(row[::2], row[1::2], strict=True)}


def alike(keys: Iterable[str], english: Iterable[str]) -> dict[Pair, float]:
    """Pairs of different keys, in alphabetical order, with their likeness in 0..1; pairs left out are unlike.

    `english` are those of the keys that may be looked up in the table.
    """
    pairs = dict.fromkeys(_kin(keys), KIN)
    known = frozenset(english)
    for key in known:
        for other, likeness in neighbours(key).items():
            if other in known and key != other:
                pair = (key, other) if key < other else (other, key)
                pairs[pair] = max(likeness, pairs.get(pair, 0.0))
    return pairs


def _kin(keys: Iterable[str]) -> Iterator[Pair]:
    begin: dict[str, list[str]] = defaultdict(list)
    for key in sorted(set(keys)):
        if len(key) >= STEM and key[:STEM].isalpha():
            begin[key[:STEM]].append(key)
    for group in begin.values():
        yield from ((a, b) for a, b in combinations(group, 2) if b.startswith(a))


def kindred(one: str, other: str) -> bool:
    """Whether two keys begin alike: the longer with the whole of the shorter, at least four letters."""
    short, long = sorted((one, other), key=len)
    return len(short) >= STEM and short[:STEM].isalpha() and long.startswith(short) and short != long
