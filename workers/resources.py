"""What a worker process works with, opened once when its first task comes: after the fork, so nothing is shared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from storydiff.fetch import Archive, LocalSlots, Remembered, Slots
from storydiff.fetch.redis_slots import RedisSlots
from storydiff.pipeline.desk import Desk, archive_of, database_url
from storydiff.pipeline.watch import Claim
from storydiff.settings import Settings
from storydiff.store import Store, open_store

PATIENCE = 0.3
"""The share of a task's time that a page may wait for its turn; one whose turn is later is asked for later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """Settings, store, archive and turns of one process."""

    settings: Settings
    store: Store
    archive: Archive
    slots: Slots
    remembered: Remembered = field(default_factory=Remembered)

    def desk(self, newsroom: str) -> Desk:
        """The place of work of one newsroom."""
        store = self.store.of(newsroom)
        return Desk(
            settings=self.settings,
            store=store,
            clock=clock,
            archive=self.archive,
            slots=self.slots,
            remembered=self.remembered,
        )

    def claim(self, owner: str) -> Claim:
        """What a task holds until twice its time limit: by then it is done, or its worker is dead."""
        return Claim(owner=owner, lease=timedelta(seconds=2 * self.settings.task_seconds))


@lru_cache(maxsize=1)
def resources() -> Resources:
    """Those of this process; StoreError when the database is out of reach, and then the next task tries again."""
    settings = Settings.from_env()
    patience = PATIENCE * settings.task_seconds
    url = settings.redis_url
    slots = RedisSlots.from_url(url, patience=patience) if url else LocalSlots(patience=patience)
    archive = archive_of(settings)
    return Resources(settings=settings, store=open_store(database_url(settings)), archive=archive, slots=slots)


def clock() -> datetime:
    """The time."""
    return datetime.now(UTC)
