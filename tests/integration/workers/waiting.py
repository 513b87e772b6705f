"""Many re-checks that wait, and a story that is posted meanwhile: used by the test, and by `bench latency` at full size."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from storydiff.model import Story
from storydiff.store import BACKGROUND, Store, open_store
from storydiff.store.articles import hashed
from storydiff.store.schema import stories
from storydiff.store.schema_service import checks
from storydiff.testing import Newsroom
from tests.acceptance.conftest import CAUSE, HURT, environment, page
from tests.integration.redis_server import redis_server
from tests.integration.workers.processes import Start, Worker, anew, until

OLD, NEW = "old.example", "new.example"
BEGUN = 3
"""Re-checks that were made when the first story is posted: by then the queue is full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """One story that was posted: how long until its page was asked for, and how many re-checks came before it."""

    seconds: float
    before: int


@dataclass(slots=True)
class Waiting:
    """So many stories with one page each that is due to be looked at again, and some that are posted meanwhile."""

    folder: Path
    waiting: int
    posts: int = 1
    children: int = 1
    start: Start = anew
    found: list[Posted] = field(default_factory=list)
    left: int = 0
    """Re-checks that still waited when the last posted story had been fetched."""

    def run(self) -> None:
        """All of it; `found` has what came of each post."""
        with ExitStack() as stack:
            room, redis_url = stack.enter_context(Newsroom()), stack.enter_context(redis_server(self.folder))
            old = [room.publish(OLD, f"/{n}", _page(room, OLD, n)) for n in range(self.waiting)]
            new = [room.publish(NEW, f"/{n}", _page(room, NEW, n)) for n in range(self.posts)]
            database = f"sqlite:///{self.folder / 's.sqlite'}"
            env = environment(self.folder, room, STORYDIFF_REDIS_URL=redis_url, STORYDIFF_DATABASE_URL=database)
            env |= {"STORYDIFF_ARCHIVE": str(self.folder / "archive"), "STORYDIFF_TICK_SECONDS": "0.5"}
            worker = Worker(env, self.folder / "worker.log", children=self.children, start=self.start)
            store = stack.enter_context(open_store(database))
            _fill(store, old)
            stack.callback(worker.stop)
            worker.start()
            until(lambda: len(pages(room, OLD)) >= BEGUN, worker)
            for url in new:
                self.found.append(self._post(store, room, worker, url))
            self.left = self.waiting - len(pages(room, OLD))

    @staticmethod
    def _post(store: Store, room: Newsroom, worker: Worker, url: str) -> Posted:
        path = "/" + url.rpartition("/")[2]
        before, begun = len(pages(room, OLD)), time.monotonic()
        store.stories.save(Story(slug=f"new-{path[1:]}"))
        store.schedule.watch(f"new-{path[1:]}", [url], now=datetime.now(UTC))
        until(lambda: path in pages(room, NEW), worker)
        return Posted(seconds=time.monotonic() - begun, before=len(pages(room, OLD)) - before)


def _fill(store: Store, urls: list[str]) -> None:
    """A story for each address, due for an hour: written at once, which takes seconds instead of minutes."""
    past = datetime.now(UTC) - timedelta(hours=1)
    due = {"host": OLD, "priority": BACKGROUND, "added": past, "next_check": past, "checked": past, "reached": past}
    with store._database.writing() as connection:
        named = [{"newsroom": "", "slug": f"old-{n}", "title": f"Story {n}", "created": past} for n in range(len(urls))]
        connection.execute(sa.insert(stories), named)
        numbers = list(connection.scalars(sa.select(stories.c.id).order_by(stories.c.id)))
        rows = [{"story_id": n, "hash": hashed(url), "url": url, **due} for n, url in zip(numbers, urls, strict=True)]
        connection.execute(sa.insert(checks), rows)


def pages(room: Newsroom, domain: str) -> list[str]:
    """The pages asked for at that outlet."""
    return [request.path for request in room.requests_to(domain) if request.path != "/robots.txt"]


def _page(room: Newsroom, domain: str, number: int) -> str:
    return page(domain, room.url(domain, f"/{number}"), HURT, CAUSE, headline=f"Story {number}")
