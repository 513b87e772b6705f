"""No request reaches a private address by a trick, shown with servers that are really there."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from storydiff.errors import AddressRefused, ConnectionFailed, NameNotResolved
from storydiff.fetch import batch, client
from storydiff.fetch.guard import PORTS
from tests.integration.fetch.names import NameServer
from tests.integration.fetch.site import Site, page


@pytest.fixture
def site() -> Iterator[Site]:
    """A server that must not be reached."""
    with Site({"/": page()}) as running:
        yield running


@pytest.fixture
def web_port() -> Iterator[socket.socket]:
    """A listening socket on loopback at one of the ports that any host may use."""
    for port in sorted(PORTS, reverse=True):
        try:
            listening = socket.create_server(("127.0.0.1", port))
        except OSError:
            continue
        with listening:
            listening.settimeout(0)
            yield listening
            return
    pytest.skip("all of the ports 80, 443, 8080 and 8443 are taken on this machine")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "①②⑦.0.0.1",
        "127。0。0。1",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::1]",
        "[::]",
        "0.0.0.0",
        "0",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1%25lo]",
        "127.0.0.1%2f@example.org",
        "user@127.0.0.1",
        "user:secret@127.0.0.1",
    ],
)
def test_loopback_in_every_spelling(get, site, host):
    """Loopback is not reached however it is spelt: nothing arrives at the server that listens there."""
    got = get(f"http://{host}:{site.port}/", allow_hosts=())
    assert isinstance(got.error, AddressRefused), got.error
    assert site.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "①②⑦.0.0.1", "[::ffff:127.0.0.1]", "localhost"])
def test_loopback_on_a_web_port(get, host, web_port):
    """The address alone is refused too: a port that public hosts may use gives no way in."""
    got = get(f"http://{host}:{web_port.getsockname()[1]}/", allow_hosts=())
    assert isinstance(got.error, AddressRefused)
    assert "not on the public internet" in got.error.message
    assert "STORYDIFF_ALLOW_HOSTS" in got.error.hint
    with pytest.raises(BlockingIOError):
        web_port.accept()


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "http://192.168.1.1/",
        "//10.0.0.1/",
        "http://localhost:{port}/secret",
        "http://user:pw@127.0.0.1:{port}/secret",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "javascript:alert(1)",
        "http://outlet.example:25/",
    ],
)
def test_redirect_to_a_private_place(get, target):
    """The guard looks at every hop: a page cannot send us inside."""
    with Site({}) as site:
        site.routes = {"/": page(status="302 Found", Location=target.format(port=site.port))}
        got = get(site.base)
    assert isinstance(got.error, AddressRefused)
    assert got.redirects == (site.base,)
    assert "/secret" not in site.paths()


def test_hostile_name(get, web_port, monkeypatch):
    """A name that leads to loopback is stopped at the socket.

    No look-up comes before the one whose answer is connected to, so a name that changes its answer (DNS rebinding)
    gains nothing: the answer that is judged is the one that is used.
    """
    with NameServer("127.0.0.1") as names:
        monkeypatch.setattr(client, "DefaultResolver", names.resolver)
        got = get(f"http://rebinding.example:{web_port.getsockname()[1]}/", allow_hosts=())
        assert names.asked.count("rebinding.example") == 2, "one look-up: A and AAAA"
    assert isinstance(got.error, AddressRefused)
    assert "rebinding.example is at 127.0.0.1" in got.error.message
    with pytest.raises(BlockingIOError):
        web_port.accept()


@pytest.mark.parametrize(("code", "tries"), [(3, 1), (0, 1), (2, 2), (5, 2)])
def test_names_without_an_address(get, code, tries, monkeypatch):
    """A name that is not there is told from a name server that fails, which is asked again."""
    with NameServer(code=code) as names:
        monkeypatch.setattr(client, "DefaultResolver", names.resolver)
        got = get("http://coast.example/robots.txt", retries=1)
        assert len(set(names.asked)) == 1
        assert len(names.asked) >= 2 * tries
    assert isinstance(got.error, NameNotResolved)
    assert ("does not resolve" in got.error.message) is (tries == 1)
    assert ("cannot be looked up" in got.error.message) is (tries == 2)


def test_allowed_name_does_not_open_others(get, site):
    """Allowing one name for loopback allows no other name that leads to the same place."""
    table = (("mine.example", "127.0.0.1", site.port), ("other.example", "127.0.0.1", site.port))
    mine = get("http://mine.example/", allow_hosts=("mine.example",), resolve=table)
    other = get("http://other.example/", allow_hosts=("mine.example",), resolve=table)
    assert mine.error is None
    assert isinstance(other.error, AddressRefused)
    assert len(site.times("/")) == 1


def test_resolve_keeps_the_name(get, site):
    """A host of the resolve table is asked for under its own name, at the address of the table."""
    got = get(
        "http://Coast.Example./story",
        allow_hosts=("coast.example",),
        resolve=(("coast.example", "127.0.0.1", site.port),),
    )
    assert got.status == 404
    assert got.final_url == "http://coast.example./story"
    assert {each.headers["Host"] for each in site.asked} == {"coast.example"}


def test_resolve_to_a_private_address_needs_permission(get, site):
    """The resolve table alone gives no leave to contact loopback."""
    got = get("http://coast.example/", allow_hosts=(), resolve=(("coast.example", "127.0.0.1", site.port),))
    assert isinstance(got.error, AddressRefused)
    assert site.asked == []


def test_link_local_stays_closed(get):
    """An allowed name may be private or loopback, but not where clouds hand out credentials."""
    table = (("mine.example", "169.254.169.254", 80),)
    got = get("http://mine.example/", allow_hosts=("mine.example",), resolve=table, retries=0)
    assert isinstance(got.error, AddressRefused)


def test_ipv6_loopback_can_be_allowed(get):
    """An IPv6 address is allowed as written in the settings, with or without brackets."""
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as listening:
        port = listening.getsockname()[1]
        thread = threading.Thread(target=lambda: [listening.accept()[0].close() for _ in range(1)])
        thread.start()
        got = get(f"http://[::1]:{port}/robots.txt", allow_hosts=("[::1]",), retries=0)
        thread.join()
    assert isinstance(got.error, ConnectionFailed)
    assert "before the page was complete" in got.error.message


def test_no_proxy(get, site, monkeypatch):
    """A proxy of the environment is not used: it would make the connection past the guard."""
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, site.base)
    got = get("http://no-such-outlet.invalid/", allow_hosts=())
    assert isinstance(got.error, NameNotResolved)
    assert site.asked == []


def test_guard_fails_closed():
    """A connection that is made outside of a request of ours is refused."""
    guard = batch.Guard.allowing(("127.0.0.1",))
    with pytest.raises(OSError, match="address refused"):
        guard.open_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)))
