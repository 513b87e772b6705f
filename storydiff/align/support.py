"""Support: does this version report what that sentence says?"""

from __future__ import annotations

import collections
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from storydiff.text.lexicon import FUNCTION_WORDS, background
from storydiff.text.words import words

SupportStatus = Literal["reported", "partial", "omitted"]


@dataclass(frozen=True, slots=True)
class Support:
    """How surely a version reports a claim."""

    score: float
    """Probability, 0..1."""
    status: SupportStatus
    sentences: tuple[int, ...]
    """The one to three sentences of the version that bear it out, best first."""
    missing: tuple[str, ...]
    """Weighty words of the claim that the version lacks, as printed."""


@dataclass(frozen=True, slots=True)
class LinkScore:
    """How surely sentence `i` of version `a` and sentence `j` of version `b` tell the same."""

    a: str
    i: int
    b: str
    j: int
    score: float
    linked: bool


class Ground:
    """All versions of one story, prepared once so that judging is fast."""

    def __init__(self, versions: Mapping[str, Sequence[str]], languages: Mapping[str, str | None]) -> None:
        self._texts = {v: tuple(s) for v, s in sorted(versions.items())}
        self._languages = dict(languages)
        self._sets = {
            v: [frozenset(w.key for w in words(s, languages.get(v)) if w.content) for s in texts]
            for v, texts in self._texts.items()
        }
        spread = collections.Counter(k for sets in self._sets.values() for s in sets for k in s)
        total = sum(map(len, self._sets.values()))
        self._idf = {k: math.log((total + 1) / (n + 0.5)) for k, n in spread.items()}
        self._default = math.log((total + 1) / 0.5)

    @classmethod
    def of(cls, versions: Mapping[str, Sequence[str]], languages: Mapping[str, str | None] | None = None) -> Ground:
        """Prepare versions (id -> sentences); `languages` holds ISO 639-1 codes where they are known."""
        return cls(versions, languages or {})

    def _weight(self, key: str, language: str | None) -> float:
        zipf = background((language or "en")[:2]).get(key, 2.5)
        return 0.5 * self._idf.get(key, self._default) / 4 + 0.5 * max(0.1, 7.5 - zipf) / 4

    def support(self, claim: str, version: str, language: str | None = None) -> Support:
        """How surely `version` reports `claim`, a sentence or clause in `language`."""
        found = [w for w in words(claim, language) if w.content]
        weight = {w.key: self._weight(w.key, language) for w in found}
        total = sum(weight.values()) or 1.0
        have: set[str] = set()
        best: list[int] = []
        sets = self._sets[version]
        for _ in range(min(3, len(sets))):
            gains = [sum(weight[k] for k in s if k in weight and k not in have) for s in sets]
            gain = max(gains)
            if gain < (0.15 if best else 0.02) * total:
                break
            best.append(gains.index(gain))
            have |= sets[best[-1]] & weight.keys()
        recall = sum(weight[k] for k in have) / total
        first = sum(weight[k] for k in sets[best[0]] & weight.keys()) / total if best else 0.0
        score = 1 / (1 + math.exp(-10 * (0.5 * (first + recall) - 0.55)))
        missing = tuple(dict.fromkeys(w.text for w in found if w.key not in have and weight[w.key] > 0.5))
        return Support(score, status_of(score), tuple(best), missing)

    def supports(self) -> Iterator[tuple[str, int, str, Support]]:
        """(version, sentence, other version, support) for every sentence and other version."""
        for a, texts in self._texts.items():
            for i, text in enumerate(texts):
                for b in self._texts:
                    if b != a:
                        yield a, i, b, self.support(text, b, self._languages.get(a))

    def links(self) -> Iterator[LinkScore]:
        """Scored pairs of sentences of two versions; a pair left out has nothing in common."""
        names = list(self._texts)
        for n, a in enumerate(names):
            for b in names[n + 1 :]:
                for i, left in enumerate(self._sets[a]):
                    for j, right in enumerate(self._sets[b]):
                        both = sum(self._idf[k] for k in left & right)
                        if both:
                            score = both / (sum(self._idf[k] for k in left | right))
                            yield LinkScore(a, i, b, j, score, score > 0.25)


def status_of(score: float) -> SupportStatus:
    """The word for a probability."""
    return "reported" if score >= 0.6 else "partial" if score >= 0.45 else "omitted"


def shared_detail(a: str, b: str, details: Sequence[str]) -> list[float]:
    """Probability that each detail, a fragment of sentence `a`, is said in sentence `b` too."""
    ground = Ground.of({"a": [a], "b": [b]})
    return [ground.support(detail, "b").score for detail in details]
