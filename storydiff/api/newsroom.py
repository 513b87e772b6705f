"""The newsroom of the key: what it is called, whose desk it is, whom to tell; and its alerts."""

from __future__ import annotations

from storydiff.api.call import Call
from storydiff.api.endpoints import contact
from storydiff.api.values import Values, time
from storydiff.serving.answer import Answer
from storydiff.store import Newsroom


def read_newsroom(call: Call) -> Answer:
    """The newsroom of the key."""
    return Answer(value=_newsroom(call.desk.store.newsrooms.get(call.newsroom) or Newsroom(name=call.newsroom)))


def change_newsroom(call: Call) -> Answer:
    """Give the newsroom another title, outlet of its own, or contact."""
    sent, store = call.body, call.desk.store.newsrooms
    to = sent.contact if sent.contact is None else contact(sent.contact) or ""
    known = store.create(call.newsroom, now=call.desk.clock())
    return Answer(value=_newsroom(store.change(call.newsroom, title=sent.title, ours=sent.ours, contact=to) or known))


def list_alerts(call: Call) -> Answer:
    """What keeps storydiff from doing its work: outlets that cannot be read, endpoints that were paused."""
    found = call.desk.store.alerts.list(resolved=call.query.resolved)
    return Answer(
        value={
            "alerts": [
                {
                    "kind": each.kind,
                    "subject": each.subject,
                    "message": each.message,
                    "since": time(each.since),
                    "seen": time(each.seen),
                    "resolved": time(each.resolved),
                }
                for each in found
            ]
        }
    )


def _newsroom(each: Newsroom) -> Values:
    return {"name": each.name, "title": each.title, "ours": each.ours, "contact": each.contact}
