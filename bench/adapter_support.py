"""The functions of eval/score.py that ask for support, each a few lines over the public API."""

from collections.abc import Iterable

from storydiff.align.shared import shared_detail
from storydiff.align.support import Ground

__all__ = ["coverage", "links", "shared_detail"]

_prepared: dict[int, tuple[dict[str, list[str]], Ground]] = {}


def _ground(story: dict[str, list[str]]) -> Ground:
    """The ground of a story, prepared once however often it is asked about."""
    kept = _prepared.get(id(story))
    if kept is None or kept[0] is not story:
        _prepared.clear()
        kept = _prepared[id(story)] = (story, Ground.of(story))
    return kept[1]


def coverage(claim: str, version: list[str], story: dict[str, list[str]]) -> tuple[str, float, int | None]:
    """Does `version`, one of the story's, report `claim`?"""
    name = next(name for name, sentences in story.items() if sentences is version or sentences == version)
    found = _ground(story).support(claim, name)
    return found.status, found.score, found.sentences[0] if found.sentences else None


def links(story: dict[str, list[str]]) -> Iterable[tuple[str, int, str, int, float, bool]]:
    """Scored sentence pairs between versions."""
    return ((x.a, x.i, x.b, x.j, x.score, x.linked) for x in Ground.of(story).links())
