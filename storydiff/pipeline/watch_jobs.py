"""Jobs that follow a story's pages until they are stored and compared."""

from __future__ import annotations

from storydiff.pipeline.desk import Desk
from storydiff.store import JobState


def follow(desk: Desk, slug: str) -> None:
    """Write how far the story's jobs are; they are done when each page was tried and nothing waits to be collated."""
    jobs = desk.store.jobs.open_of(slug)
    if not jobs:
        return
    now = desk.clock()
    checks = desk.store.schedule.checks(slug)
    burst = desk.store.schedule.burst(slug)
    for job in jobs:
        tried = sum(
            check.checked is not None and job.created is not None and check.checked >= job.created for check in checks
        )
        waiting = tried < min(job.total, len(checks)) or burst.dirty > burst.settled
        if waiting:
            desk.store.jobs.update(job.id, now=now, state=JobState.RUNNING, done=min(tried, job.total))
            continue
        latest = desk.store.collations.latest(slug)
        result = {"collation": latest.number if latest else None}
        desk.store.jobs.update(job.id, now=now, state=JobState.DONE, done=job.total, result=result)
