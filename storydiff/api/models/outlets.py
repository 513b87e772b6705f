"""Answers about outlets: what a newsroom's stories have of them, and what they tend to do."""

from __future__ import annotations

from pydantic import BaseModel, Field

from storydiff.api.models.told import Cursor

SHARE = "Null where fewer than 10 cases in 3 stories say too little."


class Rate(BaseModel):
    """How often something happened, with the 95 % interval; cases of one story count as less than independent ones."""

    hits: int
    cases: int
    stories: int = Field(description="Stories with at least one case.")
    share: float | None = Field(description=SHARE)
    low: float | None
    high: float | None


class OutletHabits(BaseModel):
    """Four figures, each of its own cases. Texts that were not read in full are in none that accuses."""

    omits: Rate = Field(description="Points that two independent others told, where its whole text could be read.")
    shares: Rate = Field(description="Its texts that other outlets carry too, an agency's or one release.")
    silent: Rate = Field(description="Its changes after publication without a note and without moving the time shown.")
    first: Rate = Field(description="Points that it and others told, of those of which it is known who was first.")


class Outlet(BaseModel):
    """An outlet that has articles in the newsroom's stories."""

    name: str
    domain: str | None
    stories: int
    articles: int
    habits: OutletHabits


class OutletPage(BaseModel):
    """A page of outlets by name."""

    outlets: list[Outlet]
    next: Cursor
