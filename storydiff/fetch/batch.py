"""Fetching a batch of pages and keeping their bytes. One `asyncio.run` per batch; results in input order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from yarl import URL

from storydiff.errors import AddressRefused, ArchiveError, BadSetting, FetchError, Forbidden
from storydiff.fetch import content, policy
from storydiff.fetch.archive import Archive
from storydiff.fetch.client import Client
from storydiff.fetch.guard import Guard
from storydiff.fetch.journey import Rights, Traveller, Trip, stop
from storydiff.fetch.licence_file import read_licences
from storydiff.fetch.policy import Reply
from storydiff.fetch.politeness import LocalSlots, Slots
from storydiff.fetch.remembered import Remembered
from storydiff.fetch.values import Clock, Fetched, Interrupted, Limits, Report, Request

E = TypeVar("E", bound=Exception)
NOWHERE = URL()
NO_REPLY = Reply(NOWHERE, 0, (), b"", ())


def fetch_all(  # noqa: PLR0913 - the public door; all but two are options
    requests: Sequence[Request],
    settings: Limits,
    *,
    clock: Clock,
    archive: Archive | None = None,
    slots: Slots | None = None,
    progress: Report | None = None,
    ignore_robots: bool = False,
    newsroom: str = "",
    remembered: Remembered | None = None,
) -> list[Fetched]:
    """What came of each request, in the order asked; a page that fails has `error` set and never stops the others.

    `progress` hears of every step and of every page as soon as it is done, in this thread. On Ctrl-C, `Interrupted`
    (a KeyboardInterrupt) carries the pages that were complete. `slots` makes batches in other processes take turns
    with this one; without, turns are taken within the batch. The time limit of a page covers redirects and
    repetitions; waiting for a turn does not count, and a site's robots.txt has as much time for itself.

    `newsroom` says whose licences may be used; `remembered` holds what robots.txt said to earlier batches.

    Raises BadSetting when `ignore_robots` is asked for a host that is not listed in `ignore_robots_hosts`, or when
    something is wrong with the file of licences, which is read anew for each batch.
    """
    rights = Rights(
        free_hosts=_free_hosts(requests, settings) if ignore_robots else frozenset(),
        licences=read_licences(settings.licences, newsroom),
    )
    batch = _Batch(settings, clock, archive, progress or _silent)
    asyncio.run(batch.run(requests, slots or LocalSlots(), rights, remembered or Remembered()))
    finished = [page for page in batch.done if page is not None]
    if batch.interrupted:
        raise Interrupted(finished)
    return finished


class _Batch:
    def __init__(self, limits: Limits, clock: Clock, archive: Archive | None, progress: Report) -> None:
        self.done: list[Fetched | None] = []
        self.interrupted = False
        self._limits = limits
        self._clock = clock
        self._archive = archive
        self._progress = progress

    async def run(self, requests: Sequence[Request], slots: Slots, rights: Rights, remembered: Remembered) -> None:
        """Fetch all; leaves the results in `done`."""
        self.done = [None] * len(requests)
        async with Client(self._limits, Guard.allowing(self._limits.allow_hosts)) as client:
            traveller = Traveller(client, self._limits, slots, self._clock, rights, remembered)
            pages = [asyncio.create_task(self._page(i, each, traveller)) for i, each in enumerate(requests)]
            try:
                await asyncio.gather(*pages)
            except asyncio.CancelledError:
                # Ctrl-C: asyncio.run cancels us. What is complete stays in `done`.
                self.interrupted = True
            finally:
                await stop(pages)
                await traveller.close()

    async def _page(self, index: int, request: Request, traveller: Traveller) -> None:
        fetched = await self._fetch(request, traveller)
        self.done[index] = fetched
        if self._archive is not None and fetched.body:
            fetched = await asyncio.to_thread(_archived, fetched, self._archive)
            self.done[index] = fetched
        self._progress(fetched)

    async def _fetch(self, request: Request, traveller: Traveller) -> Fetched:
        trip = Trip(request, NOWHERE, self._limits.max_bytes)
        try:
            trip.url = _address(request.url)
            reply = await traveller.travel(trip, self._progress)
        except FetchError as failure:
            return _result(trip, failure, self._clock())
        return _result(trip, _verdict(reply, trip), self._clock(), body=reply.body)


@lru_cache(maxsize=4096)
def _address(text: str) -> URL:
    try:
        url = URL(text.strip())
        return url.with_fragment(None) if url.raw_fragment else url
    except ValueError as error:
        raise AddressRefused(f"{text[:200]!r} is not an address: {error}.", hint="Check its spelling.") from error


def _host(text: str) -> str | None:
    """The host of an address; None when it is none, which its own page will say."""
    try:
        return _address(text).raw_host
    except AddressRefused:
        return None


def _verdict(reply: Reply, trip: Trip) -> FetchError | None:
    """Why this answer is not the page; None when it is, or when it is as we know it."""
    if policy.unchanged(reply):
        return None
    wrong = policy.status_error(reply, trip.retry_after)
    if isinstance(wrong, Forbidden) and trip.licence is not None:
        wrong.hint = f"The licence for {trip.licence.host} in STORYDIFF_LICENCES was sent; it may have expired."
    return wrong or content.content_error(reply.body, reply.header("Content-Type"), trip.request.kind)


def _result(trip: Trip, error: FetchError | None, now: datetime, body: bytes = b"") -> Fetched:
    """What is known of a trip that came to its end."""
    reply, licence = trip.reply or NO_REPLY, trip.licence
    if error is not None:
        error = _parting(error, trip)
    known = error is None and policy.unchanged(reply)
    return Fetched(
        url=trip.request.url,
        final_url=trip.hushed(str(trip.url)) or trip.request.url,
        status=reply.status or None,
        fetched=now,
        headers=licence.received(reply.headers) if licence else reply.headers,
        body=licence.body(body) if licence else body,
        charset=policy.charset_of(reply.header("Content-Type")),
        # A 304 need not repeat the validators; they hold on.
        etag=reply.header("ETag") or (trip.request.etag if known else None),
        last_modified=reply.header("Last-Modified") or (trip.request.last_modified if known else None),
        not_modified=known,
        error=error,
        redirects=tuple(map(trip.hushed, trip.seen)),
        seconds=time.monotonic() - trip.started,
        request_headers=licence.sent(reply.sent) if licence else reply.sent,
        retry_after=trip.retry_after,
    )


def _parting(error: FetchError, trip: Trip) -> FetchError:
    """The error as a value, without secrets."""
    if trip.hushed(error.message) != error.message:
        return type(error)(trip.hushed(error.message), hint=error.hint)
    return _freed(error)


def _freed(error: E) -> E:
    """The error without its traceback, which would keep the whole batch in memory."""
    error.__traceback__ = error.__context__ = error.__cause__ = None
    return error


def _archived(fetched: Fetched, archive: Archive) -> Fetched:
    try:
        return replace(fetched, snapshot=archive.keep(fetched))
    except ArchiveError as error:
        return replace(fetched, archive_error=_freed(error))


def _free_hosts(requests: Sequence[Request], limits: Limits) -> frozenset[str]:
    """The hosts whose robots.txt may be ignored; BadSetting when a request is for another one."""
    own = Guard.allowing(limits.ignore_robots_hosts)
    for request in requests:
        host = _host(request.url)
        if host is not None and not own.vouched(host):
            raise BadSetting(
                f"robots.txt may not be ignored on {host}.",
                hint="Only on hosts of your own, listed in STORYDIFF_IGNORE_ROBOTS_HOSTS.",
            )
    return own.allow_hosts


def _silent(_: object) -> None:
    """Nobody watches."""
