"""Answers about stories: how much of each is stored, and what its latest collation comes to."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from storydiff.api.models.told import Cursor


class Summary(BaseModel):
    """What the latest collation of a story comes to, in figures."""

    outlets: int
    independent: int = Field(description="Independent texts: those that carry one agency's count once.")
    points: int
    conflicts: int
    drifts: int = Field(description="Readings that a later update explains.")
    silent: int = Field(description="Changes after publication that nobody was told of.")
    unread: int = Field(description="Outlets that could not be read in full.")
    changed: datetime | None = Field(description="When what is compared changed last.")


class Story(BaseModel):
    """A story and how much of it is stored."""

    slug: str
    title: str
    created: datetime | None
    archived: datetime | None
    outlets: int
    articles: int
    versions: int
    collations: int
    fetched: datetime | None
    collated: datetime | None
    summary: Summary | None = Field(description="Null before the first collation.")


class StoryPage(BaseModel):
    """A page of stories, the newest first."""

    stories: list[Story]
    next: Cursor
