"""The real workers send what is due, once, and a mail server that is away keeps no page waiting."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storydiff.model import Story
from storydiff.pipeline.desk import Desk, open_desk
from storydiff.settings import Settings
from storydiff.testing import FixedClock, Newsroom
from tests.acceptance.conftest import CAUSE, HURT, environment, publish
from tests.forking import Forking
from tests.integration.digest.conftest import SECRET, Office, story
from tests.integration.digest.letterbox import Letterbox, server
from tests.integration.redis_server import redis_server
from tests.integration.workers.processes import Start, Worker, until

NAMES = ("database_url", "smtp_host", "smtp_port", "smtp_tls", "mail_from", "signing_secret", "web_url", "archive")
READERS = [f"reader{number}@paper.example" for number in range(8)]


def settings(folder: Path, port: int) -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder / 'stories.sqlite'}", archive=str(folder / "archive"), smtp_host="127.0.0.1",
        smtp_port=port, smtp_tls="none", mail_from="storydiff <digest@paper.example>", signing_secret=SECRET,
        web_url="https://storydiff.paper.example",
    )  # fmt: skip


def worker_of(desk: Desk, room: Newsroom, redis_url: str, log: Path, start: Start) -> Worker:
    """A worker with a clock inside that mails every few seconds."""
    given = {f"STORYDIFF_{each.upper()}": str(getattr(desk.settings, each)) for each in NAMES}
    given |= {"STORYDIFF_REDIS_URL": redis_url, "STORYDIFF_TICK_SECONDS": "0.2"}
    return Worker(environment(log.parent, room, **given), log, children=2, start=start)


@pytest.fixture
def office(tmp_path: Path, box: Letterbox) -> Iterator[Office]:
    """A desk whose story was compared an hour ago, by the clock that the workers have too."""
    running, clock = server(box), FixedClock(datetime.now(UTC) - timedelta(hours=26))
    with open_desk(settings(tmp_path, running.port), clock, keep_pages=False) as desk:
        desk.store.collations.save(replace(story(), made=datetime.now(UTC) - timedelta(hours=1)))
        yield Office(desk, box, clock, tmp_path)
    running.stop()


def test_several_workers_send_each_digest_once(office: Office, tmp_path: Path, forked: Forking) -> None:
    """Three workers, each with a clock: every reader gets the mail, and nobody gets it twice."""
    for reader in READERS:
        office.subscribe(reader)
    with Newsroom() as room, redis_server(tmp_path) as redis_url, ExitStack() as stack:
        crew = [worker_of(office.desk, room, redis_url, tmp_path / f"{n}.log", forked.start) for n in range(3)]
        for each in crew:
            stack.callback(each.stop)
            each.start()
        until(lambda: len(office.box.digests) >= len(READERS), crew[0])
        until(lambda: any("mailed" in each.said for each in crew), crew[0])
        until(lambda: all(mail.state == "sent" for mail in office.desk.store.digests.list()), crew[0])
        time.sleep(3)  # one more round of every clock
    assert Counter(str(mail["To"]) for mail in office.box.digests) == dict.fromkeys(READERS, 1)


def test_a_mail_server_that_hangs_keeps_no_page_waiting(office: Office, tmp_path: Path, forked: Forking) -> None:
    """It takes connections and says nothing: pages are fetched meanwhile, and the mail waits."""
    office.subscribe()
    with socket.create_server(("127.0.0.1", 0)) as silent, Newsroom() as room, redis_server(tmp_path) as redis_url:
        hung = replace(office.desk, settings=replace(office.desk.settings, smtp_port=silent.getsockname()[1]))
        worker = worker_of(hung, room, redis_url, tmp_path / "worker.log", forked.start)
        worker.start()
        try:
            until(lambda: office.desk.store.digests.list() != (), worker)
            url = publish(room, "Harbour Post", HURT, CAUSE, headline="Mill burns")
            office.desk.store.stories.save(Story(slug="mill"))
            office.desk.store.schedule.watch("mill", [url], now=datetime.now(UTC))
            until(lambda: office.desk.store.versions.all("mill") != (), worker, seconds=8)
        finally:
            worker.stop()
    assert office.desk.store.digests.list()[0].state == "waiting"
    assert len(office.box.digests) == 0
