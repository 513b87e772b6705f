"""The web pages in a real Chromium, over HTTP, with the whole demo story in the store."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storydiff import demo
from storydiff.pipeline.compare import compare
from storydiff.pipeline.desk import open_desk
from storydiff.pipeline.sources import gather
from storydiff.serving.service import Service, open_service
from storydiff.settings import Settings
from storydiff.store import Store
from storydiff.web.app import make_app
from tests.e2e.conftest import Seen
from tests.served import served

KEPT = os.environ.get("STORYDIFF_E2E_STORE")
"""A folder in which the demo's store is kept between runs while pages are being built; unset in CI."""


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo compared at its three moments: `stories.sqlite`, to be copied, and `archive`.

    It is made once for all workers of pytest-xdist: whoever comes first fills it, the others wait.
    """
    folder = Path(KEPT) if KEPT else of_all_workers(tmp_path_factory) / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (folder / "filled").exists():
            with ThreadPoolExecutor(1) as beside:  # playwright's own loop runs in this thread
                beside.submit(fill, folder).result()
            (folder / "filled").touch()
    return folder


def of_all_workers(factory: pytest.TempPathFactory) -> Path:
    """The folder of this test run, which contains those of its workers where there are several."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def fill(folder: Path) -> None:
    """Compare the demo at its three moments, and keep it in that folder."""
    places = {"database_url": f"sqlite:///{folder / 'stories.sqlite'}", "archive": str(folder / "archive")}
    with demo.newsroom() as newsroom, open_desk(newsroom.settings(**places), newsroom.clock) as desk:
        for moment in demo.MOMENTS:
            newsroom.clock.set(moment)
            compare(desk, demo.SLUG, gather(demo.sources(newsroom), bytes))
    with sqlite3.connect(folder / "stories.sqlite") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@dataclass(frozen=True, slots=True)
class Site:
    """Served pages, their service, and the keys of their newsroom by scope."""

    base: str
    service: Service
    keys: dict[str, str]
    open: Callable[..., Seen]
    """A page in a context of its own: `open("/stories", sign_in="write", width=320, color_scheme="dark")`."""

    @property
    def store(self) -> Store:
        return self.service.desk("").store


@pytest.fixture
def site(browser: Any, demo_store: Path, tmp_path: Path) -> Iterator[Site]:
    """Freshly served pages on a copy of the demo's store."""
    shutil.copy(demo_store / "stories.sqlite", tmp_path / "stories.sqlite")
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'stories.sqlite'}", archive=str(demo_store / "archive"), api_rate=100_000
    )
    contexts = []
    with open_service(settings, lambda: datetime.now(UTC)) as service, served(make_app, service) as base:
        keys = service.desk("").store.keys
        secrets = {scope: keys.create(scope, [scope], now=service.clock())[1] for scope in ("read", "write", "admin")}

        def opened(path: str, *, sign_in: str | None = "write", width: int = 1440, **options: Any) -> Seen:
            context = browser.new_context(viewport={"width": width, "height": 900}, base_url=base, **options)
            contexts.append(context)
            seen = Seen(context.new_page())
            if sign_in is not None:
                seen.page.goto("/sign-in")
                seen.page.get_by_label("API key").fill(secrets[sign_in])
                seen.page.get_by_role("button", name="Sign in").click()
            seen.page.goto(path)
            return seen

        yield Site(base, service, secrets, opened)
        for context in contexts:
            context.close()
