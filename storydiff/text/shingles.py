"""Verbatim sharing between texts: runs of equal words, found by shingles.

A shingle is a window of consecutive words inside one paragraph, hashed by a rolling polynomial over 64 bits (Karp and
Rabin 1987). Which of many texts share many shingles is counted at once, in a table of one bit for each text and shingle
that at least two texts have, bounded by keeping those of the smallest hashes (bottom-k sketch: Broder 1997, Cohen 1997)
when they are very many. Where two texts share is then found by greedy string tiling
(Wise 1993): left to right, the longest run first, every word compared, so a hash collision can never invent a run.
Cost: texts^2 x shared shingles (at most `SKETCH`) / 64 operations for the counts; words for one pair of texts.

Equal means: the same letters and digits in the same order. Case, accents left alone, kinds of quotation marks and
punctuation do not count, since copies of one agency text differ in them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress, islice
from operator import eq
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SIZE = 6  # words; five-word runs are still common phrases ("a spokesman for the ministry said")
SIZE_OF_SIGNS = 14  # characters, for scripts that are not spaced into words
SKETCH = 30_000  # shingles counted at most: 1,000 texts stay under two seconds
_PLACES = 6  # equal shingles of the other text tried for one place: bounds text that repeats itself

_ALONE = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+")
_QUOTED = re.compile(
    r"“[^“”]*”?|„[^„“”]*[“”]?|«[^«»]*»?|\"[^\"]*\"?|(?<!\w)‘.*?(?:(?<=[.,!?…])’|’(?!\w)|$)"
    r"|(?<!\w)'(?=\w).{1,400}?[.,!?…]'(?!\w)|「[^「」]*」?"
)
_MARK = re.compile(r"[“„«\"‘'「]")
"""What a quotation begins with; it is sought in a fifth of the time."""
_BASE = np.uint64(0x9E3779B97F4A7C15)

Hashes = NDArray[np.uint64]


class Run(NamedTuple):
    """Words `i .. i+length` of the one text are words `j .. j+length` of the other."""

    i: int
    j: int
    length: int


@dataclass(frozen=True, eq=False)
class Shingles:
    """The words of a text (several paragraphs) in order, with where they stand, and the shingle that each begins."""

    texts: tuple[str, ...]
    words: tuple[str, ...]
    paragraph: NDArray[np.int64]
    quoted: NDArray[np.bool_]
    """Words that stand between quotation marks."""
    size: int
    hashes: Hashes
    """One per word; 0 where fewer than `size` words are left in the paragraph."""

    def own(self) -> Hashes:
        """The distinct shingles with no quoted word, sorted: what only copying explains."""
        if not self.words:
            return self.hashes
        clear = np.convolve(self.quoted, np.ones(self.size), "full")[self.size - 1 :] == 0
        return np.unique(self.hashes[clear & (self.hashes != 0)])

    def spoken(self) -> list[str]:
        """The words that stand in no quotation."""
        return list(compress(self.words, (~self.quoted).tolist()))

    @cached_property
    def begun(self) -> frozenset[int]:
        """The different shingles."""
        return frozenset(self.hashes.tolist()) - {0}

    @cached_property
    def left(self) -> tuple[int, ...]:
        """For each word, how many are left in its paragraph, itself included."""
        ends = np.searchsorted(self.paragraph, self.paragraph, "right")
        return tuple((ends - np.arange(len(ends))).tolist())

    @cached_property
    def _sorted(self) -> tuple[NDArray[np.int64], Hashes]:
        """The words by their shingle, then in order, and the shingles."""
        order = np.argsort(self.hashes, kind="stable")
        return order, self.hashes[order]

    def begin(self, shingle: int, most: int) -> list[int]:
        """The first words that begin a shingle."""
        order, hashes = self._sorted
        first = int(np.searchsorted(hashes, np.uint64(shingle)))
        places = order[first : first + most]
        found: list[int] = places[self.hashes[places] == shingle].tolist()
        return found

    def place(self, run: slice) -> tuple[int, int, int]:
        """(paragraph, start, end) of a run of words of one paragraph, as character offsets."""
        paragraph = int(self.paragraph[run.start])
        first = int(np.searchsorted(self.paragraph, paragraph))
        spans = [m.span() for m in islice(_WORD.finditer(self.texts[paragraph]), run.stop - first)]
        return paragraph, spans[run.start - first][0], spans[-1][1]


def shingled(paragraphs: Sequence[str]) -> Shingles:
    """The shingles of a text given as paragraphs."""
    words: list[str] = []
    quoted: list[bool] = []
    counts: list[int] = []
    for text in paragraphs:
        counts.append(-len(words))
        for piece, inside in _pieces(text):
            words += piece
            quoted += [inside] * len(piece)
        counts[-1] += len(words)
    signs = sum(len(_SIGN.findall(text)) for text in paragraphs if not text.isascii())
    size = SIZE_OF_SIGNS if 2 * signs > len(words) else SIZE
    paragraph = np.repeat(np.arange(len(counts)), counts)
    return Shingles(
        texts=tuple(paragraphs),
        words=tuple(words),
        paragraph=paragraph,
        quoted=np.array(quoted, dtype=np.bool_),
        size=size,
        hashes=_rolled(words, paragraph, size),
    )


_SIGN = re.compile(f"[{_ALONE}]")


def _pieces(text: str) -> Iterator[tuple[list[str], bool]]:
    """The words outside and inside quotation marks, in turn."""
    at, mark = 0, _MARK.search(text)
    for match in _QUOTED.finditer(text, mark.start()) if mark else ():
        yield _words(text, at, match.start()), False
        yield _words(text, *match.span()), True
        at = match.end()
    yield _words(text, at, len(text)), False


def _words(text: str, start: int, end: int) -> list[str]:
    return list(map(str.casefold, _WORD.findall(text, start, end)))


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    """64 bits of a word, the same on every machine."""
    data = word.encode("utf8", "surrogatepass")
    return (zlib.crc32(data) << 32 | zlib.crc32(data[::-1], len(data))) or 1


def _rolled(words: Sequence[str], paragraph: NDArray[np.int64], size: int) -> Hashes:
    hashes = np.zeros(len(words), dtype=np.uint64)
    count = len(words) - size + 1
    if count <= 0:
        return hashes
    numbers = np.array([_number(word) for word in words], dtype=np.uint64)
    for k in range(size):
        hashes[:count] = hashes[:count] * _BASE + numbers[k : k + count]
    whole = paragraph[:count] == paragraph[size - 1 :]
    hashes[:count] = np.where(whole, np.maximum(hashes[:count], 1), 0)
    return hashes


def shared_counts(texts: Sequence[Hashes]) -> NDArray[np.float64]:
    """How many distinct shingles each two texts share (estimated when they are very many); the diagonal is 0.

    `texts` are sorted arrays of distinct hashes. Symmetric; shape (texts, texts).
    """
    total = len(texts)
    if not total:
        return np.zeros((0, 0))
    every, owner = np.concatenate(texts), np.repeat(np.arange(total), [len(t) for t in texts])
    distinct, column, times = np.unique(every, return_inverse=True, return_counts=True)
    common = np.flatnonzero(times > 1)  # in the order of the hashes, so the first ones are a fair sample
    kept = common[:SKETCH]
    place = np.full(len(distinct), -1)
    place[kept] = np.arange(len(kept))
    inside = place[column] >= 0
    table = np.zeros((total, len(kept) + -len(kept) % 64), dtype=np.bool_)
    table[owner[inside], place[column[inside]]] = True
    bits = np.packbits(table, axis=1).view(np.uint64)
    # Not a product of matrices: what their library takes to start its threads is more than all of this.
    shared = np.array([np.bitwise_count(bits & row).sum(axis=1) for row in bits])
    counts = shared.astype(np.float64) * (len(common) / max(1, len(kept)))
    np.fill_diagonal(counts, 0)
    return counts


def runs(a: Shingles, b: Shingles) -> Iterator[Run]:
    """The runs of equal words that both texts have, each within a paragraph, in the order of `a` and apart there.

    The shortest run is one shingle. Where a run stands several times in `b`, the one that goes on longest is taken,
    and the earliest of equals.
    """
    if a.size != b.size:
        return
    free = 0
    for i, shingle in enumerate(a.hashes.tolist()):
        if i < free or shingle not in b.begun:
            continue
        lengths = [(_length(a, b, i, j), -j) for j in b.begin(shingle, _PLACES)]
        length, j = max(lengths)
        if length >= a.size:
            yield Run(i, -j, length)
            free = i + length


def _length(a: Shingles, b: Shingles, i: int, j: int) -> int:
    """How many words of the two paragraphs are equal from there on."""
    most = min(a.left[i], b.left[j])
    alike = map(eq, a.words[i : i + most], b.words[j : j + most])
    return next((length for length, same in enumerate(alike) if not same), most)
