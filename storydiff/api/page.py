"""The interactive page at /docs: every operation with its description, and a form to try it. All of it is shipped."""

from __future__ import annotations

from importlib import resources

from aiohttp import web

TYPES = {"docs.html": "text/html", "docs.js": "text/javascript", "docs.css": "text/css"}
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


async def docs(_: web.Request) -> web.Response:
    """The page."""
    return _file("docs.html")


async def asset(request: web.Request) -> web.Response:
    """Its script or its style."""
    return _file(request.path.rpartition("/")[2])


def _file(name: str) -> web.Response:
    content = resources.files("storydiff.api").joinpath("static", name).read_bytes()
    return web.Response(body=content, content_type=TYPES[name], charset="utf-8", headers=HEADERS)
