"""Which blocks are text of the article: a logistic classifier in two looks, with its weights in a readable file.

The first look judges each block by itself, the second again with what the first said about the blocks around it (the
stacking of Wolpert 1992, as in Weninger et al. 2016 for news pages). Features are in `features.py`; the weights in
`weights.json` are fitted by `python -m bench.fit_extract` on hand-made golds, folded over outlets.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from storydiff.extract.blocks import Block
from storydiff.extract.features import Hints, Row, holder, kind, said, table
from storydiff.extract.second_look import context

FAINT = 0.1
"""Below this a block is something else, however it looks."""
BELOW, ENOUGH = 0.3, 300
"""Share and characters of the likely text that must stand below the headline for what is above to be left out."""


@dataclass(frozen=True, slots=True)
class Look:
    """A linear model over named features."""

    bias: float
    weights: Mapping[str, float]

    def likely(self, *rows: Row) -> float:
        """The probability that the block with these features is text of the article."""
        total, weigh = self.bias, self.weights.get
        for row in rows:
            for name, value in row.items():
                total += weigh(name, 0.0) * value
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Model:
    """Both looks and the probability from which a block counts as text."""

    first: Look
    second: Look
    threshold: float


def load(text: str) -> Model:
    """A model from the JSON of `weights.json`."""
    data = json.loads(text)
    first, second = (Look(data[name]["bias"], data[name]["weights"]) for name in ("first", "second"))
    return Model(first, second, data["threshold"])


MODEL = load(files("storydiff.extract").joinpath("weights.json").read_text(encoding="utf8"))


def likelihoods(blocks: Sequence[Block], hints: Hints, model: Model = MODEL) -> list[float]:
    """For each block the probability that it is text of the article; 0 for hidden ones."""
    rows = table(blocks, hints)
    first = [0.0 if unfit(row) else model.first.likely(row) for row in rows]
    more = context(blocks, rows, settle(first, blocks, hints.headline_at))
    second = [0.0 if unfit(row) else model.second.likely(row, extra) for row, extra in zip(rows, more, strict=True)]
    return alike(settle(second, blocks, hints.headline_at), blocks, rows, model.threshold)


def unfit(row: Row) -> bool:
    """The block is hidden or nothing but a link: it is not judged."""
    return "plain" in row or "hidden" in row


def alike(likely: Sequence[float], blocks: Sequence[Block], rows: Sequence[Row], threshold: float) -> list[float]:
    """The likelihoods, with full sentences that look exactly like most of the text raised to the threshold.

    A style sheet that cannot tell two paragraphs apart shows them as one text. A net for pages unlike those fitted
    on: a paragraph lost would look like an omission. On the golds it changes F1 by less than .001.
    """
    mass: dict[tuple[int, tuple[str, str]], float] = {}
    keys = [(id(holder(block.node)), kind(block.node)) for block in blocks]
    for key, p, block in zip(keys, likely, blocks, strict=True):
        mass[key] = mass.get(key, 0.0) + p * len(block.text)
    most = max(mass, key=lambda key: mass[key], default=None)
    raised = [
        key == most and p > FAINT and "terminal" in row and row["linked"] < 0.3 and not said(row)
        for key, p, row in zip(keys, likely, rows, strict=True)
    ]
    return [max(p, threshold + 0.01) if up else p for up, p in zip(raised, likely, strict=True)]


def settle(likely: Sequence[float], blocks: Sequence[Block], headline_at: int | None) -> list[float]:
    """The first look without what stands above the headline, when enough text stands below it.

    Lists of other stories above an article can look just like it (one of 89 pages in aeb lost its whole body to one).
    """
    if headline_at is None:
        return list(likely)
    mass = [p * len(block.text) for p, block in zip(likely, blocks, strict=True)]
    below = sum(mass[headline_at:])
    if below < max(ENOUGH, BELOW * sum(mass)):
        return list(likely)
    return [0.0 if i < headline_at else p for i, p in enumerate(likely)]
