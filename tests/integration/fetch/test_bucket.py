"""The archive in an S3-compatible store, over real HTTP: the same promises as the folder."""

from __future__ import annotations

import hashlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from warcio import ArchiveIterator

from storydiff.errors import ArchiveError, BadSetting, SnapshotMissing
from storydiff.fetch import Archive, FolderArchive, Sighting, open_archive
from storydiff.settings import Settings
from tests.integration.bucket_server import BUCKET, BucketServer, bucket_server, stubborn_server
from tests.integration.fetch.site import Site, page
from tests.unit.fetch.test_folder import BODY, PAGE, WHEN

UNUSED = Path("/nonexistent")


@pytest.fixture(scope="module")
def server() -> Iterator[BucketServer]:
    """One store for all tests here; each has a prefix of its own."""
    with bucket_server() as running:
        yield running


@pytest.fixture
def archive(server, request) -> Archive:
    """An archive under the test's own name."""
    return open_archive(server.settings(request.node.name), UNUSED)


def test_round_trip(archive):
    """What was kept is read back byte for byte; what was not is missing; rubbish names nothing."""
    digest = archive.keep(PAGE)
    found = archive.read(digest)
    assert digest == hashlib.sha256(BODY).hexdigest()
    assert (found.bytes, found.url, found.status, found.fetched) == (BODY, PAGE.final_url, 200, WHEN)
    for name in ("0" * 64, "", "../../x", "A" * 64):
        with pytest.raises(SnapshotMissing):
            archive.read(name)


def test_the_same_records_as_in_a_folder(archive, server, tmp_path, request):
    """The object has the name that the file has in a folder, and the objects one after the other are that file."""
    later = replace(PAGE, fetched=WHEN + timedelta(hours=1))
    folder = FolderArchive(tmp_path)
    for place in (archive, folder):
        place.keep(PAGE)
        digest = place.keep(later)
    first, second = sorted(server.names(request.node.name), key=len)
    in_folder = (tmp_path / first).read_bytes()
    in_bucket = b"".join(server.content(request.node.name, name) for name in (first, second))
    told = [
        [(r.rec_type, r.rec_headers.get_header("WARC-Date"), r.content_stream().read()) for r in ArchiveIterator(data)]
        for data in (BytesIO(in_folder), BytesIO(in_bucket))
    ]
    assert told[0] == told[1]
    assert (
        archive.sightings(digest)
        == folder.sightings(digest)
        == [
            Sighting(PAGE.final_url, 200, WHEN),
            Sighting(PAGE.final_url, 200, later.fetched),
        ]
    )


def test_a_copied_folder(archive, server, tmp_path, request):
    """A folder that was copied into the bucket is read as it is, its sightings included, and goes on there."""
    folder = FolderArchive(tmp_path)
    folder.keep(PAGE)
    digest = folder.keep(replace(PAGE, fetched=WHEN + timedelta(hours=1)))
    file = next(tmp_path.rglob("*.warc.gz"))
    server.client().put_object(
        Bucket=BUCKET, Key=f"{request.node.name}/{file.relative_to(tmp_path)}", Body=file.read_bytes()
    )
    archive.keep(replace(PAGE, fetched=WHEN + timedelta(hours=2)))
    assert [each.fetched.hour for each in archive.sightings(digest)] == [10, 11, 12]


def test_drop(archive, server, request):
    """Dropped bytes leave nothing behind, sightings included; other pages stay; dropping nothing does nothing."""
    other = archive.keep(replace(PAGE, body=b"<p>Another page.</p>"))
    for hour in range(3):
        digest = archive.keep(replace(PAGE, fetched=WHEN + timedelta(hours=hour)))
    for name in (digest, digest, "0" * 64, "../x"):
        archive.drop(name)
    assert server.names(request.node.name) == [f"{other[:2]}/{other}.warc.gz"]
    with pytest.raises(SnapshotMissing):
        archive.read(digest)
    assert archive.read(archive.keep(PAGE)).bytes == BODY


def test_damaged(archive, server, request):
    """Altered bytes are never given out as what an outlet sent; keeping the page again mends them."""
    digest = archive.keep(PAGE)
    name = f"{request.node.name}/{digest[:2]}/{digest}.warc.gz"
    other = archive.keep(replace(PAGE, body=b"<p>Another page.</p>"))
    data = server.content(request.node.name, f"{other[:2]}/{other}.warc.gz")
    for wrong in (data, data[:100], b"", b"rubbish"):
        server.client().put_object(Bucket=BUCKET, Key=name, Body=wrong)
        with pytest.raises(ArchiveError, match="altered or damaged"):
            archive.read(digest)
    archive.keep(PAGE)
    assert archive.read(digest).bytes == BODY


WRITER = """
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from storydiff.fetch import open_archive
from storydiff.settings import Settings
from tests.unit.fetch.test_folder import PAGE
archive = open_archive(Settings.from_env(), Path("/nonexistent"))
sys.stdout.write("ready\\n"); sys.stdout.flush(); sys.stdin.readline()
for number in range(10):
    archive.keep(replace(PAGE, body=b"<p>Page %d.</p>" % number, fetched=PAGE.fetched + timedelta(minutes=number)))
"""


def test_two_processes_at_once(archive, server, request):
    """Two processes that archive the same ten pages at the same time lose none, and each of them is seen."""
    its = server.settings(request.node.name)
    names = ("archive", "s3_endpoint", "s3_region", "s3_access_key", "s3_secret_key")
    environment = {f"STORYDIFF_{name.upper()}": getattr(its, name) for name in names}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER], env=environment, cwd=Path(__file__).parents[3],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    for number in range(10):
        body = b"<p>Page %d.</p>" % number
        digest = hashlib.sha256(body).hexdigest()
        assert archive.read(digest).bytes == body
        assert len(archive.sightings(digest)) == 2


