"""Which processes `storydiff serve` starts, and which queue they share."""

from __future__ import annotations

from pathlib import Path

import pytest

from storydiff.cli import parts
from storydiff.settings import Settings

REDIS = "redis://queue.example:6379/0"


def test_a_queue_in_memory_needs_one_process() -> None:
    """Nobody outside its process can ring it: worker and clock are one. On a Redis each is a process of its own."""
    [alone] = parts.working({"A": "1"}, 2, "")
    assert "workers.alone" in alone.arguments
    assert alone.environment == {"A": "1"}
    worker, beat = parts.working({"A": "1"}, 3, REDIS)
    assert [worker.name, beat.name] == ["worker", "beat"]
    assert not any("workers.alone" in each.arguments for each in (worker, beat))
    assert "3" in worker.arguments
    assert parts.QUEUES in worker.arguments


@pytest.mark.parametrize(("given", "memory", "chosen"), [(REDIS, False, REDIS), (REDIS, True, ""), ("", True, "")])
def test_no_redis_is_started_beside_one_that_is_set(tmp_path: Path, given: str, memory: bool, chosen: str) -> None:
    """The one of the settings is used, or none where memory is asked for."""
    assert parts.queue(Settings(redis_url=given), tmp_path, memory=memory) == (chosen, [])


def test_a_redis_of_our_own_is_found_by_nobody_else(tmp_path: Path) -> None:
    """It listens on a socket in a private folder, keeps nothing on disk, and has no port."""
    if parts.redis_program() is None:
        pytest.skip("no redis-server here: apt-get install redis-server")
    address, [redis] = parts.queue(Settings(), tmp_path, memory=False)
    assert address == f"unix://{tmp_path / 'redis.sock'}"
    told = dict(zip(redis.arguments[1::2], redis.arguments[2::2], strict=True))
    assert (told["--port"], told["--save"], told["--unixsocketperm"]) == ("0", "", "700")
