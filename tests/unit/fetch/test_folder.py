"""The archive keeps bytes under their own digest, survives what disks and neighbours do, and any WARC tool reads it."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio import ArchiveIterator
from warcio.checker import Checker

from storydiff.errors import ArchiveError, SnapshotMissing
from storydiff.fetch import Fetched, FolderArchive, Sighting

WHEN = datetime(2026, 3, 1, 10, 0, 0, 123456, tzinfo=UTC)
BODY = "<p>Die Fähre lief auf Grund.</p>".encode()
PAGE = Fetched(
    url="https://coast.example/a",
    final_url="https://coast.example/a?b=%C3%A9",
    status=200,
    fetched=WHEN,
    headers=(
        ("Content-Type", "text/html"),
        ("Content-Encoding", "gzip"),
        ("Content-Length", "31"),
        ("X-A", "1"),
        ("X-A", "2"),
    ),
    body=BODY,
    request_headers=(("Host", "coast.example"), ("Authorization", "(withheld)")),
)


def the_file(folder: Path, digest: str) -> Path:
    """Where the snapshot lies."""
    return folder / digest[:2] / f"{digest}.warc.gz"


def test_round_trip(tmp_path):
    """What was kept is read back byte for byte, with address, status, headers and moment."""
    archive = FolderArchive(tmp_path / "made" / "on demand")
    digest = archive.keep(PAGE)
    found = archive.read(digest)
    assert digest == hashlib.sha256(BODY).hexdigest()
    assert (found.bytes, found.url, found.status, found.fetched) == (BODY, PAGE.final_url, 200, WHEN)
    assert [value for name, value in found.headers if name == "X-A"] == ["1", "2"]
    assert ("x-orig-Content-Encoding", "gzip") in found.headers
    assert "Content-Encoding" not in dict(found.headers)


@settings(deadline=None)
@given(body=st.binary(min_size=1, max_size=400), status=st.integers(100, 999), value=st.text(max_size=20))
def test_any_page(tmp_path_factory, body, status, value):
    """Any bytes, status and printable header come back; a moment in another zone is the same moment."""
    archive = FolderArchive(tmp_path_factory.mktemp("any"))
    header = "".join(c for c in value if c.isprintable() and c.isascii()).strip() or "x"
    moment = WHEN.astimezone(timezone(timedelta(hours=9)))
    found = archive.read(
        archive.keep(replace(PAGE, body=body, status=status, headers=(("X-B", header),), fetched=moment))
    )
    assert (found.bytes, found.status, found.fetched) == (body, status, WHEN)
    assert found.headers == (("X-B", header),)


def test_standard_tools_read_it(tmp_path):
    """The file is valid WARC 1.1 with a request and a response, and warcio's own checker finds its digests right."""
    archive = FolderArchive(tmp_path)
    digest = archive.keep(PAGE)
    archive.keep(replace(PAGE, fetched=WHEN + timedelta(hours=1)))
    with the_file(tmp_path, digest).open("rb") as file:
        records = [
            (r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), r.content_stream().read())
            for r in ArchiveIterator(file)
        ]
    assert [kind for kind, _, _ in records] == ["response", "request", "revisit"]
    assert {url for _, url, _ in records} == {PAGE.final_url}
    assert records[0][2] == BODY
    checker = Checker(type("Arguments", (), {"inputs": [str(the_file(tmp_path, digest))], "verbose": False})())
    checker.process_all()
    assert checker.exit_value == 0


def test_request_record(tmp_path):
    """The request is kept as sent, without the secrets."""
    digest = FolderArchive(tmp_path).keep(PAGE)
    with the_file(tmp_path, digest).open("rb") as file:
        headers = next(r.http_headers for r in ArchiveIterator(file) if r.rec_type == "request")
    assert headers.protocol == "GET"
    assert headers.statusline == "/a?b=%C3%A9 HTTP/1.1"
    assert headers.headers == [("Host", "coast.example"), ("Authorization", "(withheld)")]


