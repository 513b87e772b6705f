"""A story that is posted does not wait behind background work."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from storydiff.model import Story
from storydiff.store import BACKGROUND, Visit, open_store
from storydiff.testing import Newsroom
from tests.acceptance.conftest import CAUSE, HURT, environment, page
from tests.integration.redis_server import redis_server
from tests.integration.workers.processes import Worker, until

OLD, NEW = "old.example", "new.example"
WAITING = 150


def now() -> datetime:
    return datetime.now(UTC)


def test_a_posted_story_is_fetched_first(tmp_path: Path) -> None:
    """While many re-checks wait in the queue, a page that is posted is fetched after a few of them."""
    with Newsroom() as room, redis_server(tmp_path) as redis_url:
        room.publish(NEW, "/mill", page("New", room.url(NEW, "/mill"), HURT, CAUSE, headline="Mill burns"))
        for n in range(WAITING):
            room.publish(OLD, f"/{n}", page("Old", room.url(OLD, f"/{n}"), HURT, CAUSE, headline=f"Story {n}"))
        database = f"sqlite:///{tmp_path / 's.sqlite'}"
        env = environment(tmp_path, room, STORYDIFF_REDIS_URL=redis_url, STORYDIFF_DATABASE_URL=database)
        env |= {"STORYDIFF_ARCHIVE": str(tmp_path / "archive"), "STORYDIFF_TICK_SECONDS": "0.3"}
        worker = Worker(env, tmp_path / "worker.log")
        with open_store(database) as store:
            for n in range(WAITING):
                store.stories.save(Story(slug=f"old-{n}"))
                url = room.url(OLD, f"/{n}")
                [check] = store.schedule.watch(f"old-{n}", [url], now=now(), priority=BACKGROUND)
                past = now() - timedelta(hours=1)
                store.schedule.record(f"old-{n}", check, Visit(at=past, code="complete"), next_check=past)
            worker.start()
            try:
                until(lambda: len(pages(room, OLD)) >= 3, worker)
                before = len(pages(room, OLD))
                store.stories.save(Story(slug="mill"))
                store.schedule.watch("mill", [room.url(NEW, "/mill")], now=now())
                until(lambda: len(pages(room, NEW)) == 1, worker)
                between = len(pages(room, OLD)) - before
            finally:
                worker.stop()
        assert between < 30, "of the 150 that waited"


def pages(room: Newsroom, domain: str) -> list[str]:
    """The pages asked for at that outlet."""
    return [request.path for request in room.requests_to(domain) if request.path != "/robots.txt"]
