"""Signing in with an API key, or with a link by mail that is used up by it; and signing out, here or everywhere."""

from __future__ import annotations

from datetime import timedelta

from storydiff.digest import address
from storydiff.errors import BadAddress
from storydiff.pipeline.signing_in import send_link, takes_mail
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import NotThere
from storydiff.serving.service import Service
from storydiff.store import Grant, Pass, PassKind
from storydiff.store.passes import LIVES
from storydiff.web.call import Call
from storydiff.web.session import cookie_name, is_secure
from storydiff.web.showing import local, redirected, shown

TEMPLATE = "sign_in.html.j2"


def ask(call: Call) -> Answer:
    """The page that asks who is there; with a token, the page that signs in with it.

    Opening a link does not use it up: programs that look through mail open links too.
    """
    if call.visitor is not None and not call.query.text("token"):
        return redirected(local(call.query.text("next")))
    return _asked(call, token=call.query.text("token"))


def with_key(call: Call) -> Answer:
    """Sign in with the secret of an API key; the session may do what the key may, and ends with it."""
    key = call.desk.store.keys.find(call.form.text("key"), now=call.desk.clock())
    if key is None:
        return _asked(
            call, status=401, trouble="This key is not known here. `storydiff key list` shows which there are."
        )
    grant = Grant(scope=max(key.scopes, key=("read", "write", "admin").index), key=key.id)
    return _begun(call, key.newsroom, grant)


def with_link(call: Call) -> Answer:
    """Sign in with a link that was sent or printed."""
    now = call.desk.clock()
    link = call.desk.store.passes.use_up(PassKind.LINK, call.form.text("token"), now=now)
    if link is None:
        return _asked(call, status=410, trouble="This link has been used, or is too old. Ask for another.")
    return _begun(call, link.newsroom, Grant(scope=link.grant.scope, address=link.grant.address, key=link.grant.key))


def by_mail(call: Call) -> Answer:
    """Mail a link to the address, if it may sign in. What is answered, and when, is the same for every address."""
    if not takes_mail(call.desk.settings):
        raise NotThere
    try:
        to = address.checked(call.form.text("address"))
    except BadAddress as error:
        return _asked(call, status=422, trouble=error.message)
    desk, goal = call.desk, local(call.form.text("next"))
    call.later(lambda: send_link(desk, to, goal))
    return redirected("/sign-in/sent")


def sent(call: Call) -> Answer:
    """What is said after that, whoever asked."""
    return shown(call, "sent.html.j2")


def me(call: Call) -> Answer:
    """Who the visitor is here, and where else they are signed in."""
    return shown(call, "me.html.j2", sessions=_sessions(call))


def leave(call: Call) -> Answer:
    """End the session; with `everywhere`, all of the same person or key."""
    if call.visitor is not None:
        call.desk.store.passes.end(call.visitor.name)
        for each in _sessions(call) if call.form.text("everywhere") else ():
            call.desk.store.passes.end(each.name)
    return redirected("/sign-in", headers=_cookie(call.service, "", timedelta(0)))


def _begun(call: Call, newsroom: str, grant: Grant) -> Answer:
    passes = call.service.desk(newsroom).store.passes
    _, secret = passes.create(PassKind.SESSION, grant, now=call.desk.clock())
    cookie = _cookie(call.service, secret, LIVES[PassKind.SESSION])
    return redirected(local(call.form.text("next")), headers=cookie)


def _cookie(service: Service, secret: str, lives: timedelta) -> dict[str, str]:
    parts = [
        f"{cookie_name(service)}={secret}",
        "Path=/",
        "HttpOnly",
        "SameSite=Lax",
        f"Max-Age={int(lives.total_seconds())}",
    ]
    return {"Set-Cookie": "; ".join([*parts, "Secure"] if is_secure(service) else parts)}


def _asked(call: Call, *, status: int = 200, trouble: str = "", token: str = "") -> Answer:
    goal = local(call.form.text("next") or call.query.text("next"))
    by_mail = takes_mail(call.desk.settings)
    return shown(call, TEMPLATE, status=status, trouble=trouble, token=token, goal=goal, by_mail=by_mail)


def _sessions(call: Call) -> tuple[Pass, ...]:
    """The sessions of the same person, else of the same key; one that came by a printed link stands alone."""
    if call.visitor is None:
        return ()
    own = call.visitor.grant
    found = call.desk.store.passes.list(PassKind.SESSION, now=call.desk.clock())
    if own.address is None and own.key is None:
        return tuple(each for each in found if each.name == call.visitor.name)
    return tuple(each for each in found if (each.grant.address, each.grant.key) == (own.address, own.key))
