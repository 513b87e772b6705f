"""Ask which versions of a table tell another event (`align.joined`), from what its nodes and paragraphs hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, partial
from itertools import chain

from storydiff.align import joined
from storydiff.align.ideas import LANGUAGES
from storydiff.align.points_concepts import bag, is_telling, named, translatable
from storydiff.align.points_graph import Nodes
from storydiff.model import Extent, Version
from storydiff.text.sentences import sentences
from storydiff.text.words import base


def strangers(nodes: Nodes, versions: Sequence[Version]) -> dict[str, str]:
    """Version id -> why it is not of this story."""
    concepts: dict[str, Counter[str]] = defaultdict(Counter)
    for unit, node in zip(nodes.units, nodes.node, strict=True):
        concepts[unit.span.version].update(nodes.bags[node])
    read = [version for version in versions if version.id in concepts]
    main = main_language(read)
    texts = {
        version.id: joined.Text(
            concepts=concepts[version.id],
            whole=version.extent is Extent.COMPLETE,
            published=version.published,
            foreign=base(version.language) != main,
            is_read=_are_read(base(version.language), main),
            named=cache(partial(_names_and_figures, version)),
            names=cache(partial(_names, version)),
            kept=cache(partial(_kept, version)),
        )
        for version in read
    }
    return joined.apart(texts, nodes.weight)


def _are_read(language: str, other: str) -> bool:
    return language == other or {language, other} <= {*LANGUAGES}


def _kept(version: Version) -> Counter[str]:
    """What a translation keeps of a version's text, and how often it says it."""
    return Counter(
        concept for _, paragraph in version.body for concept in translatable(paragraph.text, version.language)
    )


def _names_and_figures(version: Version) -> frozenset[str]:
    texts = [paragraph.text for _, paragraph in version.body]
    named_there = (named(text, version.language) for text in texts)
    figures = (filter(is_telling, bag(text, version.language)) for text in texts)
    return frozenset(chain(chain.from_iterable(named_there), chain.from_iterable(figures)))


def _names(version: Version) -> frozenset[str]:
    """The names of a body: what has a capital within a sentence, for the first word of one always has."""
    language = version.language
    spans = ((p.text, start, end) for _, p in version.body for start, end in sentences(p.text, language))
    return frozenset(chain.from_iterable(named(text[start:end], language) for text, start, end in spans))


def common_languages(versions: Iterable[Version]) -> frozenset[str]:
    """The languages in which as many versions are written as in any other."""
    count = Counter(base(version.language) for version in versions)
    return frozenset(language for language, times in count.items() if times == max(count.values()))


def main_language(versions: Iterable[Version]) -> str:
    """The one of these that is read; "en" where there are no versions."""
    return min(common_languages(versions), key=lambda language: (language not in LANGUAGES, language), default="en")
