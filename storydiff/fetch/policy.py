"""What an answer means and what to do next: pure decisions, no network, no clock."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus

from yarl import URL

from storydiff.errors import (
    BadStatus,
    EmptyPage,
    FetchError,
    Forbidden,
    Gone,
    NotFound,
    RateLimited,
    ServerFailed,
    TooManyRedirects,
)
from storydiff.fetch.licences import Licence
from storydiff.fetch.values import Headers, Kind, Request

PASSING = frozenset({429, 502, 503, 504})
"""Statuses that may be gone in a moment; the other errors would be the same again."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
USABLE = frozenset({200, 203})
"""Answers whose body is the page. 202 is how some firewalls send a challenge; 206 is only a part."""
NOT_MODIFIED = 304
MAX_REDIRECTS = 10
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0
"""Seconds before the first repetition, doubled each time up to the longest, and spread by jitter."""
LONGEST_RETRY_AFTER = 86_400.0

STATUS_ERRORS: dict[int, tuple[type[BadStatus], str, str]] = {
    401: (Forbidden, "asks for a sign-in", "If the newsroom has a licence for it, see STORYDIFF_LICENCES."),
    402: (Forbidden, "asks for a payment", ""),
    403: (Forbidden, "refuses this page to us", "Open it in a browser, save it as HTML, and give the file instead."),
    404: (NotFound, "has no page at this address", "Check the address; the article may have moved."),
    410: (Gone, "has taken the page down for good", ""),
    429: (RateLimited, "asks us to slow down", ""),
    451: (Forbidden, "withholds this page for legal reasons", ""),
}
SERVER_TROUBLE = (ServerFailed, "has trouble of its own", "Try again later.")
ANY_STATUS = (BadStatus, "sent no page", "Open the address in a browser to see what is there.")

# What browsers do with these labels (WHATWG Encoding): the wider code page, which holds the curly quotes.
CODECS: dict[str, str] = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "windows-1252": "cp1252", "iso-8859-9": "cp1254", "latin5": "cp1254",
    "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "korean": "cp949", "utf-16": "utf-16-le", "unicode": "utf-16-le",
}  # fmt: skip
CODEC = re.compile(
    r"utf-?8|utf-16[lb]e|utf-16-[lb]e|iso-?8859-\d{1,2}|windows-\d{3,4}|cp\d{3,4}|koi8-[ru]|macintosh|mac-cyrillic"
    r"|euc-jp|iso-2022-jp|gb18030|big5(-hkscs)?"
)
"""Charsets of web pages. Python also has `idna`, `unicode_escape` and `hex`: not for a server to choose."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP answer. `body` is empty for redirects and for what `skip_body` names."""

    url: URL
    status: int
    headers: Headers
    body: bytes
    sent: Headers
    _first: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        first = {name.lower(): value for name, value in reversed(self.headers)}
        object.__setattr__(self, "_first", first)

    def header(self, name: str) -> str | None:
        """The first value of a header; None when it is not there."""
        return self._first.get(name.lower())


@lru_cache(maxsize=256)
def charset_of(content_type: str | None) -> str | None:
    """The Python codec for the charset that a Content-Type header names."""
    found = re.search(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", content_type or "", re.IGNORECASE)
    if found is None:
        return None
    label = found[1].lower()
    name = CODECS.get(label, label if CODEC.fullmatch(label) else "")
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None


def conditional(request: Request) -> dict[str, str]:
    """Headers that spare us a page that has not changed; values with control characters are dropped."""
    asked = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in asked.items() if value and value.isprintable() and value.isascii()}


def headers_for(request: Request, licence: Licence | None) -> dict[str, str]:
    """The headers of one hop: what is wanted, what is known already, and what was licensed for this host."""
    return {"Accept": ACCEPT[request.kind], **conditional(request), **(licence.headers if licence else {})}


ACCEPT: Mapping[Kind, str] = {
    Kind.PAGE: "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
    Kind.FEED: "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    Kind.ANY: "*/*",
}


def unchanged(reply: Reply) -> bool:
    """Whether the server says that the page is as we know it."""
    return reply.status == NOT_MODIFIED and any(name.lower().startswith("if-") for name, _ in reply.sent)


def status_error(reply: Reply, retry_after: float | None) -> FetchError | None:
    """The error that a status stands for; None when the body is the page."""
    if reply.status in USABLE:
        return None
    if reply.status in {204, 205}:
        return EmptyPage(f"{reply.url.host} answered {_named(reply.status)}: there is no page in it.")
    fallback = SERVER_TROUBLE if reply.status >= 500 else ANY_STATUS
    kind, says, hint = STATUS_ERRORS.get(reply.status, fallback)
    if retry_after is not None:
        hint = f"It asks us to come back in {span(retry_after)}."
    return kind(f"{reply.url.host} {says} (status {_named(reply.status)}).", hint=hint)


def retry_after(reply: Reply, now: datetime) -> float | None:
    """Seconds that the server asks us to stay away, at most a day."""
    return after(reply.header("Retry-After"), now)


def after(header: str | None, now: datetime) -> float | None:
    """The seconds of a Retry-After header (a number or an HTTP date), at most a day; None when it says nothing."""
    value = (header or "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", value):
        return min(float(value), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - now).total_seconds()), LONGEST_RETRY_AFTER)


def retry_pause(attempt: int, asked: float | None, *, left: float, chance: float) -> float | None:
    """Seconds before try number `attempt` + 1 (the first is 0), or None when there is no time left for it.

    `chance` in 0..1 spreads the pause over its upper half, so that many workers do not come back at once.
    """
    pause = asked if asked is not None else min(FIRST_PAUSE * 2.0**attempt, LONGEST_PAUSE) * (0.5 + chance / 2)
    return pause if pause < left else None


def redirect_target(reply: Reply, seen: tuple[str, ...]) -> URL:
    """Where a redirect leads; TooManyRedirects when in circles or too far, BadStatus when nowhere."""
    location = (reply.header("Location") or "").encode("latin-1").decode("utf-8", "replace").strip()
    try:
        target = reply.url.join(URL(location)) if location else None
    except ValueError:
        target = None
    if target is None:
        raise BadStatus(f"{reply.url.host} redirects without a usable address (status {_named(reply.status)}).")
    target = target.with_fragment(None)
    if str(target) in seen:
        raise TooManyRedirects(
            f"The page redirects in circles: it leads back to {target}.",
            hint="Some sites do so to readers without cookies. Save the page from a browser and give the file instead.",
        )
    if len(seen) > MAX_REDIRECTS:
        raise TooManyRedirects(f"The page redirects more than {MAX_REDIRECTS} times.")
    return target


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def span(seconds: float) -> str:
    """A length of time for people."""
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"
