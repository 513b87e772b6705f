"""The page as a list of text blocks: one walk over the tree, in reading order.

A block is a run of text that a browser shows as one paragraph: it ends at every block-level boundary and at a double
line break. Elements that are never shown (scripts, styles, templates) and form controls give no text; hidden ones are
walked but flagged, because a hidden rest of an article is what tells a paywall.
Time is linear in the elements; the walk keeps no recursion, so nesting depth does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from storydiff.extract.characters import clean
from storydiff.extract.vocabulary import Mark, marks

MAX_BLOCKS = 20_000
"""The longest real page measured has 3,000 blocks; what follows is dropped, and the page cannot count as complete."""
NEVER_SHOWN = frozenset(
    "script style noscript template svg math iframe object embed applet canvas audio video select option "
    "datalist textarea button input head title meta link map area progress meter rp rt param source track "
    "noframes frameset amp-ad amp-analytics amp-state amp-consent amp-iframe amp-sidebar amp-social-share".split()
)
BLOCK_LEVEL = frozenset(
    "html body address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre search section summary table caption tbody td tfoot "
    "th thead tr ul legend menu".split()
)
TEXTUAL = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd figcaption summary caption".split())
BOLD, ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em", "cite"})
NAMING = ("class", "id", "itemprop", "role", "data-testid", "data-component", "data-type", "data-gu-name", "name")
HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BREAK = "\x1e"
BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


@dataclass(slots=True, eq=False)
class Node:
    """A block-level element with what its names say; `mass` counts the characters of unlinked text below it."""

    tag: str
    parent: Node | None
    names: str
    own: Mark
    hidden: bool
    depth: int
    attributes: dict[str, str]
    mass: int = 0
    children: int = 0

    def lineage(self) -> Iterator[Node]:
        """The node and its ancestors, innermost first."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


@dataclass(slots=True, eq=False)
class Block:
    """One run of text, with how much of it is linked, bold and italic (in characters)."""

    text: str
    node: Node
    linked: int
    bold: int
    italic: int
    after_break: bool
    breaks: tuple[int, ...] = ()
    """Offsets in `text` where the page has a single line break."""


@dataclass(slots=True)
class Walk:
    """The state of one walk."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0
    italic: int = 0
    in_link: int = 0
    in_bold: int = 0
    in_italic: int = 0
    after_break: bool = False

    def add(self, text: str, node: Node) -> None:
        """Take in a run of characters."""
        if text.isspace():
            self.pieces.append(" ")
            return
        if node.tag == "pre":
            text = BLANK_LINE.sub(BREAK + BREAK, text)
        size = len(text.strip())
        self.linked += size if self.in_link else 0
        self.bold += size if self.in_bold else 0
        self.italic += size if self.in_italic else 0
        self.pieces.append(text)

    def line_break(self, node: Node) -> None:
        """A `<br>`: two in a row end the paragraph."""
        for piece in reversed(self.pieces):
            if piece != " ":
                break
        else:
            return
        if piece == BREAK:
            self.flush(node)
            self.after_break = True
        else:
            self.pieces.append(BREAK)

    def flush(self, node: Node) -> None:
        """End the current block, if it holds any text."""
        if self.pieces:
            raw = "".join(self.pieces)
            for part in raw.split(BREAK + BREAK):
                self._emit(part, node)
            self.pieces.clear()
            self.linked = self.bold = self.italic = 0
        self.after_break = False

    def _emit(self, raw: str, node: Node) -> None:
        lines = [line for line in map(clean, raw.split(BREAK)) if line] if BREAK in raw else [clean(raw)]
        text = " ".join(lines)
        if not text or len(self.blocks) > MAX_BLOCKS:
            return
        offsets, at = [], -1
        for line in lines[:-1]:
            at += len(line) + 1
            offsets.append(at)
        size = len(text)
        block = Block(
            text,
            node,
            min(self.linked, size),
            min(self.bold, size),
            min(self.italic, size),
            self.after_break,
            tuple(offsets),
        )
        self.blocks.append(block)


def read_blocks(root: html.HtmlElement) -> list[Block]:
    """All text blocks of the page in order."""
    walk = Walk()
    top = Node("html", None, "", Mark(0), hidden=False, depth=0, attributes={})
    node, skipped = top, None
    stack: list[tuple[html.HtmlElement, Node]] = []
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag = element.tag
        if event == "start":
            if tag in NEVER_SHOWN and "shadowrootmode" not in element.attrib:
                events.skip_subtree()
                skipped = element
                continue
            if tag in BLOCK_LEVEL or ("-" in tag and node.tag not in TEXTUAL):
                walk.flush(node)
                stack.append((element, node))
                node = _node(element, node)
            elif tag == "br":
                walk.line_break(node)
            else:
                _inline(walk, tag, 1)
            if element.text:
                walk.add(element.text, node)
            continue
        if element is skipped:
            skipped = None
        elif stack and stack[-1][0] is element:
            walk.flush(node)
            node = stack.pop()[1]
        elif tag != "br":
            _inline(walk, tag, -1)
        if element.tail:
            walk.add(element.tail, node)
    walk.flush(node)
    for block in walk.blocks:
        weigh(block)
    return walk.blocks


def _inline(walk: Walk, tag: str, step: int) -> None:
    if tag == "a":
        walk.in_link += step
    elif tag in BOLD:
        walk.in_bold += step
    elif tag in ITALIC:
        walk.in_italic += step


def _node(element: html.HtmlElement, parent: Node) -> Node:
    attributes = element.attrib
    parent.children += 1
    if not attributes:
        return Node(element.tag, parent, "", Mark(0), parent.hidden, parent.depth + 1, {})
    names = " ".join(attributes[name] for name in NAMING if name in attributes)
    hidden = parent.hidden or (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or ("style" in attributes and HIDING_STYLE.search(attributes["style"]) is not None)
    )
    return Node(element.tag, parent, names, marks(names), hidden, parent.depth + 1, dict(attributes))


def weigh(block: Block) -> None:
    """Add the unlinked text of a block to the mass of every element around it."""
    size = len(block.text) - block.linked
    for node in block.node.lineage():
        node.mass += size
