"""Queries and bodies of requests. What a database refuses (NUL, lone surrogates), or is without bounds, is refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from storydiff.model import DiscrepancyType, PointKind, Status
from storydiff.pipeline.naming import SLUG, SLUG_LENGTH

LIMIT, MOST = 50, 200
"""Rows of a page when nothing is said, and at most."""
URLS = 100
"""Addresses in one request: a fetch of 100 pages is one job that a reader can follow."""
ADDRESS = 4000
NUMBER = 2_147_483_647


NO_NUL = r"^[^\x00]*$"
"""PostgreSQL takes no U+0000 in a text."""
ADDRESSED = r"^https?://[^\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f\u3000\ufeff]+$"
"""Without blanks and controls, in words that every kind of pattern takes alike (what `\\s` means differs)."""
_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+", r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
MAILED = rf"^({_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})*)?$"
"""What `digest.address.checked` takes, and the empty text."""
Word = Annotated[str, StringConstraints(max_length=300, min_length=1, pattern=NO_NUL)]
Line = Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL)]
Contact = Annotated[str, StringConstraints(max_length=66, pattern=MAILED)]
"""A mail address, or nothing; so short that its first part fits into the 64 characters of RFC 5321."""
Url = Annotated[
    str,
    StringConstraints(max_length=ADDRESS, pattern=ADDRESSED),
    Field(json_schema_extra={"examples": ["https://outlet.example/story"]}),
]
Slug = Annotated[str, StringConstraints(pattern=f"^{SLUG.pattern}$", max_length=SLUG_LENGTH)]
Cursor = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=600)]
Number = Annotated[int, Field(ge=1, le=NUMBER)]


class Query(BaseModel):
    """A query string: every value once, no other names."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Body(BaseModel):
    """A JSON object: no other keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Page(Query):
    """One page of a list."""

    limit: int = Field(LIMIT, ge=1, le=MOST, description="Rows of the page.")
    cursor: Cursor | None = Field(None, description="`next` of the page before.")


class StoryList(Page):
    """Which stories."""

    q: Word | None = Field(None, description="Words of the title or the slug.")
    outlet: Word | None = Field(None, description="Only stories with an article of this outlet (name or domain).")
    state: Literal["active", "archived", "all"] = Field("active", description="Archived stories are not fetched.")


class Ours(Query):
    """As one outlet's desk reads it."""

    ours: Word | None = Field(None, description="Name or domain of our own outlet: only we have, we lack, we differ.")


class AtNumber(Ours):
    """Of one collation."""

    number: Number | None = Field(None, description="Of the collation of this number; else of the latest.")


class PointList(AtNumber):
    """Which points."""

    kind: PointKind | None = Field(None, description="Only points of this kind.")
    status: Status | None = Field(None, description="Only points with this status at any outlet, or at `outlet`.")
    outlet: Word | None = Field(None, description="Only points that this outlet (name or domain) has a cell of.")


class DiscrepancyList(AtNumber):
    """Which discrepancies."""

    type: DiscrepancyType | None = Field(None, description="Only of this type.")
    drift: bool | None = Field(None, description="Whether a later update explains the difference.")


class Matrix(AtNumber):
    """How the matrix is written."""

    format: Literal["json", "csv"] | None = Field(None, description="Else as the Accept header asks for; JSON.")


class VersionList(Query):
    """Which versions."""

    outlet: Word | None = Field(None, description="Only versions by this outlet (name or domain).")
    current: bool = Field(False, description="Only the latest version of each article.")


class Since(Ours):
    """What to compare with."""

    since: Number | None = Field(None, description="Number of the earlier collation; else the one before.")


class Search(Page):
    """What to look for."""

    q: Word = Field(description="Words that the text must hold, all of them.")
    story: Slug | None = Field(None, description="Only in this story.")
    outlet: Word | None = Field(None, description="Only in texts of this outlet (name or domain).")


class JobList(Page):
    """Which jobs."""

    story: Slug | None = Field(None, description="Only of this story.")


class NewStory(Body):
    """A story to watch."""

    urls: list[Url] = Field(min_length=1, max_length=URLS, description="The outlets' pages about it.")
    slug: Slug | None = Field(None, description="Its name in addresses; else made from the title.")
    title: Line = Field("", description="Else the headline of its first readable page.")


class MoreArticles(Body):
    """Pages to add to a story."""

    urls: list[Url] = Field(min_length=1, max_length=URLS)


class StoryChange(Body):
    """What to change of a story; what is left out stays."""

    title: Word | None = None
    archived: bool | None = Field(None, description="Archived stories are kept and read, but not fetched any more.")


class NewKey(Body):
    """A key to make."""

    name: Word = Field(description="What it is for, so that people know which one to revoke.")
    scope: Literal["read", "write", "admin"] = "read"
