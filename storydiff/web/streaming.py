"""Addresses that tell of changes by Server-Sent Events, for scripts of our pages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from storydiff.serving.refusals import NotThere
from storydiff.serving.service import Service
from storydiff.serving.stream import Watched, stream
from storydiff.web import session
from storydiff.web.call import Access, Call, Fields
from storydiff.web.dispatch import call_of, let_in

Watch = Callable[[Call], Watched[Any]]


@dataclass(frozen=True, slots=True)
class Stream:
    """One address, and what is watched there for whoever may open it."""

    path: str
    watch: Watch
    access: Access = Access.READ


@dataclass(frozen=True, slots=True)
class Streaming:
    """Serves one stream."""

    service: Service
    stream: Stream

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """One event at once and one after each change; NotThere when there is nothing to watch."""
        secret = session.secret_of(request, self.service)
        visitor = await let_in(self.service, secret, self.stream.access)
        call = call_of(self.service, request, visitor, Fields(), secret)
        watched = await asyncio.to_thread(self.stream.watch, call)
        first = await asyncio.to_thread(watched.look)
        if first is None:
            raise NotThere
        return await stream(request, watched, first)
