"""`python -m workers.alone`: a worker with a queue in its own memory, and the clock in a thread beside it.

For one desk without Redis. Nobody outside can ring, so the clock alone says what is due, and it ticks each second.
"""

from __future__ import annotations

import dataclasses

from celery.beat import EmbeddedService

from storydiff.settings import Settings
from workers.app import QUEUES, make_app

TICK = 1.0
"""Seconds between two looks at what is due: a few indexed reads, and here the only way to be heard."""


def main() -> None:
    """Work until SIGTERM or SIGINT; what is due then stands in the database and is done after the next start."""
    settings = Settings.from_env()
    app = make_app(dataclasses.replace(settings, redis_url="", tick_seconds=min(TICK, settings.tick_seconds)))
    app.set_default()
    clock = EmbeddedService(app, max_interval=TICK, thread=True)
    clock.daemon = True
    clock.start()
    queues = ",".join(sorted(set(QUEUES.values())))
    quiet = ["-l", "warning", "--without-gossip", "--without-mingle"]
    app.worker_main(["--quiet", "worker", "-P", "solo", "-Q", queues, *quiet])


if __name__ == "__main__":
    main()
