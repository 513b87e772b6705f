"""The aiohttp application of the API: the routes of the table, and the machines' routes."""

from __future__ import annotations

from aiohttp import web

from storydiff.api import page
from storydiff.api.dispatch import Dispatch
from storydiff.api.openapi import describe
from storydiff.api.problems import Problems
from storydiff.api.routes import ROUTES
from storydiff.api.stream import JobStream
from storydiff.serving.answer import JSON
from storydiff.serving.health import Health
from storydiff.serving.responding import Sendable, encoded, respond
from storydiff.serving.service import Service
from storydiff.serving.surroundings import surround, surrounded


def make_app(service: Service) -> web.Application:
    """The application of one process. It holds nothing that outlives a request but what `service` holds."""
    app = web.Application(client_max_size=service.settings.api_max_body, middlewares=[surrounded(Problems())])
    described = Sendable(encoded(describe(ROUTES)), JSON, 200, {})

    async def openapi(request: web.Request) -> web.Response:
        return await respond(request, described)

    for route in ROUTES:
        methods = ("GET", "HEAD") if route.method == "GET" else (route.method,)
        for method in methods:
            app.router.add_route(method, route.path, Dispatch(service, route).__call__)
    app.router.add_get("/v1/jobs/{job}/events", JobStream(service).__call__)
    app.router.add_get("/v1/openapi.json", openapi)
    app.router.add_get("/docs", page.docs)
    app.router.add_get("/docs.js", page.asset)
    app.router.add_get("/docs.css", page.asset)
    Health(service).add_to(app.router)
    surround(app, service)
    return app
