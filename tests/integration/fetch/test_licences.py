"""Licensed access against real servers: the secret reaches its host over a proven connection, and nothing else."""

from __future__ import annotations

import gzip
import logging
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from storydiff.errors import BadSetting, ConnectionFailed, Forbidden, TooManyRedirects
from storydiff.fetch import Fetched, FolderArchive
from storydiff.model import Extent
from storydiff.pipeline.reading import version_of_page
from tests.integration.certificates import self_signed, server_context
from tests.integration.fetch.site import Answer, Site, page

HOSTS = ("coast.example", "www.coast.example", "inner.coast.example", "other.example", "notcoast.example")
TOKEN, COOKIE, INNER = "t0ken-swordfish-1", "c00kie-swordfish-2", "inner-swordfish-3"
FILE = f"""
# What two outlets licensed to this desk.
["coast.example"]
headers = {{ Authorization = "Bearer {TOKEN}" }}
cookies = {{ session = "{COOKIE}", region = "north" }}

["inner.coast.example"]
headers = {{ X-Token = "{INNER}" }}
"""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with a self-signed certificate for all hosts: cert.pem and key.pem."""
    return self_signed(tmp_path_factory.mktemp("tls"), *(f"DNS:{host}" for host in HOSTS))


@dataclass
class Web:
    """Each host has a server of its own over TLS, and the same without at the host with `plain.` before it."""

    sites: dict[str, Site]
    get: Callable[..., Fetched]
    file: Path

    def fetch(self, url: str, **options: Any) -> Fetched:
        table = tuple((host, site.host, site.port) for host, site in self.sites.items())
        asked = {"resolve": table, "allow_hosts": tuple(self.sites), "licences": str(self.file), **options}
        return self.get(url, **asked)

    def seen(self, host: str, *, rules: bool = False) -> list[tuple[str, str | None, str | None]]:
        """(path, Authorization, Cookie) of each request there, without those for robots.txt."""
        asked = [each for each in self.sites[host].asked if (each.path == "/robots.txt") == rules]
        return [(each.path, each.headers.get("Authorization"), each.headers.get("Cookie")) for each in asked]


@pytest.fixture
def web(get, certificate: Path, monkeypatch, tmp_path: Path) -> Iterator[Web]:
    """All hosts with a trusted certificate, and the file of licences."""
    trusted = ssl.create_default_context(cafile=certificate / "cert.pem")
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", trusted)
    server = server_context(certificate)
    file = tmp_path / "licences.toml"
    file.write_text(FILE, encoding="utf8")
    file.chmod(0o600)
    sites = {host: Site({"/": page()}, tls=server) for host in HOSTS}
    sites["plain.coast.example"] = Site({"/": page()})
    for site in sites.values():
        site.__enter__()
    yield Web(sites, get, file)
    for site in sites.values():
        site.__exit__()


BOTH = (f"Bearer {TOKEN}", f"session={COOKIE}; region=north")


def moved(to: str) -> Answer:
    return page(status="302 Found", Location=to)


def test_its_host_and_subdomains(web):
    """The headers and cookies go to the host and its subdomains, not to their robots.txt and not to a lookalike."""
    for host in ("coast.example", "www.coast.example", "notcoast.example", "other.example"):
        assert web.fetch(f"https://{host}/").error is None
    assert web.seen("coast.example") == web.seen("www.coast.example") == [("/", *BOTH)]
    assert web.seen("notcoast.example") == web.seen("other.example") == [("/", None, None)]
    assert web.seen("coast.example", rules=True) == [("/robots.txt", None, None)]


def test_the_closest_licence(web):
    """A subdomain with a table of its own gets that one alone."""
    web.fetch("https://inner.coast.example/")
    asked = web.sites["inner.coast.example"].asked[-1].headers
    assert asked["X-Token"] == INNER
    assert not {"Authorization", "Cookie"} & set(asked)


@pytest.mark.parametrize("target", ["other.example", "notcoast.example", "inner.coast.example"])
def test_a_redirect_to_another_host(web, target):
    """What is licensed for one host never goes on to another, a subdomain with a licence of its own included."""
    web.sites["coast.example"].routes = {"/": moved("/b"), "/b": moved(f"https://{target}/")}
    got = web.fetch("https://coast.example/")
    assert (got.error, got.final_url) == (None, f"https://{target}/")
    assert web.seen("coast.example") == [("/", *BOTH), ("/b", *BOTH)]
    asked = web.sites[target].asked[-1].headers
    assert not {"Authorization", "Cookie", "X-Token"} & set(asked)


def test_a_redirect_from_another_host(web):
    """A page elsewhere cannot make us use a licence: a redirect into its host comes without."""
    web.sites["other.example"].routes = {"/": moved("https://coast.example/account/close")}
    web.sites["coast.example"].routes = {"/account/close": page()}
    web.fetch("https://other.example/")
    assert web.seen("coast.example") == [("/account/close", None, None)]


def test_a_redirect_there_and_back(web):
    """A way that left the host is one that others had a hand in: from then on the licence stays at home."""
    web.sites["coast.example"].routes = {"/": moved("https://other.example/"), "/back": page()}
    web.sites["other.example"].routes = {"/": moved("https://coast.example/back")}
    assert web.fetch("https://coast.example/").error is None
    assert web.seen("other.example") == [("/", None, None)]
    assert web.seen("coast.example") == [("/", *BOTH), ("/back", None, None)]


def test_plain_http(web):
    """Over http nothing is sent, by request or by redirect, unless the file says so for that host."""
    web.fetch("http://plain.coast.example/")
    web.sites["coast.example"].routes = {"/": moved("http://plain.coast.example/")}
    web.fetch("https://coast.example/")
    assert web.seen("plain.coast.example") == [("/", None, None)] * 2
    web.file.write_text(FILE.replace('north" }', 'north" }\nplain_http = true'))
    web.fetch("http://plain.coast.example/")
    assert web.seen("plain.coast.example")[-1] == ("/", *BOTH)


def test_from_http_to_https(web):
    """An address without the s leads to the licensed page: the first hop goes without, the second with."""
    web.sites["plain.coast.example"].routes = {"/": moved("https://coast.example/")}
    web.fetch("http://plain.coast.example/")
    assert web.seen("plain.coast.example") == [("/", None, None)]
    assert web.seen("coast.example") == [("/", *BOTH)]


def test_a_certificate_that_proves_nothing(web, monkeypatch):
    """Before a server has proved who it is, it is sent nothing at all."""
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", ssl.create_default_context())
    got = web.fetch("https://coast.example/")
    assert isinstance(got.error, ConnectionFailed)
    assert web.sites["coast.example"].asked == []


SECRETS = (TOKEN, COOKIE)


def test_nothing_of_it_is_kept(web, tmp_path, caplog):
    """Neither archive nor result, message, progress or log holds the secret, even of a server that repeats it."""
    caplog.set_level(logging.DEBUG)
    archive, heard = FolderArchive(tmp_path / "archive"), []
    body = f"<!doctype html><p>The ferry ran aground.</p><script>token='{TOKEN}'</script>".encode()
    echo = {"Set_Cookie": "session=fr3sh-session; Secure", "X_Echo": f"hello {TOKEN}", "X_Plain": "1"}
    web.sites["coast.example"].routes = {"/": moved(f"/a?t={TOKEN}"), f"/a?t={TOKEN}": page(body, **echo)}
    got = web.fetch("https://coast.example/", call={"archive": archive, "progress": heard.append})
    kept = b"".join(gzip.decompress(file.read_bytes()) for file in (tmp_path / "archive").rglob("*.warc.gz"))
    everything = repr((got, heard)) + caplog.text + kept.decode()
    assert [secret for secret in (*SECRETS, "fr3sh-session") if secret in everything] == []
    assert got.body == body.replace(TOKEN.encode(), b"*" * len(TOKEN))
    assert archive.read(got.snapshot).bytes == got.body
    assert ("X-Plain", "1") in got.headers
    assert {value for name, value in got.request_headers if name in {"Authorization", "Cookie"}} == {"(withheld)"}
    assert len(caplog.records) > 0
    web.sites["coast.example"].routes = {"/": moved(f"/b/{TOKEN}"), f"/b/{TOKEN}": moved(f"/b/{TOKEN}")}
    looped = web.fetch("https://coast.example/")
    assert isinstance(looped.error, TooManyRedirects)
    assert TOKEN not in repr((looped, looped.error.message, looped.error.args))


def test_refused_all_the_same(web):
    """A page that the outlet refuses in spite of the licence is blocked, and the hint says what may be wrong."""
    text = b"<!doctype html><article><h1>Ferry aground</h1>" + b"<p>The ferry ran aground at dawn.</p>" * 30
    web.sites["coast.example"].routes = {"/": page(text, status="401 Unauthorized")}
    got = web.fetch("https://coast.example/")
    assert isinstance(got.error, Forbidden)
    assert "may have expired" in got.error.hint
    version = version_of_page(got)
    assert (version.extent, version.paragraphs) == (Extent.BLOCKED, ())
    web.sites["other.example"].routes = {"/": page(text, status="401 Unauthorized")}
    assert "STORYDIFF_LICENCES" in web.fetch("https://other.example/").error.hint


def test_a_newsroom_of_its_own(web):
    """A licence with newsrooms is used for these alone."""
    web.file.write_text(FILE.replace("\n\n[", '\nnewsrooms = ["harbour"]\n\n[', 1))
    for newsroom in ("", "valley", "harbour"):
        web.fetch("https://coast.example/", call={"newsroom": newsroom})
    assert web.seen("coast.example") == [("/", None, None), ("/", None, None), ("/", *BOTH)]


def test_a_new_token_counts_at_once(web):
    """The file is read for each batch, so that an expired token is replaced without a restart."""
    web.fetch("https://coast.example/")
    web.file.write_text(FILE.replace(TOKEN, "new-token"))
    web.fetch("https://coast.example/")
    assert [said for _, said, _ in web.seen("coast.example")] == [f"Bearer {TOKEN}", "Bearer new-token"]


def test_a_file_that_others_may_read(web):
    """Before anything is fetched, a file that is open to others is refused with what to do."""
    for mode in (0o604, 0o644, 0o620, 0o666):
        web.file.chmod(mode)
        with pytest.raises(BadSetting, match="others may read or change it") as told:
            web.fetch("https://coast.example/")
        assert told.value.hint == f"chmod 600 {web.file}"
    assert web.sites["coast.example"].asked == []
    web.file.chmod(0o640)
    assert web.fetch("https://coast.example/").error is None
