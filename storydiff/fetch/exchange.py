"""One HTTP exchange as values: what is asked for, and what it means when no answer comes."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
from yarl import URL

from storydiff.errors import AddressRefused, ConnectionFailed, FetchError, NameNotResolved, TimedOut
from storydiff.fetch.values import Kind


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


class BrokenOff(aiohttp.ClientError):
    """The connection ended before the answer did."""


def explained(error: Exception, ask: Ask, refused: str | None) -> Failure:
    """What an exception of the network library means; `refused` is the address that the guard turned away, if any."""
    if refused is not None:
        return Failure(_refused(refused, ask.url), passing=False)
    for applies, explain, passing in MEANINGS:
        if applies(error):
            return Failure(explain(error, ask), passing)
    return Failure(ConnectionFailed(f"{ask.url.host} cannot be asked for this page ({_short(error)})."), passing=False)


def _refused(address: str, url: URL) -> AddressRefused:
    where = "" if address == url.host else f" is at {address}, which"
    return AddressRefused(f"{url.host}{where} is not on the public internet, so it was not contacted.")


def _absent(_: Exception, ask: Ask) -> FetchError:
    return NameNotResolved(f"The host name {ask.url.host} does not resolve.")


def _no_answer(error: Exception, ask: Ask) -> FetchError:
    why = getattr(getattr(error, "os_error", None), "strerror", None) or "no answer"
    said = f"The host name {ask.url.host} cannot be looked up ({why.lower()})."
    return NameNotResolved(said, hint="Check that this machine is online, and try again later.")


def _untrusted(error: Exception, ask: Ask) -> FetchError:
    why = getattr(getattr(error, "certificate_error", error), "verify_message", "") or _short(error)
    hint = "Open the page in a browser to see the warning; storydiff does not ignore it."
    if "local issuer" in why:
        hint += " If every site fails like this, the machine lacks root certificates (on Debian: ca-certificates)."
    return ConnectionFailed(f"{ask.url.host} cannot prove that it is {ask.url.host} ({why.rstrip('.')}).", hint=hint)


def _no_tls(error: Exception, ask: Ask) -> FetchError:
    cause = getattr(error, "os_error", error)
    why = (getattr(cause, "reason", None) or _short(error)).replace("_", " ").lower()
    said = f"{ask.url.host} does not speak HTTPS as it should ({why})."
    return ConnectionFailed(said, hint="Try the address with http:// in front.")


def _unconnected(_: Exception, ask: Ask) -> FetchError:
    return TimedOut(f"{ask.url.host} did not answer the connection in time.", hint=LATER)


def _silent(_: Exception, ask: Ask) -> FetchError:
    return TimedOut(f"{ask.url.host} sent nothing for {_rounded(ask.silence)} seconds.", hint=LATER)


def _late(_: Exception, ask: Ask) -> FetchError:
    return TimedOut(f"{ask.url.host} did not send the page within {_rounded(ask.seconds)} seconds.", hint=LATER)


def _unreachable(error: Exception, ask: Ask) -> FetchError:
    number = getattr(error, "errno", None)
    why = os.strerror(number).lower() if number else "none of its addresses answers"
    return ConnectionFailed(f"{ask.url.host} cannot be reached ({why}).", hint=LATER)


def _broken(error: Exception, ask: Ask) -> FetchError:
    return ConnectionFailed(f"{ask.url.host} broke off before the page was complete ({_short(error)}).", hint=LATER)


def _garbled(error: Exception, ask: Ask) -> FetchError:
    return ConnectionFailed(f"{ask.url.host} gave an answer that is no valid HTTP ({_short(error)}).")


LATER = "Try again later; STORYDIFF_TIMEOUT is how long one page may take."
ABSENT = frozenset({1, 4, 8})
"""Codes of c-ares for: no data, not found, bad name. With any other one it is the name server that failed."""


def _is(*kinds: type[BaseException]) -> Callable[[Exception], bool]:
    return lambda error: isinstance(error, kinds)


def _is_absent(error: Exception) -> bool:
    if not isinstance(error, aiohttp.ClientConnectorDNSError):
        return False
    cause = error.os_error.__cause__
    return cause is not None and cause.args[0] in ABSENT


MEANINGS: tuple[tuple[Callable[[Exception], bool], Callable[[Exception, Ask], FetchError], bool], ...] = (
    # (applies, what it means, whether another try may do better); the first row that applies counts
    (_is_absent, _absent, False),
    (_is(aiohttp.ClientConnectorDNSError), _no_answer, True),
    (_is(aiohttp.ClientConnectorCertificateError), _untrusted, False),
    (_is(aiohttp.ClientSSLError, ssl.SSLError), _no_tls, False),
    (_is(aiohttp.ConnectionTimeoutError), _unconnected, True),
    (_is(aiohttp.SocketTimeoutError), _silent, True),
    (_is(TimeoutError), _late, True),
    (_is(aiohttp.ClientConnectorError), _unreachable, True),
    (_is(BrokenOff, aiohttp.ClientPayloadError, aiohttp.ClientOSError, ConnectionError), _broken, True),
    (_is(aiohttp.ClientResponseError), _garbled, False),
)


def _rounded(seconds: float) -> str:
    return f"{seconds:.0f}" if seconds >= 2 else f"{seconds:.1g}"


def _short(error: BaseException) -> str:
    """The library's own words, one line, cut: they can hold bytes that the server chose."""
    said = getattr(error, "message", "") or str(error) or type(error).__name__
    words = "".join(c if c.isprintable() else " " for c in str(said)).split()
    return " ".join(words)[:120]
