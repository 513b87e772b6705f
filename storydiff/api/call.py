"""What a handler is given and what it gives back: plain values, so that a handler knows nothing of HTTP machinery.

Handlers are plain functions and run in a thread, because the store is synchronous.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from storydiff.pipeline.desk import Desk
from storydiff.serving.answer import JSON, Answer


class Scope(StrEnum):
    """What a key may do. Each includes those before it (`store.keys.Key.allows`)."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


class Nothing(BaseModel, extra="forbid"):
    """A query without parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request that has been let in: who asks, for what. `query` and `body` are of the route's models."""

    desk: Desk
    """The desk of the key's newsroom: no other newsroom's rows can be reached through it."""
    newsroom: str = ""
    path: Mapping[str, str] = field(default_factory=dict)
    query: Any = None
    body: Any = None
    sent: bytes = b""
    """The body as it came."""
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One operation: everything that serving and describing it needs."""

    method: str
    path: str
    handler: Handler
    scope: Scope
    tag: str
    summary: str
    answer: type[BaseModel] | str | None = None
    """Model of the JSON, or the name of a schema in `openapi.GIVEN`; None when no content is sent."""
    status: int = 200
    query: type[BaseModel] = Nothing
    body: type[BaseModel] | None = None
    media: tuple[str, ...] = (JSON,)
    errors: tuple[int, ...] = ()
    """Statuses of its own beside those that every route can give."""
    takes: tuple[str, ...] = (JSON,)
    """Media types of the body."""
    stores_once: bool = False
    """Whether an Idempotency-Key header makes a second sending harmless."""
    of_collation: bool = False
    """The answer follows from one stored collation and the request alone, so its bytes can be kept."""
    rings: bool = False
    """Something is due afterwards, so workers are woken."""

    @property
    def name(self) -> str:
        """Name of the operation, for programs that are made from the description."""
        return self.handler.__name__
