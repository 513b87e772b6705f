"""What is known about each block, as numbers: the input of the classifier in `body.py`.

Three kinds: the block's own text, the elements around it, and its place among the others. All are ratios, logarithms or
yes/no, so that one set of weights serves pages of any size, publisher and language. A row names only what is not zero.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from storydiff.extract.blocks import Block, Node
from storydiff.extract.characters import SENTENCE, ends_sentence, squash, weight_of
from storydiff.extract.vocabulary import BIT, groups, phrases

Row = dict[str, float]
QUOTED = re.compile(r"^[\"“„«‘「『]")
ODD = re.compile(r"[|©®™•·»›→▶]")
DIGIT = re.compile(r"\d")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PARAGRAPHS = HEADINGS | {"p", "li"}
AROUND = frozenset(
    {"article", "main", "aside", "nav", "header", "footer", "figure", "form", "table", "ul", "ol", "blockquote"}
)
MAIN = frozenset({"article", "main"})
SMALL, MANY = 8, 3
"""Blocks in a wrapper of a few paragraphs, and how many such wrappers stand side by side."""
WRAPPER = 0.5
"""Elements with more than this share of the page's text wrap it: what such a one is called otherwise says nothing."""
LONGEST = 300_000
"""Characters of a page beyond which echoes are not looked for: it takes time square in the page."""
WHOLESOME = BIT["body"] | BIT["text"]
TELLING = sum(BIT.values()) - BIT["paywall"]
"""Paywall names stand on bodies as often as on offers to subscribe; the extent looks at those."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What other readings of the page say; all texts squashed to letters and digits."""

    headline: str = ""
    headline_at: int | None = None
    """Index of the block that is the headline."""
    description: str = ""
    kept: str = ""
    """The body as trafilatura finds it; empty when it found none."""


def holder(node: Node) -> Node:
    """The element that holds a block among its like.

    The nearest one around it with more than one block that is not itself one of many small wrappers that look alike:
    many sites put every paragraph, or every few, into an element of its own.
    """
    each = node.parent if node.tag in PARAGRAPHS and node.parent else node
    while each.parent and (each.count < 2 or _is_wrapper(each, each.parent)):
        each = each.parent
    return each


def _is_wrapper(node: Node, parent: Node) -> bool:
    return node.count <= SMALL and parent.looks_below[node.look] >= MANY


def kind(node: Node) -> tuple[str, str]:
    """What the page's style sheet would tell apart: how the element and its parent look."""
    return node.look, node.parent.look if node.parent else ""


def said(row: Row) -> bool:
    """The line says one of the phrases that lines beside the text say."""
    return any(name.startswith("says_") for name in row)


def table(blocks: Sequence[Block], hints: Hints) -> list[Row]:
    """One row of features per block, from its text, its elements and its place; nearly none for a plain link."""
    squashed = [squash(block.text) for block in blocks]
    holders = [holder(block.node) for block in blocks]
    weights = [weight_of(block.text) for block in blocks]
    rows = [_of_text(block, text, weight) for block, text, weight in zip(blocks, squashed, weights, strict=True)]
    top = max((node.mass for block in blocks[:1] for node in block.node.lineage()), default=0)
    around: dict[int, Row] = {}
    for block, row in zip(blocks, rows, strict=True):
        if "plain" not in row:
            key = id(block.node)
            around[key] = around.get(key) or _of_elements(block.node, top)
            row.update(around[key])
    _echoes(rows, squashed, hints)
    _shares(blocks, rows, holders, weights)
    _places(blocks, rows, squashed, hints)
    _neighbours(rows)
    return rows


def _of_text(block: Block, squashed: str, weight: float) -> Row:
    text, size = block.text, len(block.text)
    if block.plain_link:
        return {"plain": 1.0, "linked": 1.0, "length": math.log1p(weight)}
    row = {
        "length": math.log1p(weight),
        "linked": block.linked / size,
        "bold": block.bold / size,
        "sentences": math.log1p(len(SENTENCE.findall(text))),
        "commas": min(4.0, text.count(",") / size * 50),
        "digits": len(DIGIT.findall(text)) / size,
        f"tag_{block.node.tag}": 1.0,
    }
    row.update((name, 1.0) for name, true in _facts(block, weight, squashed).items() if true)
    stock = phrases(text) if weight < 300 else ()
    row.update((f"says_{group}", 1.0) for group in stock)
    if stock and weight < 80:
        row["says_short"] = 1.0
    return row


def _facts(block: Block, weight: float, squashed: str) -> dict[str, bool]:
    text, size, tag = block.text, len(block.text), block.node.tag
    all_linked = block.linked >= 0.9 * size
    return {
        "short": weight < 40,
        "medium": 40 <= weight < 100,
        "long": weight >= 200,
        "all_linked": all_linked,
        "linked_line": all_linked and tag not in HEADINGS and weight < 200 and tag != "li",
        "linked_start": block.starts_linked and not all_linked,
        "linked_start_short": block.starts_linked and not all_linked and weight < 120,
        "linked_capitals": all_linked and text.isupper(),
        "all_bold": block.bold >= 0.9 * size,
        "bold_start": 0 < block.bold < 0.4 * size,
        "italic": block.italic >= 0.9 * size,
        "terminal": ends_sentence(text),
        "question": text.endswith("?"),
        "colon": text.endswith(":"),
        "quoted": QUOTED.search(text) is not None,
        "odd": ODD.search(text) is not None,
        "capitals": text.isupper(),
        "lower_start": text[0].islower(),
        "after_break": block.after_breaks > 0,
        "after_breaks": block.after_breaks > 1,
        "wordless": not squashed,
        "hidden": block.node.hidden,
    }


