"""What each block is on its page: text of one kind or another, or something beside the text that is worth keeping apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storydiff.extract.blocks import Block, Node
from storydiff.extract.features import HEADINGS, SENTENCE, TERMINAL, weight_of
from storydiff.extract.headline import squash
from storydiff.extract.vocabulary import BIT, phrases
from storydiff.model import Role

BEFORE, AFTER = 12, 8
"""How many blocks before the first and after the last paragraph captions, credits and notes are looked for."""
NOT_STANDFIRST = (
    BIT["author"] | BIT["date"] | BIT["caption"] | BIT["share"] | BIT["tags"] | BIT["comment"] | BIT["related"]
)
BYLINE = re.compile(r"^(?:by|von|por|par|di|door|av|af)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A block that belongs to the article, with its role."""

    at: int
    block: Block
    role: Role


def assign(blocks: Sequence[Block], likely: Sequence[float], threshold: float, headline_at: int | None) -> list[Part]:
    """The parts of the article in page order; empty when no block is text."""
    text = [i for i, p in enumerate(likely) if p > threshold and i != headline_at]
    if not text:
        return []
    begin, end = text[0], text[-1]
    chosen = set(text)
    everything = "\n".join(squash(blocks[i].text) for i in text)
    low = max(0, begin - BEFORE if headline_at is None or headline_at > begin else max(headline_at + 1, begin - BEFORE))
    parts = []
    for i in range(low, min(len(blocks), end + AFTER + 1)):
        block = blocks[i]
        if block.node.hidden or i == headline_at:
            continue
        role = (
            _of_text(block, everything, last=i >= text[-3:][0])
            if i in chosen
            else _beside(block, everything, begin < i < end)
        )
        if role:
            parts.append(Part(i, block, role))
    return parts


def standfirst(blocks: Sequence[Block], parts: Sequence[Part], headline_at: int | None, description: str) -> int | None:
    """The block that sums the article up between headline and text; None when there is none.

    A first paragraph is never taken for it when it stands among the other paragraphs: a lede lost would be an omission.
    """
    text = [part for part in parts if part.role in {Role.BODY, Role.LIST_ITEM, Role.BLOCK_QUOTE, Role.SUBHEAD}]
    if headline_at is None or not text:
        return None
    first = text[0]
    low, high = headline_at + 1, first.at
    if len(text) > 1 and first.at > headline_at and _stands_apart(first.block, text[1].block):
        high = first.at + 1
    return next((i for i in range(low, high) if _sums_up(blocks[i], description, i == headline_at + 1)), None)


def _stands_apart(first: Block, second: Block) -> bool:
    if first.node.tag in HEADINGS:
        return second.node.tag not in HEADINGS
    return first.node.parent is not second.node.parent and first.node.own & BIT["standfirst"] > 0


def _sums_up(block: Block, description: str, follows_headline: bool) -> bool:
    weight = weight_of(block.text)
    node = block.node
    near = node.own | (node.parent.own if node.parent else 0)
    if node.hidden or not 25 <= weight <= 700 or near & NOT_STANDFIRST or block.linked > 0.5 * len(block.text):
        return False
    if BYLINE.match(block.text) and weight < 80:
        return False
    text = squash(block.text)
    described = (
        len(text) > 20
        and bool(description)
        and (text.startswith(description[:60]) or description.startswith(text[:60]))
    )
    heading = node.tag in HEADINGS and follows_headline and weight >= 40
    return described or near & BIT["standfirst"] > 0 or heading


def _of_text(block: Block, everything: str, *, last: bool) -> Role:
    node, size = block.node, len(block.text)
    if node.tag in HEADINGS:
        return Role.SUBHEAD
    weight = weight_of(block.text)
    said = phrases(block.text) if weight < 500 else ()
    marks = node.own | (node.parent.own if node.parent else 0)
    if "correction" in said and not (weight < 60 and block.linked):
        return Role.CORRECTION
    if marks & BIT["pull"] or (_within(node, "aside") and _echoed(block, everything)):
        return Role.PULL_QUOTE
    if "more" in said and block.linked > 0.25 * size:
        return Role.TEASER
    if "subscribe" in said and weight < 250 and block.linked:
        return Role.NEWSLETTER
    if "signoff" in said and weight < 250 and (last or node.own & (BIT["credit"] | BIT["author"])):
        return Role.CREDIT
    return _shape(block)


def _shape(block: Block) -> Role:
    node, size = block.node, len(block.text)
    if node.tag == "li" or (node.parent is not None and node.parent.tag == "li"):
        return Role.LIST_ITEM
    if _within(node, "blockquote"):
        return Role.BLOCK_QUOTE
    if block.bold >= 0.9 * size and weight_of(block.text) < 100 and not TERMINAL.search(block.text.rstrip("?")):
        return Role.SUBHEAD
    return Role.BODY


def _beside(block: Block, everything: str, inside: bool) -> Role | None:
    """The role of a block that is no text; `inside` when it stands between the first and the last paragraph."""
    node, weight = block.node, weight_of(block.text)
    near = node.own | (node.parent.own if node.parent else 0)
    said = phrases(block.text) if weight < 500 else ()
    if node.tag == "figcaption" or _within(node, "figure") or near & BIT["caption"]:
        return Role.CREDIT if "credit" in said and weight < 60 and not SENTENCE.search(block.text) else Role.CAPTION
    if "correction" in said and weight > 30 and not block.linked > 0.5 * len(block.text):
        return Role.CORRECTION
    if "signoff" in said or ("credit" in said and weight < 120) or (near & BIT["credit"] and inside):
        return Role.CREDIT
    if not inside:
        return None
    if near & BIT["pull"] or (weight > 15 and _echoed(block, everything) and node.tag not in HEADINGS):
        return Role.PULL_QUOTE
    if "subscribe" in said or near & BIT["newsletter"]:
        return Role.NEWSLETTER
    return Role.TEASER if "more" in said or near & BIT["related"] else None


def _within(node: Node, tag: str) -> bool:
    return any(each.tag == tag for _, each in zip(range(4), node.lineage(), strict=False))


def _echoed(block: Block, everything: str) -> bool:
    text = squash(block.text)
    return len(text) > 15 and text in everything and f"\n{text}\n" not in f"\n{everything}\n"
