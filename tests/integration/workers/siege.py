"""A newsroom under siege: faulty outlets, workers that are killed, a queue that restarts; and what must be left of it.

Used by the test at a small size, and by `bench/nothing_lost.py` at full size.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from storydiff.errors import StoreError
from storydiff.model import Story
from storydiff.store import DeliveryState, Endpoint, EndpointKind, Store, open_store
from storydiff.testing import Fault, Newsroom
from storydiff.testing.site import Breakdown, Site
from storydiff.webhook.signature import verify
from tests.acceptance.conftest import environment, page
from tests.integration.redis_server import redis_server
from tests.integration.webhook.receiver import Message, Receiver, receiving
from tests.integration.workers.processes import Start, Worker, anew

FAULTS = (Fault.HANG, Fault.RESET, Fault.CUT, Fault.DRIP, Fault.ERROR, Fault.UNAVAILABLE)
SHARE = 0.1
"""Of the requests for pages, and of the messages to endpoints, that go wrong."""
TOWNS = ("Arnholt", "Brackwater", "Corley", "Dornfeld", "Eskmouth", "Farrow", "Gillan", "Hexley")
PLACES = ("mill", "depot", "foundry", "school", "tannery", "hotel", "granary", "station")


Progress = Callable[[str], None]


class FaultySite(Site):
    """An outlet one in ten of whose answers goes wrong."""

    chance = random.Random(7)

    def next_fault(self) -> Breakdown | None:
        """A fault, now and then."""
        return Breakdown(self.chance.choice(FAULTS)) if self.chance.random() < SHARE else None


@dataclass(slots=True)
class Siege:
    """What is under siege. `database` is an address; `disturb` are further troubles, each made once."""

    folder: Path
    stories: int
    outlets: int
    database: str
    workers: int = 2
    children: int = 1
    kill_every: float = 5.0
    most_kills: int = 1000
    task_seconds: int = 5
    disturb: list[Callable[[], None]] = field(default_factory=list)
    start: Start = anew
    figures: dict[str, Any] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    """Address -> words that its final text has."""

    def run(self, seconds: float, progress: Progress | None = None) -> None:
        """All of it, or AssertionError with what was lost."""
        with ExitStack() as stack:
            room = stack.enter_context(Newsroom())
            desk = stack.enter_context(receiving())
            store = stack.enter_context(open_store(self.database))
            queue = stack.enter_context(_restartable(self.folder))
            self._publish(room)
            endpoint = store.endpoints.create(EndpointKind.WEBHOOK, desk.url("/hook"), now=_now())
            _fail_first(desk)
            crew = [self._worker(room, queue.url, n) for n in range(self.workers)]
            for worker in crew:
                stack.callback(worker.stop)
                worker.start()
            self._post(store, room)
            self._endure(_Front(store, desk, endpoint, room, queue, crew), seconds, progress)
            self._judge(store, desk, endpoint)

    def slugs(self) -> Iterator[tuple[str, str, str]]:
        """(slug, town, place) of each story."""
        for n in range(self.stories):
            yield f"fire-{n}", TOWNS[n % len(TOWNS)], f"{PLACES[n // len(TOWNS) % len(PLACES)]} {n}"

    def _publish(self, room: Newsroom) -> None:
        for n in range(self.outlets):
            room.sites[_domain(n)] = FaultySite(_domain(n))
        for slug, town, place in self.slugs():
            for n in range(self.outlets):
                self._write(room, slug, n, _texts(town, place, n))

    def _write(self, room: Newsroom, slug: str, outlet: int, texts: list[str], **fields: str) -> None:
        url = room.url(_domain(outlet), f"/{slug}")
        self.last[url] = texts[0]
        html = page(f"Outlet {outlet}", url, *texts, headline=f"Fire: {slug}")
        room.publish(_domain(outlet), f"/{slug}", html, **fields)

    def _post(self, store: Store, room: Newsroom) -> None:
        for slug, _, _ in self.slugs():
            store.stories.save(Story(slug=slug, created=_now()))
            store.schedule.watch(slug, self._urls(room, slug), now=_now())

    def _urls(self, room: Newsroom, slug: str) -> list[str]:
        return [room.url(_domain(n), f"/{slug}") for n in range(self.outlets)]

    def _update(self, room: Newsroom, store: Store) -> None:
        """The first outlet of each story writes its text anew, and is asked for it again."""
        for slug, town, place in self.slugs():
            texts = [
                f"The death toll of the fire at the {town} {place} has risen to nine.",
                *_texts(town, place, 0)[1:],
            ]
            self._write(room, slug, 0, texts, at="2026-05-05T12:00Z")
            store.schedule.watch(slug, self._urls(room, slug)[:1], now=_now())

    def _worker(self, room: Newsroom, redis_url: str, number: int) -> Worker:
        env = environment(self.folder, room, STORYDIFF_REDIS_URL=redis_url, STORYDIFF_DATABASE_URL=self.database)
        env |= {"STORYDIFF_ARCHIVE": str(self.folder / "archive"), "STORYDIFF_TICK_SECONDS": "0.5"}
        env |= {"STORYDIFF_TASK_SECONDS": str(self.task_seconds), "STORYDIFF_TIMEOUT": "1.5", "STORYDIFF_RETRIES": "1"}
        env["STORYDIFF_ALLOW_HOSTS"] += " 127.0.0.1"
        return Worker(env, self.folder / f"worker-{number}.log", children=self.children, start=self.start)

    def _endure(self, front: _Front, seconds: float, progress: Progress | None) -> None:
        """Kill and restart until all is done; then the texts change, and all must be done again."""
        started = killed_at = told = time.monotonic()
        kills, troubles, revised = 0, [front.queue.restart, *self.disturb], False
        missing = self._missing(front.store)
        while missing or troubles or not revised:
            assert time.monotonic() - started < seconds, self._report(front, missing)
            time.sleep(0.25)
            if kills < self.most_kills and time.monotonic() - killed_at >= self.kill_every:
                self._kill(front.crew, kills)
                kills, killed_at = kills + 1, time.monotonic()
                if troubles:
                    troubles.pop(0)()
            if not missing and not revised:
                self._update(front.room, front.store)
                self.figures["first"] = round(time.monotonic() - started, 1)
                revised = True
            missing = self._missing(front.store)
            if progress is not None and time.monotonic() - told > 10:
                told = time.monotonic()
                progress(f"{told - started:5.0f} s  {kills:3d} kills  {len(missing)} missing: {missing[:1]}")
        self.figures |= {"seconds": round(time.monotonic() - started, 1), "kills": kills}

    @staticmethod
    def _kill(crew: list[Worker], number: int) -> None:
        """In turn: the processes that run tasks in one worker, the whole of another worker."""
        worker = crew[number % len(crew)]
        if number % 4 in (0, 3):
            worker.kill_children()
        else:
            worker.kill()
            worker.start()

    def _missing(self, store: Store) -> list[str]:
        """What is not as it must be at the end; a database that is away at the moment is something too."""
        try:
            return self._unfinished(store)
        except StoreError as error:
            return [f"the database ({error.code})"]

    def _unfinished(self, store: Store) -> list[str]:
        found = []
        for slug, _, _ in self.slugs():
            current = {version.url: version for version in store.versions.current(slug)}
            words = {url: version.text for url, version in current.items()}
            found += [
                url for url, last in self.last.items() if url.endswith(f"/{slug}") and last not in words.get(url, "")
            ]
            burst, latest = store.schedule.burst(slug), store.collations.latest(slug)
            if burst.dirty > burst.settled or latest is None or latest.number != store.events.announced(slug):
                found.append(slug)
            elif {version.id for version in latest.versions} != {version.id for version in current.values()}:
                found.append(f"{slug} (old collation)")
        return found or [f"{store.outbox.due(_now())} deliveries"] * bool(store.outbox.unfinished())

    def _judge(self, store: Store, desk: Receiver, endpoint: Endpoint) -> None:
        events = {event.id: event for event in store.events.list(limit=100_000)}
        arrived = Counter(message.headers["webhook-id"] for message in desk.messages)
        assert set(arrived) == set(events), "every event arrived, and nothing else"
        for message in desk.messages:
            sent_at = datetime.fromtimestamp(int(message.headers["webhook-timestamp"]), UTC)
            verify([endpoint.secret], message.headers, message.body, sent_at)
            sent = json.loads(message.body)
            assert sent["type"] == events[message.headers["webhook-id"]].type
        delivered = store.deliveries.list(endpoint.id, state=DeliveryState.DELIVERED, limit=100_000)
        assert sorted(each.event for each in delivered) == sorted(events), "each is counted once by its id"
        self.figures |= {
            "pages": len(self.last),
            "events": len(events),
            "messages": len(desk.messages),
            "collations": sum(len(store.collations.list(slug)) for slug, _, _ in self.slugs()),
        }

    def _report(self, front: _Front, missing: list[str]) -> str:
        logs = "\n".join(worker.said[-3000:] for worker in front.crew)
        return f"still missing: {missing[:20]} ({len(missing)})\n{logs}"


@dataclass(frozen=True, slots=True)
class _Front:
    """Everything that is open during the siege."""

    store: Store
    desk: Receiver
    endpoint: Endpoint
    room: Newsroom
    queue: _Queue
    crew: list[Worker]


class _Queue:
    """A Redis that can be killed and started again on the same socket, as empty as it dies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: AbstractContextManager[str] | None = None
        self.url = ""

    def start(self) -> None:
        self._opened = redis_server(self._folder)
        self.url = self._opened.__enter__()

    def stop(self) -> None:
        if self._opened is not None:
            self._opened.__exit__(None, None, None)

    def restart(self) -> None:
        self.stop()
        self.start()


