"""What surrounds every request: an id, an answer for each error, a count, and one line in the log."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Protocol

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from storydiff import tracing
from storydiff.errors import StorydiffError
from storydiff.logs import about
from storydiff.serving import metrics
from storydiff.serving.refusals import BodyTooLarge, NotThere
from storydiff.serving.service import Service
from storydiff.serving.stream import OPEN, close_streams

REQUEST_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
HEADER = "X-Request-Id"
THREADS = 8
"""For handlers, which wait for the database; fewer than the 15 connections that the pool gives out."""
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
NONE = "none"
"""The route of an address that has none."""
STATUS = "http.response.status_code"
KINDS: dict[int, type[StorydiffError]] = {404: NotThere, 413: BodyTooLarge}
"""What aiohttp refuses by itself, as errors of ours."""
log = logging.getLogger(__name__)


class Failing(Protocol):
    """How one face words what went wrong."""

    def refused(self, request: web.Request, error: StorydiffError, request_id: str) -> web.Response:
        """The answer for an error of ours."""

    def unserved(self, request: web.Request, error: web.HTTPException, request_id: str) -> web.Response:
        """The answer for what aiohttp itself refuses, such as a method that an address does not know."""

    def broken(self, request: web.Request, request_id: str) -> web.Response:
        """The answer for a mistake of our own; the log has the rest under that request id."""


def surround(app: web.Application, service: Service) -> None:
    """Give the application the threads of its handlers, and end with it what the service holds."""
    app[OPEN] = set()
    app.on_shutdown.append(close_streams)
    app.cleanup_ctx.append(_threads)
    app.on_cleanup.append(lambda _: service.limiter.close())
    app.on_cleanup.append(lambda _: service.changes.close())


async def _threads(_: web.Application) -> AsyncIterator[None]:
    with ThreadPoolExecutor(THREADS, thread_name_prefix="handler") as pool:
        asyncio.get_running_loop().set_default_executor(pool)
        yield


def surrounded(failing: Failing) -> Middleware:
    """Gives each request an id, makes answers of errors, counts it, and writes one line about it."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get(HEADER, "")
        request_id = given if REQUEST_ID.fullmatch(given) else os.urandom(16).hex()
        started = time.perf_counter()
        route = _route(request)
        with about(request=request_id), _span(request, route) as traced:
            response = await _answered(request, handler, failing, request_id)
            traced.note(**{STATUS: response.status, "failed": response.status >= 500})
            _note(request.method, route, response.status, time.perf_counter() - started)
        if not response.prepared:
            response.headers[HEADER], response.headers["Server"] = request_id, "storydiff"
        return response

    return middleware


async def _answered(request: web.Request, handler: Handler, failing: Failing, request_id: str) -> web.StreamResponse:
    try:
        return await handler(request)
    except StorydiffError as error:
        answer = failing.refused(request, error, request_id)
        if answer.status >= 500:
            log.warning("%s", error, exc_info=True)
        return answer
    except web.HTTPException as error:
        kind = KINDS.get(error.status)
        known = None if kind is None else kind()
        return failing.refused(request, known, request_id) if known else failing.unserved(request, error, request_id)
    except Exception:  # the edge: whatever a mistake of ours is, the asker gets an answer and the log gets the rest
        log.exception("a request failed")
        return failing.broken(request, request_id)


def _route(request: web.Request) -> str:
    """The pattern of the address; addresses themselves are without number."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else NONE


def _span(request: web.Request, route: str) -> AbstractContextManager[tracing.Span]:
    """What the request sets going is traced with it; machines that ask how it goes are not."""
    if not tracing.on() or route in QUIET:
        return tracing.NOTHING
    told = {"http.request.method": request.method, "http.route": route}
    return tracing.span(f"{request.method} {route}", kind="server", after=request.headers, **told)


def _note(method: str, route: str, status: int, seconds: float) -> None:
    metrics.observed(method if route != NONE else "other", route, status, seconds)
    if route not in QUIET and log.isEnabledFor(logging.INFO):
        log.info("served", extra={"method": method, "route": route, "status": status, "seconds": round(seconds, 4)})
