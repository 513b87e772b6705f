"""Where stories, versions and collations are kept: SQLite by default, PostgreSQL in service, one code for both.

Every writing call is one transaction: a crash between two calls loses nothing of the first. Several processes may
write at once. The driver's errors never get out: StoreLocked, StoreFull, StoreNewer, StoreUnreachable.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from storydiff.errors import StoreError
from storydiff.store.articles import Article, Articles, Fetch, Outlets
from storydiff.store.collations import Collations, CollationSummary, PointState
from storydiff.store.engine import PATIENCE, Database
from storydiff.store.migrate import is_ready, upgrade
from storydiff.store.stories import Stories, StoryCounts
from storydiff.store.versions import Versions

__all__ = ["Article", "CollationSummary", "Fetch", "PointState", "Store", "StoryCounts", "open_store"]


class Store:
    """What one newsroom has stored, by noun. Close it, or use it in a `with` block. Threads may share it."""

    def __init__(self, database: Database, newsroom: str = "") -> None:
        self._database = database
        self.stories = Stories(database, newsroom)
        self.outlets = Outlets(database)
        self.articles = Articles(database, newsroom)
        self.versions = Versions(database, newsroom)
        self.collations = Collations(database, newsroom)

    @property
    def where(self) -> str:
        """The database for people: a path, or an address without its password."""
        return self._database.where

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open_store(url_or_path: str | Path, newsroom: str = "", *, patience: float = PATIENCE) -> Store:
    """The store at a path (SQLite) or a SQLAlchemy URL. A new or older database is brought to this version's schema.

    `patience`: seconds to wait for another writer before StoreLocked.
    """
    database = Database(url_or_path, patience=patience)
    try:
        if not is_ready(database):
            upgrade(database)
    except StoreError:
        database.close()
        raise
    return Store(database, newsroom)
