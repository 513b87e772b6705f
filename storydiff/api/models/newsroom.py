"""The newsroom itself, and what keeps storydiff from doing its work for it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from storydiff.api.models.asked import Body, Contact, Line, Query, Word


class NewsroomChange(Body):
    """What to change; what is left out stays."""

    title: Line | None = None
    ours: Word | None = Field(None, description="The newsroom's own outlet, whose desk reads.")
    contact: Contact | None = Field(None, description="Mail address told of what goes wrong; empty for nobody.")


class Newsroom(BaseModel):
    """The newsroom of the key."""

    name: str
    title: str
    ours: str | None
    contact: str | None


class AlertList(Query):
    """Which alerts."""

    resolved: bool = Field(False, description="Also those that are over.")


class Alert(BaseModel):
    """Something that is wrong, or was."""

    kind: str = Field(description="`watch`, `endpoint` or `source`.")
    subject: str = Field(description="The outlet's host, the endpoint, or the source's address.")
    message: str
    since: datetime
    seen: datetime = Field(description="When it was found to be so last.")
    resolved: datetime | None


class Alerts(BaseModel):
    """The alerts of the newsroom, longest first."""

    alerts: list[Alert]
