"""Many sieves over one text: which of them may match is asked of its words, and not of each sieve in turn.

What a match must hold stands inside words of the text, and texts share their words. So a word is asked once which of
the sieves' letters it holds, the answer is remembered, and a text is the union of the answers of its words.

Cost: a look-up for each different word of a text; a word that was never seen, one look-up for each of its letters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from storydiff.text.sieve import DIGIT, Sieve, held

K = TypeVar("K", bound=Hashable)

_RUN = re.compile(rf"{DIGIT}|\w+")
_BEGIN = 2
"""Letters by which what is sought is looked up."""


class Rack(Generic[K]):
    """Sieves with their keys, in an order; filed when a text is first put through."""

    def __init__(self, sieves: Iterable[tuple[K, Sieve]]) -> None:
        self.sieves = tuple(sieves)

    def through(self, text: str) -> list[tuple[K, Sieve]]:
        """The sieves that may match in a text, in their order."""
        near = self._always.union(*map(self._sought_in, words_of(text)))
        rows = map(self.sieves.__getitem__, sorted(near))
        return [row for row in rows if row[1].may_match(text)]

    @cached_property
    def _filed(self) -> list[tuple[str, int]]:
        """What stands in one word of every match, with the number of the sieve; empty when nothing surely does."""
        return [(within, n) for n, (_, sieve) in enumerate(self.sieves) for within in _within_words(sieve)]

    @cached_property
    def _always(self) -> frozenset[int]:
        return frozenset(n for within, n in self._filed if not within)

    @cached_property
    def _sought_in(self) -> Callable[[str], frozenset[int]]:
        """The function from a word to the sieves of whose letters it holds some."""
        begins: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for within, n in self._filed:
            begins[within[:_BEGIN]].append((within, n))

        @lru_cache(maxsize=1 << 16)
        def sought_in(word: str) -> frozenset[int]:
            rows = ((at, begins.get(word[at : at + _BEGIN], ())) for at in range(len(word)))
            return frozenset(n for at, each in rows for letters, n in each if word.startswith(letters, at))

        return sought_in


def _within_words(sieve: Sieve) -> list[str]:
    runs = [max(_RUN.findall(letters), key=len, default="") for letters in sieve.needed]
    return runs if runs and all(run == DIGIT or len(run) >= _BEGIN for run in runs) else [""]


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """The words of a text as sieves see them."""
    return frozenset(_RUN.findall(held(text)))
