"""How often something happens, told as honestly as counts allow.

The interval is Wilson's score interval (Wilson 1927, JASA 22:209-212; of the simple intervals the one that Brown, Cai
and DasGupta 2001, Statistical Science 16:101-133, recommend for small counts). It supposes that the cases are
independent of each other, which the points of one story are not: an outlet that was late leaves out many at once. So it
is taken at the effective number of cases, as in surveys of clusters (Korn and Graubard 1998, Survey Methodology
24:193-201): the count divided by the design effect, which is the variance between stories over the binomial one, and at
least 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

Z = 1.959964
"""95 % of a normal distribution lie within so many standard deviations."""
FEWEST_CASES = 10
"""Cases below which no share is told: with 9 of them the interval is at least 30 points wide, whatever they show."""
FEWEST_STORIES = 3
"""Stories below which none is told: how stories vary cannot be seen in two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Cases in stories, as sums, so that a database can add them up. `of` cases, in `hits` of which it happened."""

    hits: int = 0
    of: int = 0
    stories: int = 0
    """Stories with at least one case."""
    hits_squared: int = 0
    """Sum over the stories of the square of its hits, and so the two below."""
    of_squared: int = 0
    crossed: int = 0
    """Sum of hits times cases."""

    @classmethod
    def sum(cls, stories: Iterable[tuple[int, int]]) -> Tally:
        """Of the (hits, cases) of each story."""
        counted = [(hits, of) for hits, of in stories if of]
        return cls(
            hits=sum(hits for hits, _ in counted),
            of=sum(of for _, of in counted),
            stories=len(counted),
            hits_squared=sum(hits * hits for hits, _ in counted),
            of_squared=sum(of * of for _, of in counted),
            crossed=sum(hits * of for hits, of in counted),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share with its 95 % interval, all 0..1; none of them where there are too few cases to say."""

    tally: Tally
    share: float | None = None
    low: float | None = None
    high: float | None = None


def rate(tally: Tally) -> Rate:
    """The share of hits; only counts where they are too few."""
    if tally.of < FEWEST_CASES or tally.stories < FEWEST_STORIES:
        return Rate(tally=tally)
    share = tally.hits / tally.of
    low, high = wilson(share, tally.of / design_effect(tally))
    return Rate(tally=tally, share=share, low=low, high=high)


def wilson(share: float, cases: float, z: float = Z) -> tuple[float, float]:
    """The score interval of a share that was seen in so many cases."""
    middle = share + z * z / (2 * cases)
    half = z * math.sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases))
    whole = 1 + z * z / cases
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def design_effect(tally: Tally) -> float:
    """How many cases of one story tell as much as one that stands alone; 1 where stories do not differ."""
    share, stories = tally.hits / tally.of, tally.stories
    plain = share * (1 - share) / tally.of
    if stories < 2 or plain <= 0:
        return 1.0
    spread = tally.hits_squared - 2 * share * tally.crossed + share * share * tally.of_squared
    return max(1.0, stories / (stories - 1) * spread / (tally.of * tally.of) / plain)
