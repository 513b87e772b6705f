"""One utterance that two versions credit to two people, in two points.

Two sentences of two versions say the same, quoted or told, and each credits a person by a full name: right beside the
verb of saying, or before it in the paragraph when the verb has a pronoun.

time: see `story_sentences`; only sentences that say something and name somebody are compared, and who speaks is only
asked of pairs that name different people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice, product

from storydiff.align.points_concepts import Bag, bag
from storydiff.align.points_told import saying
from storydiff.diff.discrepancies import Edge
from storydiff.diff.story_sentences import Sentence, Sentences, lead
from storydiff.model import DiscrepancyType, Reading, Span
from storydiff.text.attribution import Source, sources
from storydiff.text.attribution_words import SAYING as SAYING_VERBS
from storydiff.text.names import Name, mentions
from storydiff.text.quote_marks import marked

LEAST = 9.0
"""Weight that two utterances share. The credits against each other in nine stories share 9.9 and more."""
_SMALLER, _LARGER = 0.6, 0.38
"""Of the weight of either utterance. In 55 real stories no pair of utterances of two people comes so far."""
MOST = 16
"""Pairs that are looked at closely, the most alike first."""
_WORDS = 4
"""Words from which a quotation is what a sentence says; a shorter one is part of it."""

_OF_OTHERS = re.compile(
    r"\b(?:for|of|to|with|by|and|from|von|für|de|pour|avec|con|para|y|et|und|и|і)\s$", re.IGNORECASE
)
"""Before a name that is not the speaker's: a lawyer for, a friend of."""
_HE = re.compile(rf"\b(?:he|she)\s(?:{SAYING_VERBS['en']})\b|\b(?:{SAYING_VERBS['en']})\s(?:he|she)\b", re.IGNORECASE)


def two_speakers(story: Sentences) -> Iterable[list[Edge]]:
    """The credits against each other."""
    spoken = [sentence for sentence in story.every if sentence.says and sentence.people]
    near = (row for row in story.near(spoken, LEAST) if not row[0].people & row[1].people)
    for a, b, _ in islice(near, MOST):
        if not _say_one_thing(story, a, b):
            continue
        ours, theirs = _credits(a), _credits(b)
        if ours and theirs and all(_are_two(story, x, y) for x, y in product(ours, theirs)):
            yield [Edge(DiscrepancyType.ATTRIBUTION, x, y, drift=False) for x, y in product(ours, theirs)]


def _are_two(story: Sentences, x: Reading, y: Reading) -> bool:
    return story.names.relation(x.text, y.text) == "different"


def _say_one_thing(story: Sentences, a: Sentence, b: Sentence) -> bool:
    """Whether two sentences say the same, whoever says it."""
    ours, theirs = _utterance(a), _utterance(b)
    shared, *whole = (sum(sorted(story.weight.get(c, 0.0) for c in each)) for each in (ours & theirs, ours, theirs))
    return shared >= max(LEAST, _SMALLER * min(whole), _LARGER * max(whole))


def _utterance(sentence: Sentence) -> Bag:
    """What a sentence says: its quotations, else all of it but the credit."""
    language = sentence.version.language
    quoted = [sentence.text[m.start : m.end] for m in marked(sentence.text)]
    said = " ".join(text for text in quoted if len(text.split()) >= _WORDS)
    if said:
        return bag(said, language)
    credited = " ".join(source.text for source in sources(sentence.text, sentence.language))
    return sentence.sure - saying() - bag(credited, language)


def _credits(sentence: Sentence) -> list[Reading]:
    """The full names of the people who say it, wherever it is printed."""
    own = _speaker(sentence.text, sentence.language)
    if own:
        return sentence.readings(own.start, own.end, own.text)
    if not _says_he(sentence):
        return []
    return [r for span in sentence.prints if (r := _before(sentence, span))]


def _speaker(text: str, language: str) -> Name | None:
    """The person beside a verb of saying."""
    marks = marked(text)
    for source in sources(text, language):
        if any(m.start <= source.start < m.end or m.start <= source.verb[0] < m.end for m in marks):
            continue
        people = (n for n in mentions(text, language) if source.start <= n.start < source.end and _is_full(n))
        if found := next((n for n in people if _is_speaker(text, source, n)), None):
            return found
    return None


def _is_full(name: Name) -> bool:
    return name.kind == "person" and " " in name.text


def _is_speaker(text: str, source: Source, name: Name) -> bool:
    """Whether a name in a source is the speaker's, and not of somebody whom the source is told by."""
    before, behind = text[source.start : name.start], text[name.end : source.end]
    if text[name.end : name.end + 1] in ("'", "’") or (behind and behind[0] not in ",("):
        return False
    if not before:
        return True
    alone = before.count(",") == before.endswith(", ")
    return alone and not _OF_OTHERS.search(before) and not behind.strip(",")


def _says_he(sentence: Sentence) -> bool:
    """Whether the verb of saying has a pronoun, and nobody is named."""
    marks = marked(sentence.text)
    found = (m for m in _HE.finditer(sentence.text) if not any(q.start <= m.start() < q.end for q in marks))
    return sentence.language == "en" and next(found, None) is not None and not _outside(sentence.text, "en")


def _before(sentence: Sentence, span: Span) -> Reading | None:
    """The only person named before a sentence in its paragraph."""
    start, text = lead(sentence.version_of(span), span)
    people = _outside(text, sentence.language)
    if len({name.text.rpartition(" ")[2] for name in people}) != 1:
        return None
    full = next((name for name in people if _is_full(name)), None)
    if full is None:
        return None
    return Reading(span.version, span.paragraph, start + full.start, start + full.end, full.text, full.text)


def _outside(text: str, language: str) -> list[Name]:
    """The people named outside quotations."""
    marks = marked(text)
    people = (name for name in mentions(text, language) if name.kind == "person")
    return [name for name in people if not any(m.start <= name.start < m.end for m in marks)]
