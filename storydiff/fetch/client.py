"""One HTTP exchange: one address, one attempt, no redirect followed. The only place that speaks aiohttp."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import Self

import aiohttp
from aiohttp.resolver import DefaultResolver
from yarl import URL

from storydiff import __version__
from storydiff.errors import AddressRefused, ConnectionFailed, FetchError, NameNotResolved, TimedOut
from storydiff.fetch import content, decoding, policy
from storydiff.fetch.guard import CURRENT, Guard, Hop
from storydiff.fetch.resolving import MappedResolver, table_of
from storydiff.fetch.values import Headers, Kind, Limits

HEADER_LIMIT = 32_768
"""Bytes in one header line. aiohttp's 8 KB is less than the Content-Security-Policy of some large sites."""
CHUNK = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What to ask for in one exchange. `seconds` bounds it all, `silence` each wait for the next bytes."""

    url: URL
    headers: dict[str, str]
    kind: Kind
    seconds: float
    silence: float
    max_bytes: int
    cut: bool = False
    """Keep the first `max_bytes` of a larger answer instead of refusing it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An exchange without an answer; `passing` when another try may do better."""

    error: FetchError
    passing: bool


class Client:
    """A guarded aiohttp session for one batch; an async context manager."""

    def __init__(self, limits: Limits, guard: Guard) -> None:
        self.guard = guard
        self._limits = limits
        self._session: aiohttp.ClientSession | None = None
        self._resolver: MappedResolver | None = None

    async def __aenter__(self) -> Self:
        self._resolver = MappedResolver(table_of(self._limits.resolve), DefaultResolver())
        connector = aiohttp.TCPConnector(
            resolver=self._resolver, socket_factory=self.guard.open_socket, limit=self._limits.concurrency
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            headers={"User-Agent": user_agent(self._limits.contact), "Accept-Encoding": decoding.ACCEPT},
            cookie_jar=aiohttp.DummyCookieJar(),
            # A proxy would make the connection for us, past the guard; netrc would send passwords.
            trust_env=False,
            auto_decompress=False,
            max_line_size=HEADER_LIMIT,
            max_field_size=HEADER_LIMIT,
            middlewares=(_no_hidden_retry,),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()
        if self._resolver is not None:
            await self._resolver.close()

    async def get(self, ask: Ask) -> policy.Reply | Failure:
        """The answer, or why there is none."""
        hop = Hop(ask.url.raw_host or "")
        CURRENT.set(hop)
        try:
            return await self._exchange(ask)
        except FetchError as error:
            return Failure(error, isinstance(error, ConnectionFailed))
        # yarl, idna and aiohttp raise ValueError for addresses and headers that cannot be sent.
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            return _explained(error, ask, hop)

    async def _exchange(self, ask: Ask) -> policy.Reply:
        if self._session is None:
            raise RuntimeError("the client is not open")
        timeout = aiohttp.ClientTimeout(total=ask.seconds, sock_connect=ask.silence, sock_read=ask.silence)
        async with self._session.get(ask.url, headers=ask.headers, allow_redirects=False, timeout=timeout) as response:
            body = await _body(response, ask)
            sent = tuple(response.request_info.headers.items())
            return policy.Reply(ask.url, response.status, _lines(response), body, sent)


async def _body(response: aiohttp.ClientResponse, ask: Ask) -> bytes:
    """The unpacked body, unless the head already says that it is of no use."""
    kind_of = response.headers.get("Content-Type")
    if response.status in policy.REDIRECTS or content.skip_body(response.status, kind_of, ask.kind):
        response.close()
        return b""
    unpacker = decoding.Unpacker(response.headers.get("Content-Encoding", ""), ask.max_bytes, cut=ask.cut)
    async for piece in response.content.iter_any():
        unpacker.feed(piece)
        if unpacker.full:
            response.close()
            break
    return unpacker.body()


class BrokenOff(aiohttp.ClientError):
    """The connection ended early."""


async def _no_hidden_retry(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Keep aiohttp from asking again by itself when a connection breaks: every request takes its turn."""
    try:
        return await handler(request)
    except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError):
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise BrokenOff(str(error)) from error


def user_agent(contact: str) -> str:
    """Who we are, honestly, and how to reach the people who run this."""
    said = "".join(c for c in contact if c.isprintable() and c.isascii())
    return f"storydiff/{__version__} (compares news reports; {said})" if said else f"storydiff/{__version__}"


def _lines(response: aiohttp.ClientResponse) -> Headers:
    """The header lines; aiohttp reads bytes that are not UTF-8 as surrogates, which no file or database takes."""
    lines = tuple(response.headers.items())
    if all(value.isascii() for _, value in lines):
        return lines
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.raw_headers)


def _explained(error: BaseException, ask: Ask, hop: Hop) -> Failure:
    """Say what an exception of the network library means."""
    host = ask.url.host
    if hop.refused is not None:
        return Failure(_refused(hop, ask.url), passing=False)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Failure(NameNotResolved(f"The host name {host} does not resolve."), passing=False)
    if isinstance(error, (aiohttp.ClientConnectorCertificateError, ssl.SSLError, aiohttp.ClientSSLError)):
        return Failure(_untrusted(error, host), passing=False)
    if isinstance(error, TimeoutError):
        return Failure(_late(error, ask), passing=True)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Failure(ConnectionFailed(f"{host} cannot be reached ({_reason(error)})."), passing=True)
    if isinstance(error, (BrokenOff, aiohttp.ClientPayloadError, aiohttp.ClientOSError, ConnectionError)):
        return Failure(policy.broken_off(host, _short(error)), passing=True)
    if isinstance(error, aiohttp.ClientResponseError):
        return Failure(
            ConnectionFailed(f"{host} gave an answer that is no valid HTTP ({_short(error)})."), passing=False
        )
    return Failure(ConnectionFailed(f"{host} cannot be asked for this page ({_short(error)})."), passing=False)


def _refused(hop: Hop, url: URL) -> AddressRefused:
    where = "" if hop.refused == url.host else f" is at {hop.refused}, which"
    return AddressRefused(f"{url.host}{where} is not on the public internet, so it was not contacted.")


def _untrusted(error: BaseException, host: str | None) -> ConnectionFailed:
    why = getattr(error, "verify_message", "") or getattr(
        getattr(error, "certificate_error", None), "verify_message", ""
    )
    hint = "Open the page in a browser to see the warning; storydiff does not ignore it."
    if "local issuer" in why:
        hint += " If every site fails like this, the machine lacks root certificates (on Debian: ca-certificates)."
    return ConnectionFailed(f"{host} cannot prove that it is {host} ({why or _short(error)}).", hint=hint)


def _late(error: BaseException, ask: Ask) -> TimedOut:
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return TimedOut(f"{ask.url.host} did not answer the connection in time.")
    if isinstance(error, aiohttp.SocketTimeoutError):
        return TimedOut(f"{ask.url.host} sent nothing for {ask.silence:.3g} seconds.")
    return TimedOut(f"{ask.url.host} did not send the page within {ask.seconds:.3g} seconds.")


def _reason(error: aiohttp.ClientConnectorError) -> str:
    return (error.os_error.strerror or "no connection").lower()


def _short(error: BaseException) -> str:
    """The library's own words, one line, cut: they can hold bytes that the server chose."""
    said = getattr(error, "message", "") or str(error) or type(error).__name__
    words = "".join(c if c.isprintable() else " " for c in str(said)).split()
    return " ".join(words)[:120]
