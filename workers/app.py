"""The Celery application: where tasks wait, and what happens when a worker dies.

A task is acknowledged when it is done, and given to another worker when its process is lost; every task may therefore
run more than once, and all of them can. What is due stands in the database: the queue only rings, and a queue that is
lost is rung anew by the next tick.
"""

from __future__ import annotations

from typing import Any

from celery import Celery

from storydiff.settings import Settings

QUEUES = {
    "storydiff.tick": "fetch",
    "storydiff.fetch": "fetch",
    "storydiff.watch": "fetch",
    "storydiff.collate": "collate",
    "storydiff.deliver": "notify",
    "storydiff.mail": "notify",
}
"""Which queue a task waits in. Workers are started for one queue or for several: `worker -Q fetch,collate,notify`."""


def make_app(settings: Settings) -> Celery:
    """The application for a broker; without STORYDIFF_REDIS_URL tasks stay in this process's memory."""
    app = Celery("storydiff", include=["workers.tasks", "workers.around"])
    app.conf.update(
        broker_url=broker(settings.redis_url),
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        task_default_queue="fetch",
        task_routes={task: {"queue": queue} for task, queue in QUEUES.items()},
        broker_connection_retry_on_startup=True,
        task_serializer="json",
        accept_content=["json"],
        timezone="UTC",
        # In memory: the schedule is this small, and a file would need a writable folder.
        beat_scheduler="celery.beat:Scheduler",
        beat_max_loop_interval=settings.tick_seconds,
        beat_schedule=_clock(settings),
        **_limits(settings.task_seconds),
    )
    return app


MAIL = WATCH = 12
"""Ticks from one look at what is to be mailed to the next, and at the sources that are due: a minute, as the settings
stand.
"""


def _clock(settings: Settings) -> dict[str, Any]:
    """The entries of the clock; what nobody took in time is dropped, for the next says the same."""
    entries = {
        "tick": _entry("storydiff.tick", settings.tick_seconds, 0),
        "watch": _entry("storydiff.watch", WATCH * settings.tick_seconds, 3),
    }
    if settings.smtp_host:
        entries["mail"] = _entry("storydiff.mail", MAIL * settings.tick_seconds, 6)
    return entries


def _entry(task: str, seconds: float, priority: int) -> dict[str, Any]:
    return {"task": task, "schedule": seconds, "options": {"priority": priority, "expires": max(3 * seconds, 10)}}


def _limits(seconds: int) -> dict[str, Any]:
    """A task is asked to stop, is stopped, and is given to another worker when its own was killed.

    Measured on Redis: a whole worker killed with SIGKILL holds its task for the visibility timeout, and a task that
    takes longer than that runs twice; so it is twice the hard limit. Restore throttle 1: the sweep for lost tasks
    comes every 10 s and not every 100. Of the priorities 0, 3, 6 and 9 the first is the most urgent; within one, the
    queues take turns (the strategy "priority" would let those named first starve the others).
    """
    transport = {
        "visibility_timeout": 2 * seconds,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 5,
        "socket_timeout": 30,
    }
    return {
        "task_soft_time_limit": max(1, round(0.8 * seconds)),
        "task_time_limit": seconds,
        "broker_transport_options": transport,
    }


def broker(redis_url: str) -> str:
    """The address as Celery spells it: a Unix socket is `unix://` to Redis and `redis+socket://` to Celery."""
    return redis_url.replace("unix://", "redis+socket://", 1) or "memory://"


app = make_app(Settings.from_env())
