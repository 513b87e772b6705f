"""Many sieves over one text: which of them may match is asked of its words, and not of each sieve in turn.

What a match must hold stands inside words of the text, and texts share their words. So a word is asked once which of
the sieves' clauses it satisfies, the answer is remembered, and a text is the union of the answers of its words.

Cost: a look-up for each different word of a text; a word that was never seen, one look-up for each of its letters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from storydiff.text.sieve import DIGIT, Clause, Sieve, held

K = TypeVar("K", bound=Hashable)

_RUN = re.compile(rf"{DIGIT}|\w+")
_BEGIN = 2
"""Letters by which what is sought is looked up."""


class Rack(Generic[K]):
    """Sieves with their keys, in an order; filed when a text is first put through."""

    def __init__(self, sieves: Iterable[tuple[K, Sieve]]) -> None:
        self.sieves = tuple(sieves)

    def matches(self, text: str) -> Iterator[tuple[K, re.Match[str]]]:
        """All matches in a text, sieve by sieve, each with its sieve's key; their letters as `Sieve` says."""
        return ((key, match) for key, sieve in self.through(text) for match in sieve.tried(text))

    def through(self, text: str) -> list[tuple[K, Sieve]]:
        """The sieves that may match in a text, in their order."""
        held = frozenset().union(*map(self._holds, words_of(text)))
        return [row for row, wanted in self._filed if wanted <= held]

    @cached_property
    def _filed(self) -> list[tuple[tuple[K, Sieve], frozenset[Clause]]]:
        """The sieves, each with the clauses of which words of a text must hold all."""
        return [(row, frozenset(filter(None, map(_within_words, row[1].needed)))) for row in self.sieves]

    @cached_property
    def _holds(self) -> Callable[[str], frozenset[Clause]]:
        """The function from a word to the clauses of which it holds some letters."""
        begins: dict[str, set[tuple[str, Clause]]] = defaultdict(set)
        for clause in frozenset().union(*(wanted for _, wanted in self._filed)):
            for letters in clause:
                begins[letters[:_BEGIN]].add((letters, clause))

        @lru_cache(maxsize=1 << 16)
        def holds(word: str) -> frozenset[Clause]:
            rows = ((at, begins.get(word[at : at + _BEGIN], ())) for at in range(len(word)))
            return frozenset(clause for at, each in rows for letters, clause in each if word.startswith(letters, at))

        return holds


def _within_words(clause: Clause) -> Clause | None:
    """Of each alternative of a clause what stands in one word; None when that is too little of any."""
    runs = frozenset(max(_RUN.findall(letters), key=len, default="") for letters in clause)
    return runs if all(run == DIGIT or len(run) >= _BEGIN for run in runs) else None


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """The words of a text as sieves see them."""
    return frozenset(_RUN.findall(held(text)))
