"""The way to one page: turn by turn, past robots.txt, through redirects and repetitions, to the last answer."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ParamSpec, TypeVar

from yarl import URL

from storydiff.errors import FetchError, RateLimited
from storydiff.fetch import policy, robots
from storydiff.fetch.client import Client
from storydiff.fetch.exchange import Ask, Failure
from storydiff.fetch.guard import plain
from storydiff.fetch.licences import Licence, Licences
from storydiff.fetch.policy import Reply
from storydiff.fetch.politeness import LocalSlots, Slots
from storydiff.fetch.remembered import Remembered
from storydiff.fetch.values import Clock, Kind, Limits, Progress, Request, Stage

PER_HOST = 4
"""Requests under way to one host. Browsers have 6; with fewer, connections are used again, which is faster (bench)."""
NO_RULES = robots.Rules()
P = ParamSpec("P")
R = TypeVar("R")
Tell = Callable[[Progress], None]


@dataclass(slots=True)
class Trip:
    """One page on its way: where it is, and how much of its time is used. Waiting for a turn costs none of it."""

    request: Request
    url: URL
    max_bytes: int
    free: bool = False
    """A trip for a robots.txt: no rules apply, nobody is told, and a longer file is cut."""
    started: float = field(default_factory=time.monotonic)
    spent: float = 0.0
    attempt: int = 0
    seen: tuple[str, ...] = ()
    reply: Reply | None = None
    retry_after: float | None = None
    licence: Licence | None = None
    """Once one was sent: what a server may repeat from then on."""

    def hushed(self, text: str) -> str:
        """The text without the secret of the licence."""
        return self.licence.text(text) if self.licence else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What a batch may do beyond what everybody may: hosts whose rules it may ignore, and licences."""

    free_hosts: frozenset[str] = frozenset()
    licences: Licences = field(default_factory=Licences)


