"""Which addresses may be contacted: no request of ours reaches a private network by a trick (SSRF).

Two gates, at every hop of every redirect:

1. `Guard.check` looks at the URL: http or https, no credentials, a usual web port, a host that is one.
2. `Guard.open_socket` looks at the address that is about to be connected, after every name look-up. It is the gate
   that counts: a literal in disguise (`[::ffff:10.0.0.1]`, `①②⑦.0.0.1`), a name that resolves to a private address
   and a name that changes its answer between two look-ups (DNS rebinding) all end here. A check in a resolver would
   miss literals, which are never resolved.

Ports: 80, 443, 8080 and 8443, where news sites answer. Any other port on a public host would let a page make us knock
on mail or database servers. A host listed in `allow_hosts` may use any port and a private or loopback address, but a
link-local one (where clouds hand out credentials) only when that very address is listed.
"""

from __future__ import annotations

import errno
import re
import socket
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from yarl import URL

from storydiff.errors import AddressRefused

PORTS = frozenset({80, 443, 8080, 8443})
HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?")
NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)\.?")
"""A last label that is a number makes a host an IPv4 address (WHATWG URL), in disguise when not spelt a.b.c.d."""

# Not for the public although `ipaddress` of Python 3.11 calls them global, or not on every version.
SPECIAL = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # shared address space of carriers
        "192.0.0.0/24",
        "192.88.99.0/24",  # retired 6to4 relays
        "198.18.0.0/15",  # benchmarks
        "240.0.0.0/4",
        "::/96",  # IPv4-compatible: ::127.0.0.1
        "64:ff9b:1::/48",  # local-use NAT64
        "100::/64",
        "2001::/23",  # protocol assignments; Teredo is unwrapped before
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fec0::/10",  # retired site-local
    )
)
LIKE_THIS = "Write it like https://outlet.example/story."
NAT64 = ip_network("64:ff9b::/96")

Address = IPv4Address | IPv6Address
AddressInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]
"""As `socket.getaddrinfo` gives it: family, kind, protocol, canonical name, (address, port, …)."""


@dataclass(slots=True)
class Hop:
    """The connection being made in this task; `refused` tells afterwards which address was turned away."""

    host: str
    refused: str | None = None


CURRENT: ContextVar[Hop | None] = ContextVar("storydiff_fetch_hop", default=None)
"""Set before each request. A connection made outside one is refused: the guard fails closed."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The rules of one batch. `allow_hosts` are the names that the user vouches for."""

    allow_hosts: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def allowing(cls, hosts: tuple[str, ...]) -> Guard:
        """A guard for hosts as written in the settings: case, a final dot and brackets do not matter."""
        return cls(frozenset(plain(host.strip("[]")) for host in hosts))

    def vouched(self, host: str) -> bool:
        """Whether the user listed this host."""
        return plain(host) in self.allow_hosts

    def check(self, url: URL) -> None:
        """Raise AddressRefused when this URL may not be asked for at all."""
        host = url.raw_host or ""
        if url.scheme not in ("http", "https"):
            what = f"{url.scheme}: addresses are" if url.scheme else "An address without http:// is"
            raise AddressRefused(f"{what} not fetched, only http and https.", hint=LIKE_THIS)
        if url.raw_user is not None or url.raw_password is not None:
            raise AddressRefused(
                "The address holds a user name or password, so it was not contacted.",
                hint="Leave the part before the @ out of the address.",
            )
        flaw = _flaw(host) if host else "The address names no host."
        if flaw:
            raise AddressRefused(flaw, hint=LIKE_THIS)
        if url.port not in PORTS and not self.vouched(host):
            raise AddressRefused(f"Web pages are not served on port {url.port}, so {host} was not contacted.")

    def open_socket(self, address: AddressInfo) -> socket.socket:
        """The socket for a connection, or OSError when the address may not be contacted. For `TCPConnector`."""
        family, kind, protocol, _, where = address
        hop = CURRENT.get()
        if hop is None or not self.permits(hop.host, str(where[0])):
            if hop is not None:
                hop.refused = str(where[0])
            raise OSError(errno.EACCES, "address refused")
        return socket.socket(family, kind, protocol)

    def permits(self, host: str, address: str) -> bool:
        """Whether `host` may be contacted at this IP address."""
        found = _parsed(address)
        if found is None:
            return False
        if is_public(found) or str(found) in self.allow_hosts:
            return True
        inner = unwrap(found)
        return self.vouched(host) and not (inner.is_link_local or inner.is_multicast or inner.is_unspecified)


@lru_cache(maxsize=1024)
def plain(host: str) -> str:
    """A host as it is compared: a name in lower case and ASCII without the final dot, an address in its short form."""
    name = host.lower().rstrip(".")
    address = _parsed(name)
    if address is not None:
        return str(address)
    if name.isascii():
        return name
    try:
        return URL.build(scheme="http", host=name).raw_host or name
    except ValueError:
        return name


def is_public(address: Address) -> bool:
    """Whether the address, and any IPv4 address wrapped in it, is on the public internet."""
    inner = unwrap(address)
    if inner is not address:
        return is_public(inner)
    if address.is_multicast or not address.is_global:
        return False
    return not any(address in network for network in SPECIAL if network.version == address.version)


def unwrap(address: Address) -> Address:
    """The IPv4 address inside a mapped, 6to4, Teredo or NAT64 one; otherwise the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _parsed(address: str) -> Address | None:
    try:
        return ip_address(address.partition("%")[0])
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _flaw(host: str) -> str | None:
    """What is wrong with the host of a URL; None when it is a name or an address, plainly written."""
    if ":" in host and "%" not in host and _parsed(host) is not None:
        return None
    if not HOST.fullmatch(host):
        return f"{host!r} is not a host name."
    if NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) and _parsed(host) is None:
        return f"{host} is an address in disguise, so it was not contacted."
    return None
