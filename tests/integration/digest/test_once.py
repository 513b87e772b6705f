"""A digest is sent once: with many workers, and when they are killed between sending and noting."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from storydiff.pipeline import digests
from tests.integration.digest.conftest import MORNING, Office
from tests.integration.digest.letterbox import free_port

WORKER = """
import sys
from storydiff.pipeline.desk import open_desk
from storydiff.pipeline.digests import send_due
from storydiff.settings import Settings
from storydiff.testing import FixedClock
clock = FixedClock(sys.argv[1])
with open_desk(Settings.from_env(), clock, keep_pages=False) as desk:
    print(send_due(desk, clock()).sent)
"""


def worker(office: Office) -> subprocess.Popen[str]:
    """A process of its own that sends what is due at the office's time."""
    its = office.desk.settings
    names = ("database_url", "smtp_host", "smtp_port", "smtp_tls", "mail_from", "signing_secret", "web_url")
    values = {f"STORYDIFF_{name.upper()}": str(getattr(its, name)) for name in names}
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, office.clock().isoformat()],
        env={"PATH": os.environ["PATH"], "HOME": str(office.folder), **values},
        stdout=subprocess.PIPE,
        text=True,
    )


def killed_before_the_answer(office: Office) -> None:
    """The server has the mail; the worker dies before it hears so."""
    process = worker(office)
    office.box.on_data = lambda: os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL
    office.box.on_data = lambda: None


def killed_while_noting(office: Office) -> None:
    """The server has said yes; the worker dies while it waits to write that down."""
    lock = sqlite3.connect(office.folder / "stories.sqlite", isolation_level=None, check_same_thread=False)
    taken = threading.Event()

    def hold() -> None:
        lock.execute("BEGIN IMMEDIATE")
        taken.set()

    office.box.on_data = hold
    process = worker(office)
    assert taken.wait(30)
    process.kill()
    process.communicate(timeout=30)
    lock.execute("ROLLBACK")
    lock.close()
    office.box.on_data = lambda: None


@pytest.mark.parametrize("die", [killed_before_the_answer, killed_while_noting])
def test_a_killed_worker_costs_one_duplicate_at_most(office: Office, die: Callable[[Office], None]) -> None:
    """The mail comes once more, the very same bytes under the same Message-ID, and then never again."""
    office.subscribe()
    office.clock.set(MORNING)
    die(office)
    assert len(office.box.digests) == 1
    assert office.send().sent == 0, "the dead worker's claim still holds"
    for _ in range(3):
        office.clock.advance(minutes=11)
        office.send()
    first, second = office.box.raw[1:]
    assert first == second
    assert office.desk.store.digests.list()[0].state == "sent"


def test_two_deaths_cost_no_second_duplicate(office: Office) -> None:
    """Killed twice over one mail: it is then taken as sent, and what it told is not told again."""
    made = office.subscribe()
    office.clock.set(MORNING)
    killed_before_the_answer(office)
    office.clock.advance(minutes=11)
    killed_while_noting(office)
    for _ in range(3):
        office.clock.advance(minutes=11)
        office.send()
    office.clock.set(MORNING + timedelta(days=1))
    office.send()
    assert len(office.box.digests) == 2
    assert office.desk.store.subscriptions.get(made.id).sent == MORNING


def test_a_server_that_hangs_up_costs_one_duplicate_at_most(office: Office) -> None:
    """It may have the mail, whenever the connection breaks after the last line: one more try, and no third."""
    office.subscribe()
    office.clock.set(MORNING)
    office.box.hangs_up = True
    assert office.send().waiting == 1
    for _ in range(40):
        office.clock.advance(minutes=4)
        office.send()
    assert len(office.box.digests) == 2
    assert office.desk.store.digests.list()[0].state == "sent"


def test_many_workers_send_each_mail_once(office: Office) -> None:
    """Three processes at once, six readers: six mails."""
    readers = [f"reader{number}@paper.example" for number in range(6)]
    for each in readers:
        office.subscribe(each)
    office.clock.set(MORNING)
    processes = [worker(office) for _ in range(3)]
    sent = sum(int(process.communicate(timeout=60)[0]) for process in processes)
    assert sent == 6
    assert sorted(str(mail["To"]) for mail in office.box.digests) == readers


def test_what_was_prepared_is_sent_when_the_server_is_back(office: Office) -> None:
    """While the mail server is away the mail waits; then it is sent, once."""
    office.subscribe()
    office.clock.set(MORNING)
    lost = replace(office.desk, settings=replace(office.desk.settings, smtp_port=free_port()))
    done = digests.send_due(lost, MORNING)
    assert (done.prepared, done.sent) == (1, 0)
    assert "refused" in done.trouble
    assert [office.send().sent for _ in range(2)] == [1, 0]
    assert len(office.box.digests) == 1
