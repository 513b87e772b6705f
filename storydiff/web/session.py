"""Who is there: the cookie, the pass behind it, and the token that forms carry.

The cookie holds the secret of a pass and nothing else, so that a session can be ended on the server. Forms carry a
token that is derived from it: another site can neither read it nor guess it. Where browsers say from which site a form
was sent (Sec-Fetch-Site, Origin), others are refused before anything is looked up.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from aiohttp import web

from storydiff.pipeline.signing_in import is_let_in
from storydiff.serving.refusals import RequestError
from storydiff.serving.service import Service
from storydiff.store import Pass, PassKind

PLAIN, HOST_ONLY = "storydiff", "__Host-storydiff"
"""Names of the cookie: over https the browser itself sees to it that no other host has set it."""
FIELD = "csrf"
FROM_HERE = frozenset({"same-origin", "none"})


class ForeignForm(RequestError):
    """This form was not sent from a page of this site, or the page is of an earlier session.

    Open the page again and send the form from there.
    """

    status = 403


def cookie_name(service: Service) -> str:
    """What the cookie is called here."""
    return HOST_ONLY if is_secure(service) else PLAIN


def is_secure(service: Service) -> bool:
    """Whether people reach the pages over https."""
    return service.settings.web_url.startswith("https://")


def secret_of(request: web.Request, service: Service) -> str:
    """The secret that the browser holds, or nothing."""
    return request.cookies.get(cookie_name(service), "")


def visitor_of(service: Service, secret: str) -> Pass | None:
    """The session that the secret opens."""
    if not secret:
        return None
    found = service.desk("").store.passes.find(PassKind.SESSION, secret, now=service.clock())
    return found if found is not None and is_let_in(service.settings, found) else None


def token_of(secret: str) -> str:
    """What forms of that session carry."""
    return hmac.digest(secret.encode("utf8", "replace"), b"storydiff form", "sha256").hex() if secret else ""


def check(headers: Mapping[str, str], given: str, secret: str) -> None:
    """ForeignForm unless the form comes from a page of ours, of this session."""
    site, origin = headers.get("Sec-Fetch-Site"), headers.get("Origin")
    if site is not None and site not in FROM_HERE:
        raise ForeignForm
    if site is None and origin is not None and urlsplit(origin).netloc != headers.get("Host"):
        raise ForeignForm
    if not hmac.compare_digest(given.encode("utf8", "replace"), token_of(secret).encode()):
        raise ForeignForm
