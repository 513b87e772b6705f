"""The Celery application: where tasks wait, and what happens when a worker dies.

A task is acknowledged when it is done, and given to another worker when its process is lost; every task may therefore
run more than once, and all of them can. Measured on Redis: a whole worker killed with SIGKILL holds its task for the
visibility timeout, so that is short, and longer than the hard time limit of any task.
"""

from __future__ import annotations

from celery import Celery

from storydiff.settings import Settings

SOFT_SECONDS, HARD_SECONDS, HIDDEN_SECONDS = 240, 300, 600
"""A task is asked to stop, is stopped, and is given to another worker after so long."""


def make_app(settings: Settings) -> Celery:
    """The application for a broker; without STORYDIFF_REDIS_URL tasks stay in this process's memory."""
    app = Celery("storydiff", include=["workers.tasks"])
    app.conf.update(
        broker_url=broker(settings.redis_url),
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        task_soft_time_limit=SOFT_SECONDS,
        task_time_limit=HARD_SECONDS,
        task_default_queue="fetch",
        task_routes={"storydiff.fetch": {"queue": "fetch"}, "storydiff.collate": {"queue": "collate"}},
        # The sweep for lost tasks comes every 10 s and not every 100: restore throttle 1.
        broker_transport_options={
            "visibility_timeout": HIDDEN_SECONDS,
            "unacked_restore_throttle": 1,
            "queue_order_strategy": "priority",
        },
        broker_connection_retry_on_startup=True,
        task_serializer="json",
        accept_content=["json"],
        timezone="UTC",
    )
    return app


def broker(redis_url: str) -> str:
    """The address as Celery spells it: a Unix socket is `unix://` to Redis and `redis+socket://` to Celery."""
    return redis_url.replace("unix://", "redis+socket://", 1) or "memory://"


app = make_app(Settings.from_env())
