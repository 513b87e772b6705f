"""Vectors of what articles hold, and which earlier ones are near: cost that does not grow with all articles.

A concept weighs by its inverse document frequency among the articles in memory (Spärck Jones 1972). A stream that has
just begun has no frequencies of its own, so it begins with `PRIOR` imagined articles in which words are as frequent as
in the language (Zipf frequencies of the wordfreq tables): the blend of story and background that `align.weights` makes,
in the form that fits a stream, where the own frequencies gain as they come in.

Near articles are found by the inverted index of the concepts that weigh most (no pair is looked at that shares none of
them), and of each only its latest `SCANNED` articles: so an article costs the same among 50,000 as among 1,000.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections.abc import Collection, Mapping
from functools import lru_cache

from storydiff.text.lexicon import background
from storydiff.text.words import is_number

Vector = dict[str, float]

PRIOR = 200.0
"""Articles' worth of trust in the language's own frequencies."""
USUAL_LENGTH = 300
"""Words of the imagined articles."""
UNKNOWN_ZIPF, NUMBER_ZIPF = 2.4, 3.5
"""As in `align.weights`: Zipf frequency of words that the background lacks, and of any number."""
TELLING, OPENING = 1.75, 1.25
"""How much more names and figures count, and what stands in the headline or the first words."""
ASKED = 12
"""Concepts of an article by which near ones are looked for. From 32 down to 8 grouping stays as good (.906, .907)."""
SCANNED = 120
"""Latest articles looked at of each."""
NEAR = 24
"""Articles that are measured exactly."""
NOTHING = 1e-9
HELD = 400
"""Concepts kept of an article, those that weigh most: the rest of a long read decides nothing."""
NOBODY: array[int] = array("Q")


@lru_cache(maxsize=1 << 17)
def _usual_share(concept: str) -> float:
    """The share of articles that hold a concept in the language at large."""
    language, _, key = concept.rpartition(":")
    zipf = NUMBER_ZIPF if is_number(key) else background(language).get(key, UNKNOWN_ZIPF)
    return 1 - math.exp(-USUAL_LENGTH * 10 ** (zipf - 9))


class Space:
    """The articles in memory as unit vectors, numbered as they came; the oldest can be dropped."""

    def __init__(self) -> None:
        self._vectors: dict[int, Vector] = {}
        self._first = 0
        self._holders: dict[str, array[int]] = {}
        """Concept -> numbers of the articles that hold it, oldest first. Most concepts have one: arrays are small."""

    def __len__(self) -> int:
        return len(self._vectors)

    def vector(self, counts: Mapping[str, int], telling: Collection[str] = (), opening: Collection[str] = ()) -> Vector:
        """The unit vector of an article, weighed by what the memory holds before it."""
        values = {
            concept: (1 + math.log(count))
            * self._weight(concept)
            * (TELLING if concept in telling else 1.0)
            * (OPENING if concept in opening else 1.0)
            for concept, count in counts.items()
        }
        if len(values) > HELD:
            values = dict(heapq.nlargest(HELD, values.items(), key=_by_weight))
        length = math.sqrt(math.fsum(value * value for value in values.values())) or 1.0
        return {concept: value / length for concept, value in values.items()}

    def _weight(self, concept: str) -> float:
        held = len(self._holders.get(concept, ())) + PRIOR * _usual_share(concept)
        return math.log((len(self._vectors) + PRIOR + 1) / (held + 0.5))

    def add(self, vector: Vector) -> int:
        """Keep an article; gives its number."""
        number = self._first + len(self._vectors)
        self._vectors[number] = vector
        for concept in vector:
            holders = self._holders.get(concept)
            if holders is None:
                self._holders[concept] = array("Q", (number,))
            else:
                holders.append(number)
        return number

    def drop(self) -> None:
        """Forget the oldest article."""
        for concept in self._vectors.pop(self._first):
            holders = self._holders[concept]
            if len(holders) > 1:
                del holders[0]
            else:
                del self._holders[concept]
        self._first += 1

    def get(self, number: int) -> Vector:
        """The vector of an article in memory."""
        return self._vectors[number]

    def near(self, vector: Vector) -> list[int]:
        """The numbers of the articles that share most of what weighs most, the nearest first."""
        found: dict[int, float] = {}
        for concept, value in heapq.nlargest(ASKED, vector.items(), key=_by_weight):
            for number in self._holders.get(concept, NOBODY)[-SCANNED:]:
                found[number] = found.get(number, 0.0) + value * self.get(number)[concept]
        return heapq.nlargest(NEAR, found, key=lambda number: (found[number], number))


def product(one: Vector, two: Vector) -> float:
    """The inner product; of two unit vectors their cosine."""
    small, large = (one, two) if len(one) <= len(two) else (two, one)
    return math.fsum(value * large[concept] for concept, value in small.items() if concept in large)


def added(total: Vector, vector: Vector) -> None:
    """Add a vector to a sum in place."""
    for concept, value in vector.items():
        total[concept] = total.get(concept, 0.0) + value


def taken(total: Vector, vector: Vector) -> None:
    """Take a vector out of a sum in place; what is left of nothing goes too, or a long story would grow for ever."""
    for concept, value in vector.items():
        rest = total[concept] - value
        if rest > NOTHING:
            total[concept] = rest
        else:
            del total[concept]


def _by_weight(held: tuple[str, float]) -> tuple[float, str]:
    return held[1], held[0]
