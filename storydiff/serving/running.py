"""One or several processes that serve one application on one port until they are told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from storydiff.errors import StorydiffError
from storydiff.logs import set_up
from storydiff.serving.service import Service, open_service
from storydiff.settings import Settings
from storydiff.tracing import traced

GRACE = 20.0
"""Seconds that requests under way are given when the service stops."""
MakeApp = Callable[[Service], web.Application]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an application listens."""

    host: str
    port: int
    """0 takes a free one."""
    processes: int = 1


def run(make_app: MakeApp, settings: Settings, place: Place) -> int:
    """Serve until SIGTERM or SIGINT; gives the exit code."""
    set_up()
    try:
        listening = _listening(place)
        others = [_forked(make_app, settings, listening) for _ in range(place.processes - 1)]
        asyncio.run(_serve(make_app, settings, listening))
    except (StorydiffError, OSError) as error:
        log.error("%s", error)  # noqa: TRY400  the message says all; a traceback would only frighten
        return 4 if isinstance(error, OSError) else error.exit_code
    for process in others:
        os.kill(process, signal.SIGTERM)
    for process in others:
        os.waitpid(process, 0)
    return 0


def _listening(place: Place) -> socket.socket:
    """One socket for all processes: the kernel gives each connection to one that waits."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    listening = socket.create_server((place.host, place.port), family=family, backlog=512)
    listening.setblocking(False)
    return listening


def _forked(make_app: MakeApp, settings: Settings, listening: socket.socket) -> int:
    """Another process on the same socket. Nothing but the socket is open yet, so a fork is safe."""
    parent, process = os.getpid(), os.fork()
    if process == 0:
        asyncio.run(_serve(make_app, settings, listening, parent))
        os._exit(0)
    return process


async def _serve(make_app: MakeApp, settings: Settings, listening: socket.socket, parent: int | None = None) -> None:
    stopping = asyncio.Event()
    watching = asyncio.create_task(_watched(parent or os.getppid(), stopping))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    with traced(settings.otlp_url, _part(make_app)), open_service(settings, lambda: datetime.now(UTC)) as service:
        runner = web.AppRunner(make_app(service), access_log=None, shutdown_timeout=GRACE, keepalive_timeout=75)
        await runner.setup()
        await web.SockSite(runner, listening).start()
        host, port = listening.getsockname()[:2]
        log.info("listening", extra={"address": f"http://{host}:{port}"})
        await stopping.wait()
        log.info("stopping: requests under way are finished")
        await runner.cleanup()
    watching.cancel()


def _part(make_app: MakeApp) -> str:
    """What the face is called in traces: `api` of `storydiff.api.app`."""
    return make_app.__module__.split(".")[1]


async def _watched(parent: int, stopping: asyncio.Event) -> None:
    """Stop when the process that started this one is gone: nobody else would."""
    while os.getppid() == parent:  # noqa: ASYNC110  no event is set by a process that was killed
        await asyncio.sleep(1)
    stopping.set()
