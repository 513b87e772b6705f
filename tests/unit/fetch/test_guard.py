"""Which URLs and addresses may be contacted."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from storydiff.errors import AddressRefused
from storydiff.fetch.guard import Guard, is_public, unwrap

PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.1.2.3", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a00:1", "64:ff9b:1::808:808", "100::1", "2001::1", "2001:db8::1", "2001:10::1", "2001:20::1",
    "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1",
          "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address):
    """Every range that is not for the public is refused, whatever the Python version thinks of it."""
    assert not is_public(ip_address(address))
    assert not Guard().permits("outlet.example", address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address):
    """Public addresses are open, in their IPv6 wrappings too."""
    assert is_public(ip_address(address))
    assert Guard().permits("outlet.example", address)


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_wrapping_changes_nothing(address):
    """An IPv4 address is judged alike plain, mapped, in 6to4 and behind NAT64."""
    number = int(address)
    mapped = ip_address((0xFFFF << 32) | number)
    nat64 = ip_address((0x64FF9B << 96) | number)
    sixtofour = ip_address((0x2002 << 112) | (number << 80))
    assert {str(unwrap(each)) for each in (mapped, nat64, sixtofour)} == {str(address)}
    assert {is_public(each) for each in (mapped, nat64, sixtofour)} == {is_public(address)}


def test_teredo():
    """A Teredo address is judged by the client inside it, and the protocol's own range is closed in any case."""
    assert str(unwrap(ip_address("2001:0:4136:e378:8000:63bf:80ff:fffe"))) == "127.0.0.1"
    assert not is_public(ip_address("2001:0:4136:e378:8000:63bf:80ff:fffe"))


@pytest.mark.parametrize(
    "url",
    [
        "http://outlet.example/",
        "https://outlet.example/a?b=c",
        "http://outlet.example:8080/",
        "https://outlet.example:8443/",
        "http://bücher.example/",
        "http://8.8.8.8/",
        "http://[2606:4700::1111]/",
        "http://under_score.example/",
        "http://outlet.example./",
        "http://a.b-c.xn--p1ai/",
    ],
)
def test_urls_that_may_be_asked(url):
    """Web addresses as people write them pass."""
    Guard().check(URL(url))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://outlet.example/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("outlet.example/story", "without http://"),
        ("http://user:secret@outlet.example/", "user name or password"),
        ("http://:secret@outlet.example/", "user name or password"),
        ("http://outlet.example:25/", "port 25"),
        ("http://outlet.example:22/", "port 22"),
        ("http://127.1/", "disguise"),
        ("http://0x7f.1/", "disguise"),
        ("http://2130706433/", "disguise"),
        ("http://0177.0.0.1/", "disguise"),
        ("http://127.0.0.1.0x0/", "disguise"),
        ("http:///story", "names no host"),
        ("http://a b/", "not a host name"),
        ("http://e%00x.example/", "not a host name"),
        ("http://[fe80::1%25eth0]/", "not a host name"),
        ("http://-x-/", "not a host name"),
    ],
)
def test_urls_that_may_not(url, words):
    """Other schemes, credentials, odd ports and disguised hosts are refused with the reason; no secret is repeated."""
    with pytest.raises(AddressRefused, match=words) as refusal:
        Guard().check(URL(url))
    assert "secret" not in refusal.value.message
    assert refusal.value.hint.strip()


def test_allowed_host():
    """A host on the user's list may use any port and a private address, in any spelling of its name."""
    guard = Guard.allowing(("Intranet.Example", "bücher.example", "[::1]"))
    for url in ("http://intranet.example:9000/", "http://INTRANET.example.:22/", "http://xn--bcher-kva.example:1/"):
        guard.check(URL(url))
    assert guard.permits("intranet.example", "10.1.2.3")
    assert guard.permits("intranet.example.", "127.0.0.1")
    assert guard.permits("xn--bcher-kva.example", "::1")
    assert not guard.permits("other.example", "10.1.2.3")
    assert guard.permits("::1", "::1")


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fe80::1", "0.0.0.0", "::", "224.0.0.1", "::ffff:169.254.169.254"]
)
def test_allowed_host_is_not_allowed_everywhere(address):
    """An allowed name does not open link-local, unspecified and multicast addresses; the literal address does."""
    assert not Guard.allowing(("intranet.example",)).permits("intranet.example", address)
    assert Guard.allowing((address,)).permits("intranet.example", address)


@pytest.mark.parametrize("address", ["", "nonsense", "1.2.3", "[::1]", "::1::"])
def test_what_is_no_address(address):
    """What cannot be read as an address is not contacted."""
    assert not Guard.allowing(("x",)).permits("x", address)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_host_breaks_the_guard(host):
    """Whatever stands as host: it passes as a plain name or is refused, and nothing else happens."""
    with suppress(ValueError):
        url = URL(f"http://{host}/")
        with suppress(AddressRefused):
            Guard().check(url)
            assert url.raw_host is not None
            assert url.raw_host.isascii()
            assert url.raw_host.isprintable()
            assert url.raw_user is None
