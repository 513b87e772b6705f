"""From what was fetched, or read from disk, to a version. A bad page never fails here: it gives a blocked version."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from storydiff.errors import StorydiffError
from storydiff.extract import read_page, read_plain
from storydiff.fetch import Fetched
from storydiff.model import Extent, Problem, Version
from storydiff.pipeline.sources import UTF_16, Source

FALLBACK_CHARSET = "windows-1252"
"""For texts on disk that are not UTF-8: it has a letter for almost every byte."""


def version_of_page(fetched: Fetched, outlet: str | None = None) -> Version:
    """The article of a fetched page. A page that failed gives a blocked version whose problems say why."""
    if fetched.error is not None and not fetched.body:
        return _blocked(fetched, outlet)
    version = read_page(
        fetched.body,
        url=fetched.final_url,
        charset=fetched.charset,
        status=fetched.status or 200,
        fetched=fetched.fetched,
        outlet=outlet,
        snapshot=fetched.snapshot,
    )
    if fetched.archive_error is not None:
        version = with_problem(version, fetched.archive_error)
    if fetched.error is None:
        return version
    # The page of a refusal may look like an article; it is none.
    failed = replace(version, extent=Extent.BLOCKED, paragraphs=(), problems=())
    more = (problem for problem in version.problems if problem.code != "error_page")  # the status is said already
    return replace(failed, url=fetched.url, problems=(_problem(fetched.error), *more))


def version_of_file(source: Source, now: datetime) -> Version:
    """The article of a page or a text that was read from disk or standard input."""
    body = source.body or b""
    outlet = source.outlet or source.name
    if source.trouble is not None:
        blocked = Version(id="", outlet=outlet, extent=Extent.BLOCKED, fetched=now)
        return with_problem(blocked, source.trouble)
    if source.is_page:
        return read_page(body, fetched=now, outlet=outlet)
    return read_plain(_decoded(body), outlet=outlet, fetched=now)


def with_problem(version: Version, error: StorydiffError) -> Version:
    """The version with one more problem that its readers must know of."""
    return replace(version, problems=(*version.problems, _problem(error)))


def site_of(url: str | None) -> str:
    """The host of an address without `www.`: what an outlet is called until its page says better."""
    return (urlsplit(url or "").hostname or url or "").removeprefix("www.")


def _blocked(fetched: Fetched, outlet: str | None) -> Version:
    problems = (_problem(fetched.error),) if fetched.error else ()
    return Version(
        id="",
        outlet=outlet or site_of(fetched.url),
        url=fetched.url,
        extent=Extent.BLOCKED,
        fetched=fetched.fetched,
        problems=problems,
    )


def _problem(error: StorydiffError) -> Problem:
    return Problem(error.code, error.message)


def _decoded(body: bytes) -> str:
    charset = "utf-16" if body.startswith(UTF_16) else "utf-8-sig"
    try:
        return body.decode(charset)
    except UnicodeDecodeError:
        return body.decode(FALLBACK_CHARSET, errors="replace")
