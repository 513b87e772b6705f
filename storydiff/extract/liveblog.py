"""Live blogs: which paragraphs are one post, what it is called, when it was written.

Posts are siblings of one kind, each with text and with a heading or a time of day. They are looked for only on pages
that say they are live blogs, in JSON-LD (LiveBlogPosting) or in the names of the elements: a list of anything else
looks the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storydiff.extract.blocks import Block, Node
from storydiff.extract.characters import squash, weight_of
from storydiff.extract.dates import read_stamp
from storydiff.extract.features import HEADINGS
from storydiff.extract.jsonld import LinkedData
from storydiff.extract.vocabulary import BIT, phrases

CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2} ?[ap]\.?m\b", re.IGNORECASE)
ITEMS = frozenset({"li", "article", "section", "div"})
FEWEST = 3
NOT_TEXT = BIT["share"] | BIT["author"] | BIT["date"] | BIT["caption"] | BIT["comment"] | BIT["related"] | BIT["promo"]


@dataclass(frozen=True, slots=True)
class Post:
    """One post: the indices of its blocks, its heading, and its time when one with a zone is known."""

    blocks: tuple[int, ...]
    heading: int | None
    posted: datetime | None


def find_posts(blocks: Sequence[Block], data: LinkedData) -> list[Post]:
    """The posts of a live blog in page order; empty when the page is none."""
    if not (data.is_live or any(block.node.near & BIT["live"] for block in blocks)):
        return []
    groups: defaultdict[tuple[int, str, str], dict[int, list[int]]] = defaultdict(dict)
    for i, block in enumerate(blocks):
        if block.node.hidden:
            continue
        for node in block.node.lineage():
            if node.tag in ITEMS and node.parent:
                kind = (id(node.parent), node.tag, (node.attributes.get("class") or "").split(" ")[0])
                groups[kind].setdefault(id(node), []).append(i)
    found = [list(items.values()) for items in groups.values() if len(items) >= FEWEST]
    found = [items for items in found if _are_posts(blocks, items, stated=data.is_live)]
    if not found:
        return []
    best = max(found, key=lambda items: sum(_mass(blocks, item) for item in items))
    stated = _stated(data)
    return [_post(blocks, item, stated) for item in best if _is_post(blocks, item)]


def newest_first(posts: Sequence[Post]) -> list[int]:
    """The number of each post, 0 the newest: by their times when all are known, else as the page stands."""
    times = [post.posted for post in posts]
    known = [time for time in times if time]
    if len(known) == len(times) and known:
        order = sorted(range(len(posts)), key=lambda i: (-known[i].timestamp(), i))
        return [order.index(i) for i in range(len(posts))]
    rising = len(known) > 1 and known[0] < known[-1]
    return [len(posts) - 1 - i if rising else i for i in range(len(posts))]


def is_text(block: Block) -> bool:
    """A line of a post that is no heading, time, name or button."""
    near = block.node.near
    size = len(block.text)
    furniture = near & NOT_TEXT or block.node.tag in HEADINGS or block.linked > 0.6 * size
    return not furniture and weight_of(block.text) >= 20 and not (weight_of(block.text) < 120 and phrases(block.text))


def _are_posts(blocks: Sequence[Block], items: Sequence[Sequence[int]], *, stated: bool) -> bool:
    """Enough of them are posts; where only names of elements say that it is a live blog, most must carry a time."""
    posts = [item for item in items if _is_post(blocks, item)]
    if stated or len(posts) < FEWEST:
        return len(posts) >= FEWEST
    named = any(node.own & BIT["live"] for node in _above(blocks[items[0][0]].node))
    return named and sum(_is_timed(blocks, item) for item in posts) > 0.6 * len(items)


def _is_timed(blocks: Sequence[Block], item: Sequence[int]) -> bool:
    return any(blocks[i].stamp or CLOCK.search(blocks[i].text[:40]) for i in item if len(blocks[i].text) < 200)


def _is_post(blocks: Sequence[Block], item: Sequence[int]) -> bool:
    short = [blocks[i] for i in item if len(blocks[i].text) < 200]
    titled = any(block.node.tag in HEADINGS for block in short)
    return (titled or _is_timed(blocks, item)) and any(is_text(blocks[i]) for i in item)


def _above(node: Node) -> list[Node]:
    return [each for _, each in zip(range(6), node.lineage(), strict=False)]


def _mass(blocks: Sequence[Block], item: Sequence[int]) -> int:
    return sum(len(blocks[i].text) - blocks[i].linked for i in item)


def _post(blocks: Sequence[Block], item: Sequence[int], stated: Mapping[str, datetime]) -> Post:
    heading = next((i for i in item if blocks[i].node.tag in HEADINGS), None)
    stamps = [stamp.instant for i in item if blocks[i].stamp and (stamp := read_stamp(blocks[i].stamp))]
    by_name = stated.get(squash(blocks[heading].text)) if heading is not None else None
    return Post(tuple(item), heading, next((s for s in stamps if s), by_name))


def _stated(data: LinkedData) -> dict[str, datetime]:
    """Heading -> time as JSON-LD has it; nothing when all posts carry one time, which is then that of the page."""
    times = {}
    for update in data.updates:
        name, stamp = update.get("headline"), read_stamp(str(update.get("datePublished") or ""))
        if isinstance(name, str) and stamp and stamp.instant:
            times[squash(name)] = stamp.instant
    return times if len(set(times.values())) > 1 or len(times) == 1 else {}
