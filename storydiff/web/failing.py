"""What people see when a page cannot be shown: what is wrong, what to do, and the number to name when asking us."""

from __future__ import annotations

import http

from aiohttp import web

from storydiff.errors import StorydiffError
from storydiff.serving.answer import HTML
from storydiff.serving.refusals import NotAuthenticated, RequestError, status_of, told
from storydiff.web.showing import HEADERS, local, rendered, to


class Failures:
    """How the web pages word what went wrong."""

    def refused(self, request: web.Request, error: StorydiffError, request_id: str) -> web.Response:
        """A page for an error of ours; who only has to sign in is led there."""
        if isinstance(error, NotAuthenticated) and request.method in ("GET", "HEAD"):
            return web.Response(status=303, headers={**HEADERS, "Location": f"{to('sign-in')}?next={_here(request)}"})
        said, status = told(error), status_of(error)
        # Hints of the use cases name commands, and who reads this page has none; it leads to the stories by itself.
        hint = "" if status == 404 and not isinstance(error, RequestError) else said.hint
        headers = dict(error.headers) if isinstance(error, RequestError) else {}
        headers.pop("WWW-Authenticate", None)
        return _page(status, said.message, hint, request_id, headers)

    def unserved(self, request: web.Request, error: web.HTTPException, request_id: str) -> web.Response:
        """A page for what aiohttp itself refuses."""
        allow = error.headers.get("Allow")
        return _page(
            error.status, f"{http.HTTPStatus(error.status).phrase}.", "", request_id, {"Allow": allow} if allow else {}
        )

    def broken(self, request: web.Request, request_id: str) -> web.Response:
        """A page for a mistake of our own."""
        return _page(500, "storydiff made a mistake; its log says more.", "Try again in a while.", request_id, {})


def _here(request: web.Request) -> str:
    return to(local(request.path_qs))[1:]


def _page(status: int, message: str, hint: str, request_id: str, headers: dict[str, str]) -> web.Response:
    title = http.HTTPStatus(status).phrase
    text = rendered("problem.html.j2", call=None, title=title, message=message, hint=hint, request_id=request_id)
    return web.Response(
        text=text, status=status, content_type=HTML, headers={**HEADERS, "Cache-Control": "no-store", **headers}
    )
