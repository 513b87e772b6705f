"""A job's progress as Server-Sent Events, until it ends or the reader goes away."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass

from aiohttp import web

from storydiff.api import values
from storydiff.api.call import Scope
from storydiff.api.letting_in import let_in
from storydiff.serving.answer import EVENTS
from storydiff.serving.paths import NAMES
from storydiff.serving.refusals import NotThere
from storydiff.serving.service import Service
from storydiff.store import Job, JobState
from storydiff.store.jobs import Jobs

EVERY = 0.5
"""Seconds between two looks at the job. It costs one indexed read."""
HEARTBEAT = 15.0
"""Seconds after which a line is sent although nothing changed, so that no proxy takes the connection for dead."""
LONGEST = 600.0
"""Seconds that one connection is kept; a reader comes back by itself, as the standard has it."""
ENDED = (JobState.DONE, JobState.FAILED)


@dataclass(frozen=True, slots=True)
class JobStream:
    """Serves /v1/jobs/{job}/events."""

    service: Service

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """One `job` event at once and after each change; the last one has the state done or failed."""
        key = await let_in(self.service, request.headers.get("Authorization", ""), Scope.READ)
        name, jobs = request.match_info["job"], Jobs(self.service.database, key.newsroom)
        found = await asyncio.to_thread(jobs.get, name) if NAMES["job"].fullmatch(name) else None
        if found is None:
            raise NotThere
        response = web.StreamResponse(
            headers={"Content-Type": EVENTS, "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        )
        await response.prepare(request)
        if request.method != "HEAD":
            await _follow(response, jobs, found)
        return response


async def _follow(response: web.StreamResponse, jobs: Jobs, job: Job) -> None:
    loop = asyncio.get_running_loop()
    end, said = loop.time() + LONGEST, loop.time()
    await _send(response, job)
    while job.state not in ENDED and loop.time() < end:
        await asyncio.sleep(EVERY)
        found = await asyncio.to_thread(jobs.get, job.id)
        if found is None:
            return
        if found != job:
            job, said = found, loop.time()
            await _send(response, job)
        elif loop.time() - said >= HEARTBEAT:
            said = loop.time()
            await response.write(b": still here\n\n")


async def _send(response: web.StreamResponse, job: Job) -> None:
    await response.write(f"event: job\ndata: {json.dumps(values.job(job))}\n\n".encode())
