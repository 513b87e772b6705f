"""What the links in mails open, without signing in: confirm, change, leave. The token says who it is, and for what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from storydiff.digest.describe import described
from storydiff.digest.tokens import Purpose
from storydiff.errors import BadToken
from storydiff.pipeline import digests
from storydiff.pipeline.subscribing import READER, subscription_of
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import NotThere
from storydiff.store import Subscription
from storydiff.web.call import Call, Handler
from storydiff.web.showing import shown
from storydiff.web.subscriptions import form_of
from storydiff.web.wishes import Wished, wished

QUIET = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
"""The address of these pages is a secret of its reader."""
TokenHandler = Callable[[Call, Subscription], Answer]


def _for(purpose: Purpose) -> Callable[[TokenHandler], Handler]:
    """Gives a handler the subscription of the token, and the desk of its newsroom; a token that is none has a page."""

    def wrapped(handler: TokenHandler) -> Handler:
        @wraps(handler)
        def handle(call: Call) -> Answer:
            try:
                found = subscription_of(call.desk, purpose, _token(call))
            except BadToken:
                return shown(call, "by_token.html.j2", status=410, headers=QUIET, kind="gone", purpose=purpose)
            return handler(replace(call, desk=call.service.desk(found.newsroom)), found)

        return handle

    return wrapped


@_for(Purpose.CONFIRM)
def confirm(call: Call, found: Subscription) -> Answer:
    """What is to be confirmed, with a button: programs that look through mail open links too."""
    return _page(call, found, "confirm")


@_for(Purpose.CONFIRM)
def confirmed(call: Call, found: Subscription) -> Answer:
    """Confirm it. Twice is no mistake; what has ended stays ended."""
    return _page(call, call.desk.store.subscriptions.confirm(found.id, now=call.desk.clock()), "confirmed")


@_for(Purpose.UNSUBSCRIBE)
def unsubscribe(call: Call, found: Subscription) -> Answer:
    """What is to be ended, with a button."""
    return _page(call, found, "unsubscribe")


@_for(Purpose.UNSUBSCRIBE)
def unsubscribed(call: Call, found: Subscription) -> Answer:
    """End it at once, whoever sends the form: the token is all that it takes (RFC 8058). Twice is no mistake."""
    return _page(call, call.desk.store.subscriptions.end(found.id, now=call.desk.clock()), "unsubscribed")


@_for(Purpose.SETTINGS)
def settings(call: Call, found: Subscription) -> Answer:
    """The form of the subscription."""
    return _settings(call, found, Wished(wants=found.wants, timing=found.timing))


@_for(Purpose.SETTINGS)
def change(call: Call, found: Subscription) -> Answer:
    """Keep what the form says; or pause its mail, take it up again, end it."""
    store, what = call.desk.store.subscriptions, call.form.text("what")
    if what == "end":
        return _page(call, store.end(found.id, now=call.desk.clock()), "unsubscribed")
    if what == "pause":
        store.pause(found.address, READER, now=call.desk.clock())
        return _page(call, store.get(found.id), "paused")
    if what == "resume":
        store.resume(found.address)
        return _page(call, store.get(found.id), "changed")
    if what:
        raise NotThere
    given = wished(call.form)
    if given.troubles:
        return _settings(call, found, given)
    return _page(call, digests.change(call.desk, found.id, given.wants, given.timing), "changed")


def _settings(call: Call, found: Subscription, given: Wished) -> Answer:
    return form_of(call, found, given, action="/digest/settings", token=_token(call))


def _page(call: Call, found: Subscription, kind: str) -> Answer:
    return shown(
        call,
        "by_token.html.j2",
        headers=QUIET,
        kind=kind,
        subscription=found,
        described=described(found),
        token=_token(call),
    )


def _token(call: Call) -> str:
    return call.form.text("token") or call.query.text("token")