def _of_elements(node: Node, top: int) -> Row:
    own, near, around = 0, 0, 0
    tags: set[str] = set()
    for step, each in enumerate(node.lineage()):
        if each.tag == "body":
            break
        wraps = step > 0 and each.mass > WRAPPER * top
        names = each.own & (WHOLESOME if wraps else TELLING)
        own |= names if step == 0 else 0
        near |= names if 0 < step <= 2 else 0
        around |= names
        tags |= {each.tag} & (MAIN if wraps else AROUND)
    row = {f"own_{name}": 1.0 for name in groups(own)}
    row.update((f"near_{name}", 1.0) for name in groups(near))
    row.update((f"around_{name}", 1.0) for name in groups(around))
    row.update((f"in_{tag}", 1.0) for tag in tags)
    return row


def _echoes(rows: list[Row], squashed: Sequence[str], hints: Hints) -> None:
    """Whether the text stands elsewhere too: in what the page says of itself, or in another block (a pull quote)."""
    repeats = Counter(squashed)
    everything = "\n".join(squashed)
    everything = everything if len(everything) < LONGEST else ""
    for row, text in zip(rows, squashed, strict=True):
        size = len(text)
        if "plain" in row:
            continue
        facts = {
            "in_kept": size > 0 and text in hints.kept,
            "in_kept_long": size > 40 and text in hints.kept,
            "in_description": size > 20 and text[:60] in hints.description,
            "in_headline": size > 8 and text in hints.headline,
            "repeated": size > 0 and repeats[text] > 1,
            "echoed": 15 < size < 300 and everything.count(text) > repeats[text],
        }
        row.update((name, 1.0) for name, true in facts.items() if true)


def _shares(blocks: Sequence[Block], rows: list[Row], holders: Sequence[Node], weights: Sequence[float]) -> None:
    """How much of the page's text stands in the same element, or in elements of the same kind, and how linked it is."""
    mass, linked = defaultdict[int, float](float), defaultdict[int, float](float)
    starts, count = Counter[int](), Counter[int]()
    kinds = defaultdict[tuple[str, str], float](float)
    for block, inside, weight in zip(blocks, holders, weights, strict=True):
        free = weight * (1 - block.linked / len(block.text))
        mass[id(inside)] += free
        linked[id(inside)] += weight - free
        starts[id(inside)] += block.starts_linked
        count[id(inside)] += 1
        kinds[kind(block.node)] += free
    total = max(1.0, sum(mass.values()))
    top = max(1.0, max(mass.values(), default=1.0))
    for block, inside, row in zip(blocks, holders, rows, strict=True):
        key = id(inside)
        if "plain" in row:
            continue
        row["holder_share"] = mass[key] / total
        row["holder_top"] = mass[key] / top
        row["holder_linked"] = linked[key] / max(1.0, mass[key] + linked[key])
        row["holder_starts_linked"] = starts[key] / count[key]
        row["holder_blocks"] = math.log1p(count[key])
        row["holder_mean"] = math.log1p(mass[key] / count[key])
        row["kind_share"] = kinds[kind(block.node)] / total
        row["parent_share"] = inside.parent.mass / total if inside.parent else 1.0


def _places(blocks: Sequence[Block], rows: list[Row], squashed: Sequence[str], hints: Hints) -> None:
    """Where the block stands: from the headline, from the last heading and what that says, from a second headline."""
    same = {i for i, text in enumerate(squashed) if text and text == hints.headline}
    start = -1 if hints.headline_at is None else hints.headline_at
    heading, stock, second = -1, False, False
    for i, row in enumerate(rows):
        if blocks[i].node.tag in HEADINGS:
            heading, stock = i, said(row)
            second |= i > start >= 0 and blocks[i].node.tag == "h1" and squashed[i] != squashed[start]
        if "plain" in row:
            continue
        facts = {
            "before_headline": i < start,
            "is_headline": i == start or i in same,
            "after_headline": start >= 0 and i > start,
            "after_second_headline": second,
            "under_said": stock and heading < i,
            "under_said_near": stock and heading < i < heading + 6,
        }
        row.update((name, 1.0) for name, true in facts.items() if true)
        row["near_headline"] = 1.0 / (1 + abs(i - start)) if start >= 0 else 0.0
        row["place"] = i / len(rows)


def _neighbours(rows: list[Row]) -> None:
    keys = ("linked", "in_kept", "terminal")
    values = [[row.get(key, 0.0) for key in keys] for row in rows]
    edge = [0.0] * len(keys)
    for i, row in enumerate(rows):
        if "plain" in row:
            continue
        for name, other in (
            ("previous", values[i - 1] if i else edge),
            ("next", values[i + 1] if i + 1 < len(rows) else edge),
        ):
            row.update((f"{name}_{key}", value) for key, value in zip(keys, other, strict=True) if value)
