"""The API: reads beside a bare aiohttp JSON handler, and 10,000 stored stories beside 100. Prints JSON lines.

    python bench/api.py            about five minutes; `python bench/api.py 0` leaves the second part out

Both sides are processes of their own on loopback, asked by the same client in turn, so only the ratio counts. The bare
handler encodes the same values with `web.json_response`; it knows no key, no limit, no database and no tag.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
from aiohttp import web

from storydiff.api.app import make_app
from storydiff.engine import collate, read_text
from storydiff.model import Collation, Story
from storydiff.serving.service import open_service
from storydiff.settings import Settings
from storydiff.store import Store, open_store

NOW = datetime(2026, 3, 3, 8, tzinfo=UTC)
ROUNDS, SECONDS, AT_ONCE = 5, 1.0, 32
OUTLETS, PARAGRAPHS = 8, 12
READS = {
    "collation": "/v1/stories/s0/collations/latest",
    "points": "/v1/stories/s0/points",
    "story": "/v1/stories/s0",
    "stories": "/v1/stories?limit=50",
}


@dataclass(frozen=True, slots=True)
class Served:
    """A server in a process of its own."""

    base: str
    process: multiprocessing.Process


def fill(store: Store, stories: int) -> None:
    """One full story that is asked for, compared, and many more with two texts each."""
    _story(store, "s0", OUTLETS, PARAGRAPHS)
    small = _story(store, "s1", 2, 2)
    for number in range(2, stories):
        story = Story(slug=f"s{number}", title=f"Story {number}", created=NOW)
        store.stories.save(story)
        for version in small.versions:
            store.versions.add(story.slug, replace(version, id="", url=f"{version.url}-{number}"))
        store.collations.save(replace(small, story=story))


def _story(store: Store, slug: str, outlets: int, paragraphs: int) -> Collation:
    store.stories.save(Story(slug=slug, title=f"Story {slug}", created=NOW))
    versions = []
    for outlet in range(outlets):
        lines = [
            f"Minister {slug} number {n} said on Monday that {100 + n * (1 + outlet % 3)} houses stood by river {n}."
            for n in range(paragraphs)
        ]
        url = f"https://o{outlet}.example/{slug}"
        versions.append(read_text("\n\n".join(lines), outlet=f"Outlet {outlet}", url=url, fetched=NOW))
    for version in versions:
        store.versions.add(slug, version)
    return store.collations.save(collate(versions, story=store.stories.get(slug), made=NOW))


def _serve_api(database: str, ready: Any) -> None:
    async def run() -> None:
        settings = Settings(database_url=database, api_rate=10**9, archive=tempfile.mkdtemp())
        with open_service(settings, lambda: datetime.now(UTC)) as service:
            await _listen(make_app(service), ready)

    asyncio.run(run())


def _serve_bare(values: dict[str, Any], ready: Any) -> None:
    app = web.Application()
    for name, value in values.items():

        async def answer(_: web.Request, value: Any = value) -> web.Response:
            return web.json_response(value)

        app.router.add_get(f"/{name}", answer)
    asyncio.run(_listen(app, ready))


async def _listen(app: web.Application, ready: Any) -> None:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    ready.put(runner.addresses[0][1])
    await asyncio.Event().wait()


def started(target: Any, argument: Any) -> Served:
    """The server, listening."""
    ready: Any = multiprocessing.Queue()
    process = multiprocessing.Process(target=target, args=(argument, ready), daemon=True)
    process.start()
    return Served(f"http://127.0.0.1:{ready.get(timeout=60)}", process)


async def rate(url: str, headers: dict[str, str], seconds: float = SECONDS) -> float:
    """Requests a second, with as many at once as a busy page makes."""
    done, end = 0, time.perf_counter() + seconds
    async with aiohttp.ClientSession(headers=headers, connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:

        async def ask() -> None:
            nonlocal done
            while time.perf_counter() < end:
                async with session.get(url) as answer:
                    await answer.read()
                    assert answer.status == 200
                    done += 1

        begun = time.perf_counter()
        await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    return done / (time.perf_counter() - begun)


async def seconds(url: str, headers: dict[str, str], times: int = 60) -> float:
    """Median time of one request after another."""
    took = []
    async with aiohttp.ClientSession(headers=headers) as session:
        for number in range(times):
            # An Accept header of its own each time, so that no answer kept from before is sent.
            accept = {"Accept": f"application/json;n={number}.{time.monotonic_ns()}"}
            begun = time.perf_counter()
            async with session.get(url, headers=accept) as answer:
                await answer.read()
            took.append(time.perf_counter() - begun)
    return median(took)


def prepared(folder: Path, stories: int) -> tuple[str, dict[str, str]]:
    """A store with so many stories: its address, and the headers with a key."""
    path = folder / f"{stories}.sqlite"
    with open_store(path) as store:
        fill(store, stories)
        key = store.keys.create("bench", ["read"], now=NOW)[1]
    return f"sqlite:///{path}", {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"}


async def beside_bare(api: Served, headers: dict[str, str]) -> None:
    """Each read in turns with the bare handler; the median of the rounds' ratios."""
    values = {}
    async with aiohttp.ClientSession(headers=headers) as session:
        for name, path in READS.items():
            async with session.get(api.base + path) as answer:
                values[name] = await answer.json()
    bare = started(_serve_bare, values)
    for name, path in READS.items():
        pairs = [(await rate(api.base + path, headers), await rate(f"{bare.base}/{name}", {})) for _ in range(ROUNDS)]
        told = {"bench": "reads", "read": name, "bytes": len(json.dumps(values[name]))}
        ours, theirs = (round(median(each)) for each in zip(*pairs, strict=True))
        print(
            json.dumps(
                {**told, "api_per_s": ours, "bare_per_s": theirs, "ratio": round(median(a / b for a, b in pairs), 2)}
            )
        )
    bare.process.kill()


async def with_many(folder: Path, many: int) -> None:
    """One after another, so that the time of one request is seen and not the queue's."""
    sides = [prepared(folder, count) for count in (101, many)]
    served = [started(_serve_api, database) for database, _ in sides]
    for name, path in READS.items():
        times = [
            [await seconds(each.base + path, headers) for each, (_, headers) in zip(served, sides, strict=True)]
            for _ in range(ROUNDS)
        ]
        ratio = median(b / a for a, b in times)
        print(json.dumps({"bench": "many", "read": name, "stories": [101, many], "ratio": round(ratio, 2)}))
    for each in served:
        each.process.kill()


async def main(many: int) -> None:
    """Both comparisons."""
    with tempfile.TemporaryDirectory() as name:
        database, headers = prepared(Path(name), 100)
        api = started(_serve_api, database)
        await beside_bare(api, headers)
        api.process.kill()
        if many:
            await with_many(Path(name), many)


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
