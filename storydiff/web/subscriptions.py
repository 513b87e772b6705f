"""Digests of somebody who is signed in: their own, or with an admin key those of the whole newsroom."""

from __future__ import annotations

from storydiff.digest.describe import described
from storydiff.digest.html import to_html
from storydiff.digest.phrases import local
from storydiff.digest.schedule import next_slot
from storydiff.errors import BadAddress, UnknownSubscription
from storydiff.pipeline import digests
from storydiff.pipeline.subscribing import READER, enter, lacking
from storydiff.serving.answer import HTML, Answer
from storydiff.serving.refusals import NotThere
from storydiff.store import Subscription, Timing, Wants
from storydiff.web.call import Call
from storydiff.web.showing import HEADERS, POLICY, redirected, shown, to
from storydiff.web.wishes import Wished, fields, wished

STORIES = 30
"""Stories that the form offers, the newest."""
MAIL = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
    "Referrer-Policy": "no-referrer",
}
"""Of a mail as its reader's program would show it: its styles are in its elements, and it may do nothing."""
FRAMING = {**HEADERS, "Content-Security-Policy": f"{POLICY}; frame-src 'self'"}


def overview(call: Call) -> Answer:
    """The subscriptions, and what can be done with each."""
    found = _own(call)
    return shown(
        call,
        "subscriptions.html.j2",
        rows=[(each, described(each), _when(call, each)) for each in found],
        sees_all=_sees_all(call),
        address=_address(call),
        lacking=lacking(call.desk.settings),
        saved=call.query.text("saved"),
    )


def new(call: Call) -> Answer:
    """The form for a new one."""
    newsroom = call.desk.store.newsrooms.get(call.desk.store.newsroom)
    wants = Wants(ours=newsroom.ours if newsroom else None)
    return _form(call, None, Wished(wants=wants, timing=Timing()))


def subscribe(call: Call) -> Answer:
    """Keep a new one. Whoever signed in by mail is not asked for confirmation; others are, by mail."""
    given, own = wished(call.form), _address(call)
    to_whom = call.form.text("address") if _sees_all(call) else own
    if not given.troubles:
        try:
            made = enter(call.desk, to_whom, given.wants, given.timing, is_proven=to_whom == own and bool(own))
        except BadAddress as error:
            given = Wished(wants=given.wants, timing=given.timing, troubles=(error.message,))
    if given.troubles:
        return _form(call, None, given)
    _ask(call, made)
    return redirected(f"/digest?saved={made.id}")


def edit(call: Call) -> Answer:
    """The form of one that there is."""
    found = _mine(call)
    return _form(call, found, Wished(wants=found.wants, timing=found.timing))


def save(call: Call) -> Answer:
    """Keep it as the form says."""
    found, given = _mine(call), wished(call.form)
    if given.troubles:
        return _form(call, found, given)
    digests.change(call.desk, found.id, given.wants, given.timing)
    return redirected(f"/digest?saved={found.id}")


def act(call: Call) -> Answer:
    """End it, pause or resume the mail of its address, or ask the address again."""
    found, store, now = _mine(call), call.desk.store.subscriptions, call.desk.clock()
    what = call.form.text("what")
    if what == "end":
        store.end(found.id, now=now)
    elif what == "pause":
        store.pause(found.address, READER, now=now)
    elif what == "resume":
        store.resume(found.address)
    elif what == "ask":
        _ask(call, found)
    else:
        raise NotThere
    return redirected("/digest")


def preview(call: Call) -> Answer:
    """The mail that would come now, within the page."""
    found = _mine(call)
    return shown(call, "preview.html.j2", headers=FRAMING, subscription=found, described=described(found))


def mail(call: Call) -> Answer:
    """The same alone, as a mail program shows it."""
    letter = digests.preview(call.desk, _mine(call))
    return Answer(content=to_html(letter).encode(), media=HTML, headers={**HEADERS, **MAIL})


def _form(call: Call, subscription: Subscription | None, given: Wished) -> Answer:
    return form_of(
        call,
        subscription,
        given,
        action=to("digest", subscription.id) if subscription else "/digest/new",
        asks_address=subscription is None and _sees_all(call),
    )


def form_of(
    call: Call,
    subscription: Subscription | None,
    given: Wished,
    *,
    action: str,
    asks_address: bool = False,
    **more: str,
) -> Answer:
    """The form as a page; `action` is where it is sent."""
    stories = call.desk.store.browse.stories(limit=STORIES, archived=False)
    return shown(
        call,
        "subscription.html.j2",
        status=422 if given.troubles else 200,
        headers={"Referrer-Policy": "no-referrer"},
        subscription=subscription,
        action=action,
        asks_address=asks_address,
        address=call.form.text("address") or (subscription.address if subscription else _address(call)),
        given=fields(given.wants, given.timing),
        troubles=given.troubles,
        stories=[each.counts.story for each in stories],
        outlets=call.desk.store.browse.outlets(limit=200),
        token=more.get("token", ""),
        is_new=subscription is None and not call.form.values,
    )


def _ask(call: Call, found: Subscription) -> None:
    desk = call.desk
    if not lacking(desk.settings):
        call.later(lambda: digests.ask(desk, found.id))


def _own(call: Call) -> tuple[Subscription, ...]:
    if _sees_all(call):
        return call.desk.store.subscriptions.list()
    return call.desk.store.subscriptions.list(_address(call)) if _address(call) else ()


def _mine(call: Call) -> Subscription:
    """The subscription that is named, if it is the visitor's to change; NotThere."""
    try:
        found = call.desk.store.subscriptions.get(call.path["subscription"])
    except UnknownSubscription:
        raise NotThere from None
    if not _sees_all(call) and found.address != _address(call):
        raise NotThere
    return found


def _sees_all(call: Call) -> bool:
    return call.visitor is not None and call.visitor.allows("admin")


def _address(call: Call) -> str:
    return (call.visitor and call.visitor.grant.address) or ""


def _when(call: Call, each: Subscription) -> str:
    zone, now = each.timing.zone, call.desk.clock()
    sent = f"Sent {local(each.sent, zone)}" if each.sent else "Never sent"
    return f"{sent}; the next {local(next_slot(each.timing, now), zone)} at the earliest."
