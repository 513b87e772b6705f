"""Places where two versions let one thing happen: in the parish hall here, in the school's gymnasium there.

Told with common nouns, a place is a kind of scene, whatever its name and language (`story_places.toml`). Two sentences
that share much set two kinds against each other when no version on either side speaks of the other's kind anywhere,
and neither kind may stand in the other. So they do with two floors or two sides of one building.

time: see `story_sentences`; only sentences with a scene are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from storydiff.diff.discrepancies import Edge
from storydiff.diff.rules.found import Conflict
from storydiff.diff.story_sentences import Sentence, Sentences, edges
from storydiff.model import DiscrepancyType, Version
from storydiff.text.lexicon import FUNCTION_WORDS
from storydiff.text.names_mentions import CAPITAL
from storydiff.text.quote_marks import marked
from storydiff.text.rack import Rack
from storydiff.text.sieve import Sieve
from storydiff.text.tables import beside

LEAST = 10.0
"""Weight that two sentences share. In eleven stories by other hands four pairs of scenes come so far, all true, and
the next (a town hall's lobby, a parish hall) has 6.9; in 55 real ones and the topics of ecbplus none does."""
MOST = 24
"""Pairs that are looked at closely, the most alike first."""
_TABLE = beside(__file__, "story_places")
_AT = (
    r"in|at|inside|outside|on|behind|beside|near|around|by|im|am|an|auf|vor|beim|bei|neben|hinter|à|au|dans|sur|devant|près|en"
    r"|ante|junto|frente|в|во|на|у|біля|возле|около|перед|при"
)
"""Before the place of what happens; not before where somebody goes, or comes from."""
_JOINT = rf"{_AT}|and|of|to|from|with|for|und|von|et|de|du|des|y|del|и|і|та"
_BEFORE = re.compile(rf"(?<!\w)(?:{_AT})\s(?:(?!(?:{_JOINT})\s)[\w’'-]+\s){{0,3}}(?:[ld]['’])?$", re.IGNORECASE)
_REACH_OF = 60
"""Characters before a noun in which its preposition stands."""
_KINDS: Mapping[str, str] = _TABLE["kinds"]
_WITHIN = {frozenset((outer, inner)) for outer, row in _TABLE["within"].items() for inner in (outer, *row.split())}
_SCENES = Rack((kind, Sieve(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for kind, words in _KINDS.items())
_ANYWHERE = {kind: Sieve(rf"(?<!\w)(?:{words})s?(?!\w)", re.IGNORECASE) for kind, words in _KINDS.items()}
_OWN_NAME = re.compile(rf"(?:\s{CAPITAL}[^\W\d_]+)+")
"""Behind a noun that begins small: l'hôtel Bellerive."""
_KIND_OF_THING = re.compile(r"\s([a-z]+)")
"""Behind an English noun: a town hall meeting is no place, unless the word only goes on."""
_GOES_ON = FUNCTION_WORDS["en"] | frozenset(["yesterday", "today", "late", "early", "last", "next", "near", "where"])
_FLOOR = "floor"
"""Which holds many things: the same must be on both."""
_PARTS = Rack((part, Sieve(rf"\b{words}\b", re.IGNORECASE)) for part, words in _TABLE["parts"].items())


@dataclass(frozen=True, slots=True)
class Scene:
    """A place in a sentence: its kind, or the part of a building and which of them it is."""

    kind: str
    which: str
    start: int
    end: int


def two_places(story: Sentences) -> Iterable[list[Edge]]:
    """The places against each other."""
    told = {sentence: kinds for sentence in story.every if (kinds := _kinds(sentence))}
    if len(frozenset().union(*told.values())) < 2:
        return
    near = ((a, b, rivals) for a, b, _ in story.near(tuple(told), LEAST) if (rivals := list(_rivals(a, b))))
    for a, b, rivals in islice(near, MOST):
        found = next((pair for pair in rivals if not _known(story, a, b, *pair)), None)
        if found:
            yield edges(a, b, _conflict(a, b, *found))


def _kinds(sentence: Sentence) -> frozenset[tuple[str, str]]:
    """Of which kinds its places are."""
    places = (*_scenes(sentence.text, sentence.language), *_parts(sentence.text))
    return frozenset((place.kind, place.which) for place in places)


def _rivals(a: Sentence, b: Sentence) -> Iterable[tuple[Scene, Scene]]:
    """Pairs of places in both of which one thing cannot be."""
    both = product(*(_scenes(each.text, each.language) for each in (a, b)))
    yield from ((x, y) for x, y in both if x.kind != y.kind and frozenset((x.kind, y.kind)) not in _WITHIN)
    if a.language == b.language:
        parts = ((x, y) for x, y in product(_parts(a.text), _parts(b.text)) if x.kind == y.kind and x.which != y.which)
        yield from ((x, y) for x, y in parts if x.kind != _FLOOR or _on_it(a, x) & _on_it(b, y))


def _on_it(sentence: Sentence, floor: Scene) -> frozenset[str]:
    """The concepts of the last word before a floor that says something: what is there."""
    before = (t for t in reversed(sentence.passage.content) if t.end <= floor.start)
    return next((t.concepts for t in before), frozenset())


def _known(story: Sentences, a: Sentence, b: Sentence, x: Scene, y: Scene) -> bool:
    """Whether anybody who tells one place speaks of the other."""
    speaks_of = _has_part if x.which else _speaks_of
    return speaks_of(story, b.versions, x) or speaks_of(story, a.versions, y)


@lru_cache(maxsize=4096)
def _scenes(text: str, language: str) -> tuple[Scene, ...]:
    """The places of a sentence outside its quotations: "the school sports hall" is a sports hall."""
    found: dict[int, Scene] = {}
    for kind, match in _SCENES.matches(text):
        near = max(0, match.start() - _REACH_OF)
        before = _BEFORE.search(text[near : match.start()])
        if before is None:
            continue
        at = near + before.start()
        name = _OWN_NAME.match(text, match.end()) if language != "en" else None
        if at not in found or found[at].end < match.end():
            found[at] = Scene(kind, "", text.index(" ", at) + 1, name.end() if name else match.end())
    marks = marked(text) if found else ()
    inside = {at for at in found if any(m.start <= at < m.end for m in marks)}
    kept = sorted(found.keys() - inside)
    return tuple(found[at] for at in kept if language != "en" or _is_one_place(text, found[at]))


def _is_one_place(text: str, scene: Scene) -> bool:
    """Whether it is "the school" or "Market Square", not a custom ("in school") nor the kind of a thing."""
    behind = _KIND_OF_THING.match(text, scene.end)
    return " " in text[scene.start : scene.end] and (behind is None or behind[1] in _GOES_ON)


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[Scene, ...]:
    """The floors and sides in a sentence."""
    found = (
        Scene(f"{part} {(match.groupdict().get('part') or '').lower()}".strip(), match["which"].lower(), *match.span())
        for part, match in _PARTS.matches(text)
    )
    return tuple(sorted(found, key=lambda scene: scene.start))


def _speaks_of(story: Sentences, versions: Iterable[str], scene: Scene) -> bool:
    return any(_ANYWHERE[scene.kind].search(text) for v in versions for text in _texts(story.versions[v]))


def _has_part(story: Sentences, versions: Iterable[str], scene: Scene) -> bool:
    told = (part for v in versions for text in _texts(story.versions[v]) for part in _parts(text))
    return any((part.kind, part.which) == (scene.kind, scene.which) for part in told)


def _texts(version: Version) -> Iterable[str]:
    return (version.headline or "", version.standfirst or "", *(paragraph.text for _, paragraph in version.body))


def _conflict(a: Sentence, b: Sentence, x: Scene, y: Scene) -> Conflict:
    return Conflict(
        type=DiscrepancyType.PLACE,
        a=(x.start, x.end),
        b=(y.start, y.end),
        a_value=a.text[x.start : x.end],
        b_value=b.text[y.start : y.end],
    )
