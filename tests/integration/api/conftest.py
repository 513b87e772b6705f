"""The API over real HTTP on loopback, on a SQLite store with a stored story, and a key for each scope."""

from __future__ import annotations

import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storydiff.api.app import make_app
from storydiff.engine import collate, read_text
from storydiff.model import Story, Version
from storydiff.serving.service import Service, open_service
from storydiff.settings import Settings
from storydiff.store import Store, open_store
from tests.served import served

NOW = datetime(2026, 3, 3, 8, tzinfo=UTC)
TEXTS = {
    "Harbour Post": (
        "Mill fire kills two\n\nA fire at the Dornfeld paper mill killed two people on Monday, the fire service said."
        "\n\nFour workers were taken to hospital with burns.\n\nThe mill will stand still for three weeks."
    ),
    "Valley Echo": (
        "Three die as mill burns\n\nA fire at the Dornfeld paper mill killed three people on Monday, police said."
        "\n\nFour workers were taken to hospital with burns.\n\nMill Lane was closed until Tuesday noon."
    ),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True)
class Api:
    """A client of one served API; `keys` are those of the newsroom "left" and, as "other", of the newsroom "right"."""

    base: str
    service: Service
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        return self.service.desk("left").store

    def send(self, method: str, path: str, body: Any = None, *, key: str | None = "admin", **headers: str) -> Reply:
        """One request; `body` is JSON values, or bytes as they are."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if key is not None:
            given["Authorization"] = f"Bearer {self.keys.get(key, key)}"
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        if data is not None:
            given.setdefault("Content-Type", "application/json")
        request = urllib.request.Request(self.base + path, data, given, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return Reply(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, error.headers, error.read())

    def get(self, path: str, **options: Any) -> Reply:
        return self.send("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> Reply:
        return self.send("POST", path, body, **options)


def versions() -> list[Version]:
    """Two outlets on one fire; they differ in the dead."""
    found = []
    for number, (outlet, text) in enumerate(TEXTS.items()):
        domain = outlet.lower().replace(" ", "-") + ".example"
        fetched = NOW.replace(minute=number)
        found.append(read_text(text, outlet=outlet, url=f"https://{domain}/mill", language="en", fetched=fetched))
    return found


def fill(store: Store, slug: str = "mill") -> None:
    """A story with two articles, compared twice: the second time Valley Echo has one paragraph more."""
    first, second = versions()
    store.stories.save(Story(slug=slug, title="Mill fire", created=NOW))
    later = replace(
        second, id="", fetched=NOW.replace(minute=30), paragraphs=(*second.paragraphs, *first.paragraphs[2:])
    )
    for version in (first, second):
        store.versions.add(slug, version)
    before = store.collations.save(collate(store.versions.all(slug), story=store.stories.get(slug), made=NOW))
    store.versions.add(slug, later)
    made = NOW.replace(minute=31)
    store.collations.save(collate(store.versions.all(slug), story=store.stories.get(slug), previous=before, made=made))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A store with one story in each of two newsrooms, and the keys, to be copied."""
    path, keys = tmp_path_factory.mktemp("filled") / "stories.sqlite", {}
    with open_store(path) as store:
        for newsroom in ("left", "right"):
            store.newsrooms.create(newsroom, now=NOW)
            fill(store.of(newsroom))
        for scope in ("read", "write", "admin"):
            keys[scope] = store.of("left").keys.create(scope, [scope], now=NOW)[1]
            keys[f"other {scope}"] = store.of("right").keys.create(scope, [scope], now=NOW)[1]
    return path, keys


@contextmanager
def opened(path: Path, keys: dict[str, str], **settings: Any) -> Iterator[Api]:
    """A served API on a copy of the store."""
    copied = Path(shutil.copy(path, settings.pop("folder") / "api.sqlite"))
    given = {"api_rate": 100_000, "archive": str(copied.parent / "archive"), **settings}
    configured = Settings(database_url=f"sqlite:///{copied}", **given)
    with open_service(configured, lambda: datetime.now(UTC)) as service, served(make_app, service) as base:
        yield Api(base, service, keys)


@pytest.fixture
def api(filled: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Api]:
    """A served API of its own for the test."""
    with opened(*filled, folder=tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def shared(filled: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A served API for tests that only read."""
    with opened(*filled, folder=tmp_path_factory.mktemp("api")) as found:
        yield found
