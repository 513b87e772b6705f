"""What the first look says about the blocks around a block: the features of the second look."""

from __future__ import annotations

import math
from collections.abc import Sequence

from storydiff.extract.blocks import Block, Node
from storydiff.extract.characters import weight_of
from storydiff.extract.features import Row, holder, kind, said

CAP = 400.0
"""A paragraph counts no more than this many characters, so that one long block does not outweigh a body."""
SURE, SURE_WEIGHT = 0.7, 60.0
"""A block this likely and this long marks where the text begins and ends."""
UNRELATED = 9
"""Steps to the element with most text, where there is no way to it."""


class Surroundings:
    """The likely text of a page, summed by element, by holder and by kind of element."""

    def __init__(self, blocks: Sequence[Block], likely: Sequence[float]) -> None:
        self.likely = likely
        self.weights = [min(weight_of(block.text), CAP) for block in blocks]
        self.mass = [p * weight for p, weight in zip(likely, self.weights, strict=True)]
        self.total = max(1.0, sum(self.mass))
        self.holders = [holder(block.node) for block in blocks]
        self.kinds = [kind(block.node) for block in blocks]
        self.within: dict[int, list[float]] = {}
        self.by_holder: dict[int, float] = {}
        self.by_kind: dict[tuple[str, str], list[float]] = {}
        for i, block in enumerate(blocks):
            if self.mass[i] or not block.plain_link:
                self._count(i, block)
        self.top = max(self.by_holder.values(), default=1.0) or 1.0
        main = next((node for node in self.holders if self.by_holder.get(id(node)) == self.top), None)
        self.main = main
        self.spine = {id(node): step for step, node in enumerate(main.lineage())} if main else {}
        sure = [i for i, p in enumerate(likely) if p > SURE and self.weights[i] > SURE_WEIGHT]
        self.begin, self.end = (sure[0], sure[-1]) if sure else (0, len(blocks) - 1)

    def _count(self, i: int, block: Block) -> None:
        mass, weight, key = self.mass[i], self.weights[i], id(self.holders[i])
        self.by_holder[key] = self.by_holder.get(key, 0.0) + mass
        of_kind = self.by_kind.setdefault(self.kinds[i], [0.0, 0.0])
        of_kind[0] += mass
        of_kind[1] += weight
        for node in block.node.lineage():
            sums = self.within.setdefault(id(node), [0.0, 0.0])
            sums[0] += mass
            sums[1] += weight

    def share_within(self, node: Node | None) -> float:
        """How much of the characters in an element is likely text."""
        mass, weight = self.within[id(node)] if node else (0.0, 1.0)
        return mass / max(1.0, weight)

    def way(self, node: Node) -> tuple[int, int]:
        """Steps up from an element, and from the one with most text, to where they meet."""
        for step, each in enumerate(node.lineage()):
            if id(each) in self.spine:
                return step, self.spine[id(each)]
        return UNRELATED, UNRELATED


def context(blocks: Sequence[Block], first: Sequence[Row], likely: Sequence[float]) -> list[Row]:
    """One row of features per block from how likely it and those around it are, at first sight, to be text."""
    around = Surroundings(blocks, likely)
    agreed = sum(m for m, row in zip(around.mass, first, strict=True) if "in_kept" in row) / around.total
    rows: list[Row] = []
    told = 0.0
    for i, row in enumerate(first):
        if "plain" in row:
            rows.append({})
        else:
            rows.append(_of_block(i, around, told, row))
            rows[-1]["agreed" if "in_kept" in row else "missed"] = agreed
        told += around.mass[i]
    return rows


def _of_block(i: int, around: Surroundings, told: float, first: Row) -> Row:
    inside, of_kind = around.holders[i], around.by_kind[around.kinds[i]]
    own = around.by_holder[id(inside)]
    away, up = around.way(inside)
    beside = _beside(around.likely, i)
    p = min(0.999, max(0.001, around.likely[i]))
    row = {
        "likely": math.log(p / (1 - p)),
        "likely_previous": beside[2],
        "likely_next": beside[3],
        "likely_both": min(beside[2:4]),
        "likely_around": sum(beside) / len(beside),
        "likely_holder": own / around.top,
        "likely_share": own / around.total,
        "likely_within": around.share_within(inside),
        "likely_parent": around.share_within(inside.parent),
        "likely_kind": of_kind[0] / max(1.0, of_kind[1]),
        "likely_kind_share": of_kind[0] / around.total,
        "far_before": math.log1p(max(0, around.begin - i)),
        "far_after": math.log1p(max(0, i - around.end)),
        "told": told / around.total,
        "told_elsewhere": max(0.0, told - own) / around.total,
        "away": math.log1p(away),
        "up": math.log1p(up),
    }
    facts = {
        "before_first": i < around.begin,
        "after_last": i > around.end,
        "all_told": told > 0.97 * around.total,
        "none_told": told < 0.01 * around.total,
        "same_holder": inside is around.main,
        "sandwiched": min(beside[2:4]) > SURE and _unmarked(first) and _same_holder(i, around.holders),
    }
    row.update((name, 1.0) for name, true in facts.items() if true)
    return row


def _beside(likely: Sequence[float], i: int) -> list[float]:
    """How likely the three blocks before and the three after are; 0 beyond the edges."""
    places = (i - 3, i - 2, i - 1, i + 1, i + 2, i + 3)
    return [likely[j] if 0 <= j < len(likely) else 0.0 for j in places]


def _unmarked(row: Row) -> bool:
    return row["linked"] == 0 and not said(row)


def _same_holder(i: int, holders: Sequence[Node]) -> bool:
    return 0 < i < len(holders) - 1 and holders[i - 1] is holders[i] is holders[i + 1]
