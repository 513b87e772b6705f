"""An endpoint that fails for good is paused, and a mail says so: real endpoint, real mail server, real workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storydiff.errors import MailError
from storydiff.model import Event, EventType
from storydiff.pipeline.notices import send_notices
from storydiff.store import Endpoint, EndpointKind, EndpointState
from storydiff.testing import Newsroom
from storydiff.webhook.sending import Post, send_due
from tests.forking import Forking
from tests.integration.digest.conftest import Office
from tests.integration.digest.letterbox import free_port, parts
from tests.integration.digest.test_workers import worker_of
from tests.integration.redis_server import redis_server
from tests.integration.webhook.receiver import Receiver, receiving
from tests.integration.workers.processes import until

DESK, HOOKS = "desk@paper.example", "hooks@paper.example"
KILLED = """
from storydiff.pipeline.desk import open_desk
from storydiff.pipeline.notices import send_notices
from storydiff.settings import Settings
from storydiff.testing import FixedClock
import sys
with open_desk(Settings.from_env(), FixedClock(sys.argv[1]), keep_pages=False) as desk:
    send_notices(desk)
"""


def failing(office: Office, receiver: Receiver, contact: str | None = HOOKS, path: str = "/hook") -> Endpoint:
    """An endpoint whose server has an error for everything, with ten events for it."""
    receiver.answer(path, 500)
    made = office.desk.store.endpoints.create(
        EndpointKind.WEBHOOK, receiver.url(path), now=office.clock(), description="CMS", contact=contact
    )
    tell(office, path)
    return made


def tell(office: Office, name: str) -> None:
    for n in range(10):
        said = {"title": "Fire", "summary": f"Conflict {n}"}
        event = Event(
            id=f"evt_{name}{n}", type=EventType.DISCREPANCY_FOUND, story="alder-quay-fire", at=office.clock(), data=said
        )
        office.desk.store.events.append(event)


def send_until_paused(office: Office, endpoint: Endpoint) -> None:
    limits = replace(office.desk.settings, allow_hosts=("127.0.0.1",))
    post = Post(store=office.desk.store, limits=limits, clock=office.clock, owner="test", seconds=5)
    for _ in range(40):
        send_due(post)
        found = office.desk.store.endpoints.get(endpoint.id)
        if found is not None and found.state is EndpointState.PAUSED:
            return
        office.clock.advance(hours=6)
    pytest.fail("it was never paused")


def test_a_pause_is_mailed_once_to_the_contact(office: Office) -> None:
    """The mail names the endpoint and why; it comes once for each pause, and its words give no address away."""
    with receiving() as receiver:
        endpoint = failing(office, receiver)
        send_until_paused(office, endpoint)
        assert [send_notices(office.desk) for _ in range(3)] == [1, 0, 0]
        office.desk.store.endpoints.resume(endpoint.id, now=office.clock())
        office.clock.advance(hours=25)
        send_until_paused(office, endpoint)
        assert [send_notices(office.desk) for _ in range(3)] == [1, 0, 0]
    first, second = office.box.mails
    assert (first["To"], first["Subject"]) == (HOOKS, "storydiff: CMS is paused")
    assert first["Message-ID"] != second["Message-ID"]
    for part in parts(first):
        assert "CMS: Every delivery since" in part or "CMS: A delivery has failed" in part
        assert endpoint.id in part
        assert "/hook" not in part


def test_the_newsroom_is_told_where_the_endpoint_names_nobody(office: Office) -> None:
    """Until there is somebody to tell, the alert waits; one mail tells of all that is wrong by then."""
    with receiving() as receiver:
        for path in ("/one", "/two"):
            send_until_paused(office, failing(office, receiver, None, path))
    assert send_notices(office.desk) == 0
    office.desk.store.newsrooms.create("", now=office.clock())
    office.desk.store.newsrooms.change("", contact=DESK)
    assert send_notices(office.desk) == 1
    assert (office.box.mails[0]["To"], office.box.mails[0]["Subject"]) == (DESK, "storydiff: 2 things need a look")


def test_an_outlet_that_stays_away_is_told_of(office: Office) -> None:
    """Not at once, for it may be a hiccup; not at all when it is back in time; hostile words stay words."""
    store = office.desk.store
    store.newsrooms.create("", now=office.clock())
    store.newsrooms.change("", contact=DESK)
    for host in ("back.example", "away.example"):
        store.alerts.record("watch", host, "5 of the last 5 pages\r\nBcc: x@evil.example <b>", now=office.clock())
    assert send_notices(office.desk) == 0
    office.clock.advance(minutes=5)
    store.alerts.resolve("watch", "back.example", now=office.clock())
    office.clock.advance(minutes=5)
    assert [send_notices(office.desk) for _ in range(2)] == [1, 0]
    [mail] = office.box.mails
    assert mail["Subject"] == "storydiff: away.example cannot be read"
    assert "Bcc" not in mail
    assert "<b>" not in parts(mail)[1]


def test_a_dead_worker_loses_none(office: Office) -> None:
    """Killed when the server has the mail but the worker does not know: once more, the same bytes, then never again."""
    with receiving() as receiver:
        send_until_paused(office, failing(office, receiver))
    its = office.desk.settings
    names = ("database_url", "smtp_host", "smtp_port", "smtp_tls", "mail_from")
    env = {"PATH": os.environ["PATH"], "HOME": str(office.folder)}
    env |= {f"STORYDIFF_{name.upper()}": str(getattr(its, name)) for name in names}
    process = subprocess.Popen([sys.executable, "-c", KILLED, office.clock().isoformat()], env=env)
    office.box.on_data = lambda: os.kill(process.pid, signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL
    office.box.on_data = lambda: None
    for _ in range(4):
        office.clock.advance(minutes=11)
        send_notices(office.desk)
    first, second = office.box.raw
    assert first == second


def test_a_mail_server_that_is_away_loses_none(office: Office) -> None:
    """The notice is written down, and goes out when the server is back."""
    with receiving() as receiver:
        send_until_paused(office, failing(office, receiver))
    lost = replace(office.desk, settings=replace(office.desk.settings, smtp_port=free_port()))
    with pytest.raises(MailError):
        send_notices(lost)
    assert [send_notices(office.desk) for _ in range(2)] == [1, 0]


def test_several_workers_tell_once(office: Office, tmp_path: Path, forked: Forking) -> None:
    """Three real workers with a clock each: one mail for each pause."""
    office.clock.set(datetime.now(UTC) - timedelta(days=30))
    with receiving() as receiver:
        for n in range(4):
            send_until_paused(office, failing(office, receiver, f"hooks{n}@paper.example", f"/{n}"))
    with Newsroom() as room, redis_server(tmp_path) as redis_url, ExitStack() as stack:
        crew = [worker_of(office.desk, room, redis_url, tmp_path / f"{n}.log", forked.start) for n in range(3)]
        for each in crew:
            stack.callback(each.stop)
            each.start()
        until(lambda: len(office.box.mails) >= 4, crew[0])
        time.sleep(3)  # one more round of every clock
    assert Counter(str(mail["To"]) for mail in office.box.mails) == {f"hooks{n}@paper.example": 1 for n in range(4)}
