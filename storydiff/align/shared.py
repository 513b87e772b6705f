"""Which details of a sentence does another sentence say too?

A detail is a fragment of the first sentence, its head word first ("killed three people": who or what was killed, how
many, where). Whether it is shared depends less on the share of its words that the other sentence holds than on its head
being there, on the rest standing near that head, on what kind of detail it is, and on the details beside it being told
as well (`detail_features`). A logistic function of these is fitted on pairs of news sentences with question-answer
labels (Brook Weiss et al. 2021, "QA-Align").

cost: three tenths of a millisecond a detail.
"""

from __future__ import annotations

from collections.abc import Sequence

from storydiff.align.detail_features import features
from storydiff.align.model import model
from storydiff.text.words import words

__all__ = ["shared_detail"]


def shared_detail(a: str, b: str, details: Sequence[str], language: str | None = None) -> list[float]:
    """Probability that each detail, a fragment of sentence `a` with its head word first, is said in `b` too."""
    found = [words(detail, language) for detail in details]
    rows = features(words(a, language), words(b, language), found, language)
    scores = iter(model().details.probabilities(rows))
    return [next(scores) if each else 0.0 for each in found]
