"""Token buckets: a burst, then the rate; shared in Redis, alone without it."""

import asyncio
from pathlib import Path

from storydiff.serving.rate import BURST, LocalLimiter, RedisLimiter
from tests.integration.redis_server import redis_server


def test_a_burst_and_then_the_rate() -> None:
    """Ten seconds' worth may come at once; after that one is let in per interval."""
    now = [0.0]
    limiter = LocalLimiter(60, now=lambda: now[0])
    assert [limiter.take("k") for _ in range(int(BURST))] == [0.0] * int(BURST)
    assert 0.9 < limiter.take("k") <= 1.0
    now[0] = 1.0
    assert limiter.take("k") == 0.0
    assert limiter.take("k") > 0


def test_keys_do_not_share() -> None:
    """One key's flood is not another's."""
    limiter = LocalLimiter(6, now=lambda: 0.0)
    while limiter.take("loud") == 0.0:
        pass
    assert limiter.take("quiet") == 0.0


def test_a_very_low_rate_lets_one_in() -> None:
    """One request a minute is one, not none."""
    limiter = LocalLimiter(1, now=lambda: 0.0)
    assert limiter.take("k") == 0.0
    assert limiter.take("k") == 60.0


def test_processes_share_through_redis(tmp_path: Path) -> None:
    """What one limiter let in counts for the other."""

    async def run(url: str) -> tuple[list[float], float, float]:
        one, two = RedisLimiter(url, 60), RedisLimiter(url, 60)
        first = [await one.wait_of("k") for _ in range(int(BURST))]
        waits = await two.wait_of("k"), await two.wait_of("other")
        await one.close()
        await two.close()
        return first, *waits

    with redis_server(tmp_path) as url:
        first, full, other = asyncio.run(run(url))
    assert first == [0.0] * int(BURST)
    assert 0 < full <= 1.0
    assert other == 0.0


def test_a_few_are_taken_at_a_time(tmp_path: Path) -> None:
    """With 600 a minute, five at once: the burst is what it was, one process's share is not asked for twice."""

    async def run(url: str) -> tuple[int, int]:
        one, two = RedisLimiter(url, 600), RedisLimiter(url, 600)
        taken = 0
        while await one.wait_of("k") == 0.0:
            taken += 1
        assert await two.wait_of("k") > 0
        fresh = RedisLimiter(url, 600)
        assert not fresh.takes_at_once("other"), "nothing is taken before it is asked for"
        assert await fresh.wait_of("other") == 0.0
        at_once = 0
        while fresh.takes_at_once("other"):
            at_once += 1
        for each in (one, two, fresh):
            await each.close()
        return taken, at_once

    with redis_server(tmp_path) as url:
        taken, at_once = asyncio.run(run(url))
    assert 100 <= taken <= 110, "a burst, and what came due meanwhile"
    assert at_once == 4


def test_without_redis_each_counts_for_itself(tmp_path: Path) -> None:
    """A Redis that is not there costs no request."""

    async def run() -> list[float]:
        limiter = RedisLimiter(f"unix://{tmp_path}/nothing.sock", 6)
        waits = [await limiter.wait_of("k") for _ in range(3)]
        await limiter.close()
        return waits

    waits = asyncio.run(run())
    assert waits[0] == 0.0
    assert waits[-1] > 0
