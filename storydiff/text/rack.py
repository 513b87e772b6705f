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
_NOTHING: frozenset[Clause] = frozenset()
"""What most words hold: one object for all."""
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
        return self._through(words_of(text))

    def anywhere(self, texts: Iterable[str]) -> list[tuple[K, Sieve]]:
        """The sieves that may match in one of many texts, in their order."""
        return self._through(frozenset(_RUN.findall("\n".join(map(held, texts)))))

    def _through(self, words: frozenset[str]) -> list[tuple[K, Sieve]]:
        clauses = frozenset().union(*map(self._holds, words))
        free, wanting = self._asked_by
        asked = [*free, *(number for clause in clauses for number in wanting.get(clause, ()))]
        return [self.sieves[number] for number in sorted(asked) if self._filed[number] <= clauses]

    @cached_property
    def _filed(self) -> list[frozenset[Clause]]:
        """Of each sieve the clauses of which words of a text must hold all."""
        return [frozenset(filter(None, map(_within_words, sieve.needed))) for _, sieve in self.sieves]

    @cached_property
    def _asked_by(self) -> tuple[list[int], dict[Clause, list[int]]]:
        """The numbers of the sieves that want nothing, and of the others by the shortest clause that they want."""
        wanting: dict[Clause, list[int]] = defaultdict(list)
        for number, wanted in enumerate(self._filed):
            if wanted:
                wanting[min(wanted, key=lambda clause: (len(clause), sorted(clause)))].append(number)
        return [number for number, wanted in enumerate(self._filed) if not wanted], wanting

    @cached_property
    def _holds(self) -> Callable[[str], frozenset[Clause]]:
        """The function from a word to the clauses of which it holds some letters."""
        begins: dict[str, set[tuple[str, Clause]]] = defaultdict(set)
        for clause in frozenset().union(*self._filed):
            for letters in clause:
                begins[letters[:_BEGIN]].add((letters, clause))

        @lru_cache(maxsize=1 << 16)
        def holds(word: str) -> frozenset[Clause]:
            rows = ((at, begins.get(word[at : at + _BEGIN], ())) for at in range(len(word)))
            found = (clause for at, each in rows for letters, clause in each if word.startswith(letters, at))
            return frozenset(found) or _NOTHING

        return holds


def _within_words(clause: Clause) -> Clause | None:
    """Of each alternative of a clause what stands in one word; None when that is too little of any."""
    runs = frozenset(max(_RUN.findall(letters), key=len, default="") for letters in clause)
    return runs if all(run == DIGIT or len(run) >= _BEGIN for run in runs) else None


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """The words of a text as sieves see them."""
    return frozenset(_RUN.findall(held(text)))
