"""What the use cases work with: settings, store, archive and clock, opened once by a face and passed down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import platformdirs

from storydiff.fetch import Archive, Remembered, Slots, open_archive
from storydiff.fetch.licence_file import read_licences
from storydiff.settings import Settings
from storydiff.store import Store, open_store

MEMORY = "sqlite://"
"""A database that is gone at the end: for a comparison that is not to be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One newsroom's place of work."""

    settings: Settings
    store: Store
    clock: Callable[[], datetime]
    archive: Archive | None = None
    slots: Slots | None = None
    remembered: Remembered | None = None
    """What robots.txt allowed earlier batches; without, each batch asks."""


def database_url(settings: Settings) -> str:
    """Where the stories are: as set, else a SQLite file in the user's data folder."""
    return settings.database_url or f"sqlite:///{_data_folder() / 'stories.sqlite'}"


def archive_of(settings: Settings) -> Archive:
    """Where the fetched bytes are: as set, else in the user's data folder. BadSetting when it cannot be opened."""
    return open_archive(settings, _data_folder() / "archive")


def must_be_usable(settings: Settings) -> None:
    """Say what is wrong with archive and licences before anything starts that would only find out later. BadSetting."""
    archive_of(settings)
    read_licences(settings.licences)


@contextmanager
def open_desk(
    settings: Settings, clock: Callable[[], datetime], *, keep_stories: bool = True, keep_pages: bool = True
) -> Iterator[Desk]:
    """A desk on the configured store and archive; what is not kept is gone at the end. StoreError when refused."""
    archive = archive_of(settings) if keep_pages else None
    with open_store(database_url(settings) if keep_stories else MEMORY) as store:
        yield Desk(settings=settings, store=store, clock=clock, archive=archive)


def _data_folder() -> Path:
    return Path(platformdirs.user_data_dir("storydiff", appauthor=False))
