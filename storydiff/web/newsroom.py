"""The newsroom: whose desk reads, whom to tell, and what keeps storydiff from doing its work for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storydiff.digest.address import checked
from storydiff.digest.notices import HEADS, named
from storydiff.errors import BadAddress
from storydiff.pipeline.desk import Desk
from storydiff.serving.answer import Answer
from storydiff.store import Newsroom
from storydiff.web.call import Call
from storydiff.web.showing import redirected, shown

LONGEST = 200
"""Characters of a title or an outlet's name."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One open alert."""

    what: str
    kind: str
    message: str
    since: datetime
    seen: datetime


def troubles(desk: Desk) -> tuple[Trouble, ...]:
    """The newsroom's open alerts, longest first; of an endpoint its name, never its address, which is a secret."""
    alerts = desk.store.alerts.list()
    endpoints = {each.id: each for each in desk.store.endpoints.list()} if alerts else {}
    return tuple(
        Trouble(named(each, endpoints.get(each.subject)), HEADS[each.kind], each.message, each.since, each.seen)
        for each in alerts
    )


def show(call: Call) -> Answer:
    """The page."""
    return _page(call, _own(call.desk))


def change(call: Call) -> Answer:
    """Keep what the form says; a wrong address is said and nothing is kept."""
    title, ours, contact = (call.form.text(name)[:LONGEST] for name in ("title", "ours", "contact"))
    wanted = Newsroom(name=call.desk.store.newsroom, title=title, ours=ours or None, contact=contact or None)
    try:
        contact = checked(contact) if contact else ""
    except BadAddress as error:
        return _page(call, wanted, trouble=error.message, status=422)
    store = call.desk.store.newsrooms
    store.create(wanted.name, now=call.desk.clock())
    store.change(wanted.name, title=title, ours=ours, contact=contact)
    return redirected("/newsroom?kept=1")


def _page(call: Call, newsroom: Newsroom, *, trouble: str = "", status: int = 200) -> Answer:
    return shown(
        call,
        "newsroom.html.j2",
        status=status,
        newsroom=newsroom,
        troubles=troubles(call.desk),
        trouble=trouble,
        kept=bool(call.query.text("kept")),
    )


def _own(desk: Desk) -> Newsroom:
    name = desk.store.newsroom
    return desk.store.newsrooms.get(name) or Newsroom(name=name)
