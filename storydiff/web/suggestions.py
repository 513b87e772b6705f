"""Suggestions: articles that watched sources announce and that may be of a story; people add or dismiss them."""

from __future__ import annotations

from dataclasses import dataclass

from storydiff.pipeline import suggesting
from storydiff.pipeline.desk import Desk
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import Conflict, NotThere
from storydiff.store import MatchState, Suggestion
from storydiff.web.call import Call
from storydiff.web.showing import redirected, to

SHOWN = 20
"""Suggestions, and articles that were added without asking, that a story's page names."""


@dataclass(frozen=True, slots=True)
class Found:
    """What watched sources have for a story."""

    waiting: tuple[Suggestion, ...]
    added: tuple[Suggestion, ...]


def found(desk: Desk, slug: str) -> Found:
    """What waits for a decision, the most alike first, and what was added without asking, the newest first."""
    waiting = desk.store.matches.list(slug, limit=SHOWN)
    added = desk.store.matches.list(slug, state=MatchState.ADDED, limit=SHOWN)
    return Found(tuple(sorted(waiting, key=lambda each: -each.likeness)), added)


def decide(call: Call) -> Answer:
    """Add what was suggested to the story, or never suggest it again; what is decided already stays."""
    desk, slug, name = call.desk, call.path["slug"], call.path["suggestion"]
    desk.store.stories.get(slug)
    if desk.store.matches.get(slug, name) is None:
        raise NotThere
    match call.form.text("what"):
        case "accept":
            if desk.store.schedule.archived(slug):
                raise Conflict("The story is archived.", hint="Take it up again first.")
            suggesting.accept(desk, slug, name)
        case "dismiss":
            suggesting.dismiss(desk, slug, name)
        case _:
            raise NotThere
    return redirected(f"{to('stories', slug)}#suggestions")
