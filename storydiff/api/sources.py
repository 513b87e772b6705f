"""Watched sources: other outlets' feeds, sitemaps and home pages; and what they announce that is like a story."""

from __future__ import annotations

from storydiff.api.call import Call
from storydiff.api.stories import accepted
from storydiff.api.values import Values, time
from storydiff.pipeline import suggesting
from storydiff.serving import cursors
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import Conflict, NotThere
from storydiff.store import Source, SourceState, Suggestion

PAUSED = "paused by the newsroom"


def list_sources(call: Call) -> Answer:
    """The sources that the newsroom watches."""
    limit, before = call.query.limit, cursors.read(call.query.cursor, str)
    rows, last = cursors.page(call.desk.store.sources.list(before=before, limit=limit + 1), limit)
    following = cursors.written(last.id) if last else None
    return Answer(value={"sources": [_source(each) for each in rows], "next": following})


def create_source(call: Call) -> Answer:
    """Have a feed, a news sitemap or a home page of another outlet read from now on."""
    sent = call.body
    made = suggesting.watch_source(call.desk, sent.url, name=sent.name, adds=sent.adds)
    return Answer(value=_source(made), status=201, headers={"Location": f"/v1/sources/{made.id}"})


def read_source(call: Call) -> Answer:
    """One source, and how reading it goes."""
    return Answer(value=_source(_found(call)))


def change_source(call: Call) -> Answer:
    """Give a source another name, or have what is surely of a story added or only suggested."""
    call.desk.store.sources.change(_found(call).id, name=call.body.name, adds=call.body.adds)
    return Answer(value=_source(_found(call)))


def delete_source(call: Call) -> Answer:
    """Watch a source no more; articles that came of it stay."""
    if not call.desk.store.sources.delete(call.path["source"], now=call.desk.clock()):
        raise NotThere
    return Answer(status=204)


def pause_source(call: Call) -> Answer:
    """Read a source no more until it is resumed."""
    call.desk.store.sources.pause(_found(call).id, PAUSED)
    return Answer(value=_source(_found(call)))


def resume_source(call: Call) -> Answer:
    """Read a source again, at once."""
    call.desk.store.sources.resume(_found(call).id, now=call.desk.clock())
    return Answer(value=_source(_found(call)))


def list_suggestions(call: Call) -> Answer:
    """What sources announce that is like a story: to accept or dismiss."""
    slug, asked = call.path["slug"], call.query
    call.desk.store.stories.get(slug)
    before = cursors.read(asked.cursor, str)
    found = call.desk.store.matches.list(slug, state=asked.state, before=before, limit=asked.limit + 1)
    rows, last = cursors.page(found, asked.limit)
    following = cursors.written(last.id) if last else None
    return Answer(value={"suggestions": [_suggestion(each) for each in rows], "next": following})


def accept_suggestion(call: Call) -> Answer:
    """Add a suggested article to its story, as if it had been posted."""
    slug, suggestion = call.path["slug"], call.path["suggestion"]
    call.desk.store.stories.get(slug)
    if call.desk.store.schedule.archived(slug):
        raise Conflict("The story is archived.", hint="Take it up again first.")
    taken = suggesting.accept(call.desk, slug, suggestion)
    if taken is None:
        raise _undecidable(call)
    return accepted(taken.job)


def dismiss_suggestion(call: Call) -> Answer:
    """Never suggest an article for this story again."""
    found = suggesting.dismiss(call.desk, call.path["slug"], call.path["suggestion"])
    if found is None:
        raise _undecidable(call)
    return Answer(value=_suggestion(found))


def _undecidable(call: Call) -> NotThere | Conflict:
    found = call.desk.store.matches.get(call.path["slug"], call.path["suggestion"])
    return Conflict(f"It is {found.state} already.") if found else NotThere()


def _found(call: Call) -> Source:
    found = call.desk.store.sources.get(call.path["source"])
    if found is None:
        raise NotThere
    return found


def _source(each: Source) -> Values:
    moments = ("created", "polled", "reached", "changed", "failing_since")
    problem = {"code": each.error_code, "message": each.error or ""} if each.error_code else None
    return {
        "id": each.id,
        "url": each.url,
        "name": each.name,
        "adds": each.adds,
        "state": each.state.value,
        "reason": each.reason,
        "due": time(each.next_poll) if each.state is SourceState.ACTIVE else None,
        "entries": each.entries,
        "failures": each.failures,
        "problem": problem,
        **{name: time(getattr(each, name)) for name in moments},
    }


def _suggestion(each: Suggestion) -> Values:
    words = {name: getattr(each, name) for name in ("url", "outlet", "title", "summary", "source")}
    times = {name: time(getattr(each, name)) for name in ("published", "found", "decided")}
    return {"id": each.id, "state": each.state.value, "likeness": round(each.likeness, 3), **words, **times}
