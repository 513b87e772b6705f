"""Streams of events over real HTTP."""

import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from storydiff.serving.service import Service, open_service
from storydiff.serving.stream import Watched, stream
from storydiff.serving.surroundings import surround
from storydiff.settings import Settings
from tests.served import served


def counting(service: Service) -> web.Application:
    """An application with one stream, which counts up to three and then says the same for ever."""
    app, seen = web.Application(), iter(range(1, 4))

    async def events(request: web.Request) -> web.StreamResponse:
        return await stream(request, Watched("count", lambda: next(seen, 3), lambda n: {"n": n}, every=0.01), 0)

    app.router.add_get("/events", events)
    surround(app, service)
    return app


def test_a_stream_ends_at_once_when_the_service_stops(tmp_path: Path) -> None:
    """A reader gets what changed, then the end of the connection as soon as the service is told to stop."""
    settings = Settings(database_url=f"sqlite:///{tmp_path / 's.sqlite'}", archive=str(tmp_path / "archive"))
    with open_service(settings, lambda: datetime.now(UTC)) as service:
        with served(counting, service) as base:
            reader = urllib.request.urlopen(f"{base}/events", timeout=20)
            lines = [reader.readline() for _ in range(12)]
            stopped = time.monotonic()
        with reader:
            rest = reader.read()
    assert [line for line in lines if line.startswith(b"data")] == [b'data: {"n": %d}\n' % n for n in range(4)]
    assert rest == b""
    assert time.monotonic() - stopped < 10  # without the end, aiohttp waits a minute for open connections
