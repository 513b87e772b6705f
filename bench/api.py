"""The API: reads beside a bare aiohttp JSON handler, and 10,000 stored stories beside 100. Prints JSON lines.

    python -m bench api                        about five minutes, on SQLite
    python -m bench api --many 0               without the second part
    python -m bench api --postgres             on a PostgreSQL of its own, without Redis

Both sides are processes of their own on loopback, asked by the same client in turn, so only the ratios count: of
requests a second, which the client and the rest of the machine have a part in, and of the server's processor time for a
request (`cpu_ratio`), the steadier one. The bare handler encodes the same values with `web.json_response`; it knows no
key, no limit, no database, no tag, no log and no figures.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import multiprocessing
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
import psycopg
import sqlalchemy as sa
from aiohttp import web
from sqlalchemy.engine import Connection

from storydiff.api.app import make_app
from storydiff.engine import collate, read_text
from storydiff.model import Collation, Story
from storydiff.serving.service import open_service
from storydiff.settings import Settings
from storydiff.store import Store, open_store
from storydiff.store.schema import articles, collations, stories, versions
from tests.integration.postgres_server import postgres_server

NOW = datetime(2026, 3, 3, 8, tzinfo=UTC)
ROUNDS, REQUESTS, AT_ONCE = 7, 1000, 32
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

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(each.read_text().split()[0]) for each in threads) / 1e9


def fill(store: Store, count: int) -> None:
    """One full story that is asked for, compared, and many more with two texts each."""
    _story(store, "s0", OUTLETS, PARAGRAPHS)
    _story(store, "s1", 2, 2)
    with store._database.writing() as connection:  # noqa: SLF001  past the doors, since they take a story at a time
        model = connection.scalars(sa.select(stories.c.id).where(stories.c.slug == "s1")).one()
        rows = [{"newsroom": "", "slug": f"s{n}", "title": f"Story {n}", "created": NOW} for n in range(2, count)]
        connection.execute(sa.insert(stories), rows)
        for table in (articles, collations):
            _copy(connection, table, stories.join(table, table.c.story_id == model), model, "story_id", stories.c.id)
        first, own = articles.alias(), articles
        of_model = sa.and_(first.c.id == versions.c.article_id, first.c.story_id == model)
        joined = versions.join(first, of_model).join(own, own.c.hash == first.c.hash)
        source = joined.join(stories, stories.c.id == own.c.story_id)
        _copy(connection, versions, source, model, "article_id", own.c.id)


def _copy(connection: Connection, table: sa.Table, source: Any, model: int, owner: str, to: Any) -> None:
    """The rows of the story `model` for every later story, by the database itself: row by row would take minutes."""
    names = [column.name for column in table.c if column.name not in ("id", owner)]
    chosen = sa.select(to, *(table.c[name] for name in names)).select_from(source).where(stories.c.id > model)
    connection.execute(sa.insert(table).from_select([owner, *names], chosen))


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
    async def serve() -> None:
        logging.basicConfig(level=logging.WARNING)
        settings = Settings(database_url=database, api_rate=10**9, archive=tempfile.mkdtemp())
        with open_service(settings, lambda: datetime.now(UTC)) as service:
            await _listen(make_app(service), ready)

    asyncio.run(serve())


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


async def rate(server: Served, path: str, headers: dict[str, str]) -> tuple[float, float]:
    """Requests a second, with as many at once as a busy page makes; and the server's processor seconds for one."""
    url, cpu = server.base + path, server.cpu()
    left = REQUESTS
    async with aiohttp.ClientSession(headers=headers, connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:

        async def ask() -> None:
            nonlocal left
            while left > 0:
                left -= 1
                async with session.get(url) as answer:
                    await answer.read()
                    assert answer.status == 200

        begun = time.perf_counter()
        await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    return REQUESTS / (time.perf_counter() - begun), (server.cpu() - cpu) / REQUESTS


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


def prepared(database: str, count: int) -> dict[str, str]:
    """Fill a store with so many stories; gives the headers with a key."""
    with open_store(database) as store:
        fill(store, count)
        key = store.keys.create("bench", ["read"], now=NOW)[1]
    return {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"}


async def beside_bare(api: Served, headers: dict[str, str]) -> None:
    """Each read in turns with the bare handler; the median of the rounds' ratios."""
    values = {}
    async with aiohttp.ClientSession(headers=headers) as session:
        for name, path in READS.items():
            async with session.get(api.base + path) as answer:
                values[name] = await answer.json()
    bare = started(_serve_bare, values)
    for name, path in READS.items():
        pairs = [(await rate(api, path, headers), await rate(bare, f"/{name}", {})) for _ in range(ROUNDS)]
        ours, theirs = (round(median(each[0] for each in side)) for side in zip(*pairs, strict=True))
        told = {"bench": "reads", "read": name, "bytes": len(json.dumps(values[name]))}
        ratios = {
            "ratio": round(median(ours[0] / theirs[0] for ours, theirs in pairs), 2),
            "cpu_ratio": round(median(theirs[1] / ours[1] for ours, theirs in pairs), 2),
        }
        print(json.dumps({**told, "api_per_s": ours, "bare_per_s": theirs, **ratios}), flush=True)
    bare.process.kill()


async def with_many(databases: list[str], many: int) -> None:
    """One after another, so that the time of one request is seen and not the queue's."""
    counts = (101, many)
    keys = [prepared(database, count) for database, count in zip(databases, counts, strict=True)]
    served = [started(_serve_api, database) for database in databases]
    for name, path in READS.items():
        times = [
            [await seconds(each.base + path, headers) for each, headers in zip(served, keys, strict=True)]
            for _ in range(ROUNDS)
        ]
        ratio, small = median(b / a for a, b in times), median(a for a, _ in times)
        told = {"bench": "many", "read": name, "stories": counts, "ratio": round(ratio, 2)}
        print(json.dumps({**told, "ms": round(1000 * small, 1)}), flush=True)
    for each in served:
        each.process.kill()


async def run(databases: list[str], many: int) -> None:
    """Both comparisons."""
    headers = prepared(databases[0], 100)
    api = started(_serve_api, databases[0])
    await beside_bare(api, headers)
    api.process.kill()
    if many:
        await with_many(databases[1:], many)


def created(address: str) -> list[str]:
    """Three new databases on the server."""
    names = [f"bench{n}" for n in range(3)]
    with psycopg.connect(address, autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
    return [address.replace("/postgres?", f"/{name}?") for name in names]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench api", description=__doc__)
    parser.add_argument("--many", type=int, default=10_000, help="stories of the larger store; 0 leaves that part out")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL")
    options = parser.parse_args()
    multiprocessing.set_start_method("spawn")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        databases = [f"sqlite:///{folder / name}" for name in ("a.sqlite", "b.sqlite", "c.sqlite")]
        if options.postgres:
            databases = created(stack.enter_context(postgres_server()).url)
        asyncio.run(run(databases, options.many))


if __name__ == "__main__":
    main()
