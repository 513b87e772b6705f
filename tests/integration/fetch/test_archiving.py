"""Fetched pages and the archive together."""

from __future__ import annotations

import gzip
import hashlib

from storydiff.errors import ArchiveError, Forbidden
from storydiff.fetch import FolderArchive
from tests.integration.fetch.conftest import NOW
from tests.integration.fetch.site import Site, page

BODY = b"<!doctype html><p>The ferry ran aground at dawn.</p>"


def test_every_body_is_archived(get, tmp_path):
    """Pages and error pages are archived as unpacked bytes; redirects, unchanged and empty answers have none."""
    archive = FolderArchive(tmp_path)
    routes = {
        "/": page(gzip.compress(BODY), Content_Encoding="gzip"),
        "/consent": page(b"<p>Consent?</p>", "403 Forbidden"),
        "/moved": page(status="301 Moved", Location="/"),
        "/same": b"HTTP/1.1 304 Not Modified\r\n\r\n",
        "/empty": page(b""),
    }
    with Site(routes) as site:
        got = get(f"{site.base}/moved", call={"archive": archive})
        consent = get(f"{site.base}/consent", call={"archive": archive})
        same = get(f"{site.base}/same", request={"etag": '"a"'}, call={"archive": archive})
        empty = get(f"{site.base}/empty", call={"archive": archive})
    assert got.snapshot == hashlib.sha256(BODY).hexdigest()
    snapshot = archive.read(got.snapshot)
    assert (snapshot.bytes, snapshot.url, snapshot.status, snapshot.fetched) == (BODY, f"{site.base}/", 200, NOW)
    assert isinstance(consent.error, Forbidden)
    assert archive.read(consent.snapshot).status == 403
    assert (same.snapshot, empty.snapshot) == (None, None)
    assert got.archive_error is consent.archive_error is None


def test_archive_failure_is_recorded(get, tmp_path):
    """A page that cannot be archived is delivered all the same, with the reason beside it."""
    (tmp_path / "taken").write_text("a file")
    with Site({"/": page(BODY)}) as site:
        got = get(site.base, call={"archive": FolderArchive(tmp_path / "taken")})
    assert (got.error, got.body, got.snapshot) == (None, BODY, None)
    assert isinstance(got.archive_error, ArchiveError)
    assert "STORYDIFF_ARCHIVE" in got.archive_error.hint