@pytest.mark.parametrize(
    ("refusal", "status"),
    [("NotImplemented", "501 Not Implemented"), ("ConditionalRequestConflict", "409 Conflict")],
)
def test_a_store_that_refuses_conditional_writes(server, request, refusal, status):
    """Neither a store that does not know them nor a conflict that is none costs a page or a sighting."""
    with stubborn_server(refusal, status) as stubborn:
        archive = open_archive(stubborn.settings(request.node.name), UNUSED)
        digest = archive.keep(PAGE)
        assert len(server.names(request.node.name)) == 1
        archive.keep(replace(PAGE, fetched=WHEN + timedelta(hours=1)))
        assert archive.read(digest).bytes == BODY
        assert len(archive.sightings(digest)) == 2


def test_threads_share_one(archive):
    """A batch archives from several threads through one archive; the first use included."""
    threads = [threading.Thread(target=archive.keep, args=(replace(PAGE, body=b"<p>%d</p>" % n),)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in range(6):
        assert archive.read(hashlib.sha256(b"<p>%d</p>" % number).hexdigest()).status == 200


def test_a_batch_while_the_bucket_is_away(get):
    """The pages are delivered all the same with the reason beside them; the next ones do not wait for the store anew."""
    with bucket_server() as gone:
        archive = open_archive(gone.settings(), UNUSED)
    with Site({"/": page(BODY), "/b": page(BODY)}) as site:
        first = get(site.base, call={"archive": archive})
        with socket.create_server(("127.0.0.1", int(gone.endpoint.rpartition(":")[2]))) as door:
            second = get(f"{site.base}/b", call={"archive": archive})
            door.setblocking(False)
            with pytest.raises(BlockingIOError):
                door.accept()
    for got in (first, second):
        assert (got.error, got.body, got.snapshot) == (None, BODY, None)
        assert "out of reach" in got.archive_error.message
        assert "STORYDIFF_S3_ENDPOINT" in got.archive_error.hint
        assert got.archive_error.__traceback__ is None


def test_a_bucket_that_comes_back(server, request):
    """After a failure the store is left alone for a while, but whoever checks it tries at once."""
    archive = open_archive(server.settings(request.node.name), UNUSED)
    archive._resting = (time.monotonic() + 1000, ArchiveError("gone"))
    with pytest.raises(ArchiveError, match="gone"):
        archive.keep(PAGE)
    assert archive.check() == f"at {server.endpoint}"
    assert archive.keep(PAGE)


def test_no_such_bucket(server):
    """A bucket that does not exist is said, and is not taken for a page that is missing."""
    archive = open_archive(replace(server.settings(), archive="s3://another-desk"), UNUSED)
    for act in (lambda: archive.keep(PAGE), lambda: archive.read("0" * 64), archive.check):
        with pytest.raises(ArchiveError, match="no such bucket") as told:
            act()
        assert type(told.value) is ArchiveError


def test_wrong_keys(request):
    """With the right key it works; with a wrong name or secret the store's refusal is told, the secret is not."""
    with bucket_server() as server, server.checking_keys() as (key, secret):
        right = open_archive(server.settings(s3_access_key=key, s3_secret_key=secret), UNUSED)
        assert right.read(right.keep(PAGE)).bytes == BODY
        for wrong in ((key, "swordfish" * 4), ("AKIAWRONGWRONGWRONGW", secret)):
            archive = open_archive(server.settings(s3_access_key=wrong[0], s3_secret_key=wrong[1]), UNUSED)
            with pytest.raises(ArchiveError, match="the store refuses us") as told:
                archive.keep(PAGE)
            assert "STORYDIFF_S3_SECRET_KEY" in told.value.hint
            assert wrong[1] not in str(told.value) + told.value.hint
            with pytest.raises(ArchiveError, match="the store refuses us"):
                archive.check()


def test_no_keys(server, monkeypatch):
    """Without any key to be found, that is what is said."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    archive = open_archive(server.settings(s3_access_key="", s3_secret_key=""), UNUSED)
    with pytest.raises(ArchiveError, match="there is no key for it"):
        archive.check()


def test_half_a_key(server):
    """A key without its secret is refused before anything is contacted."""
    with pytest.raises(BadSetting, match="need one another"):
        open_archive(server.settings(s3_secret_key=""), UNUSED)


def test_check(archive, server, request):
    """Checking leaves nothing behind."""
    assert archive.check() == f"at {server.endpoint}"
    assert server.names(request.node.name) == []
    assert archive.where == f"s3://{BUCKET}/{request.node.name}"


def test_the_extra_is_missing(tmp_path):
    """Where s3fs is not installed, the error names the extra; a folder needs none of it."""
    code = """
import sys
from pathlib import Path
sys.modules["s3fs"] = None
from storydiff.errors import BadSetting
from storydiff.fetch import open_archive
from storydiff.settings import Settings
open_archive(Settings(), Path("a"))
try:
    open_archive(Settings(archive="s3://coast-desk/pages"), Path("a"))
except BadSetting as error:
    print(error.message, error.hint)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert "s3fs has to be installed" in ran.stdout
    assert "pip install '.[s3]'" in ran.stdout


@pytest.mark.parametrize("place", ["gs://bucket/x", "s3://", "s3://b", "s3://Bucket", "s3:///x", "s3://desk/../x y"])
def test_a_place_that_cannot_be(place):
    """Other stores and misspelt buckets are refused when the settings are read."""
    with pytest.raises(BadSetting, match="s3://bucket/prefix"):
        Settings.from_env({"STORYDIFF_ARCHIVE": place})
