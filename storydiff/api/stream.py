"""A job's progress as Server-Sent Events."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiohttp import web

from storydiff.api import values
from storydiff.api.call import Scope
from storydiff.api.letting_in import let_in
from storydiff.serving.paths import NAMES
from storydiff.serving.refusals import NotThere
from storydiff.serving.service import Service
from storydiff.serving.stream import Watched, stream
from storydiff.store.jobs import ENDED, Jobs


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
        watched = Watched("job", lambda: jobs.get(name), values.job, lambda job: job.state in ENDED)
        return await stream(request, watched, found)
