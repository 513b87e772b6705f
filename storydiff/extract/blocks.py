"""The page as a list of text blocks, in reading order: the values. `walk.py` makes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Node:
    """A block-level element with what its names say."""

    tag: str
    parent: Node | None
    names: str
    """Its class, id, role and similar attributes, joined by spaces."""
    own: int
    """The groups of `vocabulary.BIT` that its names belong to."""
    hidden: bool
    """It or an element around it is not shown."""
    attributes: dict[str, str]
    look: str = ""
    """Element and names without those that carry a number: what a style sheet tells apart."""
    looks_below: Counter[str] = field(default_factory=Counter)
    """How many of its child elements look how."""
    asks: bool = False
    """It has a field in which the reader is to write something."""
    mass: int = 0
    """Characters of unlinked text below it."""
    count: int = 0
    """Blocks below it."""

    def lineage(self) -> Iterator[Node]:
        """The node and its ancestors, innermost first."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def within(self, tag: str, steps: int = 4) -> bool:
        """It is, or stands closely inside, an element of that kind."""
        return any(each.tag == tag for _, each in zip(range(steps), self.lineage(), strict=False))

    @property
    def near(self) -> int:
        """The groups of names of the node and its parent."""
        return self.own | (self.parent.own if self.parent else 0)


@dataclass(slots=True, eq=False)
class Block:
    """One run of text that a browser shows as a paragraph; `linked`, `bold`, `italic` count characters."""

    text: str
    node: Node
    linked: int
    bold: int
    italic: int
    starts_linked: bool
    after_breaks: int
    """How many line breaks stand between the block and the one before it in the same element; 0 for the first."""
    stamp: str | None = None
    """The `datetime` of a time element in it."""

    @property
    def plain_link(self) -> bool:
        """A short line that is nothing but a link, and no heading: never text, so it is not judged any further."""
        return self.linked >= 0.9 * len(self.text) and len(self.text) < 120 and self.node.tag[0] != "h"
