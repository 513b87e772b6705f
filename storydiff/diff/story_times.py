"""The hour or the day of one act, which two versions give differently in two points.

Two sentences of one language that share much, each with a time that the other cannot be. For an hour the words around
it must be alike; for a day nearly all words before it must be the same: a report that was printed again with another
day, while other days are told of one thing at several stages.

time: see `story_sentences`; only sentences with a time are compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from storydiff.align.points_concepts import Bag, bag
from storydiff.diff.discrepancies import Edge
from storydiff.diff.rules import time
from storydiff.diff.rules.found import Span
from storydiff.diff.rules.tellings import is_stamp
from storydiff.diff.story_sentences import Sentence, Sentences, edges
from storydiff.text.times import agree

LEAST = 10.0
"""Weight that two sentences share. In eleven stories by other hands four pairs of hours come so far and are alike
beside, all true; in 55 real stories and the topics of ecbplus none does."""
_CLOCK = "#clock"
_DAYS = bag("Monday Tuesday Wednesday Thursday Friday Saturday Sunday", "en")
MOST = 24
"""Pairs that are looked at closely, the most alike first."""


def told_twice(story: Sentences) -> Iterable[list[Edge]]:
    """The times against each other."""
    times = {sentence: told for sentence in story.every if (told := _times(sentence))}
    dated = [sentence for sentence in times if not is_stamp(sentence.text)]
    near = ((a, b) for a, b, _ in story.near(dated, LEAST) if a.language == b.language)
    near = ((a, b) for a, b in near if times[a] - times[b] and times[b] - times[a])
    for a, b in islice(near, MOST):
        for found in time.of_one_act(a.passage, b.passage):
            if not (_known(story, a, found.a, b) or _known(story, b, found.b, a)):
                yield edges(a, b, found)


def _times(sentence: Sentence) -> Bag:
    """The concepts of its hours and days, which show them without parsing it."""
    return frozenset(concept for concept in sentence.bag if concept.startswith(_CLOCK)) | sentence.bag & _DAYS


def _known(story: Sentences, a: Sentence, place: Span, other: Sentence) -> bool:
    """Whether who tells the other sentence has the time of the first one as well."""
    own = next(moment for moment in a.passage.moments if (moment.start, moment.end) == place)
    told = (each for each in story.every if each is not other and each.versions & other.versions)
    return any(own.kind == m.kind and m.possible and agree(own, m) for each in told for m in each.passage.moments)