class Traveller:
    """Makes the trips of one batch. What it learns of a site's rules holds for the batch, and as long as remembered."""

    def __init__(
        self, client: Client, limits: Limits, slots: Slots, clock: Clock, rights: Rights, remembered: Remembered
    ) -> None:
        self._client = client
        self._limits = limits
        self._slots = slots
        self._clock = clock
        self._rights = rights
        self._remembered = remembered
        self._places = asyncio.Semaphore(limits.concurrency)
        self._starts = LocalSlots()
        self._seats: dict[str, asyncio.Semaphore] = {}
        self._rules: dict[URL, asyncio.Task[robots.Rules]] = {}

    async def travel(self, trip: Trip, tell: Tell) -> Reply:
        """The last answer; raises FetchError when there is none, with `trip` saying how far it got."""
        while True:
            self._client.guard.check(trip.url)
            rules = NO_RULES if self._lawless(trip) else await self._allowed(trip, tell)
            reply = trip.reply = await self._exchange(trip, max(self._limits.host_delay, rules.delay), tell)
            if reply.status not in policy.REDIRECTS:
                return reply
            trip.seen = (*trip.seen, str(trip.url))
            trip.url = policy.redirect_target(reply, trip.seen)
            _tell(tell, trip, Stage.REDIRECTED, trip.hushed(str(trip.url)))

    async def close(self) -> None:
        """Stop asking for rules that nobody waits for any more."""
        await stop([*self._rules.values()])

    async def _exchange(self, trip: Trip, interval: float, tell: Tell) -> Reply:
        """The answer at one address, asked again after passing failures."""
        while True:
            await self._turn(trip, interval, tell)
            async with self._seat(trip.url.raw_host or ""), self._places:
                if interval:
                    # Whoever had to wait for a place starts later than its turn, and must not catch up with the next.
                    await asyncio.sleep(self._starts.take(trip.url.raw_host or "", interval).wait)
                _tell(tell, trip, Stage.FETCHING)
                begun = time.monotonic()
                outcome = await self._client.get(self._ask(trip))
                trip.spent += time.monotonic() - begun
            trip.retry_after = None
            if isinstance(outcome, Reply) and outcome.status not in policy.PASSING:
                return outcome
            pause = await self._pause(trip, outcome)
            if pause is None:
                return _taken(outcome)
            trip.attempt += 1
            trip.spent += pause
            _tell(tell, trip, Stage.RETRYING, f"try {trip.attempt + 1}", pause)
            await asyncio.sleep(pause)

    def _ask(self, trip: Trip) -> Ask:
        left = max(0.001, self._limits.timeout - trip.spent)
        # A server that falls silent at the first try must leave time for a second.
        silence = left / 2 if trip.attempt == 0 and self._limits.retries else left
        licence = None if trip.free else self._rights.licences.for_hop(trip.seen, trip.url)
        trip.licence = licence or trip.licence
        return Ask(
            url=trip.url,
            headers=policy.headers_for(trip.request, licence),
            kind=trip.request.kind,
            seconds=left,
            silence=silence,
            max_bytes=trip.max_bytes,
            cut=trip.free,
        )

    async def _pause(self, trip: Trip, outcome: Reply | Failure) -> float | None:
        """Seconds until the next try, None when this outcome is to be taken. A Retry-After goes for all pages there."""
        if isinstance(outcome, Reply):
            trip.retry_after = policy.retry_after(outcome, self._clock())
        elif not outcome.passing:
            return None
        if trip.retry_after:
            await self._call(self._slots.hold, trip.url.raw_host or "", trip.retry_after)
        if trip.attempt >= self._limits.retries:
            return None
        left = self._limits.timeout - trip.spent
        return policy.retry_pause(trip.attempt, trip.retry_after, left=left, chance=random.random())  # noqa: S311

    async def _turn(self, trip: Trip, interval: float, tell: Tell) -> None:
        """Wait for our turn at the host."""
        wait, granted = await self._call(self._slots.take, trip.url.raw_host or "", interval)
        if not granted:
            trip.retry_after = wait
            raise RateLimited(
                f"{trip.url.host} is not to be asked so soon: the turn of this page comes in {policy.span(wait)}.",
                hint="Try again then.",
            )
        if wait > 0:
            _tell(tell, trip, Stage.WAITING, trip.url.host or "", wait)
            await asyncio.sleep(wait)

    def _seat(self, host: str) -> asyncio.Semaphore:
        """What keeps the requests under way to one host few."""
        if host not in self._seats:
            self._seats[host] = asyncio.Semaphore(PER_HOST)
        return self._seats[host]

    async def _call(self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call the slots, in a thread when they are across a network."""
        if self._slots.remote:
            return await asyncio.to_thread(act, *args, **kwargs)
        return act(*args, **kwargs)

    def _lawless(self, trip: Trip) -> bool:
        """Whether no robots.txt has a say: a robots.txt itself, or a host whose rules the user may ignore."""
        return trip.free or plain(trip.url.raw_host or "") in self._rights.free_hosts or trip.url.path == robots.PATH

    async def _allowed(self, trip: Trip, tell: Tell) -> robots.Rules:
        """The site's rules, once they are known to allow this page."""
        site = robots.address(trip.url)
        if site not in self._rules:
            self._rules[site] = asyncio.create_task(self._read_rules(site))
        if not self._rules[site].done():
            _tell(tell, trip, Stage.ROBOTS, trip.url.host or "")
        rules = await self._rules[site]
        trip.retry_after = rules.retry_after
        rules.check(trip.url)
        return rules

    async def _read_rules(self, site: URL) -> robots.Rules:
        known = self._remembered.get(site, self._clock())
        if known is not None:
            return known
        trip = Trip(Request(url=str(site), kind=Kind.ANY), site, robots.MAX_BYTES, free=True)
        try:
            rules = robots.read(await self.travel(trip, _nobody))
        except FetchError as error:
            rules = robots.Rules(trouble=error)
        self._remembered.keep(site, rules, self._clock())
        return replace(rules, retry_after=trip.retry_after)


def _taken(outcome: Reply | Failure) -> Reply:
    if isinstance(outcome, Failure):
        raise outcome.error
    return outcome


async def stop(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancel what still runs, and wait for its end."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _tell(tell: Tell, trip: Trip, stage: Stage, detail: str = "", seconds: float = 0.0) -> None:
    tell(Progress(url=trip.request.url, stage=stage, detail=detail, seconds=seconds))


def _nobody(_: Progress) -> None:
    """The reading of a robots.txt is told once, by the page that waits for it."""
