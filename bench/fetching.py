"""Fetching 200 pages from 20 hosts on loopback: this fetch layer beside a bare aiohttp client, in one run.

    python -m bench.fetching            one JSON line; `ratio` is ours / bare in pages per second

The server runs in its own process and answers with ready bytes, so that the client is what is measured. The two take
turns, and the ratio is the median over the rounds of bare time / our time: what else the machine does at that moment
hits both. Both have 32 requests under way at most, and keep all pages to the end. Politeness is off
(no delay, robots.txt ignored); `ratio_robots` has robots.txt on, that is 20 requests more.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from typing import Any

import aiohttp

from storydiff.fetch import Request, fetch_all
from storydiff.settings import Settings

HOSTS = tuple(f"127.0.0.{number}" for number in range(2, 22))
PAGES = 200
SIZE = 40_000
"""Bytes of a page, about what a news page has once packed."""


class Server(asyncio.Protocol):
    """As little HTTP as will do: each request head is answered with the same bytes."""

    page = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport

    def data_received(self, data: bytes) -> None:
        for _ in range(data.count(b"\r\n\r\n")):
            self.transport.write(NOT_FOUND if b" /robots.txt " in data else self.page)


NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def page_bytes() -> bytes:
    """A whole answer: a page of invented words, with the headers that a news site sends."""
    chance = random.Random(7)
    words = "".join(chance.choice("abcdefgh     ") for _ in range(SIZE))
    body = f"<!doctype html><html><head><title>t</title></head><body><p>{words}</p></body></html>".encode()
    lines = (
        "HTTP/1.1 200 OK",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        'ETag: "a1b2c3"',
        "Cache-Control: max-age=60",
        "Server: bench",
        "Vary: Accept-Encoding",
        "Last-Modified: Tue, 03 Mar 2026 10:00:00 GMT",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def serve(ready: Connection) -> None:
    """Serve on one port of all 20 addresses until killed."""

    async def run() -> None:
        Server.page = page_bytes()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Server, "0.0.0.0", 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


async def _bare(urls: list[str], concurrency: int) -> int:
    connector = aiohttp.TCPConnector(limit=concurrency)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def one(url: str) -> bytes:
            async with session.get(url) as response:
                return await response.read()

        # Both keep all pages until the end, as whoever compares them must: memory costs time too.
        return sum(len(body) for body in await asyncio.gather(*map(one, urls)))


def bare(urls: list[str], settings: Settings) -> int:
    """Bytes fetched by nothing but aiohttp."""
    return asyncio.run(_bare(urls, settings.concurrency))


def ours(urls: list[str], settings: Settings, *, ignore_robots: bool = True) -> int:
    """Bytes fetched by the fetch layer; any failure ends the bench."""
    requests = [Request(url=url) for url in urls]
    pages = fetch_all(requests, settings, clock=lambda: datetime.now(UTC), ignore_robots=ignore_robots)
    for page in pages:
        if page.error is not None:
            raise page.error
    return sum(len(page.body) for page in pages)


def timed(act: Callable[[], int]) -> tuple[float, int]:
    """Seconds, and what came of it."""
    begun = time.perf_counter()
    got = act()
    return time.perf_counter() - begun, got


def run(rounds: int = 30) -> dict[str, Any]:
    """The figures as a dict; see the module."""
    mine, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    try:
        return _measured(mine.recv(), rounds)
    finally:
        server.kill()
        server.join()


def _measured(port: int, rounds: int) -> dict[str, Any]:
    urls = [f"http://{HOSTS[i % len(HOSTS)]}:{port}/story/{i}" for i in range(PAGES)]
    settings = Settings(host_delay=0, allow_hosts=HOSTS, ignore_robots_hosts=HOSTS)
    acts: dict[str, Callable[[], int]] = {
        "bare": lambda: bare(urls, settings),
        "ours": lambda: ours(urls, settings),
        "robots": lambda: ours(urls, settings, ignore_robots=False),
    }
    times: dict[str, list[float]] = {name: [] for name in acts}
    sizes = set()
    for number in range(rounds + 1):
        # The order turns, so that none always comes first; the first round warms up.
        for name in sorted(acts, key=lambda name: (list(acts).index(name) + number) % len(acts)):
            seconds, got = timed(acts[name])
            sizes.add(got)
            if number:
                times[name].append(seconds)
    if len(sizes) != 1:
        raise RuntimeError(f"the clients did not get the same bytes: {sizes}")
    middle = {name: statistics.median(values) for name, values in times.items()}
    return {
        "bench": "fetching",
        "pages": PAGES,
        "hosts": len(HOSTS),
        "page_bytes": SIZE,
        "rounds": rounds,
        "bare_pages_per_second": round(PAGES / middle["bare"]),
        "ours_pages_per_second": round(PAGES / middle["ours"]),
        "ratio": _ratio(times["bare"], times["ours"]),
        "ratio_robots": _ratio(times["bare"], times["robots"]),
        "reach": 0.8,
    }


def _ratio(theirs: list[float], ours_: list[float]) -> float:
    return round(statistics.median(bare_ / own for bare_, own in zip(theirs, ours_, strict=True)), 3)


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=30)
    print(json.dumps(run(parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
