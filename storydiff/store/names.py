"""Names and secrets that nobody can guess."""

from __future__ import annotations

import base64
import secrets


def name(kind: str) -> str:
    """A new name such as `ep_3kq...`: the kind and 96 random bits."""
    return f"{kind}_{secrets.token_hex(12)}"


def webhook_secret() -> str:
    """A new secret as Standard Webhooks has it: `whsec_` and 32 random bytes in base64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
