"""From the tree of a page to its text blocks, in one walk.

A block ends at every block-level boundary and at every line break: of 65 elements with single breaks whose gold is
known, 61 are paragraphs set with breaks. Elements that are never shown (scripts, styles, form controls) give no text;
hidden ones are walked but flagged, because the hidden rest of an article is what tells a paywall. Time is linear in the
elements; the walk keeps no recursion, so nesting depth does not matter.
"""

from __future__ import annotations

import re

from lxml import etree

from storydiff.extract.blocks import Block, Node
from storydiff.extract.characters import clean
from storydiff.extract.elements import BLOCK_LEVEL, NEVER_SHOWN, STYLES, TEXTUAL
from storydiff.extract.vocabulary import BIT, marks

MAX_BLOCKS = 10_000
"""The longest of 294 pages has 593 blocks; what follows is dropped, and the page does not count as complete."""
NAMING = ("class", "id", "itemprop", "role", "data-testid", "data-component", "data-type", "data-gu-name", "name")
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]", re.IGNORECASE)
STREAMED = re.compile(r"S:[0-9a-f]+")
"""Ids of hidden elements that React moves into the page while it loads: they are shown."""
DIGIT = re.compile(r"\d")
LONGEST_NAMES = 400
LONGEST_JOINED = 5_000
WORD = re.compile(r"[^\W_]")
ENDED = re.compile(r"[.!?…:;。！？।؟۔]['\"”’»)\]]*$")
WRITTEN_IN = frozenset({"text", "email", "tel"})
"""Kinds of fields for an address or a name; those for searching, ticking and sending stand in any part of a page."""
BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


class Walk:
    """The blocks so far, and the one being read."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.node = Node("html", None, "", 0, hidden=False, attributes={})
        self._stack: list[tuple[etree._Element, Node]] = []
        self._inside = {"linked": 0, "bold": 0, "italic": 0}
        self._breaks = 0
        self._start()

    def _start(self) -> None:
        self._pieces: list[str] = []
        self._sizes = {"linked": 0, "bold": 0, "italic": 0}
        self._starts_linked: bool | None = None
        self._stamp: str | None = None

    def enter(self, element: etree._Element) -> None:
        """The start of an element that is shown."""
        tag = element.tag
        if tag in BLOCK_LEVEL or ("-" in tag and self.node.tag not in TEXTUAL):
            self.boundary()
            self._stack.append((element, self.node))
            self.node = _node(element, self.node)
        elif tag == "br":
            self._line_break()
        elif tag in STYLES:
            self._inside[STYLES[tag]] += 1
        elif tag == "time":
            self._stamp = self._stamp or element.get("datetime")
        if element.text:
            self.add(element.text)

    def pass_over(self, element: etree._Element) -> None:
        """An element whose text is not the page's."""
        if element.tag == "input" and element.get("type", "text").lower() in WRITTEN_IN:
            for node in self.node.lineage():
                node.asks = True
                if node.tag != "form":
                    break

    def leave(self, element: etree._Element) -> None:
        """The end of an element that is shown."""
        if self._stack and self._stack[-1][0] is element:
            self.boundary()
            self.node = self._stack.pop()[1]
        elif element.tag in STYLES:
            self._inside[STYLES[element.tag]] -= 1

    def add(self, text: str) -> None:
        """A run of characters."""
        if text.isspace():
            self._pieces.append(" ")
            return
        if self.node.tag == "pre":
            *parts, text = BLANK_LINE.split(text)
            for part in parts:
                self._pieces.append(part)
                self._line_break()
                self._line_break()
        size = len(text.strip())
        if self._starts_linked is None:
            self._starts_linked = self._inside["linked"] > 0
        for style, depth in self._inside.items():
            if depth:
                self._sizes[style] += size
        self._pieces.append(text)

    def boundary(self) -> None:
        """The edge of a block-level element ends the block."""
        self._flush()
        self._breaks = 0

    def _line_break(self) -> None:
        self._breaks = 1 if self._flush() else self._breaks + 1

    def _flush(self) -> bool:
        """Close the block being read; True when it held any word."""
        text = clean("".join(self._pieces)) if self._pieces else ""
        full = WORD.search(text) is not None
        if full and len(self.blocks) < MAX_BLOCKS:
            linked, bold, italic = (min(size, len(text)) for size in self._sizes.values())
            starts = self._starts_linked or False
            self.blocks.append(Block(text, self.node, linked, bold, italic, starts, self._breaks, self._stamp))
        if self._pieces:
            self._start()
        return full


def read_blocks(root: etree._Element) -> list[Block]:
    """All text blocks of the page in order."""
    walk, skipped = Walk(), None
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if _unseen(element):
                walk.pass_over(element)
                events.skip_subtree()
                skipped = element
            else:
                walk.enter(element)
            continue
        if element is skipped:
            skipped = None
        else:
            walk.leave(element)
        if element.tail:
            walk.add(element.tail)
    walk.boundary()
    blocks = _rejoined(walk.blocks)
    for block in blocks:
        _weigh(block)
    return blocks


def _rejoined(blocks: list[Block]) -> list[Block]:
    """Lines that are broken within a sentence, put together again."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        same = last and block.after_breaks == 1 and last.node is block.node
        open_end = last and len(last.text) < LONGEST_JOINED and not ENDED.search(last.text[-40:])
        if last and same and open_end and block.text[0].islower():
            last.text += f" {block.text}"
            last.linked += block.linked
            last.bold += block.bold
            last.italic += block.italic
        else:
            joined.append(block)
    return joined


def _unseen(element: etree._Element) -> bool:
    """An element without text, or an inline one that is not shown ("opens in a new tab", for screen readers)."""
    tag, attributes = element.tag, element.attrib
    if tag in NEVER_SHOWN:
        return "shadowrootmode" not in attributes
    if not attributes or tag in BLOCK_LEVEL:
        return False
    return (
        "hidden" in attributes
        or ("style" in attributes and HIDING.search(attributes["style"]) is not None)
        or ("class" in attributes and marks(attributes["class"]) & BIT["unseen"] > 0)
    )


def _node(element: etree._Element, parent: Node) -> Node:
    attributes = element.attrib
    if not attributes:
        parent.looks_below[element.tag] += 1
        return Node(element.tag, parent, "", 0, parent.hidden, {}, element.tag)
    names = " ".join(attributes[name] for name in NAMING if name in attributes)[:LONGEST_NAMES]
    own = marks(names)
    hidden = (
        parent.hidden
        or ("hidden" in attributes and STREAMED.fullmatch(attributes.get("id", "")) is None)
        or own & BIT["unseen"] > 0
        or attributes.get("aria-hidden") == "true"
        or ("style" in attributes and HIDING.search(attributes["style"]) is not None)
    )
    look = " ".join([element.tag, *(name for name in names.split() if not DIGIT.search(name))])
    parent.looks_below[look] += 1
    return Node(element.tag, parent, names, own, hidden, dict(attributes.items()), look)


def _weigh(block: Block) -> None:
    """Add the unlinked text of a block to the mass of every element around it."""
    size = len(block.text) - block.linked
    for node in block.node.lineage():
        node.mass += size
        node.count += 1
