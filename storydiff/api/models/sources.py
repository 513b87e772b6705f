"""Watched sources and suggestions: what is asked and told about them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from storydiff.api.models.asked import Body, Line, Page, Url
from storydiff.api.models.told import Cursor, Trouble
from storydiff.store import MatchState, SourceState


class NewSource(Body):
    """A feed, a news sitemap or a home page of another outlet, to be read from now on."""

    url: Url
    name: Line = Field("", description="What you call it.")
    adds: bool = Field(True, description="Add what is surely of a story; false only ever suggests.")


class SourceChange(Body):
    """What to change of a source; what is left out stays."""

    name: Line | None = None
    adds: bool | None = Field(None, description="Add what is surely of a story; false only ever suggests.")


class SuggestionList(Page):
    """Which suggestions."""

    state: MatchState = Field(
        MatchState.SUGGESTED, description="Those that wait, or those that were added, accepted or dismissed."
    )


class Source(BaseModel):
    """A watched source, and how reading it goes."""

    id: str
    url: str
    name: str
    adds: bool = Field(description="Whether what is surely of a story is added; otherwise it is only suggested.")
    state: SourceState
    reason: str | None = Field(description="Why it is paused.")
    created: datetime
    due: datetime | None = Field(description="When it is read next; null while it is paused.")
    polled: datetime | None = Field(description="When it was asked last.")
    reached: datetime | None = Field(description="When it could be read last.")
    changed: datetime | None = Field(description="When it announced something new last.")
    entries: int = Field(description="Articles that it listed when it was read last.")
    failures: int = Field(description="Attempts in a row that failed.")
    failing_since: datetime | None
    problem: Trouble | None = Field(description="How the last attempt failed.")


class SourcePage(BaseModel):
    """A page of sources, the newest first."""

    sources: list[Source]
    next: Cursor


class Suggestion(BaseModel):
    """An announced article that is like a story. Its words are the outlet's."""

    id: str
    state: Literal["suggested", "added", "accepted", "dismissed"]
    likeness: float = Field(description="How like the story it is, 0 to 1.")
    url: str
    outlet: str
    title: str
    summary: str
    published: datetime | None
    found: datetime = Field(description="When it was first seen to be announced.")
    decided: datetime | None
    source: str | None = Field(description="The source that announced it first; null when that is deleted.")


class SuggestionPage(BaseModel):
    """A page of suggestions, the newest first."""

    suggestions: list[Suggestion]
    next: Cursor
