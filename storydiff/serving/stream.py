"""Server-Sent Events about something in the database, until it ends or the reader goes away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from aiohttp import web

from storydiff.serving.answer import EVENTS

EVERY = 0.5
"""Seconds between two looks. Each costs one indexed read."""
HEARTBEAT = 15.0
"""Seconds after which a line is sent although nothing changed, so that no proxy takes the connection for dead."""
LONGEST = 600.0
"""Seconds that one connection is kept; a reader comes back by itself, as the standard has it."""
Seen = TypeVar("Seen")
OPEN: web.AppKey[set[asyncio.Event]] = web.AppKey("open_streams")
"""Of an application: what ends each stream that is open."""


@dataclass(frozen=True, slots=True)
class Watched(Generic[Seen]):
    """What a stream tells of."""

    event: str
    look: Callable[[], Seen | None]
    """What it is like now; None when it is gone. Runs in a thread."""
    told: Callable[[Seen], Any]
    """The same as JSON values."""
    ended: Callable[[Seen], bool] = lambda _: False
    every: float = EVERY


async def stream(request: web.Request, watched: Watched[Seen], first: Seen) -> web.StreamResponse:
    """One event at once and one after each change; the connection ends with what is watched."""
    headers = {"Content-Type": EVENTS, "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    response = web.StreamResponse(headers=headers)
    await response.prepare(request)
    if request.method != "HEAD":
        stopping = asyncio.Event()
        request.app[OPEN].add(stopping)
        try:
            await _follow(response, watched, first, stopping)
        except ConnectionResetError:
            pass  # the reader went away, which is how most streams end
        finally:
            request.app[OPEN].discard(stopping)
    return response


async def close_streams(app: web.Application) -> None:
    """End all streams of an application that stops: readers come back to the one that is started next."""
    for stopping in app[OPEN]:
        stopping.set()


async def _follow(response: web.StreamResponse, watched: Watched[Seen], seen: Seen, stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    end, said = loop.time() + LONGEST, loop.time()
    await _send(response, watched, seen)
    while not watched.ended(seen) and loop.time() < end:
        if await _stopped(stopping, watched.every):
            return
        found = await asyncio.to_thread(watched.look)
        if found is None:
            return
        if found != seen:
            seen, said = found, loop.time()
            await _send(response, watched, seen)
        elif loop.time() - said >= HEARTBEAT:
            said = loop.time()
            await response.write(b": still here\n\n")


async def _stopped(stopping: asyncio.Event, seconds: float) -> bool:
    """Whether the stream is to end; waits so long for it."""
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return False
    return True


async def _send(response: web.StreamResponse, watched: Watched[Seen], seen: Seen) -> None:
    await response.write(f"event: {watched.event}\ndata: {json.dumps(watched.told(seen))}\n\n".encode())
