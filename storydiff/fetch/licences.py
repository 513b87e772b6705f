"""What outlets licensed to this newsroom: headers and cookies that go to one host, and are kept nowhere.

A licence is sent when the page was asked for at its host or at a subdomain of it, as long as redirects stay there, and
over https only unless its file says otherwise. So no page elsewhere can make us use it by a redirect, and it leaves its
host by none. Whatever is kept or said afterwards went through the methods here that take the secret out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yarl import URL

from storydiff.fetch.guard import plain
from storydiff.fetch.values import Headers

WITHHELD = "(withheld)"
SESSION = frozenset({"set-cookie", "set-cookie2", "authentication-info"})
"""Response headers that continue the session of a licence."""
WORD = 8
"""Characters from which a part of a secret is looked for in what came back; shorter ones are words of the language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """The headers for one host and its subdomains, cookies among them."""

    host: str
    headers: Mapping[str, str] = field(repr=False)
    plain_http: bool = False
    newsrooms: tuple[str, ...] = ()
    """Who may use it; empty for all newsrooms that share this installation."""
    _words: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        parts = " ".join(self.headers.values()).replace(";", " ").replace("=", " ").split()
        words = sorted({*parts, *self.headers.values()}, key=len, reverse=True)
        object.__setattr__(self, "_words", tuple(word for word in words if len(word) >= WORD))

    def covers(self, host: str) -> bool:
        """Whether that is its host, or a subdomain of it."""
        return f".{plain(host)}".endswith(f".{self.host}")

    def secure(self, url: URL) -> bool:
        """Whether it may be sent over that scheme."""
        return url.scheme == "https" or self.plain_http

    def sent(self, headers: Headers) -> Headers:
        """The request headers as they may be kept."""
        secret = {name.lower() for name in self.headers}
        return tuple((name, WITHHELD if name.lower() in secret else value) for name, value in headers)

    def received(self, headers: Headers) -> Headers:
        """The response headers as they may be kept."""
        return tuple((name, WITHHELD if name.lower() in SESSION else self.text(value)) for name, value in headers)

    def text(self, text: str) -> str:
        """The text with a star for each character of the secret, should a server repeat it."""
        for word in self._words:
            text = text.replace(word, "*" * len(word))
        return text

    def body(self, body: bytes) -> bytes:
        """The same for a page."""
        for word in self._words:
            found = word.encode()
            if found in body:
                body = body.replace(found, b"*" * len(found))
        return body


@dataclass(frozen=True, slots=True)
class Licences:
    """All licences that one newsroom may use."""

    all: tuple[Licence, ...] = ()

    def of(self, url: URL) -> Licence | None:
        """The licence for this page's host, the closest one if several cover it."""
        host = url.raw_host or ""
        return max((each for each in self.all if each.covers(host)), key=lambda each: len(each.host), default=None)

    def for_hop(self, seen: Iterable[str], url: URL) -> Licence | None:
        """The licence to send to `url`; `seen` are the addresses that redirected on the way there, all at its host."""
        found = self.of(url)
        if found is None or not found.secure(url):
            return None
        return found if all(self.of(URL(each)) is found for each in seen) else None
