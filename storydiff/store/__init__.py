"""Where stories, versions and collations are kept: SQLite by default, PostgreSQL in service, one code for both.

Every writing call is one transaction: a crash between two calls loses nothing of the first. Several processes may
write at once. The driver's errors never get out: StoreLocked, StoreFull, StoreNewer, StoreUnreachable.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from storydiff.errors import StoreError
from storydiff.store.alerts import Alert, Alerts
from storydiff.store.announcements import Announcement, Announcements, MatchState
from storydiff.store.articles import Article, Articles, Fetch, Outlets
from storydiff.store.browse import Browse
from storydiff.store.checks import BACKGROUND, Burst, Check, Visit
from storydiff.store.collations import Collations, CollationSummary, PointState
from storydiff.store.deliveries import Attempt, Deliveries, Delivery, DeliveryState
from storydiff.store.digests import Digests, DigestState, Handover, Mail, Result, SentMail
from storydiff.store.endpoints import Endpoint, EndpointKind, Endpoints, EndpointState, Filters
from storydiff.store.engine import PATIENCE, Database
from storydiff.store.events import Events
from storydiff.store.habits import InStory, OutletHabits
from storydiff.store.jobs import Answer, Idempotency, Job, Jobs, JobState
from storydiff.store.keys import SCOPES, Key, Keys
from storydiff.store.matches import Matches, Suggestion
from storydiff.store.members import Member, Members, Words
from storydiff.store.migrate import is_ready, upgrade
from storydiff.store.newsrooms import Newsroom, Newsrooms
from storydiff.store.notices import Notice, Notices, SentNotice
from storydiff.store.outbox import Outbox, Outcome, Parcel
from storydiff.store.passes import Grant, Pass, Passes, PassKind
from storydiff.store.polls import Failure, Polls, Reading
from storydiff.store.removal import Removal
from storydiff.store.rings import Ring, Rings
from storydiff.store.schedule import Schedule
from storydiff.store.search import Search
from storydiff.store.sources import Source, Sources, SourceState
from storydiff.store.stories import Stories, StoryCounts
from storydiff.store.subscriptions import Rhythm, Subscription, Subscriptions, SubscriptionState, Timing, Wants
from storydiff.store.summaries import Summaries, Summary, Wanted
from storydiff.store.versions import Versions

__all__ = [
    "BACKGROUND",
    "SCOPES",
    "Alert",
    "Announcement",
    "Answer",
    "Article",
    "Attempt",
    "Burst",
    "Check",
    "CollationSummary",
    "Delivery",
    "DeliveryState",
    "DigestState",
    "Endpoint",
    "EndpointKind",
    "EndpointState",
    "Failure",
    "Fetch",
    "Filters",
    "Grant",
    "Handover",
    "InStory",
    "Job",
    "JobState",
    "Key",
    "Mail",
    "MatchState",
    "Member",
    "Newsroom",
    "Notice",
    "Outcome",
    "Parcel",
    "Pass",
    "PassKind",
    "PointState",
    "Reading",
    "Result",
    "Rhythm",
    "Ring",
    "SentMail",
    "SentNotice",
    "Source",
    "SourceState",
    "Store",
    "StoryCounts",
    "Subscription",
    "SubscriptionState",
    "Suggestion",
    "Summary",
    "Timing",
    "Visit",
    "Wanted",
    "Wants",
    "Words",
    "open_store",
]


class Store:
    """What one newsroom has stored, by noun. Close it, or use it in a `with` block. Threads may share it."""

    def __init__(self, database: Database, newsroom: str = "") -> None:
        self._database = database
        self.newsroom = newsroom
        self.stories = Stories(database, newsroom)
        self.outlets = Outlets(database)
        self.articles = Articles(database, newsroom)
        self.versions = Versions(database, newsroom)
        self.collations = Collations(database, newsroom)
        self.browse = Browse(database, newsroom)
        self.summaries = Summaries(database, newsroom)
        self.habits = OutletHabits(database, newsroom)
        self.removal = Removal(database, newsroom)
        self.search = Search(database, newsroom)
        self.schedule = Schedule(database, newsroom)
        self.jobs = Jobs(database, newsroom)
        self.idempotency = Idempotency(database, newsroom)
        self.keys = Keys(database, newsroom)
        self.endpoints = Endpoints(database, newsroom)
        self.events = Events(database, newsroom)
        self.deliveries = Deliveries(database, newsroom)
        self.alerts = Alerts(database, newsroom)
        self.notices = Notices(database, newsroom)
        self.subscriptions = Subscriptions(database, newsroom)
        self.digests = Digests(database, newsroom)
        self.passes = Passes(database, newsroom)
        self.sources = Sources(database, newsroom)
        self.announcements = Announcements(database, newsroom)
        self.matches = Matches(database, newsroom)
        self.members = Members(database, newsroom)
        # What is of no one newsroom:
        self.newsrooms = Newsrooms(database)
        self.rings = Rings(database)
        self.outbox = Outbox(database)
        self.polls = Polls(database)

    def of(self, newsroom: str) -> Store:
        """The same database as another newsroom sees it. Closing either closes both."""
        return Store(self._database, newsroom)

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
