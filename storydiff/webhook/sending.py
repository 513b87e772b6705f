"""Sending all that is due: one event loop, in which a slow endpoint keeps nobody waiting but itself."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from storydiff.errors import StoreError
from storydiff.fetch import Limits
from storydiff.store import Attempt, Parcel, Store
from storydiff.tracing import span
from storydiff.webhook.delivery import SECONDS, Sender
from storydiff.webhook.retry import outcome

log = logging.getLogger(__name__)
AT_ONCE, PER_ENDPOINT = 200, 2
"""Requests under way, in all and at one endpoint."""
LOOK = 0.25
"""Seconds between two looks for what has become due while others are still under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What sending works with. `run_seconds` bounds a run, `seconds` one request."""

    store: Store
    limits: Limits
    clock: Callable[[], datetime]
    owner: str
    run_seconds: float = 60.0
    seconds: float = SECONDS


def send_due(post: Post) -> int:
    """Send what is due, of all newsrooms, until nothing is or the time of the run is over; gives how many arrived.

    Several processes may do so at once. A process that dies leaves claims that run out soon after the longest request.
    """
    return asyncio.run(_send_due(post))


async def _send_due(post: Post) -> int:
    deadline, arrived = time.monotonic() + post.run_seconds, 0
    under_way: set[asyncio.Task[bool]] = set()
    async with Sender(post.limits, seconds=post.seconds) as sender:
        while True:
            for parcel in await _claimed(post, AT_ONCE - len(under_way), deadline):
                under_way.add(asyncio.create_task(_deliver(post, sender, parcel)))
            if not under_way:
                return arrived
            done, under_way = await asyncio.wait(under_way, timeout=LOOK, return_when=asyncio.FIRST_COMPLETED)
            arrived += sum(task.result() for task in done)


async def _claimed(post: Post, room: int, deadline: float) -> tuple[Parcel, ...]:
    if room <= 0 or time.monotonic() >= deadline:
        return ()
    return await asyncio.to_thread(_claim, post, room)


def _claim(post: Post, room: int) -> tuple[Parcel, ...]:
    now = post.clock()
    until = now + timedelta(seconds=2 * post.seconds)
    return post.store.outbox.claim(post.owner, now=now, until=until, limit=room, per_endpoint=PER_ENDPOINT)


async def _deliver(post: Post, sender: Sender, parcel: Parcel) -> bool:
    """One attempt, written down whatever came of it; gives whether it arrived."""
    at, started = post.clock(), time.monotonic()
    with span("send an event", kind="client", endpoint=parcel.endpoint.id, event=parcel.event.id) as traced:
        reply = await sender.send(parcel, at)
        traced.note(status=reply.status or 0, failed=not reply.arrived)
    attempt = Attempt(
        at=at, status=reply.status, error=reply.error, answer=reply.answer, seconds=time.monotonic() - started
    )
    # Jitter needs no secrecy.
    follows = outcome(reply, parcel.endpoint, parcel.tries + 1, post.clock(), chance=random.random())  # noqa: S311
    told = {"newsroom": parcel.endpoint.newsroom, "endpoint": parcel.endpoint.id, "event": parcel.event.id}
    log.info("sent an event", extra={**told, "story": parcel.event.story, "status": reply.status, "error": reply.error})
    try:
        await asyncio.to_thread(post.store.outbox.record, parcel, attempt, follows)
    except StoreError as error:  # the claim runs out, and it is sent once more under the same id
        log.warning("what came of %s could not be stored: %s", parcel.id, error)
    return reply.arrived
