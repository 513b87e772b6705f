"""How tasks are routed, limited and rung for."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storydiff.fetch import FolderArchive, LocalSlots
from storydiff.model import Event, EventType, Story
from storydiff.settings import Settings
from storydiff.store import EndpointKind, Store, Visit, open_store
from workers import tasks
from workers.app import QUEUES, broker, make_app
from workers.mails import Patience
from workers.resources import Resources
from workers.schedule import FULL, Bell, due

URL = "https://a.example/1"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def known(tmp_path: Path) -> Resources:
    store = open_store(tmp_path / "s.sqlite")
    return Resources(settings=Settings(), store=store, archive=FolderArchive(tmp_path / "a"), slots=LocalSlots())


@pytest.mark.parametrize(
    ("redis_url", "address"),
    [
        ("redis://h:6379/0", "redis://h:6379/0"),
        ("unix:///run/r.sock", "redis+socket:///run/r.sock"),
        ("", "memory://"),
    ],
)
def test_the_broker(redis_url: str, address: str) -> None:
    """The queue is where the setting says, else in memory."""
    assert broker(redis_url) == address


def test_every_task_has_a_queue() -> None:
    """No task waits where no worker looks."""
    own = {name for name in tasks.tick.app.tasks if name.startswith("storydiff.")}
    assert own <= set(QUEUES)
    assert {f"storydiff.{name}" for name in ("tick", "fetch", "watch", "collate", "deliver", "mail")} <= own


def test_limits_follow_from_one_setting() -> None:
    """A task ends before anybody else may take it for lost."""
    conf = make_app(Settings(task_seconds=100)).conf
    visible = conf.broker_transport_options["visibility_timeout"]
    assert conf.task_soft_time_limit < conf.task_time_limit == 100 < visible
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1


def test_the_clock_watches_and_mails_once_a_minute() -> None:
    """Twelve ticks of five seconds; without a mail server nobody is rung for to mail."""
    assert make_app(Settings()).conf.beat_schedule.keys() == {"tick", "watch"}
    entries = make_app(Settings(smtp_host="mail.example")).conf.beat_schedule
    assert {name: entry["schedule"] for name, entry in entries.items()} == {"tick": 5.0, "watch": 60.0, "mail": 60.0}


def test_a_mail_server_that_is_away_is_asked_less_and_less() -> None:
    """After one minute, two, four, a quarter of an hour at most; at once again when it was there."""
    now = 0.0
    patience = Patience(lambda: now)
    waited = []
    for _ in range(6):
        patience.note(away=True)
        begun = now
        while not patience.is_over:
            now += 30
        waited.append(now - begun)
    assert waited == [60, 120, 240, 480, 900, 900]
    patience.note(away=False)
    assert patience.is_over


def test_a_claim_outlives_its_task(known: Resources) -> None:
    """What a task holds is not given to others while it may still work."""
    assert known.claim("me").lease > timedelta(seconds=known.settings.task_seconds)


def fill(store: Store, slug: str, count: int = 1) -> None:
    store.stories.save(Story(slug=slug))
    store.schedule.watch(slug, [f"{URL}/{slug}/{n}" for n in range(count)], now=now())


def test_a_tick_rings_for_what_is_due(known: Resources) -> None:
    """Each story is rung for once, then left alone for a while; nothing due, nothing rung."""
    assert list(due(known, 0)) == []
    fill(known.store, "mill", 3)
    fill(known.store.of("tarn"), "fire")
    known.store.schedule.mark_dirty("mill")
    known.store.endpoints.create(EndpointKind.WEBHOOK, URL, now=now())
    known.store.events.append(Event(id="evt_1", type=EventType.STORY_COLLATED, story="mill", at=now()))
    rung = list(due(known, 0))
    assert rung[0].priority == 0
    assert sorted(rung) == [
        Bell("storydiff.collate", ("", "mill")),
        Bell("storydiff.deliver"),
        Bell("storydiff.fetch", ("", "mill")),
        Bell("storydiff.fetch", ("tarn", "fire")),
    ]
    assert list(due(known, 0)) == [Bell("storydiff.deliver")]


def test_a_full_queue_gets_the_most_urgent(known: Resources) -> None:
    """While thousands of re-checks wait, few more are rung for, and a posted story is the first of them."""
    for n in range(120):
        fill(known.store, f"old-{n}")
        [check] = known.store.schedule.claim(f"old-{n}", "me", now=now(), until=now(), limit=1)
        past = now() - timedelta(hours=1)
        known.store.schedule.record(f"old-{n}", check, Visit(at=past, code="complete"), next_check=past)
    fill(known.store, "posted")
    rung = list(due(known, FULL))
    assert len(rung) == 100
    assert rung[0] == Bell("storydiff.fetch", ("", "posted"), 0)
    assert {bell.priority for bell in rung[1:]} == {6}


def test_a_queue_that_is_away_is_no_failure() -> None:
    """A task ends well when the next step cannot be rung for: the tick will."""
    code = "from workers.app import app; from workers.tasks import Bell, ring; ring(Bell('storydiff.deliver'))"
    env = {"PATH": os.environ["PATH"], "STORYDIFF_REDIS_URL": "redis://127.0.0.1:1/0"}
    run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0
    assert "storydiff.deliver could not be rung for" in run.stderr
