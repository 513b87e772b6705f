"""A page's source as plain text, with the places where an article's paragraphs stand in it.

The source is only ever shown as characters. To find a paragraph, tags, scripts, comments and spaces are passed over and
entities are read, and then its letters are sought as they are. Linear in the source, however it is written.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

BEGINNING = 48
"""Letters of a paragraph that are sought when the whole is not found: something may stand inside it on the page."""
UNTOLD = ("script", "style", "template", "noscript", "svg")
"""Elements whose content nobody reads."""
_PIECE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|[^&\s]+|&")
_NAME = re.compile(r"<([a-zA-Z]{1,12})")
_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in UNTOLD}

Place = tuple[int, int]
Marked = tuple[Place, int]
"""A place and the paragraph that stands there."""


class Piece(NamedTuple):
    """Characters of the source, with the index of the paragraph that they belong to."""

    text: str
    paragraph: int | None = None
    begins: bool = False
    """Whether the paragraph begins here."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source in pieces."""

    number: int
    pieces: tuple[Piece, ...]


def places(source: str, paragraphs: Sequence[str]) -> tuple[Place | None, ...]:
    """For each paragraph from where to where it stands in the source; None where it is not found."""
    letters = _Letters.of(source)
    return tuple(letters.place(paragraph) for paragraph in paragraphs)


def lines(source: str, found: Sequence[Place | None], start: int, end: int) -> Iterator[Line]:
    """The lines of that part of the source, with the places of paragraphs marked; of two that overlap, the first."""
    spans = _disjoint(sorted((place, index) for index, place in enumerate(found) if place))
    number, at = source.count("\n", 0, start) + 1, start
    while at < end:
        stop = source.find("\n", at, end)
        stop = end if stop < 0 else stop
        yield Line(number, tuple(_pieces(source, spans, at, stop)))
        number, at = number + 1, stop + 1


def _disjoint(spans: Sequence[Marked]) -> list[Marked]:
    kept: list[Marked] = []
    for span in spans:
        if not kept or span[0][0] >= kept[-1][0][1]:
            kept.append(span)
    return kept


def _pieces(source: str, spans: Sequence[Marked], at: int, end: int) -> Iterator[Piece]:
    first = bisect_right(spans, at, key=lambda span: span[0][1])
    for place, index in islice(spans, first, None):
        if place[0] >= end:
            break
        left, right = max(place[0], at), min(place[1], end)
        if at < left:
            yield Piece(source[at:left])
        yield Piece(source[left:right], index, begins=left == place[0])
        at = right
    if at < end:
        yield Piece(source[at:end])


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters that a reader sees, without spaces, and where in the source each run of them begins."""

    text: str
    starts: list[int]
    """Of each run, in `text`."""
    sources: list[Place]
    """Of each run, in the source."""

    @classmethod
    def of(cls, source: str) -> _Letters:
        runs, starts, sources, size = [], [], [], 0
        for start, end in _told(source):
            for match in _PIECE.finditer(source, start, end):
                said = match[0]
                run = "".join(html.unescape(said).split()) if said[0] == "&" else said
                if run:
                    runs.append(run)
                    starts.append(size)
                    sources.append((match.start(), match.end()))
                    size += len(run)
        return cls("".join(runs), starts, sources)

    def place(self, paragraph: str) -> Place | None:
        """Where the paragraph stands, or its beginning."""
        wanted = "".join(paragraph.split())
        for sought in (wanted, wanted[:BEGINNING]):
            at = self.text.find(sought) if sought else -1
            if at >= 0:
                return self._source(at, first=True), self._source(at + len(sought) - 1, first=False)
        return None

    def _source(self, at: int, *, first: bool) -> int:
        run = bisect_right(self.starts, at) - 1
        start, end = self.sources[run]
        offset = at - self.starts[run]
        width = (
            self.starts[run + 1] - self.starts[run] if run + 1 < len(self.starts) else len(self.text) - self.starts[run]
        )
        if width != end - start:  # an entity: all of it or nothing
            return start if first else end
        return start + offset if first else start + offset + 1


def _told(source: str) -> Iterator[Place]:
    """The stretches of the source between tags, without those that nobody reads."""
    at = 0
    while at < len(source):
        tag = source.find("<", at)
        if tag < 0:
            yield at, len(source)
            return
        if at < tag:
            yield at, tag
        at = _behind(source, tag)


def _behind(source: str, tag: int) -> int:
    """The end of the tag, or comment, or unread element, that begins there; the end of the source when it has none."""
    if source.startswith("<!--", tag):
        end = source.find("-->", tag + 4)
        return end + 3 if end >= 0 else len(source)
    name = _NAME.match(source, tag)
    if name and name[1].lower() in UNTOLD:
        closing = _ENDS[name[1].lower()].search(source, name.end())
        return closing.start() if closing else len(source)
    if not (name or source.startswith(("</", "<!", "<?"), tag)):
        return tag + 1  # a bare sign
    end = source.find(">", tag)
    return end + 1 if end >= 0 else len(source)
