"""Which of some stories an announcement belongs to, and how sure that is: for those who watch sources.

The measure is that of `grouping` (two nearest members, the mean over all, the days in between), against stories that
stand: no announcement ever joins one here, so a mistake draws no other after it. A wrong join is worse than a missing
article, so what is sure is far above what `grouping` asks for; what is like a story by the measure of `--like` is for
people.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from storydiff.discover.concepts import Concepts
from storydiff.discover.grouping import CENTROID, FOREIGN, PER_DAY, SHARED
from storydiff.discover.space import ASKED, Space, Vector, added, product
from storydiff.discover.stories import MAYBE
from storydiff.text.lexicon import background

SURE, SURE_OF_FEW, MANY = 0.38, 0.43, 100
"""Likeness from which an announcement is surely of a story: with so many texts in memory, and with fewer, when words of
the day are not known yet as such. On basil as of one day (50 stories of politics) .35 joins 3 of 105 wrongly,
.37 and more none; of look-alikes that time alone would part .38 keeps .93 and .91 right (one, three texts a story).
"""
AHEAD = 0.08
"""How much more like this story than any other it must be: of what joins where both of two look-alikes are open, .044
and .021 is wrong without, .030 and nothing with. `bench.matching` has all of these.
"""
AGREE = 2
"""Names and figures that it must share with the story."""
BEFORE, AFTER = timedelta(days=2), timedelta(days=3)
"""How long before a story's first text and after its last it may have been published: look-alikes of other years are
parted by nothing but their time."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is measured: what it holds, and when it was published."""

    concepts: Concepts
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Likely:
    """The story that an announcement is like, how like, and whether that is sure."""

    story: str
    likeness: float
    is_sure: bool


@dataclass(slots=True)
class _Story:
    members: list[tuple[Vector, Concepts]] = field(default_factory=list)
    words: Vector = field(default_factory=dict)
    names: Vector = field(default_factory=dict)
    times: list[datetime] = field(default_factory=list)
    telling: set[str] = field(default_factory=set)

    @property
    def language(self) -> str:
        return self.members[0][1].language


class Matcher:
    """Measures announcements against stories.

    `stories`: slug -> its texts, one at least. `memory`: what else was published lately; it says which words are common
    in these days.
    """

    def __init__(self, stories: Mapping[str, Sequence[Text]], memory: Iterable[Text] = ()) -> None:
        self._words, self._names = Space(), Space()
        texts = [text for each in stories.values() for text in each]
        for text in (*texts, *memory):
            self._words.add(dict.fromkeys(text.concepts.words, 0.0))
            self._names.add(dict.fromkeys(text.concepts.names, 0.0))
        self._sure = SURE if len(self._words) >= MANY else SURE_OF_FEW
        self._stories = {slug: self._story(each) for slug, each in stories.items()}
        self._holders: dict[str, set[str]] = {}
        for slug, story in self._stories.items():
            for concept in (*story.words, *(f"={name}" for name in story.names)):
                self._holders.setdefault(concept, set()).add(slug)

    def match(self, text: Text) -> tuple[Likely, ...]:
        """The stories that the announcement is like, the most alike first; one at most is sure."""
        words, names = self._vector(text.concepts), self._names.vector(text.concepts.names)
        found = [
            (self._likeness(slug, text, words), slug)
            for slug in self._near(words)
            if self._stories[slug].language == text.concepts.language
        ]
        found = sorted((each for each in found if each[0] > 0), key=lambda each: (-each[0], each[1]))
        likely = [
            Likely(slug, likeness, not place and self._is_sure(found, text))
            for place, (likeness, slug) in enumerate(found)
            if likeness >= MAYBE
        ]
        return (*likely, *self._abroad(text, names))

    def _story(self, texts: Sequence[Text]) -> _Story:
        story = _Story()
        for text in texts:
            vector = self._vector(text.concepts)
            story.members.append((vector, text.concepts))
            story.telling |= text.concepts.telling
            added(story.words, vector)
            added(story.names, self._names.vector(text.concepts.names))
            if text.published:
                story.times.append(text.published)
        return story

    def _vector(self, concepts: Concepts) -> Vector:
        return self._words.vector(concepts.words, concepts.telling, concepts.opening)

    def _near(self, vector: Vector, sign: str = "") -> list[str]:
        """The stories that hold one of the concepts that weigh most; no other is measured."""
        asked = heapq.nlargest(ASKED, vector, key=lambda concept: (vector[concept], concept))
        return sorted(set().union(*(self._holders.get(sign + concept, ()) for concept in asked)))

    def _likeness(self, slug: str, text: Text, words: Vector) -> float:
        """As `grouping` has it, without what long texts cost: an announcement is short."""
        story = self._stories[slug]
        best = sorted((product(words, vector) for vector, _ in story.members), reverse=True)[:2]
        usual = product(words, story.words) / len(story.members)
        return (1 - CENTROID) * sum(best) / len(best) + CENTROID * usual - PER_DAY * _days(text, story)

    def _is_sure(self, found: Sequence[tuple[float, str]], text: Text) -> bool:
        (likeness, slug), second = found[0], found[1][0] if len(found) > 1 else 0.0
        story, concepts = self._stories[slug], text.concepts
        return (
            likeness >= self._sure
            and likeness - second >= AHEAD
            and len(concepts.telling & story.telling) >= AGREE
            and _is_timely(text, story)
            # Where common words are not known as such, all texts seem alike.
            and bool(background(concepts.language))
        )

    def _abroad(self, text: Text, names: Vector) -> list[Likely]:
        """Stories in other languages whose names and figures agree strongly: never sure, as nothing measures it."""
        found = []
        for slug in self._near(names, "="):
            story = self._stories[slug]
            if story.language == text.concepts.language or sum(name in story.names for name in names) < SHARED:
                continue
            length = product(story.names, story.names) ** 0.5 or 1.0
            agreement = product(names, story.names) / length - PER_DAY * _days(text, story)
            if agreement >= FOREIGN:
                found.append(Likely(slug, agreement, is_sure=False))
        return sorted(found, key=lambda each: (-each.likeness, each.story))


def _days(text: Text, story: _Story) -> float:
    """Days to the story's nearest text in time; 0 when a time is unknown."""
    if text.published is None or not story.times:
        return 0.0
    return min(abs(text.published - time).total_seconds() for time in story.times) / 86_400


def _is_timely(text: Text, story: _Story) -> bool:
    """Whether it was published about when the story was; not where a time is unknown."""
    if text.published is None or not story.times:
        return False
    return min(story.times) - BEFORE <= text.published <= max(story.times) + AFTER
