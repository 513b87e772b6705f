"""Watched sources: which other outlets' feeds, sitemaps and home pages are read, and how that goes."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from storydiff.errors import AddressRefused, SourceKnown, TooManySources
from storydiff.pipeline.addresses import Found, addresses
from storydiff.pipeline.suggesting import watch_source
from storydiff.report import safe
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import NotThere
from storydiff.store import Source
from storydiff.web.call import Call
from storydiff.web.showing import redirected, shown

PATH = "/newsroom/sources"
MOST = 2000
"""Sources that are shown; a newsroom may have 100 as the settings stand."""


def overview(call: Call) -> Answer:
    """The page."""
    return _page(call)


def add(call: Call) -> Answer:
    """Watch the addresses that were pasted. What is watched already stays; where one is wrong, none is added."""
    found = addresses(call.desk.settings, call.form.text("addresses"))
    troubles = [each for each in found if each.trouble] or ([] if found else [Found(0, trouble="There is no address.")])
    if troubles:
        return _page(call, troubles)
    added = 0
    for each in found:
        try:
            watch_source(call.desk, each.url, adds=call.form.text("adds") == "1")
        except SourceKnown:
            continue
        except (AddressRefused, TooManySources) as error:
            return _page(call, [Found(each.line, trouble=error.message)], added)
        added += 1
    return redirected(f"{PATH}?added={added}")


def act(call: Call) -> Answer:
    """Pause, resume or delete a source, or change whether it adds."""
    source, store, now = _found(call), call.desk.store.sources, call.desk.clock()
    match call.form.text("act"):
        case "pause":
            store.pause(source.id, "paused by the newsroom")
        case "resume":
            store.resume(source.id, now=now)
        case "delete":
            store.delete(source.id, now=now)
        case "add" | "suggest" as wish:
            store.change(source.id, adds=wish == "add")
        case _:
            raise NotThere
    return redirected(PATH)


def _found(call: Call) -> Source:
    found = call.desk.store.sources.get(call.path["source"])
    if found is None:
        raise NotThere
    return found


def _page(call: Call, troubles: Sequence[Found] = (), added: int = 0) -> Answer:
    lines = call.form.text("addresses").splitlines() if troubles else []
    return shown(
        call,
        "sources.html.j2",
        status=422 if troubles else 200,
        sources=call.desk.store.sources.list(limit=MOST),
        most=call.desk.settings.sources,
        troubles=troubles,
        added=added or call.query.number("added"),
        given=Markup("\n").join(safe.shown(line) for line in lines),  # each escaped, on a line of its own
    )
