"""Queries and bodies of requests. What a database refuses (NUL, lone surrogates), or is without bounds, is refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from storydiff.model import DiscrepancyType, PointKind, Status
from storydiff.pipeline.naming import SLUG, SLUG_LENGTH

LIMIT, MOST = 50, 200
"""Rows of a page when nothing is said, and at most."""
URLS = 100
"""Addresses in one request: a fetch of 100 pages is one job that a reader can follow."""
ADDRESS = 4000
NUMBER = 2_147_483_647


def clean(text: str) -> str:
    """The text, which must hold nothing that a database refuses."""
    if "\0" in text:
        raise ValueError("must not hold the character U+0000")
    return text


def _address(text: str) -> str:
    if not text.lower().startswith(("http://", "https://")):
        raise ValueError("must start with http:// or https://")
    if any(c.isspace() or not c.isprintable() for c in text):
        raise ValueError("must not hold blanks or control characters")
    return text


Text = Annotated[str, AfterValidator(clean)]
Word = Annotated[str, StringConstraints(max_length=300, min_length=1), AfterValidator(clean)]
Url = Annotated[
    str, StringConstraints(max_length=ADDRESS), AfterValidator(_address), Field(json_schema_extra={"format": "uri"})
]
Slug = Annotated[str, StringConstraints(pattern=f"^{SLUG.pattern}$", max_length=SLUG_LENGTH)]
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
    cursor: str | None = Field(None, max_length=400, description="`next` of the page before.")


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

    q: Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(clean)] = Field(
        description="Words that the text must hold, all of them."
    )
    story: Slug | None = Field(None, description="Only in this story.")
    outlet: Word | None = Field(None, description="Only in texts of this outlet (name or domain).")


class JobList(Page):
    """Which jobs."""

    story: Slug | None = Field(None, description="Only of this story.")


class NewStory(Body):
    """A story to watch."""

    urls: list[Url] = Field(min_length=1, max_length=URLS, description="The outlets' pages about it.")
    slug: Slug | None = Field(None, description="Its name in addresses; else made from the title.")
    title: Annotated[str, StringConstraints(max_length=300), AfterValidator(clean)] = Field(
        "", description="Else the headline of its first readable page."
    )


class MoreArticles(Body):
    """Pages to add to a story."""

    urls: list[Url] = Field(min_length=1, max_length=URLS)


class StoryChange(Body):
    """What to change of a story; what is left out stays."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(clean)] | None = None
    archived: bool | None = Field(None, description="Archived stories are kept and read, but not fetched any more.")


class NewKey(Body):
    """A key to make."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(clean)] = Field(
        description="What it is for, so that people know which one to revoke."
    )
    scope: Literal["read", "write", "admin"] = "read"
