"""What a newsroom serves, as values: outlets, their pages and the states of a page over time."""

from __future__ import annotations

import hashlib
import mimetypes
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from storydiff.testing.clock import moment

ALWAYS = datetime.min.replace(tzinfo=UTC)
HTML = "text/html; charset=utf-8"
OUTLET_FILE = "outlet.toml"


class Fault(StrEnum):
    """A way for an outlet's server to fail; robots.txt is still served."""

    HANG = "hang"
    """Takes the request and never answers."""
    RESET = "reset"
    """Resets the connection before the answer."""
    CUT = "cut"
    """Promises the whole page and closes the connection half way."""
    DRIP = "drip"
    """Sends the page a few bytes at a time, for as long as the client has patience."""
    ERROR = "error"
    """500."""
    UNAVAILABLE = "unavailable"
    """503 with Retry-After."""
    TOO_MANY = "too_many"
    """429 with Retry-After."""
    NOT_FOUND = "not_found"
    """404."""
    GONE = "gone"
    """410."""


STATUS_OF_FAULT = {
    Fault.ERROR: 500,
    Fault.UNAVAILABLE: 503,
    Fault.TOO_MANY: 429,
    Fault.NOT_FOUND: 404,
    Fault.GONE: 410,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """What one address answers from `valid_from` on, until a later state takes over."""

    body: bytes = b""
    valid_from: datetime = ALWAYS
    status: int = 200
    content_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        """A strong validator made from the bytes."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'

    @property
    def last_modified(self) -> datetime | None:
        """When this state appeared; None for a page that was always so."""
        return None if self.valid_from == ALWAYS else self.valid_from


@dataclass(slots=True)
class Breakdown:
    """A fault that is switched on: for the next `times` requests, or until it is switched off."""

    fault: Fault
    times: int | None = None
    retry_after: str = "1"


@dataclass(slots=True)
class Site:
    """One outlet's site."""

    domain: str
    robots: str = "User-agent: *\nAllow: /\n"
    pages: dict[str, list[PageState]] = field(default_factory=dict)
    breakdown: Breakdown | None = None

    def put(self, path: str, state: PageState) -> None:
        """Add a state to the page at `path`; a state of the same time is replaced."""
        others = [s for s in self.pages.get(path, ()) if s.valid_from != state.valid_from]
        self.pages[path] = sorted([*others, state], key=lambda s: s.valid_from)

    def state(self, path: str, now: datetime) -> PageState | None:
        """What `path` answers at `now`; None when nothing has been published there yet."""
        past = [s for s in self.pages.get(path, ()) if s.valid_from <= now]
        return past[-1] if past else None

    def next_fault(self) -> Breakdown | None:
        """The fault that the next request meets; counts it."""
        current = self.breakdown
        if current is not None and current.times is not None:
            current.times -= 1
            if current.times <= 0:
                self.breakdown = None
        return current


def read_folder(folder: Path) -> Iterator[Site]:
    """The outlets in `folder`: one sub-folder for each, named by its domain.

    A file's path is its address (`index.html` is the folder itself); `story@2026-05-15T12-10Z.html` is the state of
    `story.html` from that time on. `robots.txt` is what it says. An optional `outlet.toml` may hold the tables
    `status` and `content_type` (address -> value) and `redirects` (address -> target).
    """
    for sub in sorted(p for p in folder.iterdir() if p.is_dir()):
        yield _read_site(sub)


def _read_site(folder: Path) -> Site:
    site = Site(folder.name.lower())
    options = _options(folder / OUTLET_FILE)
    for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != OUTLET_FILE):
        address, valid_from = _address(file.relative_to(folder))
        if address == "/robots.txt":
            site.robots = file.read_text(encoding="utf8")
            continue
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        state = PageState(
            body=file.read_bytes(),
            valid_from=valid_from,
            status=options["status"].get(address, 200),
            content_type=options["content_type"].get(address, HTML if kind == "text/html" else kind),
        )
        site.put(address, state)
    for address, target in options["redirects"].items():
        site.put(address, redirect(target))
    return site


def redirect(target: str, status: int = 301) -> PageState:
    """A state that sends the client to `target`."""
    return PageState(status=status, headers={"Location": target})


def _options(file: Path) -> dict[str, dict[str, Any]]:
    read: dict[str, dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf8")) if file.exists() else {}
    return {"status": {}, "content_type": {}, "redirects": {}, **read}


def _address(file: Path) -> tuple[str, datetime]:
    stem, at, time = file.stem.partition("@")
    valid_from = moment(_with_colons(time)) if at else ALWAYS
    address = "/" + file.with_name(stem + file.suffix).as_posix()
    return address.removesuffix("index.html"), valid_from


def _with_colons(time: str) -> str:
    """File names cannot hold colons everywhere: 2026-05-15T12-10Z is 2026-05-15T12:10Z."""
    day, t, clock = time.partition("T")
    return day + t + clock.replace("-", ":")
