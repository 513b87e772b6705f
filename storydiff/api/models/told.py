"""What answers hold. Points, discrepancies, revisions and versions have the shapes of storydiff/collation/1."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, WithJsonSchema

from storydiff.model import Status

Part = dict[str, Any]
PART = "x-part"
"""Stands for a part of the published schema of a collation until the description is put together."""


def _given(name: str) -> Any:
    """An object whose shape the schema of storydiff/collation/1 describes."""
    return Annotated[Part, WithJsonSchema({PART: name})]


Cursor = Annotated[str | None, Field(description="Cursor of the next page; null on the last.")]


class Trouble(BaseModel):
    """What kept us from reading a page."""

    code: str
    message: str


class Article(BaseModel):
    """One outlet's page about a story, and how its last fetch went."""

    id: str
    outlet: str
    domain: str | None
    url: str | None
    fetched: datetime | None
    status: int | None
    problem: Trouble | None


class ArticleList(BaseModel):
    """The articles of a story in the order in which they were added."""

    articles: list[Article]


class CollationLine(BaseModel):
    """One line about a collation."""

    number: int
    engine: str
    made: datetime | None
    points: int
    discrepancies: int


class CollationList(BaseModel):
    """The collations of a story, oldest first."""

    collations: list[CollationLine]


class Ours(BaseModel):
    """Ids of points as one outlet's desk reads them, most corroborated first."""

    outlet: str
    only_we_have: list[str]
    we_lack: list[str]
    we_lack_details: list[str]
    we_differ: list[str]


class PointList(BaseModel):
    """Points of one collation, in its order."""

    number: int
    points: list[_given("point")]  # type: ignore[valid-type]
    ours: Ours | None = None


class PointState(BaseModel):
    """What a point was in one collation."""

    number: int
    made: datetime | None
    statement: str
    independent_sources: int
    statuses: dict[str, Status]


class PointStory(BaseModel):
    """A point with its discrepancies, and how it stood in each collation that has it."""

    number: int
    point: _given("point")  # type: ignore[valid-type]
    discrepancies: list[_given("discrepancy")]  # type: ignore[valid-type]
    history: list[PointState]
    ours: Ours | None = None


class DiscrepancyList(BaseModel):
    """Discrepancies of one collation."""

    number: int
    discrepancies: list[_given("discrepancy")]  # type: ignore[valid-type]
    ours: Ours | None = None


class RevisionList(BaseModel):
    """What was changed in the story's articles, as the collation found it."""

    number: int
    revisions: list[_given("revision")]  # type: ignore[valid-type]
    ours: Ours | None = None


class Column(BaseModel):
    """One version of the matrix."""

    version: str
    outlet: str
    url: str | None
    extent: Literal["complete", "truncated", "blocked"]
    family: int | None
    is_ours: bool


class Row(BaseModel):
    """One point of the matrix; `cells` are in the order of the columns."""

    point: str
    statement: str
    independent_sources: int
    cells: list[Status]


class Matrix(BaseModel):
    """Points by outlets."""

    number: int
    columns: list[Column]
    rows: list[Row]
    ours: Ours | None = None


class Moved(BaseModel):
    """A cell whose status changed from one collation to the next."""

    point: str
    outlet: str
    before: Status | None
    after: Status | None


class Changes(BaseModel):
    """The difference between two collations of a story."""

    since: int | None
    number: int
    points_added: list[_given("point")]  # type: ignore[valid-type]
    points_removed: list[str]
    cells_changed: list[Moved]
    discrepancies_added: list[_given("discrepancy")]  # type: ignore[valid-type]
    discrepancies_resolved: list[str]
    revisions_added: list[_given("revision")]  # type: ignore[valid-type]
    ours: Ours | None = None


class VersionLine(BaseModel):
    """One line about a version."""

    id: str
    outlet: str
    url: str | None
    extent: Literal["complete", "truncated", "blocked"]
    headline: str | None
    published: datetime | None
    modified: datetime | None
    fetched: datetime | None
    words: int
    snapshot: str | None


class VersionList(BaseModel):
    """Versions: article by article in the order added, oldest version first."""

    versions: list[VersionLine]


class Hit(BaseModel):
    """A version that holds the words."""

    story: str
    version: str
    outlet: str
    url: str | None
    headline: str | None
    fetched: datetime | None
    excerpt: str


class HitPage(BaseModel):
    """A page of hits, the newest version first."""

    hits: list[Hit]
    next: Cursor


class Job(BaseModel):
    """Work that goes on after the answer."""

    id: str
    kind: str
    story: str | None
    state: Literal["queued", "running", "done", "failed"]
    done: int
    total: int
    error: Trouble | None
    result: Part | None
    created: datetime | None
    updated: datetime | None


class JobPage(BaseModel):
    """A page of jobs, the newest first."""

    jobs: list[Job]
    next: Cursor


class Key(BaseModel):
    """An API key; the key itself is shown once, when it is made."""

    id: str
    name: str
    scope: Literal["read", "write", "admin"]
    created: datetime | None
    last_used: datetime | None
    revoked: datetime | None


class KeyList(BaseModel):
    """The newsroom's keys."""

    keys: list[Key]


class MadeKey(Key):
    """A new key with what has to be sent."""

    key: str = Field(description="Send it as `Authorization: Bearer ...`. It is not stored and never shown again.")


class Taken(BaseModel):
    """Where what was sent is: a version at once for copy, a job for a page."""

    story: str
    version: str | None
    is_new: bool | None = Field(description="Whether the copy says anything new; null for a page.")
    job: Job | None
