"""What one version says somebody will do and another that he only considers, in two points or two languages.

Two sentences of two versions are about one thing, and behind "is considering" and "will" stands the same act. A version
that has both, one of them perhaps for later, is no party.

time: see `story_sentences`; nothing is compared in a story in which nobody considers anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice

from storydiff.align.points_concepts import Bag, bag, named
from storydiff.diff.discrepancies import Edge
from storydiff.diff.rules.found import Conflict
from storydiff.diff.story_sentences import FIGURE, LEAST, Sentence, Sentences, edges
from storydiff.model import DiscrepancyType
from storydiff.text.certainty import Marker, graded, markers
from storydiff.text.quote_marks import marked

RARE = 2.5
"""Weight of the act in the story: what everybody does all over it is no sign of one act."""
MOST = 16
"""Pairs that are looked at closely, the most alike first."""
_REACH_OF = re.compile(r"(?:\W+\w+){1,10}")
"""The words behind a marker in which the act stands."""
_WORD = re.compile(r"\w+")
_SAID_WOULD = re.compile(r"\bsaid (?:he|she|it|they) would(?! not\b| consider| like| have\b| be\b)")
"""A plan in reported speech."""
_WILL = "will"
_GRADES = frozenset({"considering", _WILL, "will_not"})
_WEAK = re.compile(
    r"may|might|could|considered|looking at|stud\w+|examin\w+|review\w+|assess\w+|deciding|no decision"
    r"|k[oö]nnte\w*|pourrai\w+|podría\w*|мож\w+|могут",
    re.IGNORECASE,
)
"""Says that something is possible, or that somebody reads something."""

_Plans = Mapping[Sentence, Marker]


def considered(story: Sentences) -> Iterable[list[Edge]]:
    """The plans against each other."""
    open_plans = _plans(story, "considering")
    if not open_plans:
        return
    firm = _plans(story, _WILL)
    for a, b in islice(_pairs(story, open_plans, firm), MOST):
        act = _act(a, open_plans[a]) & _act(b, firm[b])
        if not any(story.weight.get(concept, 0.0) >= RARE for concept in act):
            continue
        if a.language == b.language and not act & _verb(a, open_plans[a]) & _verb(b, firm[b]):
            continue
        if not (_tells(firm, act) & a.versions or _tells(open_plans, act) & b.versions):
            yield edges(a, b, _conflict(open_plans[a], firm[b]))


def _pairs(story: Sentences, open_plans: _Plans, firm: _Plans) -> Iterable[tuple[Sentence, Sentence]]:
    """Pairs of an open and a firm plan, the open one first."""
    plans = [sentence for sentence in story.every if sentence in open_plans or sentence in firm]
    for a, b, _ in story.near(plans, LEAST):
        if a in open_plans and b in firm:
            yield a, b
        elif b in open_plans and a in firm:
            yield b, a


def _plans(story: Sentences, grade: str) -> dict[Sentence, Marker]:
    """The sentences with a marker of that grade outside quotations, and no other plan in them."""
    found: dict[Sentence, Marker] = {}
    for sentence in story.every:
        if not graded(sentence.text, sentence.language, grade) and not (grade == _WILL and _said_would(sentence)):
            continue
        marks = marked(sentence.text)
        told = (*_said_would(sentence), *markers(sentence.text, sentence.language))
        plans = [m for m in told if m.grade in _GRADES and not _WEAK.match(m.text)]
        if {m.grade for m in plans} == {grade} and not any(q.start <= plans[0].start < q.end for q in marks):
            found[sentence] = plans[0]
    return found


def _said_would(sentence: Sentence) -> list[Marker]:
    found = _SAID_WOULD.search(sentence.text) if sentence.language == "en" else None
    return [Marker(*found.span(), _WILL, found.group())] if found else []


def _act(sentence: Sentence, marker: Marker) -> Bag:
    """What is planned: the words behind the marker, names and figures left out."""
    behind = _REACH_OF.match(sentence.text, marker.end)
    language = sentence.version.language
    said = behind.group() if behind else ""
    return frozenset(c for c in bag(said, language) - named(sentence.text, language) if c[0] != FIGURE)


def _verb(sentence: Sentence, marker: Marker) -> Bag:
    """The first word of a plan: what is to be done, and not to whom."""
    words = _WORD.findall(sentence.text, marker.end, marker.end + 60)
    return next(filter(None, (bag(word, sentence.version.language) for word in words)), frozenset())


def _tells(plans: _Plans, act: Bag) -> frozenset[str]:
    """The versions that have an act among their plans."""
    return frozenset().union(*(s.versions for s, marker in plans.items() if act & _act(s, marker)))


def _conflict(ours: Marker, theirs: Marker) -> Conflict:
    return Conflict(
        type=DiscrepancyType.CERTAINTY,
        a=(ours.start, ours.end),
        b=(theirs.start, theirs.end),
        a_value=ours.grade,
        b_value=theirs.grade,
    )
