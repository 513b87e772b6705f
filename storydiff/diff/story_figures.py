"""Figures that two versions give one thing in two points.

A sentence of each, alike in what is rare in the story, and a figure of one dimension in one slot (`rules.number`); no
version on either side has the other's figure anywhere.

time: see `story_sentences`; only sentences with figures are compared.
"""

from __future__ import annotations

from collections.abc import Iterable

from storydiff.diff.discrepancies import Edge
from storydiff.diff.rules import number
from storydiff.diff.rules.found import Span
from storydiff.diff.story_sentences import Sentence, Sentences, edges
from storydiff.model import Version
from storydiff.text.numbers import Quantity, agree

FIRM = 12.0
"""Weight shared by two sentences from which they tell one thing. In 55 real stories one discrepancy is found in two
points, and it is true; with 9 three more, one of them true."""
COUNTED = 6.5
"""Enough when both figures are no small counts of the same noun."""

_NEAR = 1.5


def counted_twice(story: Sentences) -> Iterable[list[Edge]]:
    """The figures against each other."""
    pool = [s for s in story.every if s.figures and not _is_old_post(s.version, s)]
    for a, b, shared in story.near(pool, COUNTED):
        if a.figures <= b.figures or b.figures <= a.figures:
            continue
        for found in number.of_one_thing(a.passage, b.passage, story.names, firm=shared >= FIRM):
            if not (_known(story, a, found.a, b) or _known(story, b, found.b, a)):
                yield edges(a, b, found)


def _known(story: Sentences, a: Sentence, span: Span, b: Sentence) -> bool:
    """Whether the tellers of one sentence have the other's figure somewhere, or one that agrees with it."""
    figure = next(q for q in a.passage.quantities if (q.start, q.end) == span)
    others = (s for s in story.every if s.figures and s.versions & b.versions)
    return any(_is_same(q, figure) for s in others for q in s.passage.quantities)


def _is_same(q: Quantity, figure: Quantity) -> bool:
    """Whether two figures agree, and not only because "more than ten" leaves everything open."""
    low, high = sorted((abs(q.exact), abs(figure.exact)))
    return q.dimension == figure.dimension and high <= _NEAR * low and agree(q, figure)


def _is_old_post(version: Version, sentence: Sentence) -> bool:
    """Whether it stands in a live blog below the newest post: its figures may be superseded."""
    posts = [p.post for _, p in version.body if p.post is not None]
    post = version.paragraphs[sentence.prints[0].paragraph].post
    return post is not None and post > min(posts)
