"""Reading pages, loaded with the first page: texts need neither libraries for pages nor our tables of their words."""

from __future__ import annotations

import importlib
from datetime import datetime

from storydiff.model import Version


def read_page(  # noqa: PLR0913 - each argument is a fact about the fetch that only the caller knows
    body: bytes,
    *,
    url: str | None = None,
    charset: str | None = None,
    status: int = 200,
    fetched: datetime | None = None,
    outlet: str | None = None,
    snapshot: str | None = None,
) -> Version:
    """The article on a page as a version (`storydiff.extract.article.read_page`)."""
    version: Version = importlib.import_module("storydiff.extract.article").read_page(
        body, url=url, charset=charset, status=status, fetched=fetched, outlet=outlet, snapshot=snapshot
    )
    return version