def test_same_bytes_again(tmp_path):
    """The same bytes are stored once; that they were seen again, where and when, is added."""
    archive = FolderArchive(tmp_path)
    digest = archive.keep(PAGE)
    size = the_file(tmp_path, digest).stat().st_size
    again = replace(PAGE, final_url="https://mirror.example/", status=403, fetched=WHEN + timedelta(days=1))
    assert archive.keep(again) == digest
    assert archive.read(digest).url == PAGE.final_url
    assert archive.sightings(digest) == [
        Sighting(PAGE.final_url, 200, WHEN),
        Sighting("https://mirror.example/", 403, WHEN + timedelta(days=1)),
    ]
    assert the_file(tmp_path, digest).stat().st_size < size + 800


def test_missing(tmp_path):
    """Bytes that are not here are said to be missing, with a hint; no path can be smuggled in as a digest."""
    archive = FolderArchive(tmp_path)
    with pytest.raises(SnapshotMissing) as missing:
        archive.read("0" * 64)
    assert "STORYDIFF_ARCHIVE" in missing.value.hint
    for digest in ("", "abc", "../../etc/passwd", "0" * 63 + "/", "0" * 64 + "\n", "A" * 64):
        with pytest.raises(SnapshotMissing):
            archive.read(digest)


def test_drop(tmp_path):
    """Dropped bytes are gone and can be kept again; dropping what is not here, or is no digest, does nothing."""
    archive = FolderArchive(tmp_path / "archive")
    archive.drop("0" * 64)
    digest = archive.keep(PAGE)
    (tmp_path / "precious.warc.gz").write_text("x")
    for name in ("1" * 64, "../precious", ""):
        archive.drop(name)
    assert (tmp_path / "precious.warc.gz").exists()
    archive.drop(digest)
    with pytest.raises(SnapshotMissing):
        archive.read(digest)
    assert archive.read(archive.keep(PAGE)).bytes == BODY


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "other", "rubbish"])
def test_damaged(tmp_path, damage):
    """Altered bytes are never given out as what an outlet sent; keeping the page again mends the file."""
    archive = FolderArchive(tmp_path)
    digest = archive.keep(PAGE)
    file = the_file(tmp_path, digest)
    data = bytearray(file.read_bytes())
    other = the_file(tmp_path, archive.keep(replace(PAGE, body=b"<p>Something else.</p>"))).read_bytes()
    middle = len(data) // 3
    flipped = bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
    file.write_bytes(
        {"flip": flipped, "cut": bytes(data[:150]), "empty": b"", "other": other, "rubbish": b"WARC/1.1\r\n\r\n"}[
            damage
        ]
    )
    with pytest.raises(ArchiveError, match="altered or damaged"):
        archive.read(digest)
    assert archive.keep(PAGE) == digest
    assert archive.read(digest).bytes == BODY


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_any_flipped_byte(tmp_path_factory, place, bits):
    """One changed byte anywhere gives the true bytes or an ArchiveError, never other bytes or another exception."""
    folder = tmp_path_factory.mktemp("flip")
    archive = FolderArchive(folder)
    digest = archive.keep(PAGE)
    file = the_file(folder, digest)
    data = bytearray(file.read_bytes())
    data[place % len(data)] ^= bits
    file.write_bytes(bytes(data))
    try:
        found = archive.read(digest).bytes
    except ArchiveError:
        return
    assert found == BODY


def test_torn_end(tmp_path):
    """A record torn by a crash at the end of the file costs that sighting only: the next one is found again."""
    archive = FolderArchive(tmp_path)
    digest = archive.keep(PAGE)
    archive.keep(replace(PAGE, fetched=WHEN + timedelta(hours=1)))
    file = the_file(tmp_path, digest)
    file.write_bytes(file.read_bytes()[:-40])
    assert archive.read(digest).bytes == BODY
    assert [seen.fetched for seen in archive.sightings(digest)] == [WHEN]
    archive.keep(replace(PAGE, fetched=WHEN + timedelta(hours=2)))
    assert [seen.fetched for seen in archive.sightings(digest)] == [WHEN, WHEN + timedelta(hours=2)]


def keep_two(folder: Path, number: int) -> list[str]:
    """Keep a page that everybody keeps, and one of its own."""
    archive = FolderArchive(folder)
    mine = replace(PAGE, body=b"<p>page %d</p>" % number)
    return [archive.keep(replace(PAGE, fetched=WHEN + timedelta(seconds=number))), archive.keep(mine)]


