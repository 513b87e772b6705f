"""Mail addresses: which can be sent to, and in which spelling they are kept."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.utils import parseaddr

from storydiff.errors import BadAddress, BadSetting

LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
SHORT, LONG = 64, 254
"""Characters of the part before the @, and of the whole address (RFC 5321)."""


def checked(text: str) -> str:
    """The address with its host in lower case (a name in other letters as its IDNA form); BadAddress."""
    local, _, host = text.strip().rpartition("@")
    try:
        host = host.lower().rstrip(".").encode("idna").decode()
    except UnicodeError:
        raise BadAddress(f"{text!r} is no address to which mail can be sent.") from None
    address = f"{local}@{host}"
    if not LOCAL.fullmatch(local) or not HOST.fullmatch(host) or len(local) > SHORT or len(address) > LONG:
        raise BadAddress(f"{text!r} is no address to which mail can be sent.")
    return address


def sender(setting: str) -> Address:
    """Name and address of the sender; BadSetting when the setting names none."""
    name, address = parseaddr(setting)
    try:
        return Address(display_name=name or "storydiff", addr_spec=checked(address))
    except BadAddress as error:
        hint = "Set it to something like: storydiff <digest@paper.example>"
        raise BadSetting("STORYDIFF_MAIL_FROM names no address to send from.", hint=hint) from error
