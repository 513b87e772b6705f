"""A real worker on a real Redis: a doorbell rings, pages are fetched, the story is collated and stored."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from storydiff.model import Story
from storydiff.store import open_store
from storydiff.testing import Newsroom
from tests.acceptance.conftest import CAUSE, HURT, LEDE, STREET, environment, publish
from tests.integration.redis_server import redis_server

RING = (
    "import sys; from workers.tasks import fetch; from workers.app import app; fetch.delay(sys.argv[1], sys.argv[2:])"
)


def _until(true: Callable[[], bool], log: Path, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, log.read_text(encoding="utf8")
        time.sleep(0.1)


def test_a_worker_fetches_collates(tmp_path: Path) -> None:
    """One ring gives a stored collation with the conflict in it."""
    with Newsroom() as room, redis_server(tmp_path) as redis_url:
        two, three = LEDE.format(dead="two"), LEDE.format(dead="three")
        urls = [
            publish(room, "Harbour Post", two, HURT, CAUSE, headline="Mill fire kills two"),
            publish(room, "Valley Echo", three, HURT, STREET, headline="Three die as mill burns"),
        ]
        database = f"sqlite:///{tmp_path / 's.sqlite'}"
        env = environment(tmp_path, room, STORYDIFF_REDIS_URL=redis_url, STORYDIFF_DATABASE_URL=database)
        env["STORYDIFF_ARCHIVE"] = str(tmp_path / "archive")
        with open_store(database) as store, (tmp_path / "worker.log").open("w") as log:
            store.stories.save(Story(slug="mill"))
            worker = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "workers.app", "worker", "-c", "1", "-Q", "fetch,collate"],
                env=env,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                subprocess.run([sys.executable, "-c", RING, "mill", *urls], env=env, check=True, timeout=60)
                _until(lambda: store.collations.latest("mill") is not None, tmp_path / "worker.log")
            finally:
                os.killpg(worker.pid, signal.SIGTERM)
                worker.wait(30)
            found = store.collations.latest("mill")
            assert found is not None
            assert [discrepancy.type for discrepancy in found.discrepancies] == ["number"]
