"""Figures that two versions give one thing in two points.

A sentence of each, alike in what is rare in the story, and a figure of one dimension in one slot (`rules.number`); no
version on either side has the other's figure anywhere.

time: see `story_sentences`; only sentences with figures are compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from storydiff.diff.discrepancies import Edge
from storydiff.diff.rules import number
from storydiff.diff.rules.found import Span
from storydiff.diff.story_sentences import LEAST, Sentence, Sentences, edges
from storydiff.text.numbers import Quantity, agree

FIRM = 12.0
"""Weight shared by two sentences from which they tell one thing. In 55 real stories one discrepancy is found in two
points, and it is true; with 9 three more, one of them true. With less only large counts of one noun are compared."""
_NEAR = 1.5
"""How far apart two figures of one thing may be, unless one is a slip of the other."""
MOST = 24
"""Pairs of sentences that are looked at closely, the most alike first. Six stories by other hands have 46 at most and
five of them 25, 55 real ones 23. A made-up story in which every version has figures of its own has thousands."""


def counted_twice(story: Sentences) -> Iterable[list[Edge]]:
    """The figures against each other."""
    near = (row for row in story.near(LEAST) if _apart(*row))
    for a, b, shared in islice(near, MOST):
        for found in number.of_one_thing(a.passage, b.passage, story.names, firm=shared >= FIRM):
            if not (_known(story, a, found.a, b) or _known(story, b, found.b, a)):
                yield edges(a, b, found)


def _apart(a: Sentence, b: Sentence, shared: float) -> bool:
    """Whether each has a figure that the other lacks, and the two are near each other."""
    if not (a.values and b.values) or _is_old_post(a) or _is_old_post(b):
        return False
    least = 0 if shared >= FIRM else number.LARGE
    ours, theirs = ([v for v in x.values - y.values if v >= least or v % 1] for x, y in ((a, b), (b, a)))
    return any(_are_near(x, y) for x in ours for y in theirs)


def _are_near(x: float, y: float) -> bool:
    low, high = sorted((x, y))
    return high <= _NEAR * low or _digits(low) == _digits(high)


def _digits(value: float) -> list[str]:
    return sorted(f"{value:g}".replace(".", ""))


def _known(story: Sentences, a: Sentence, span: Span, b: Sentence) -> bool:
    """Whether the tellers of one sentence have the other's figure somewhere, or one that agrees with it."""
    figure = next(q for q in a.passage.quantities if (q.start, q.end) == span)
    printed = abs(figure.printed)
    others = (s for s in story.every if s.versions & b.versions and any(_are_near(printed, v) for v in s.values))
    return any(_is_same(q, figure) for s in others for q in s.passage.quantities)


def _is_same(q: Quantity, figure: Quantity) -> bool:
    """Whether two figures agree, and not only because "more than ten" leaves everything open."""
    low, high = sorted((abs(q.exact), abs(figure.exact)))
    return q.dimension == figure.dimension and high <= _NEAR * low and agree(q, figure)


def _is_old_post(sentence: Sentence) -> bool:
    """Whether it stands in a live blog below the newest post: its figures may be superseded."""
    post = sentence.version.paragraphs[sentence.prints[0].paragraph].post
    return post is not None and post > min(p.post for _, p in sentence.version.body if p.post is not None)
