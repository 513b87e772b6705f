"""What each block is on its page: text of one kind or another, or something beside it that is worth keeping apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storydiff.extract.blocks import Block, Node
from storydiff.extract.characters import SENTENCE, ends_sentence, squash, weight_of
from storydiff.extract.features import HEADINGS, LONGEST
from storydiff.extract.vocabulary import BIT, phrases
from storydiff.model import Role

BEFORE, AFTER = 12, 8
"""How many blocks before the first and after the last paragraph captions, credits and notes are looked for."""
NOT_STANDFIRST = (
    BIT["author"] | BIT["date"] | BIT["caption"] | BIT["share"] | BIT["tags"] | BIT["comment"] | BIT["related"]
)
OF_THE_SITE = frozenset({"footer", "nav", "aside", "form"})
NOT_OF_ARTICLE = BIT["footer"] | BIT["navigation"] | BIT["related"] | BIT["comment"] | BIT["aside"] | BIT["consent"]
SMALL_BOX = 300
"""Characters of text in a box with a field to write in, all of it an offer: "the region by mail, every morning"."""
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
    while text and _opens(blocks[text[0]]):
        text.pop(0)
    if not text:
        return []
    begin, end = text[0], text[-1]
    chosen = set(text)
    everything = "\n".join(squash(blocks[i].text) for i in text)
    everything = everything if len(everything) < LONGEST else ""
    low = max(0, begin - BEFORE if headline_at is None or headline_at > begin else max(headline_at + 1, begin - BEFORE))
    parts = []
    for i in range(low, min(len(blocks), end + AFTER + 1)):
        block = blocks[i]
        if block.node.hidden or i == headline_at:
            continue
        role = (
            _of_text(block, everything, last=i >= text[-3:][0])
            if i in chosen
            else _beside(block, everything, inside=begin < i < end)
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
    if first.at == headline_at + 1 and _in_the_head(
        blocks[headline_at], first.block, [part.block for part in text[1:]]
    ):
        return first.at
    low, high = headline_at + 1, first.at
    if len(text) > 1 and first.at > headline_at and _stands_apart(first.block, text[1].block):
        high = first.at + 1
    return next(
        (i for i in range(low, high) if _sums_up(blocks[i], description, below_headline=i == headline_at + 1)), None
    )


def _opens(block: Block) -> bool:
    """A line of date, name or buttons that got in front of the text."""
    said = set(phrases(block.text)) if weight_of(block.text) < 90 else set()
    return bool(said & {"dated", "byline", "sharing"}) and not ends_sentence(block.text)


def _stands_apart(first: Block, second: Block) -> bool:
    if first.node.tag in HEADINGS:
        return second.node.tag not in HEADINGS
    return first.node.parent is not second.node.parent and first.node.own & BIT["standfirst"] > 0


def _in_the_head(headline: Block, first: Block, others: Sequence[Block]) -> bool:
    """Text and headline are lines of one element: this one is the line below the headline, no sentence, and all
    paragraphs but it begin after a blank line."""
    below = first.node is headline.node and first.after_breaks == 1 and not ends_sentence(first.text)
    parted = [block for block in others if block.node is headline.node]
    return below and len(parted) >= 3 and all(each.after_breaks > 1 for each in parted) and _may_sum_up(first)


def _may_sum_up(block: Block) -> bool:
    """It has the size of a standfirst and is none of the other lines that stand below a headline."""
    weight = weight_of(block.text)
    near = block.node.near
    if block.node.hidden or not 25 <= weight <= 700 or near & NOT_STANDFIRST or block.linked > 0.5 * len(block.text):
        return False
    return weight >= 120 or not (BYLINE.match(block.text) or {"dated", "byline"} & set(phrases(block.text)))


def _sums_up(block: Block, description: str, *, below_headline: bool) -> bool:
    if not _may_sum_up(block):
        return False
    weight, node = weight_of(block.text), block.node
    near = node.near
    text = squash(block.text)
    described = (
        len(text) > 20
        and bool(description)
        and (text.startswith(description[:60]) or description.startswith(text[:60]))
    )
    heading = node.tag in HEADINGS and below_headline and weight >= 40
    return described or near & BIT["standfirst"] > 0 or heading


def _of_text(block: Block, everything: str, *, last: bool) -> Role:
    """The role of a block that the classifier takes for text.

    Everything but body roles is left out of comparisons, so each rule here asks for two signs that it is not text.
    """
    node, weight = block.node, weight_of(block.text)
    if node.tag in HEADINGS:
        return Role.SUBHEAD
    said = phrases(block.text) if weight < 500 else ()
    marks = node.near
    signed = node.own & (BIT["credit"] | BIT["author"]) > 0 or block.italic >= 0.9 * len(block.text)
    tests = (
        (Role.CORRECTION, "correction" in said and not (weight < 60 and block.linked)),
        (Role.CAPTION, node.tag == "figcaption" or marks & BIT["caption"] > 0),
        (Role.CREDIT, node.own & BIT["credit"] > 0 and weight < 80),
        (Role.CREDIT, "credit" in said and weight < 60 and not SENTENCE.search(block.text)),
        (Role.PULL_QUOTE, marks & BIT["pull"] > 0 or (_set_apart(node) and _echoed(block, everything))),
        (Role.TEASER, "more" in said and block.linked > 0.25 * len(block.text)),
        (Role.NEWSLETTER, "subscribe" in said and weight < 250 and block.linked > 0),
        (Role.NEWSLETTER, _in_letter_box(node)),
        (Role.CREDIT, "signoff" in said and weight < 250 and (last or signed)),
        (Role.CREDIT, "bio" in said and weight < 400 and signed),
    )
    return next((role for role, true in tests if true), None) or _shape(block)


def _in_letter_box(node: Node) -> bool:
    """It stands in a small box of its own, with a field for the reader's address."""
    return any(each.asks and each.mass <= SMALL_BOX for _, each in zip(range(3), node.lineage(), strict=False))


