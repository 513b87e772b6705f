"""HTTPS: a certificate that proves nothing is not accepted, and one that does is."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from storydiff.errors import ConnectionFailed
from storydiff.fetch import Progress, Stage
from tests.integration.certificates import self_signed, server_context
from tests.integration.fetch.site import Site, page


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with a self-signed certificate for coast.example: cert.pem and key.pem."""
    return self_signed(tmp_path_factory.mktemp("tls"), "DNS:coast.example")


@pytest.fixture
def site(certificate: Path):
    """A server with that certificate."""
    with Site({"/": page()}, tls=server_context(certificate)) as running:
        yield running


def test_self_signed(get, site):
    """A self-signed certificate is refused, with the reason and what to do; it is not tried again."""
    steps = []
    got = get(site.base, call={"progress": steps.append})
    assert isinstance(got.error, ConnectionFailed)
    assert "cannot prove that it is 127.0.0.1" in got.error.message
    assert "self-signed certificate" in got.error.message
    assert "browser" in got.error.hint
    assert site.asked == []
    assert Stage.RETRYING not in [step.stage for step in steps if isinstance(step, Progress)]


def test_trusted_and_named(get, site, certificate, monkeypatch):
    """With the certificate trusted, its name must be the host's: the table of addresses does not change the name."""
    monkeypatch.setattr(
        "aiohttp.connector._SSL_CONTEXT_VERIFIED", ssl.create_default_context(cafile=certificate / "cert.pem")
    )
    table = (("coast.example", "127.0.0.1", site.port), ("other.example", "127.0.0.1", site.port))
    hosts = {"allow_hosts": ("coast.example", "other.example"), "resolve": table}
    assert get("https://coast.example/", **hosts).error is None
    other = get("https://other.example/", **hosts)
    assert isinstance(other.error, ConnectionFailed)
    assert "not valid for 'other.example'" in other.error.message


def test_plain_http_on_a_tls_port(get, site):
    """HTTP spoken to a TLS server is an error in words."""
    got = get(site.base.replace("https", "http"), retries=0)
    assert isinstance(got.error, ConnectionFailed)


def test_tls_on_a_plain_port(get):
    """HTTPS spoken to a plain server is one too."""
    with Site({"/": page()}) as plain:
        got = get(plain.base.replace("http", "https"), retries=0)
    assert isinstance(got.error, ConnectionFailed)
    assert "does not speak HTTPS" in got.error.message
    assert "(wrong version number)" in got.error.message
    assert "http://" in got.error.hint
