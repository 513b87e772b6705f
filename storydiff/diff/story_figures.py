"""Figures that two versions give one thing in two points.

A sentence of each, alike in what is rare in the story, and a figure of one dimension in one slot (`rules.number`); no
version on either side has the other's figure anywhere. In two languages a slot is no help: there one figure must look
like a slip of the other, and the sentences be the nearest to each other of those that tell such a figure.

time: see `story_sentences`; only sentences with figures are compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from storydiff.diff.discrepancies import Edge
from storydiff.diff.rules import number
from storydiff.diff.rules.found import Conflict, Span
from storydiff.diff.story_sentences import LEAST, Sentence, Sentences, edges

FIRM = 12.0
"""Weight shared by two sentences from which they tell one thing. In 55 real stories one discrepancy is found in two
points, and it is true; with 9 three more, one of them true. With less only large counts of one noun are compared."""
ABROAD = 6.0
"""Weight from which two sentences in two languages may tell one thing, if the figures look like a slip. In eleven
stories by other hands eight pairs come so far, all true, from 6.3 on; without the nearest to each other one more."""
_NEAR = 1.5
"""How far apart two figures of one thing may be, unless one is a slip of the other."""
_ROUNDED = 0.04
"""Of a figure, that another may lie away from it and still be the same one told roundly: almost three for 2.9."""
MOST = 24
"""Pairs of sentences that are looked at closely, the most alike first. Six stories by other hands have 46 at most and
five of them 25, 55 real ones 23. A made-up story in which every version has figures of its own has thousands."""


def counted_twice(story: Sentences) -> Iterable[list[Edge]]:
    """The figures against each other."""
    told = _counting(story)
    near = (row for row in story.near(told, LEAST) if _apart(*row))
    for a, b, shared in islice(near, MOST):
        for found in number.of_one_thing(a.passage, b.passage, story.names, firm=shared >= FIRM):
            if not (_known(story, a, b, found) or _known(story, b, a, found.swapped())):
                yield edges(a, b, found)


def slipped_abroad(story: Sentences) -> Iterable[list[Edge]]:
    """Figures of two languages of which one is a slip of the other."""
    told = _counting(story)
    if len({sentence.language for sentence in told}) < 2:
        return
    met: set[tuple[Sentence, str, str]] = set()
    for a, b, _ in story.near(told, ABROAD):
        for dimension in _dimensions(a) & _dimensions(b):
            places = {(x, v, dimension) for x, y in ((a, b), (b, a)) for v in y.versions}
            if a.language != b.language and not places & met:
                for found in number.slips(a.passage, b.passage, dimension):
                    if not (_known(story, a, b, found) or _known(story, b, a, found.swapped())):
                        yield edges(a, b, found)
            met |= places


def _counting(story: Sentences) -> list[Sentence]:
    """The sentences that tell a figure, older posts of a live blog left out."""
    return [sentence for sentence in story.every if sentence.values and not _is_old_post(sentence)]


def _dimensions(sentence: Sentence) -> frozenset[str]:
    """In which its figures are, small counts and labels left out."""
    return frozenset(figure.quantity.dimension for figure in number.telling(sentence.passage))


def _apart(a: Sentence, b: Sentence, shared: float) -> bool:
    """Whether each has a figure that the other lacks, and the two are near each other."""
    least = 0 if shared >= FIRM else number.LARGE
    ours, theirs = ([v for v in x.values - y.values if v >= least or v % 1] for x, y in ((a, b), (b, a)))
    return any(_are_near(x, y) for x in ours for y in theirs)


def _are_near(x: float, y: float) -> bool:
    low, high = sorted((x, y))
    return high <= _NEAR * low or _digits(low) == _digits(high)


def _digits(value: float) -> list[str]:
    return sorted(f"{value:g}".replace(".", ""))


def _known(story: Sentences, a: Sentence, b: Sentence, found: Conflict) -> bool:
    """Whether the tellers of one sentence have the other's figure somewhere, or one that rounds to it."""
    ours, theirs = _printed(a, found.a), _printed(b, found.b)
    return any(v != theirs and abs(v - ours) <= _ROUNDED * ours for v in story.values(b.versions))


def _printed(sentence: Sentence, span: Span) -> float:
    return abs(next(q.printed for q in sentence.passage.quantities if (q.start, q.end) == span))


def _is_old_post(sentence: Sentence) -> bool:
    """Whether it stands in a live blog below the newest post: its figures may be superseded."""
    post = sentence.version.paragraphs[sentence.prints[0].paragraph].post
    return post is not None and post > min(p.post for _, p in sentence.version.body if p.post is not None)
