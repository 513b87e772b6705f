"""The web pages over real HTTP on loopback, on a SQLite store with a stored story in each of two newsrooms."""

from __future__ import annotations

import http.cookiejar
import re
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storydiff.serving.service import Service, open_service
from storydiff.settings import Settings
from storydiff.store import open_store
from storydiff.web.app import make_app
from tests.integration.api.conftest import NOW, fill
from tests.integration.digest.conftest import SECRET
from tests.integration.digest.letterbox import Letterbox, server
from tests.served import served

CSRF = re.compile(r'name="csrf" value="([0-9a-f]*)"')


class _Stay(urllib.request.HTTPRedirectHandler):
    """Redirects are looked at, not followed."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Any
    text: str


@dataclass(slots=True)
class Visitor:
    """A browser without scripts: it keeps cookies, and sends the token of the page that it saw last."""

    base: str
    service: Service
    keys: dict[str, str]
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)
    csrf: str = ""

    def get(self, path: str, **headers: str) -> Reply:
        return self._send(urllib.request.Request(self.base + path, headers=_named(headers)))

    def post(
        self, path: str, *, headers: Mapping[str, str] | None = None, body: str | None = None, **fields: str
    ) -> Reply:
        """A form with these fields and the token; with `body`, that and no token."""
        sent = urllib.parse.urlencode({"csrf": self.csrf, **fields}, errors="surrogatepass") if body is None else body
        return self._send(urllib.request.Request(self.base + path, sent.encode(), dict(headers or {}), method="POST"))

    def sign_in(self, key: str = "write") -> Visitor:
        self.get("/sign-in")
        assert self.post("/sign-in/key", key=self.keys[key]).status == 303
        self.get("/stories")
        return self

    def _send(self, request: urllib.request.Request) -> Reply:
        opener = urllib.request.build_opener(_Stay(), urllib.request.HTTPCookieProcessor(self.jar))
        try:
            with opener.open(request, timeout=20) as answer:
                reply = Reply(answer.status, answer.headers, answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                reply = Reply(error.code, error.headers, error.read().decode())
        found = CSRF.search(reply.text)
        self.csrf = found[1] if found else self.csrf
        return reply


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture(scope="session")
def web_store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A store with one story in each of the newsrooms "left" and "right", and their keys, to be copied."""
    path, keys = tmp_path_factory.mktemp("web") / "stories.sqlite", {}
    with open_store(path) as store:
        for newsroom, prefix in (("left", ""), ("right", "other ")):
            store.newsrooms.create(newsroom, now=NOW)
            fill(store.of(newsroom))
            for scope in ("read", "write", "admin"):
                keys[prefix + scope] = store.of(newsroom).keys.create(scope, [scope], now=NOW)[1]
    return path, keys


@contextmanager
def visiting(web_store: tuple[Path, dict[str, str]], folder: Path, **changes: Any) -> Iterator[Visitor]:
    """A visitor of freshly served pages, not signed in; `changes` are settings."""
    copied = Path(shutil.copy(web_store[0], folder / "web.sqlite"))
    places = {"database_url": f"sqlite:///{copied}", "archive": str(folder / "archive"), "api_rate": 100_000}
    settings = Settings(**{**places, "sign_in": ("left.example:left", "right.example:right"), **changes})
    with open_service(settings, lambda: datetime.now(UTC)) as service, served(make_app, service) as base:
        yield Visitor(base, service, dict(web_store[1]))


@pytest.fixture
def visitor(web_store: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Visitor]:
    """A visitor of freshly served pages, not signed in, where no mail can be sent."""
    with visiting(web_store, tmp_path) as made:
        yield made


@pytest.fixture
def box() -> Letterbox:
    """What came in by mail."""
    return Letterbox()


@pytest.fixture
def mailed(web_store: tuple[Path, dict[str, str]], tmp_path: Path, box: Letterbox) -> Iterator[Visitor]:
    """A visitor of pages that send their mail to the letterbox."""
    running = server(box)
    mail = {"smtp_host": "127.0.0.1", "smtp_port": running.port, "smtp_tls": "none", "signing_secret": SECRET}
    mail |= {"mail_from": "storydiff <digest@left.example>", "web_url": "http://diff.left.example"}
    try:
        with visiting(web_store, tmp_path, **mail) as made:
            yield made
    finally:
        running.stop()
