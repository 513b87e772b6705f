"""Doorbells: each opens a desk, calls one use case, and rings for the next step. All of them may run twice."""

from __future__ import annotations

import logging
from typing import Any

from celery import Task, shared_task
from kombu.exceptions import OperationalError

import storydiff.extract.article
import storydiff.fetch.batch  # noqa: F401 - loaded before the pool forks, so that its processes share the memory
from storydiff.errors import StoreError
from storydiff.pipeline.matching import Texts
from storydiff.pipeline.watch import check_story
from storydiff.pipeline.watch_collate import settle_story
from storydiff.serving.metrics import PAGES, UNARCHIVED
from storydiff.tracing import carried
from storydiff.webhook.delivery import SECONDS
from storydiff.webhook.sending import Post, send_due
from workers.mails import Patience, send_mails
from workers.resources import clock, resources
from workers.schedule import Bell, due
from workers.watching import watch_sources

AGAIN: dict[str, Any] = {"bind": True, "autoretry_for": (StoreError,), "retry_backoff": 1, "max_retries": 5}
"""A database that is locked or starting anew is no reason to give a task up. It keeps its id, and so its claims."""
PATIENCE = Patience()
"""How long this process leaves a mail server alone that is away."""
TEXTS = Texts()
"""What the texts of open stories hold, for announcements to be matched against."""
log = logging.getLogger(__name__)


@shared_task(name="storydiff.tick", bind=True)  # type: ignore[untyped-decorator]  # Celery has no types
def tick(self: Task) -> None:
    """Ring for everything that is due; when the database is away, the next tick asks again."""
    try:
        for bell in due(resources(), _depth(self)):
            ring(bell)
    except StoreError as error:
        log.warning("nobody knows what is due: %s", error)


@shared_task(name="storydiff.fetch", **AGAIN)  # type: ignore[untyped-decorator]
def fetch(self: Task, newsroom: str, story: str) -> None:
    """Fetch what is due of a story."""
    found = check_story(resources().desk(newsroom), story, resources().claim(self.request.id))
    for result in found.results:
        PAGES.labels(result).inc()
    UNARCHIVED.inc(found.unarchived)
    log.info("fetched", extra={"pages": found.pages, "new": found.new})
    if found.more:
        ring(Bell("storydiff.fetch", (newsroom, story), self.request.delivery_info.get("priority") or 0))
    if found.collate:
        ring(Bell("storydiff.collate", (newsroom, story)))


@shared_task(name="storydiff.collate", **AGAIN)  # type: ignore[untyped-decorator]
def collate(self: Task, newsroom: str, story: str) -> None:
    """Compare a story, and tell what that brought."""
    settled = settle_story(resources().desk(newsroom), story, resources().claim(self.request.id))
    log.info("collated", extra={"collation": settled.number, "events": settled.events, "again": settled.again})
    if settled.events:
        ring(Bell("storydiff.deliver"))
    if settled.again:
        ring(Bell("storydiff.collate", (newsroom, story)))


@shared_task(name="storydiff.deliver", **AGAIN)  # type: ignore[untyped-decorator]
def deliver(self: Task) -> None:
    """Send the events that are due."""
    known = resources()
    limit = known.settings.task_seconds
    send_due(
        Post(
            store=known.store,
            limits=known.settings,
            clock=clock,
            owner=self.request.id,
            run_seconds=0.4 * limit,
            seconds=min(SECONDS, 0.3 * limit),
        )
    )


@shared_task(name="storydiff.mail")  # type: ignore[untyped-decorator]
def mail() -> None:
    """Send the notices and digests that are due. What could not be sent is due again: the task is not repeated."""
    try:
        sent = send_mails(resources(), PATIENCE)
    except StoreError as error:
        log.warning("nobody knows what is to be mailed: %s", error)
        return
    if sent:
        log.info("mailed", extra={"mails": sent})


@shared_task(name="storydiff.watch", **AGAIN)  # type: ignore[untyped-decorator]
def watch(self: Task) -> None:
    """Read the sources that are due, and match what they announce to the stories."""
    done = watch_sources(resources(), TEXTS, self.request.id)
    if done.sources or done.added or done.suggested:
        log.info("watched", extra={name: getattr(done, name) for name in ("sources", "new", "added", "suggested")})
    if done.added:
        ring(Bell("storydiff.tick"))


def ring(bell: Bell) -> None:
    """Put a task on its queue. While the queue is out of reach nothing is lost: the next tick rings for it."""
    task = tick.app.tasks[bell.task]
    try:
        # Of what a tick rings for, only the urgent is what somebody just asked for; background work has its own traces.
        headers = carried() if bell.priority == 0 else {}
        task.apply_async(args=bell.arguments, priority=bell.priority, retry=False, headers=headers)
    except (OperationalError, OSError) as error:
        log.warning("%s could not be rung for: %s", bell.task, error)


def _depth(task: Task) -> int:
    """How many tasks wait to fetch; 0 when the queue cannot say."""
    try:
        with task.app.connection_for_read() as connection:
            return int(connection.default_channel.queue_declare("fetch", passive=True).message_count)
    except (OperationalError, OSError, *task.app.connection_for_read().channel_errors):
        return 0
