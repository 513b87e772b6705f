"""Endpoints, deliveries and events: what is asked and told about them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field, RootModel, StringConstraints

from storydiff.api.models.asked import Body, Contact, Line, Page, Slug, Url, Word
from storydiff.api.models.told import Cursor
from storydiff.model import EventType
from storydiff.store import DeliveryState

SEVERITIES = ("low", "normal", "high")
Level = Literal["low", "normal", "high"]


class Wanted(Body):
    """Which events an endpoint gets; what is left out filters nothing."""

    types: list[EventType] = Field([], max_length=20)
    stories: list[Slug] = Field([], max_length=100)
    outlets: list[Word] = Field([], max_length=100)
    severity: Level = Field("low", description="The least that an event must have.")
    ours: Word | None = Field(None, description="The outlet that reads: what it lacks is told to it alone.")


class NewEndpoint(Body):
    """An address to be told."""

    url: Url
    kind: Literal["webhook", "slack", "discord"] = "webhook"
    description: Line = ""
    contact: Contact | None = Field(None, description="Mail address told when it is paused; else the newsroom's.")
    filters: Wanted = Field(default_factory=lambda: Wanted.model_validate({}))


class EndpointChange(Body):
    """What to change of an endpoint; what is left out stays."""

    url: Url | None = None
    description: Line | None = None
    contact: Contact | None = Field(None, description="Mail address told when it is paused; empty for the newsroom's.")
    filters: Wanted | None = None


class ReplayOne(Body):
    """One event to send once more."""

    event: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]


class ReplayRange(Body):
    """All events of a time that the endpoint wants, to be sent once more."""

    since: AwareDatetime
    until: AwareDatetime


class Replay(RootModel[ReplayOne | ReplayRange]):
    """What to send once more."""


class DeliveryList(Page):
    """Which deliveries."""

    state: DeliveryState | None = None


class EventList(Page):
    """Which events."""

    story: Slug | None = None
    type: EventType | None = None


class Endpoint(BaseModel):
    """An endpoint without its secret. Addresses of Slack and Discord are secrets too: only their host is shown."""

    id: str
    kind: Literal["webhook", "slack", "discord"]
    url: str
    description: str
    filters: Wanted
    contact: str | None
    state: Literal["active", "paused", "disabled"]
    reason: str | None
    created: datetime | None
    failing_since: datetime | None
    failures: int


class SecretEndpoint(Endpoint):
    """An endpoint with its new secret, shown this once."""

    secret: str = Field(description="`whsec_...`, as Standard Webhooks has it.")
    old_until: datetime | None = Field(description="Until when the secret before is signed with too.")


class EndpointList(BaseModel):
    """The newsroom's endpoints."""

    endpoints: list[Endpoint]


class Delivery(BaseModel):
    """One event on its way to an endpoint."""

    id: str
    event: str
    type: str
    story: str | None
    state: DeliveryState
    tries: int
    due: datetime | None
    created: datetime
    finished: datetime | None


class DeliveryPage(BaseModel):
    """A page of deliveries, the newest first."""

    deliveries: list[Delivery]
    next: Cursor


class Attempt(BaseModel):
    """One try."""

    at: datetime
    status: int | None
    error: str | None
    answer: str | None
    seconds: float


class AttemptList(BaseModel):
    """The tries of one delivery, the oldest first."""

    attempts: list[Attempt]


class Replayed(BaseModel):
    """How many events are sent once more."""

    events: int


class Event(BaseModel):
    """Something that changed."""

    id: str
    type: EventType
    story: str | None
    at: datetime
    severity: Level
    outlets: list[str]
    ours: str | None
    data: dict[str, Any]


class EventPage(BaseModel):
    """A page of events in the order in which they came."""

    events: list[Event]
    next: Cursor
