"""The headline: which of the page's lines is it, and how does the page word it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storydiff.extract.blocks import Block
from storydiff.extract.characters import squash
from storydiff.extract.vocabulary import BIT

HEADINGS = ("h1", "h2", "h3", "h4")
LONGEST = 400
PARTS = re.compile(r"\s[-–—|·»]\s|:\s")
"""What stands between an outlet's name and a headline in a page's title."""
WORDS = 4
"""Of a line without any mark that is taken for the headline: fewer may be the name of the outlet or a section."""


def find_headline(blocks: Sequence[Block], titles: Sequence[str]) -> int | None:
    """The block that is the article's headline: the heading that agrees best with what the page calls itself.

    `titles` are the stated ones (JSON-LD, og:title, title element), the surest first. A page may have several `h1`
    (the outlet's name, teasers) or none; without any agreement a single `h1` is taken.
    """
    stated = [squash(title) for title in titles]
    best, best_score = None, 0.0
    tops = [i for i, block in enumerate(blocks) if block.node.tag == "h1" and not block.node.hidden]
    for i, block in enumerate(blocks):
        if block.node.hidden or len(block.text) > LONGEST:
            continue
        if block.node.tag not in HEADINGS and not block.node.own & BIT["headline"]:
            continue
        score = _agreement(squash(block.text), stated) * (1.2 if block.node.tag == "h1" else 1.0)
        if score > best_score:
            best, best_score = i, score
    if best_score >= 0.5:
        return best
    if tops:
        return tops[0] if len(tops) == 1 else None
    return None if any(block.node.tag in HEADINGS for block in blocks) else _unmarked(blocks, titles)


def _unmarked(blocks: Sequence[Block], titles: Sequence[str]) -> int | None:
    """The first line that is a stated title, or that with the outlet's name cut off: old pages have no headings.

    Only for pages without any heading: on others it would find a line of the furniture.
    """
    named = {squash(part) for title in titles for part in (title, *PARTS.split(title)) if len(part.split()) >= WORDS}
    return next((i for i, block in enumerate(blocks) if _stands_alone(block) and squash(block.text) in named), None)


def _stands_alone(block: Block) -> bool:
    return not block.node.hidden and not block.linked and len(block.text) <= LONGEST


def _agreement(text: str, stated: Sequence[str]) -> float:
    """0 to 1: the share of the longer text that the shorter one, contained in it, covers; words in common otherwise."""
    if len(text) < 4:
        return 0.0
    scores = [min(len(text), len(s)) / max(len(text), len(s)) for s in stated if s and (text in s or s in text)]
    return max(scores, default=0.0)
