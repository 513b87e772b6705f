"""Signing in with an API key, or with a link that is used up by it; and signing out."""

from __future__ import annotations

from datetime import timedelta

from storydiff.serving.answer import Answer
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


def leave(call: Call) -> Answer:
    """End the session."""
    if call.visitor is not None:
        call.desk.store.passes.end(call.visitor.name)
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
    return shown(call, TEMPLATE, status=status, trouble=trouble, token=token, goal=goal)


def who(visitor: Pass) -> str:
    """The visitor in words."""
    return visitor.grant.address or "API key"
