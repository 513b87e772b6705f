"""What a face that serves HTTP works with, opened once per process: database, archive, limiter, bell of the workers."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from storydiff.fetch import Archive
from storydiff.pipeline.desk import Desk, archive_of, database_url
from storydiff.pipeline.feeding import Walks
from storydiff.serving.bell import Bell, make_bell
from storydiff.serving.changes import Changes, changes_of
from storydiff.serving.opened import Opened
from storydiff.serving.rate import Limiter, make_limiter
from storydiff.serving.responding import Sendable
from storydiff.settings import Settings
from storydiff.store import Store
from storydiff.store.engine import Database
from storydiff.store.keys import Key
from storydiff.store.migrate import is_ready, upgrade

KEY_SECONDS = 5.0
"""How long a key that was looked up is taken as valid: what a revoked key can live on in another process."""
KEPT_BYTES = 64_000_000
"""Of answers that still hold: about collations, which never change, and while nothing in the database did."""
log = logging.getLogger(__name__)


class Kept:
    """The answers used last, as bytes, up to a total size. Threads may share it."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[object, Sendable] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object) -> Sendable | None:
        """The answer under that key."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: object, sendable: Sendable) -> None:
        """Keep an answer; the ones longest unused go when there is no more room."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = sendable
            self._size += len(sendable.content)
            while self._size > self._most:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone.content)


@dataclass(slots=True, kw_only=True)
class Service:
    """One process of a face that serves HTTP."""

    settings: Settings
    database: Database
    archive: Archive
    clock: Callable[[], datetime]
    limiter: Limiter
    bell: Bell
    changes: Changes
    kept: Kept = field(default_factory=Kept)
    opened: Opened = field(default_factory=Opened)
    keys: dict[str, tuple[float, Key]] = field(default_factory=dict)
    """Secret's hash -> (until when it is taken as valid, key)."""
    walks: Walks = field(default_factory=Walks)
    """What feeds remember of the collations that they walked through."""

    def desk(self, newsroom: str) -> Desk:
        """The desk of one newsroom."""
        store = Store(self.database, newsroom)
        return Desk(settings=self.settings, store=store, clock=self.clock, archive=self.archive)


@contextmanager
def open_service(settings: Settings, clock: Callable[[], datetime], *, bell: Bell | None = None) -> Iterator[Service]:
    """A service on the configured database, brought to this version's schema. StoreError when it is refused."""
    database = Database(database_url(settings))
    try:
        if not is_ready(database):
            upgrade(database)
        changes = changes_of(database)
        yield Service(
            changes=changes,
            settings=settings,
            database=database,
            archive=archive_of(settings),
            clock=clock,
            limiter=make_limiter(settings.redis_url, settings.api_rate),
            bell=bell or make_bell(settings.redis_url),
        )
    finally:
        database.close()
