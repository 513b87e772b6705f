"""Tokens for the links in mails: signed, for one purpose and one subscription, and valid for a while.

HMAC-SHA256 over purpose, subscription and the second of expiry; the secret is a setting. Several secrets may be set:
the first signs, any is accepted, so that one can be changed without breaking the links of mails already sent.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from storydiff.errors import BadSetting, BadToken

SIGNATURE = 16
"""Bytes of the signature that are kept: 128 bits."""
LONGEST = 400
"""Characters of a token that are looked at."""


class Purpose(StrEnum):
    """What a token allows."""

    CONFIRM = "confirm"
    UNSUBSCRIBE = "unsubscribe"
    SETTINGS = "settings"


LIVES = {
    Purpose.CONFIRM: timedelta(days=7),
    Purpose.UNSUBSCRIBE: timedelta(days=400),
    Purpose.SETTINGS: timedelta(days=30),
}
"""How long each is valid. An old mail must still let its reader unsubscribe."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Makes and reads tokens."""

    secrets: tuple[str, ...]

    @classmethod
    def of(cls, setting: str) -> Signer:
        """From the setting; BadSetting when none is set."""
        secrets = tuple(setting.split())
        if not secrets:
            raise BadSetting(
                "STORYDIFF_SIGNING_SECRET is not set, so links in mails cannot be signed.",
                hint="Set it to 32 random characters or more, such as `openssl rand -hex 32` gives.",
            )
        return cls(secrets)

    def token(self, purpose: Purpose, subscription: str, now: datetime) -> str:
        """A token of that purpose, valid from now for as long as its purpose allows."""
        expires = int((now + LIVES[purpose]).timestamp())
        said = f"{purpose.value}.{subscription}.{expires}"
        return _text(said.encode() + _signature(self.secrets[0], said))

    def read(self, purpose: Purpose, token: str, now: datetime) -> str:
        """The subscription that the token is for; BadToken when it is forged, for something else, or too old."""
        try:
            raw = base64.urlsafe_b64decode(token[:LONGEST] + "=" * (-len(token) % 4))
        except (binascii.Error, ValueError):
            raise BadToken from None
        said, signature = raw[:-SIGNATURE].decode("ascii", "replace"), raw[-SIGNATURE:]
        if not any(hmac.compare_digest(signature, _signature(secret, said)) for secret in self.secrets):
            raise BadToken
        kind, subscription, expires = said.split(".")
        if kind != purpose.value or now >= datetime.fromtimestamp(int(expires), UTC):
            raise BadToken
        return subscription


def _signature(secret: str, said: str) -> bytes:
    return hmac.digest(secret.encode(), said.encode(), hashlib.sha256)[:SIGNATURE]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
