"""Jobs: long work that was asked for, to be followed; and answers kept for requests that are made twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storydiff.store.engine import Database
from storydiff.store.names import name
from storydiff.store.schema import stories
from storydiff.store.schema_service import idempotency, jobs
from storydiff.store.stories import existing_id, insert_once

KEPT = timedelta(hours=24)
"""How long an answer is kept for a repeated request, as payment interfaces do."""
PENDING = timedelta(minutes=2)
"""How long a request may take before another one under its key is taken for the first."""


class JobState(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One piece of long work. `done` of `total` pages have been fetched."""

    id: str
    kind: str
    story: str | None
    state: JobState
    done: int
    total: int
    error: dict[str, Any] | None = None
    """`code` and `message`."""
    result: dict[str, Any] | None = None
    created: datetime | None = None
    updated: datetime | None = None


class Jobs:
    """The jobs of one newsroom."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def create(self, kind: str, story: str | None = None, *, now: datetime, total: int = 0) -> Job:
        """A new job, queued. UnknownStory when the story that is named does not exist."""
        job = name("job")
        with self._database.writing() as connection:
            owner = existing_id(connection, self._newsroom, story) if story is not None else None
            values = {"job": job, "kind": kind, "story_id": owner, "newsroom": self._newsroom, "total": total}
            told = {"state": JobState.QUEUED.value, "created": now, "updated": now}
            connection.execute(sa.insert(jobs).values(**values, **told))
            return _job(connection.execute(self._query().where(jobs.c.job == job)).one())

    def get(self, job: str) -> Job | None:
        """The job of that id."""
        with self._database.reading() as connection:
            row = connection.execute(self._query().where(jobs.c.job == job)).one_or_none()
        return _job(row) if row else None

    def update(self, job: str, *, now: datetime, state: JobState | None = None, **changes: Any) -> Job | None:
        """The job with a new state, or other `done`, `total`, `error` or `result`; a finished one stays as it is."""
        values: dict[str, Any] = {**changes, "updated": now}
        if state is not None:
            values["state"] = state.value
        open_one = (jobs.c.newsroom == self._newsroom, jobs.c.job == job, jobs.c.state.in_(OPEN))
        with self._database.writing() as connection:
            connection.execute(sa.update(jobs).where(*open_one).values(values))
        return self.get(job)

    def list(self, *, story: str | None = None, before: str | None = None, limit: int = 100) -> tuple[Job, ...]:
        """The newest jobs first; of one story when it is named, and made before the job `before`."""
        query = self._query().order_by(jobs.c.id.desc()).limit(limit)
        if before is not None:
            own = (jobs.c.newsroom == self._newsroom, jobs.c.job == before)
            query = query.where(jobs.c.id < sa.select(jobs.c.id).where(*own).scalar_subquery())
        if story is not None:
            query = query.where(stories.c.slug == story)
        with self._database.reading() as connection:
            return tuple(_job(row) for row in connection.execute(query))

    def open_of(self, story: str) -> tuple[Job, ...]:
        """The story's jobs that are queued or running, oldest first."""
        query = self._query().where(stories.c.slug == story, jobs.c.state.in_(OPEN)).order_by(jobs.c.id)
        with self._database.reading() as connection:
            return tuple(_job(row) for row in connection.execute(query))

    def _query(self) -> sa.Select[Any]:
        joined = jobs.outerjoin(stories, stories.c.id == jobs.c.story_id)
        return sa.select(jobs, stories.c.slug).select_from(joined).where(jobs.c.newsroom == self._newsroom)


OPEN = (JobState.QUEUED.value, JobState.RUNNING.value)
ENDED = (JobState.DONE, JobState.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered to a request with an idempotency key; `status` is None while it is still being worked on."""

    request: str
    """Hash of the request: another one under the same key is a mistake of the client."""
    status: int | None
    response: Any


class Idempotency:
    """Answers of one newsroom's requests by idempotency key."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def begin(self, key: str, request: str, *, now: datetime) -> Answer | None:
        """Claim the key for this request: None for the first one to come, else what is known of that one.

        A claim whose request died without an answer is free again after a while.
        """
        own = (idempotency.c.newsroom == self._newsroom, idempotency.c.key == key)
        with self._database.writing() as connection:
            connection.execute(sa.delete(idempotency).where(idempotency.c.expires <= now))
            row = connection.execute(sa.select(idempotency).where(*own)).one_or_none()
            if row is None:
                values = {"newsroom": self._newsroom, "key": key, "request": request, "expires": now + PENDING}
                if insert_once(connection, idempotency, values):
                    return None
                row = connection.execute(sa.select(idempotency).where(*own)).one()
            return Answer(request=row.request, status=row.status, response=row.response)

    def finish(self, key: str, status: int, response: Any, *, now: datetime) -> None:
        """Keep the answer for those who ask again."""
        values = {"status": status, "response": response, "expires": now + KEPT}
        own = (idempotency.c.newsroom == self._newsroom, idempotency.c.key == key)
        with self._database.writing() as connection:
            connection.execute(sa.update(idempotency).where(*own).values(**values))

    def forget(self, key: str) -> None:
        """Give the key free again: the request failed in a way that may pass."""
        own = (idempotency.c.newsroom == self._newsroom, idempotency.c.key == key)
        with self._database.writing() as connection:
            connection.execute(sa.delete(idempotency).where(*own))


def _job(row: sa.Row[Any]) -> Job:
    plain = {key: getattr(row, key) for key in ("kind", "done", "total", "error", "result", "created", "updated")}
    return Job(id=row.job, story=row.slug, state=JobState(row.state), **plain)