def check_kept(folder: Path, total: int) -> None:
    """One body and every sighting of the common page, all the other pages, and no stray files."""
    archive = FolderArchive(folder)
    shared = hashlib.sha256(BODY).hexdigest()
    moments = {seen.fetched for seen in archive.sightings(shared)}
    assert moments == {WHEN + timedelta(seconds=number) for number in range(total)}
    for number in range(total):
        body = b"<p>page %d</p>" % number
        assert archive.read(hashlib.sha256(body).hexdigest()).bytes == body
    assert len([file for file in folder.rglob("*") if file.is_file() and file.name != ".lock"]) == total + 1


def test_many_threads(tmp_path):
    """Threads that keep the same page at once lose nothing."""
    with ThreadPoolExecutor(8) as running:
        list(running.map(keep_two, [tmp_path] * 24, range(24)))
    check_kept(tmp_path, 24)


WRITER = """
import sys
from datetime import datetime, timedelta
from storydiff.fetch import Fetched, FolderArchive

def page(body, number=0):
    moment = datetime.fromisoformat("2026-03-01T10:00:00.123456+00:00") + timedelta(seconds=number)
    where = "https://coast.example/"
    return Fetched(url=where, final_url=where, status=200, fetched=moment, body=body)

archive = FolderArchive(sys.argv[1])
BODY = "<p>Die Fähre lief auf Grund.</p>".encode()
"""
KEEP_TEN = """
sys.stdin.readline()
for number in range(int(sys.argv[2]), int(sys.argv[2]) + 10):
    archive.keep(page(BODY, number))
    archive.keep(page(b"<p>page %d</p>" % number))
"""


def test_many_processes(tmp_path):
    """Processes that keep the same page at once lose nothing."""
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER + KEEP_TEN, tmp_path, str(first)], stdin=subprocess.PIPE)
        for first in (0, 10)
    ]
    for writer in writers:
        writer.communicate(b"go\n", timeout=60)
    assert [writer.returncode for writer in writers] == [0, 0]
    check_kept(tmp_path, 20)


def test_folder_that_cannot_be_made(tmp_path):
    """A file where the folder should be is an ArchiveError that names it and says what to do."""
    blocking = tmp_path / "taken"
    blocking.write_text("x")
    with pytest.raises(ArchiveError, match="taken") as refused:
        FolderArchive(blocking / "archive").keep(PAGE)
    assert "STORYDIFF_ARCHIVE" in refused.value.hint


FULL = """
import resource, signal
from storydiff.errors import ArchiveError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

def limited(size, page):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        archive.keep(page)
    except ArchiveError as error:
        print(error.message)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

digest = archive.keep(page(BODY))
size = (archive.folder / digest[:2] / f"{digest}.warc.gz").stat().st_size
limited(300, page(bytes(range(256)) * 40))
limited(size + 100, page(BODY))
archive.keep(page(BODY))
print(len(archive.sightings(digest)))
"""


def test_no_room(tmp_path):
    """When the system takes no more bytes, the error says so, nothing half-written stays, and later pages are kept."""
    command = [sys.executable, "-c", WRITER + FULL, str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    first, second, sightings = ran.stdout.splitlines()
    assert "could not be archived" in first
    assert "could not be archived" in second
    assert sightings == "2"
    assert len([file for file in tmp_path.rglob("*") if file.is_file() and file.name != ".lock"]) == 1


@pytest.fixture
def tiny_disk(tmp_path: Path):
    """A real file system of 32 KB."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", tmp_path], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small tmpfs cannot be mounted here (needs root); RLIMIT_FSIZE covers the refusal")
    yield tmp_path
    subprocess.run(["umount", tmp_path], check=True)


def test_full_disk(tiny_disk):
    """A full disk is said in words, once per page, and what was kept before stays readable."""
    archive = FolderArchive(tiny_disk / "archive")
    kept = archive.keep(PAGE)
    with pytest.raises(ArchiveError, match=os.strerror(errno.ENOSPC).lower()):
        archive.keep(replace(PAGE, body=os.urandom(50_000)))
    assert list(tiny_disk.rglob(".new-*")) == []
    assert archive.read(kept).bytes == BODY
