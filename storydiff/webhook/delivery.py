"""Sending one body to one endpoint: guarded like every fetch, redirects not followed, twenty seconds at most."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Self

import aiohttp
from aiohttp.resolver import DefaultResolver
from yarl import URL

from storydiff import __version__
from storydiff.errors import AddressRefused, BadEndpoint
from storydiff.fetch import Limits
from storydiff.fetch.guard import CURRENT, Guard, Hop
from storydiff.fetch.policy import after
from storydiff.fetch.resolving import MappedResolver, table_of
from storydiff.store import Endpoint, EndpointKind, Parcel
from storydiff.webhook import payload, signature
from storydiff.webhook.retry import Reply

SECONDS = 20.0
"""Standard Webhooks asks for 15 to 30."""
READ = 2000
"""Bytes of an answer that are read: enough for a message in a log."""
log = logging.getLogger(__name__)


def checked(url: str, limits: Limits) -> str:
    """The address, or BadEndpoint when nothing may be sent there. What its name leads to is judged at each attempt."""
    try:
        address = URL(url)
        guard = Guard.allowing(limits.allow_hosts)
        guard.check(address)
    except (AddressRefused, ValueError) as error:
        raise BadEndpoint(str(error)) from error
    if address.scheme != "https" and not guard.vouched(address.raw_host or ""):
        raise BadEndpoint("Events are sent over https only.")
    return url


class Sender:
    """A guarded session for sending; an async context manager."""

    def __init__(self, limits: Limits, *, seconds: float = SECONDS) -> None:
        self._limits = limits
        self._seconds = seconds
        self._guard = Guard.allowing(limits.allow_hosts)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        resolver = MappedResolver(table_of(self._limits.resolve), DefaultResolver())
        connector = aiohttp.TCPConnector(resolver=resolver, socket_factory=self._guard.open_socket, limit=0)
        timeout = aiohttp.ClientTimeout(total=self._seconds)
        jar = aiohttp.DummyCookieJar()
        # A proxy would make the connection for us, past the guard.
        self._session = aiohttp.ClientSession(connector=connector, timeout=timeout, cookie_jar=jar, trust_env=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def send(self, parcel: Parcel, now: datetime) -> Reply:
        """What the endpoint answered, or why there was no answer. Never raises."""
        endpoint = parcel.endpoint
        hop = Hop(URL(endpoint.url).raw_host or "")
        CURRENT.set(hop)
        try:
            checked(endpoint.url, self._limits)
            return await self._post(endpoint, headers_for(parcel, now), payload.body(endpoint.kind, parcel.event), now)
        except BadEndpoint as error:
            return Reply(error=error.message)
        except TimeoutError:
            return Reply(error=f"There was no answer within {self._seconds:g} seconds.")
        except (aiohttp.ClientError, OSError) as error:
            return Reply(error=_why(error, hop))
        except Exception as error:  # one endpoint's oddity must not end the sending to all others
            log.exception("sending to %s failed", endpoint.id)
            return Reply(error=f"Sending failed ({type(error).__name__}).")

    async def _post(self, endpoint: Endpoint, headers: Mapping[str, str], body: bytes, now: datetime) -> Reply:
        if self._session is None:
            raise RuntimeError("the sender is not open")
        post = self._session.post(endpoint.url, data=body, headers=headers, allow_redirects=False)
        async with post as response:
            said = (await response.content.read(READ)).decode("utf8", "replace")
            return Reply(
                status=response.status,
                answer=said,
                error=None if 200 <= response.status < 300 else f"The endpoint answered {response.status}.",
                retry_after=after(response.headers.get("Retry-After"), now),
            )


def headers_for(parcel: Parcel, now: datetime) -> dict[str, str]:
    """The headers of a message; those of the signature for webhooks only, since others would not check it."""
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": f"storydiff/{__version__}"}
    if parcel.endpoint.kind is not EndpointKind.WEBHOOK:
        return headers
    body = payload.body(parcel.endpoint.kind, parcel.event)
    return headers | signature.headers(parcel.endpoint.secrets(now), parcel.event.id, now, body)


def _why(error: Exception, hop: Hop) -> str:
    if hop.refused is not None:
        return f"{hop.host} is not on the public internet, so it was not contacted."
    return f"{hop.host} cannot be reached ({type(error).__name__})."
