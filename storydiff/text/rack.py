"""Many sieves over one text: which of them may match is asked of its words, and not of each sieve in turn.

What a match must hold stands inside words of the text, and texts share their words. So a word is asked once which of
the clauses of all racks of its language it satisfies, the answer is remembered as a number of one bit a clause, and a
text is the union of the answers of its words. Numbers are no containers to the search for garbage.

Cost: a look-up for each different word of a text, and one comparison of numbers for each sieve of a rack; a word that
was never seen, two look-ups for each of its letters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property, lru_cache, reduce
from operator import or_
from threading import Lock
from typing import Generic, TypeVar

from storydiff.text.sieve import DIGIT, Clause, Sieve, held

K = TypeVar("K", bound=Hashable)

_RUN = re.compile(rf"{DIGIT}|\w+")
_SHORT, _BEGIN = 2, 3
"""Letters by which what is sought is looked up, what is shorter and what is not."""


class Rack(Generic[K]):
    """Sieves with their keys, in an order; filed when a text is first put through.

    `language`: whose texts are put through; without one, those of all.
    """

    def __init__(self, sieves: Iterable[tuple[K, Sieve]], language: str = "") -> None:
        self.sieves, self._shelf = tuple(sieves), _shelf(language)

    def matches(self, text: str) -> Iterator[tuple[K, re.Match[str]]]:
        """All matches in a text, sieve by sieve, each with its sieve's key; their letters as `Sieve` says."""
        return ((key, match) for key, sieve in self.through(text) for match in sieve.tried(text))

    def through(self, text: str) -> list[tuple[K, Sieve]]:
        """The sieves that may match in a text, in their order."""
        return self._through(words_of(text))

    def anywhere(self, texts: Iterable[str]) -> list[tuple[K, Sieve]]:
        """The sieves that may match in one of many texts, in their order."""
        return self._through(frozenset(_RUN.findall("\n".join(map(held, texts)))))

    def _through(self, words: frozenset[str]) -> list[tuple[K, Sieve]]:
        wanted = self._wanted  # before the words are asked: filing it may put new clauses on the shelf
        told = self._shelf.told(words)
        return [row for row, needed in wanted if needed & told == needed]

    @cached_property
    def _wanted(self) -> list[tuple[tuple[K, Sieve], int]]:
        """Each sieve with the bits of the clauses of which words of a text must hold all."""
        clauses = [[*filter(None, map(_within_words, sieve.needed))] for _, sieve in self.sieves]
        bits = self._shelf.bits(clause for row in clauses for clause in row)
        return [
            (row, reduce(or_, map(bits.__getitem__, each), 0)) for row, each in zip(self.sieves, clauses, strict=True)
        ]


class _Shelf:
    """The clauses of the racks of one language that were asked so far, each with a bit of its own."""

    def __init__(self) -> None:
        self._bits: dict[Clause, int] = {}
        self._lock = Lock()
        self.told = _teller(self._bits)
        """The function from the words of a text to the clauses of which they hold some letters."""

    def bits(self, clauses: Iterable[Clause]) -> dict[Clause, int]:
        """The clauses with their bits; for new ones the words that were asked already are asked anew."""
        with self._lock:
            for clause in clauses:
                self._bits.setdefault(clause, 1 << len(self._bits))
            self.told = _teller(self._bits)
            return dict(self._bits)


def _teller(bits: dict[Clause, int]) -> Callable[[frozenset[str]], int]:
    begins: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for clause, bit in bits.items():
        for letters in clause:
            begins[letters[:_BEGIN]].append((letters, bit))

    @lru_cache(maxsize=1 << 16)
    def holds(word: str) -> int:
        found = 0
        for at in range(len(word)):
            for length in (_SHORT, _BEGIN):
                for letters, bit in begins.get(word[at : at + length], ()):
                    if word.startswith(letters, at):
                        found |= bit
        return found

    @lru_cache(maxsize=1 << 12)
    def told(words: frozenset[str]) -> int:
        return reduce(or_, map(holds, words), 0)

    return told


@lru_cache(maxsize=32)
def _shelf(language: str) -> _Shelf:
    """The racks of one language, which look at a word together."""
    del language
    return _Shelf()


def _within_words(clause: Clause) -> Clause | None:
    """Of each alternative of a clause what stands in one word; None when that is too little of any."""
    runs = frozenset(max(_RUN.findall(letters), key=len, default="") for letters in clause)
    return runs if all(run == DIGIT or len(run) >= _SHORT for run in runs) else None


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """The words of a text as sieves see them."""
    return frozenset(_RUN.findall(held(text)))
