"""docs/webhooks.md: its samples are run, and what it says of events is what the code says."""

import os
import re
import select
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from storydiff.model import Event, EventType
from storydiff.settings import Settings
from storydiff.store import EndpointKind, open_store
from storydiff.store.names import webhook_secret
from storydiff.webhook.retry import LADDER
from storydiff.webhook.sending import Post, send_due
from workers.resources import clock

DOCS = Path(__file__).parents[3] / "docs"
HERE = Settings(allow_hosts=("127.0.0.1",))
SAMPLES = [("receiver.py", [sys.executable]), ("receiver.mjs", ["node"])]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, secret: str) -> Iterator[subprocess.Popen[str]]:
    """The sample as a process that listens."""
    env = {"PATH": os.environ["PATH"], "STORYDIFF_SECRET": secret, "PYTHONUTF8": "1"}
    process = subprocess.Popen([*command, str(port)], env=env, stdout=subprocess.PIPE, text=True, encoding="utf8")
    try:
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except ConnectionRefusedError:
                assert time.monotonic() < deadline
                assert process.poll() is None
                time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout:
            process.stdout.close()


def said(process: subprocess.Popen[str], seconds: float) -> str:
    """The next line that the sample prints; nothing when there is none in time."""
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], seconds)
    return process.stdout.readline() if ready else ""


@pytest.mark.parametrize(("name", "program"), SAMPLES)
def test_a_sample_takes_each_event_once(name: str, program: list[str], tmp_path: Path) -> None:
    """The receiver verifies real deliveries, prints one that is replayed once, and refuses another's secret."""
    if shutil.which(program[0]) is None:
        pytest.skip(f"{program[0]} is not on this machine")
    port = free_port()
    with open_store(tmp_path / "s.sqlite") as store:
        endpoint = store.endpoints.create(EndpointKind.WEBHOOK, f"http://127.0.0.1:{port}/", now=clock())
        post = Post(store=store, limits=HERE, clock=clock, owner="test")
        data = {"summary": "Zwei – drei “Tote”"}
        event = Event(id="evt_1", type=EventType.DISCREPANCY_FOUND, story=None, at=clock(), data=data)
        with running([*program, str(DOCS / "samples" / name)], port, endpoint.secret) as process:
            store.events.append(event)
            assert send_due(post) == 1
            assert said(process, 10) == "discrepancy.found Zwei – drei “Tote”\n"
            store.deliveries.replay(endpoint.id, event="evt_1", now=clock())
            assert send_due(post) == 1
            assert said(process, 0.3) == ""
            store.endpoints.rotate(endpoint.id, now=clock())
            store.deliveries.replay(endpoint.id, event="evt_1", now=clock())
            assert send_due(post) == 1, "the old secret is still signed with"
            store.endpoints.rotate(endpoint.id, now=clock(), overlap=timedelta(0))
            store.deliveries.replay(endpoint.id, event="evt_1", now=clock())
            assert send_due(post) == 0, "401 for a secret that it does not know"


@pytest.mark.parametrize("name", ["receiver.py", "receiver.mjs"])
def test_the_page_shows_the_samples(name: str) -> None:
    """What is printed on the page is the file that the tests run."""
    assert (DOCS / "samples" / name).read_text(encoding="utf8").rstrip() in (DOCS / "webhooks.md").read_text("utf8")


def test_the_page_names_every_event() -> None:
    """The table of events is that of the code, and so is the ladder."""
    text = (DOCS / "webhooks.md").read_text(encoding="utf8")
    assert re.findall(r"^\| `([a-z.]+)` \|", text, re.MULTILINE) == [kind.value for kind in EventType]
    assert "5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h" in text
    seconds = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    assert [int(step.total_seconds()) for step in LADDER] == [0, *seconds]


def test_a_new_secret_has_the_form_of_the_page() -> None:
    """Secrets begin as the page says."""
    assert webhook_secret().startswith("whsec_")
