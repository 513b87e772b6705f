"""Fetching from the local sites of these tests: allowed, undelayed, in short times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from storydiff.fetch import Fetched, Request, fetch_all
from storydiff.settings import Settings

NOW = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
LOCAL: dict[str, Any] = {"allow_hosts": ("127.0.0.1",), "host_delay": 0, "timeout": 5.0}


@pytest.fixture
def get() -> Callable[..., Fetched]:
    """Fetch one page: `get(url)`; settings by name, `request=` for the other fields of a Request."""

    def fetch(url: str, *, request: dict[str, Any] | None = None, call: dict[str, Any] | None = None, **settings: Any):
        asked = Request(url=url, **(request or {}))
        return fetch_all([asked], Settings(**{**LOCAL, **settings}), clock=lambda: NOW, **(call or {}))[0]

    return fetch
