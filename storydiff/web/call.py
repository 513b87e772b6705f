"""What a handler is given: who is there, for what page, with what fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from storydiff.pipeline.desk import Desk
from storydiff.serving.answer import Answer
from storydiff.serving.service import Service
from storydiff.store import Pass


class Access(StrEnum):
    """Who may open a page."""

    OPEN = "open"
    """Anybody; who is signed in is known all the same."""
    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of an address or of a form; a name may stand there several times."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """The first value of that name, without blanks around it."""
        return next(iter(self.values.get(name, ())), default).strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of that name."""
        return self.values.get(name, ())

    def number(self, name: str) -> int | None:
        """The value as a whole number above nought; None when it is none."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request that has been let in."""

    service: Service
    desk: Desk
    """Of the visitor's newsroom: no other newsroom's rows can be reached through it."""
    visitor: Pass | None = None
    csrf: str = ""
    """What forms of this visitor carry, so that no other site can send them."""
    where: str = "/"
    """Path and query of this page."""
    path: Mapping[str, str] = field(default_factory=dict)
    query: Fields = field(default_factory=Fields)
    form: Fields = field(default_factory=Fields)
    headers: Mapping[str, str] = field(default_factory=dict)
    later: Callable[[Callable[[], object]], None] = field(default=lambda task: task() and None)
    """Has something done beside, so that the answer need not wait for it, nor tells by its time what was done."""


Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Page:
    """One address."""

    method: str
    path: str
    handler: Handler
    access: Access = Access.READ
    rings: bool = False
    """Something is due afterwards, so workers are woken."""
    counts_guests: bool = False
    """Anybody may send it, and it costs something, so those of one client are counted."""
    is_foreign: bool = False
    """A form that others may send, because what is in its address is all that it needs (RFC 8058)."""