@contextmanager
def _restartable(folder: Path) -> Iterator[_Queue]:
    queue = _Queue(folder)
    queue.start()
    try:
        yield queue
    finally:
        queue.stop()


def _fail_first(desk: Receiver) -> None:
    """The first attempt at one message in ten goes wrong; a second failure would be tried again in five minutes only."""
    seen: set[str] = set()

    def status(message: Message) -> int:
        name = message.headers["webhook-id"]
        fails = name not in seen and int(name.removeprefix("evt_"), 16) % round(1 / SHARE) == 0
        seen.add(name)
        return 500 if fails else 200

    desk.judge = status


def _texts(town: str, place: str, outlet: int) -> list[str]:
    dead = "three" if outlet == 1 else "two"
    more = [
        f"Four people were taken to the hospital in {town}, two of them in a serious condition.",
        f"The cause is not known yet, but investigators are looking at a heater in the {place}.",
        f"The owner said that work at the {place} would stop for at least three weeks.",
        f"Roads around the {place} were closed until Tuesday noon, and buses took another way.",
    ]
    kept = [text for n, text in enumerate(more) if n != outlet % len(more)]
    return [f"A fire at the {town} {place} killed {dead} people on Monday evening, the fire service said.", *kept]


def _domain(outlet: int) -> str:
    return f"outlet-{outlet}.example"


def _now() -> datetime:
    return datetime.now(UTC)
