"""One tick: what is due in the database, as bells to ring. There are no entries per story anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from workers.resources import Resources, clock

FULL, LEAST = 1000, 100
"""Stories rung for until the queue is full, and at each tick in any case: the most urgent come first."""
REMEMBERED = timedelta(days=30)
"""How long attempts are remembered, for the health of outlets."""


class Bell(NamedTuple):
    """A task to ring for; priority 0 is the most urgent."""

    task: str
    arguments: tuple[str, ...] = ()
    priority: int = 0


def due(known: Resources, depth: int) -> Iterator[Bell]:
    """The bells to ring now, when `depth` tasks wait already. A story is not named again for some ticks.

    Ringing twice costs a look: the task asks what is due, and somebody has done it.
    """
    now, store = clock(), known.store
    again = now + timedelta(seconds=max(10 * known.settings.tick_seconds, known.settings.task_seconds / 5))
    room = max(LEAST, FULL - depth)
    for ring in store.rings.to_fetch(now, again=again, limit=room):
        yield Bell("storydiff.fetch", (ring.newsroom, ring.story), ring.priority)
    for ring in store.rings.to_collate(now, again=again, limit=FULL):
        yield Bell("storydiff.collate", (ring.newsroom, ring.story))
    if store.outbox.due(now):
        yield Bell("storydiff.deliver")
    store.rings.forget_visits(before=now - REMEMBERED)
