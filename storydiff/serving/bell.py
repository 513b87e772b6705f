"""Waking the workers. What is due stands in the database: a ring that is lost costs time, never work."""

from __future__ import annotations

import logging
from typing import Protocol

from celery import Celery
from kombu.exceptions import OperationalError

from storydiff.tracing import carried

TICK = "storydiff.tick"
"""The task that claims what is due; the clock rings it too, every few seconds."""
PATIENCE = {"max_retries": 0, "interval_start": 0}
log = logging.getLogger(__name__)


class Bell(Protocol):
    """Tells workers that something is due."""

    def ring(self) -> None:
        """Wake them; never fails."""


class NoBell:
    """Where no queue is shared with the workers: they look for what is due by themselves."""

    def ring(self) -> None:
        """Nothing to wake."""


class QueueBell:
    """Puts the tick on the queue."""

    def __init__(self, broker: str) -> None:
        self._app = Celery("storydiff", broker=broker, set_as_current=False)
        self._app.conf.update(
            task_ignore_result=True,
            broker_connection_timeout=1,
            broker_transport_options={"socket_timeout": 1, "socket_connect_timeout": 1},
        )

    def ring(self) -> None:
        """Wake them; while the queue is out of reach, the clock will."""
        try:
            self._app.send_task(TICK, retry=False, queue="fetch", priority=0, ignore_result=True, headers=carried())
        except (OperationalError, OSError) as error:
            log.warning("the queue is out of reach, so workers start at their next tick: %s", error)


def make_bell(redis_url: str) -> Bell:
    """The bell for a Redis, or none."""
    return QueueBell(redis_url.replace("unix://", "redis+socket://", 1)) if redis_url else NoBell()
