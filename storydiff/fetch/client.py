"""One HTTP exchange: one address, one attempt, no redirect followed. The only place that speaks aiohttp."""

from __future__ import annotations

from typing import Self

import aiohttp
from aiohttp.resolver import DefaultResolver

from storydiff import __version__
from storydiff.errors import ConnectionFailed, FetchError
from storydiff.fetch import content, decoding, policy
from storydiff.fetch.exchange import Ask, BrokenOff, Failure, explained
from storydiff.fetch.guard import CURRENT, Guard, Hop
from storydiff.fetch.resolving import MappedResolver, table_of
from storydiff.fetch.values import Headers, Kind, Limits

HEADER_LIMIT = 32_768
"""Bytes in one header line. aiohttp's 8 KB is less than the Content-Security-Policy of some large sites."""
GZIP = b"\x1f\x8b"


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
            return explained(error, ask, hop.refused)

    async def _exchange(self, ask: Ask) -> policy.Reply:
        if self._session is None:
            raise RuntimeError("the client is not open")
        timeout = aiohttp.ClientTimeout(total=ask.seconds, sock_connect=ask.silence, sock_read=ask.silence)
        async with self._session.get(ask.url, headers=ask.headers, allow_redirects=False, timeout=timeout) as response:
            body = await _body(response, ask)
            sent = tuple((str(name), value) for name, value in response.request_info.headers.items())
            return policy.Reply(ask.url, response.status, _lines(response), body, sent)


async def _body(response: aiohttp.ClientResponse, ask: Ask) -> bytes:
    """The unpacked body, unless the head already says that it is of no use."""
    kind_of = response.headers.get("Content-Type")
    if response.status in policy.REDIRECTS or content.skip_body(response.status, kind_of, ask.kind):
        response.close()
        return b""
    coding = ", ".join(response.headers.getall("Content-Encoding", ()))
    unpacker = decoding.Unpacker(coding, ask.max_bytes, cut=ask.cut)
    async for piece in response.content.iter_any():
        unpacker.feed(piece)
        if unpacker.full:
            response.close()
            break
    body = unpacker.body()
    if ask.kind is Kind.FEED and body.startswith(GZIP):
        # Sitemaps are often files ending in .gz, which are sent as they are.
        unpacker = decoding.Unpacker("gzip", ask.max_bytes)
        unpacker.feed(body)
        return unpacker.body()
    return body


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
