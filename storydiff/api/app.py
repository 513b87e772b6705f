"""The aiohttp application: the routes of the table, the machines' routes, and what surrounds every request."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from storydiff.api import metrics, page
from storydiff.api.call import JSON
from storydiff.api.dispatch import Dispatch
from storydiff.api.health import Health
from storydiff.api.logs import about
from storydiff.api.openapi import describe
from storydiff.api.problems import broken, problem, refused
from storydiff.api.responding import Sendable, encoded, respond
from storydiff.api.routes import ROUTES
from storydiff.api.service import Service
from storydiff.api.stream import JobStream
from storydiff.errors import StorydiffError

REQUEST_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
HEADER = "X-Request-Id"
THREADS = 8
"""For handlers, which wait for the database; fewer than the 15 connections that the pool gives out."""
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
log = logging.getLogger(__name__)


def make_app(service: Service) -> web.Application:
    """The application of one process. It holds nothing that outlives a request but what `service` holds."""
    app = web.Application(client_max_size=service.settings.api_max_body, middlewares=[surrounded()])
    health, described = Health(service), Sendable(encoded(describe(ROUTES)), JSON, 200, {})

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
    app.router.add_get("/healthz", health.alive)
    app.router.add_get("/readyz", health.ready)
    app.router.add_get("/metrics", health.figures)
    app.cleanup_ctx.append(_threads)
    app.on_cleanup.append(lambda _: service.limiter.close())
    return app


async def _threads(_: web.Application) -> AsyncIterator[None]:
    with ThreadPoolExecutor(THREADS, thread_name_prefix="handler") as pool:
        asyncio.get_running_loop().set_default_executor(pool)
        yield


def surrounded() -> Middleware:
    """Gives each request an id, makes problems of errors, counts it, and writes one line about it."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get(HEADER, "")
        request_id = given if REQUEST_ID.fullmatch(given) else os.urandom(16).hex()
        started = time.perf_counter()
        with about(request=request_id):
            response = await _answered(request, handler, request_id)
            seconds = time.perf_counter() - started
            _note(request, response.status, seconds)
        if not response.prepared:
            response.headers.update({HEADER: request_id, "Server": "storydiff"})
        return response

    return middleware


async def _answered(request: web.Request, handler: Handler, request_id: str) -> web.StreamResponse:
    try:
        return await handler(request)
    except StorydiffError as error:
        answer = problem(error, request_id)
        if answer.status >= 500:
            log.warning("%s", error, exc_info=True)
        return answer
    except web.HTTPException as error:
        return refused(error, request_id)
    except Exception:  # the edge: whatever a mistake of ours is, the asker gets a problem and the log gets the rest
        log.exception("a request failed")
        return broken(request_id)


def _note(request: web.Request, status: int, seconds: float) -> None:
    resource = request.match_info.route.resource
    route = resource.canonical if resource is not None else "none"
    metrics.observed(request.method if route != "none" else "other", route, status, seconds)
    if route not in QUIET and log.isEnabledFor(logging.INFO):
        told = {"method": request.method, "route": route, "status": status, "seconds": round(seconds, 4)}
        log.info("served", extra=told)
