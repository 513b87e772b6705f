"""The aiohttp application of the web pages: the table of pages, their assets, and the machines' routes."""

from __future__ import annotations

from aiohttp import web

from storydiff.serving.health import Health
from storydiff.serving.refusals import NotThere
from storydiff.serving.service import Service
from storydiff.serving.surroundings import surround, surrounded
from storydiff.web.beside import Beside
from storydiff.web.dispatch import Dispatch
from storydiff.web.failing import Failures
from storydiff.web.pages import PAGES, STREAMS
from storydiff.web.showing import asset, asset_path
from storydiff.web.streaming import Streaming

TYPES = {"css": "text/css", "js": "text/javascript"}
FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}


def make_app(service: Service) -> web.Application:
    """The application of one process. It holds nothing that outlives a request but what `service` holds."""
    beside = Beside(service.settings)
    app = web.Application(client_max_size=service.settings.api_max_body, middlewares=[surrounded(Failures())])
    for page in PAGES:
        methods = ("GET", "HEAD") if page.method == "GET" else (page.method,)
        for method in methods:
            app.router.add_route(method, page.path, Dispatch(service, page, beside).__call__)
    app.router.add_get("/assets/{hash}/{name}", _asset)
    for each in STREAMS:
        app.router.add_get(each.path, Streaming(service, each).__call__)
    Health(service).add_to(app.router)
    surround(app, service)
    app.cleanup_ctx.append(beside.opened)
    return app


async def _asset(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    try:
        if asset_path(name) != request.path:
            raise NotThere
    except KeyError:
        raise NotThere from None
    media = TYPES[name.rpartition(".")[2]]
    return web.Response(body=asset(name), content_type=media, charset="utf-8", headers=FOR_GOOD)
