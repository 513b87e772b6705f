"""The signature of Standard Webhooks, version 1: https://www.standardwebhooks.com, "Webhook headers".

`webhook-signature` holds, separated by spaces, `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`, one for
each secret that is valid now. A secret is `whsec_` and the base64 of its bytes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from storydiff.errors import BadSignature

PREFIX, VERSION = "whsec_", "v1"
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
TOLERANCE = timedelta(minutes=5)
"""How far the clocks may differ; older messages may be recorded ones."""


def sign(secret: str, message: str, at: datetime, body: bytes) -> str:
    """The signature of a body: one instant gives one signature, in whatever zone it is written.

    ValueError for a time without a zone, BadSignature for a secret that is none.
    """
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    content = b".".join((message.encode("utf8", "surrogatepass"), str(int(at.timestamp())).encode(), body))
    mac = hmac.new(_key(secret), content, hashlib.sha256).digest()
    return f"{VERSION},{base64.b64encode(mac).decode()}"


def headers(secrets: Sequence[str], message: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers of a message, signed with each of the secrets."""
    signed = " ".join(sign(secret, message, at, body) for secret in secrets)
    return {ID: message, TIMESTAMP: str(int(at.timestamp())), SIGNATURE: signed}


def verify(secrets: Iterable[str], received: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Raise BadSignature unless one of the signatures is by one of the secrets, and the message is of now.

    Whatever the headers hold, nothing else is raised.
    """
    given = {name.lower(): value for name, value in received.items()}
    missing = [name for name in (ID, TIMESTAMP, SIGNATURE) if not given.get(name)]
    if missing:
        raise BadSignature(f"The header {missing[0]} is missing.")
    at = _time(given[TIMESTAMP], now)
    offered = given[SIGNATURE].encode("utf8", "replace").split()
    for secret in secrets:
        expected = sign(secret, given[ID], at, body).encode()
        # Every signature is compared in full, so that the time taken says nothing about them.
        if any([hmac.compare_digest(expected, each) for each in offered]):  # noqa: C419
            return
    raise BadSignature


def _time(text: str, now: datetime) -> datetime:
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise BadSignature("The timestamp is none.")
    apart = timedelta(seconds=int(text) - int(now.timestamp()))
    if abs(apart) > TOLERANCE:
        raise BadSignature("The timestamp is too far from now.")
    return now.replace(microsecond=0) + apart


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSignature("The secret is not whsec_ and base64.") from error
    if not key:
        raise BadSignature("The secret is empty.")
    return key
