"""From a page taken apart to the signals that its extent is decided on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storydiff.extract.blocks import Block, Node
from storydiff.extract.characters import ends_sentence, squash, weight_of
from storydiff.extract.extent import Signals
from storydiff.extract.features import HEADINGS
from storydiff.extract.jsonld import LIST_TYPES, LinkedData
from storydiff.extract.metadata import Metadata
from storydiff.extract.roles import Part
from storydiff.model import BODY_ROLES, Role

LINES_AFTER = 10
SIMPLE = re.compile(r"^(?:[a-z0-9-]+)?([.#])([\w-]+)$", re.IGNORECASE)


def gather(
    blocks: Sequence[Block], parts: Sequence[Part], data: LinkedData, page: Metadata, *, status: int, cut: bool
) -> Signals:
    """The signals of a page whose parts are known."""
    texts = [part for part in parts if part.role in BODY_ROLES]
    end = texts[-1].at if texts else -1
    lines = [block for block in blocks if not block.node.hidden and not block.plain_link]
    headline = next((b.text for b in lines if b.node.tag == "h1"), None)
    return Signals(
        status=status,
        texts=[part.block.text for part in texts],
        after=[part.block.text for part in parts if part.role is Role.NEWSLETTER and part.at <= end]
        + [b.text for b in blocks[end + 1 : end + 1 + LINES_AFTER] if not b.node.hidden],
        lines=[block.text for block in lines],
        title=page.title or "",
        headline=headline,
        stated_article=bool(data.article) or (page.first("og:type") or "").lower().endswith("article"),
        stated_list=bool(LIST_TYPES & data.types),
        linked_headings=sum(b.node.tag in HEADINGS and b.linked >= 0.9 * len(b.text) for b in blocks),
        free=data.free,
        stated_words=data.words,
        hidden=_hidden(blocks, texts),
        locked_shown=_locked_shown(blocks, data.locked_selectors),
        live=data.is_live,
        cut=cut,
        signed=any(part.role is Role.CREDIT and part.at > end for part in parts),
    )


def _hidden(blocks: Sequence[Block], texts: Sequence[Part]) -> int:
    """Characters of running text that stands in the article's elements, or in walled ones, and is not shown."""
    shown = {squash(part.block.text) for part in texts}
    homes = {id(node) for part in texts for node in _near(part.block.node)}
    total = 0
    for block in blocks:
        if not block.node.hidden or weight_of(block.text) < 80 or not ends_sentence(block.text):
            continue
        if block.linked > 0.5 * len(block.text) or squash(block.text) in shown:
            continue
        if not texts or any(id(node) in homes for node in _near(block.node)):
            total += len(block.text)
    return total


def _near(node: Node) -> list[Node]:
    return [each for _, each in zip(range(4), node.lineage(), strict=False) if each.tag not in {"body", "html"}]


def _locked_shown(blocks: Sequence[Block], selectors: Sequence[str]) -> int | None:
    """Characters shown inside elements that the selectors name; None without a selector simple enough to follow."""
    simple = [m for s in selectors for part in s.split(",") if (m := SIMPLE.match(part.strip()))]
    if not simple:
        return None
    classes = {m[2] for m in simple if m[1] == "."}
    ids = {m[2] for m in simple if m[1] == "#"}
    return sum(
        len(b.text) for b in blocks if not b.node.hidden and any(_named(n, classes, ids) for n in b.node.lineage())
    )


def _named(node: Node, classes: set[str], ids: set[str]) -> bool:
    return node.attributes.get("id") in ids or not classes.isdisjoint(node.attributes.get("class", "").split())