def _set_apart(node: Node) -> bool:
    return node.near & BIT["callout"] > 0 or node.within("aside")


def _shape(block: Block) -> Role:
    node, size = block.node, len(block.text)
    if node.tag == "li" or (node.parent is not None and node.parent.tag == "li"):
        return Role.LIST_ITEM
    if node.within("blockquote"):
        return Role.BLOCK_QUOTE
    if block.bold >= 0.9 * size and weight_of(block.text) < 100 and not ends_sentence(block.text.rstrip("?")):
        return Role.SUBHEAD
    return Role.BODY


def _beside(block: Block, everything: str, *, inside: bool) -> Role | None:
    """The role of a block that is no text; `inside` when it stands between the first and the last paragraph."""
    node, weight, near = block.node, weight_of(block.text), block.node.near
    said = phrases(block.text) if weight < 500 else ()
    if not inside and "correction" not in said and _furniture(node):
        return None
    pictured = node.tag == "figcaption" or node.within("figure") or near & BIT["caption"] > 0
    credited = "credit" in said and weight < 60 and not SENTENCE.search(block.text)
    echoed = weight > 15 and node.tag not in HEADINGS and _echoed(block, everything)
    tests = (
        (Role.CREDIT, pictured and credited),
        (Role.CAPTION, pictured),
        (Role.CORRECTION, "correction" in said and weight > 30 and block.linked <= 0.5 * len(block.text)),
        (
            Role.CREDIT,
            "signoff" in said or ("credit" in said and weight < 120) or (near & BIT["credit"] > 0 and inside),
        ),
        (Role.PULL_QUOTE, inside and (near & BIT["pull"] > 0 or echoed)),
        (Role.NEWSLETTER, inside and ("subscribe" in said or near & BIT["newsletter"] > 0)),
        (Role.TEASER, inside and ("more" in said or near & BIT["related"] > 0)),
    )
    return next((role for role, true in tests if true), None)


def _furniture(node: Node) -> bool:
    """It stands in a part of the page that belongs to the site and not to the article."""
    return any(
        each.tag in OF_THE_SITE or each.own & NOT_OF_ARTICLE for _, each in zip(range(5), node.lineage(), strict=False)
    )


def _echoed(block: Block, everything: str) -> bool:
    text = squash(block.text)
    return len(text) > 15 and text in everything and f"\n{text}\n" not in f"\n{everything}\n"
