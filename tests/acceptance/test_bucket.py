"""The whole way with an archive in a bucket: fetched, shown, checked, forgotten; and while the bucket is away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storydiff.testing import Newsroom
from tests.acceptance.conftest import Cli, urls
from tests.integration.bucket_server import BUCKET, BucketServer, bucket_server


@pytest.fixture(scope="module")
def server() -> Iterator[BucketServer]:
    with bucket_server() as running:
        yield running


def placed(server: BucketServer, prefix: str, **changes: str) -> dict[str, str]:
    """The settings of an archive there, as a user sets them."""
    keys = {"STORYDIFF_S3_ACCESS_KEY": "any", "STORYDIFF_S3_SECRET_KEY": "swordfish", **changes}
    return {"STORYDIFF_ARCHIVE": f"s3://{BUCKET}/{prefix}", "STORYDIFF_S3_ENDPOINT": server.endpoint, **keys}


def test_from_fetch_to_purge(cli: Cli, newsroom: Newsroom, server: BucketServer) -> None:
    """Pages land in the bucket, open to the exact bytes, and are gone from it when the story is forgotten."""
    env = placed(server, "way")
    assert cli("compare", *urls(newsroom), "--story", "mill", env=env).returncode == 0
    assert len(server.names("way")) == 3
    shown = cli("show", "mill", "1", "coast daily", "--bytes", env=env)
    assert "Two dead in mill fire at Dornfeld" in shown.stdout
    assert "received" in cli("show", "mill", "1", "coast daily", env=env).stdout
    assert cli("purge", "--everything-of", "", "--yes", env=env).returncode == 0
    assert server.names("way") == []


def test_while_it_is_away(cli: Cli, newsroom: Newsroom, server: BucketServer) -> None:
    """The comparison goes on and says what is missing; nothing is forgotten whose pages could not be; doctor tells."""
    with bucket_server() as gone:
        env = placed(gone, "away")
    compared = cli("compare", *urls(newsroom), "--story", "mill", env=env)
    assert compared.returncode == 0
    assert "3 of 3 pages are not archived" in compared.stderr
    assert "out of reach" in compared.stderr
    purged = cli("purge", "--everything-of", "", "--yes", env=env)
    assert (purged.returncode, "out of reach" in purged.stderr) == (4, True)
    assert "mill" in cli("story", "list", env=env).stdout
    asked = cli("doctor", env=env)
    assert asked.returncode == 4
    assert "out of reach" in asked.stdout
    assert "STORYDIFF_S3_ENDPOINT and the network" in asked.stdout


def test_doctor_on_keys(cli: Cli, server: BucketServer) -> None:
    """Doctor says that a key is refused and what to set, never the secret."""
    right = cli("doctor", env=placed(server, "keys"))
    assert right.returncode == 0
    assert f"s3://{BUCKET}/keys" in right.stdout
    with server.checking_keys() as (key, _):
        wrong = cli("doctor", env=placed(server, "keys", STORYDIFF_S3_ACCESS_KEY=key))
    assert wrong.returncode == 4
    assert "the store refuses us" in wrong.stdout
    assert "STORYDIFF_S3_SECRET_KEY" in wrong.stdout
    assert "swordfish" not in right.stdout + wrong.stdout + wrong.stderr
