"""Mails as bytes: multipart text and HTML with the headers that readers, and mailbox providers, rely on.

`List-Unsubscribe` and `List-Unsubscribe-Post` (RFC 8058), `List-Id` (RFC 2919), Message-ID and References stand on one
line each, whatever their length: folded, or written as an encoded word, one-click and threads would not work. Other
headers are folded as usual. Both parts are quoted-printable, so no server on the way has to change a byte; the headers
of one-click must be covered by the DKIM signature that your mail server adds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Any
from urllib.parse import quote

from storydiff.digest.html import to_html
from storydiff.digest.page import Letter
from storydiff.digest.phrases import cut
from storydiff.digest.plain import to_text
from storydiff.report.times import utc

WHOLE = frozenset(
    {"list-unsubscribe", "list-unsubscribe-post", "list-id", "message-id", "references", "in-reply-to", "list-help"}
)
LONGEST = 998
"""Bytes of a line of a mail, by RFC 5322."""


class _Policy(EmailPolicy):
    """SMTP, with the headers of `WHOLE` on one line."""

    def fold(self, name: str, value: Any) -> str:
        return _whole(name, value) if name.lower() in WHOLE else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return _whole(name, value).encode("ascii") if name.lower() in WHOLE else super().fold_binary(name, value)


POLICY = _Policy(linesep=SMTP.linesep)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who writes to whom, and under which names."""

    sender: Address
    recipient: str
    date: datetime
    message_id: str
    list_name: str = ""
    """Of the newsroom; empty where there is but one."""
    unsubscribe: str | None = None
    """Address that unsubscribes by one POST; None without web pages."""
    token: str = ""
    """For unsubscribing by mail."""
    thread: tuple[str, ...] = ()
    """Message-IDs of earlier mails about the same story."""


def message(letter: Letter, envelope: Envelope) -> str:
    """The whole mail, in ASCII, lines ending with CRLF."""
    mail = EmailMessage(policy=POLICY)
    mail["From"] = envelope.sender
    mail["To"] = Address(addr_spec=envelope.recipient)
    mail["Subject"] = cut(letter.subject, 200)
    mail["Date"] = utc(envelope.date)
    mail["Message-ID"] = envelope.message_id
    mail["Auto-Submitted"] = "auto-generated"
    for name, value in _list_headers(envelope):
        mail[name] = value
    if envelope.thread:
        mail["In-Reply-To"] = envelope.thread[-1]
        mail["References"] = " ".join(envelope.thread)
    mail.set_content(to_text(letter), cte="quoted-printable")
    mail.add_alternative(to_html(letter), subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{hashlib.sha256(envelope.message_id.encode()).hexdigest()[:32]}")
    return mail.as_bytes().decode("ascii")


def message_id(name: str, sender: Address) -> str:
    """The Message-ID of the mail of that name."""
    return f"<{name}@{sender.domain}>"


def _list_headers(envelope: Envelope) -> list[tuple[str, str]]:
    """How to leave, and what the list is called. None of it in a mail that asks for confirmation."""
    if not envelope.token:
        return []
    newsroom = f"{quote(envelope.list_name, safe='').replace('%', '-').lower()}." if envelope.list_name else ""
    by_mail = f"<mailto:{quote(envelope.sender.addr_spec, safe='@')}?subject=unsubscribe%20{envelope.token}>"
    headers = [("List-Id", f"storydiff digest <{newsroom}digest.{envelope.sender.domain}>")]
    if envelope.unsubscribe is None:
        return [*headers, ("List-Unsubscribe", by_mail)]
    both = f"<{envelope.unsubscribe}>, {by_mail}"
    return [*headers, ("List-Unsubscribe", both), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]


def _whole(name: str, value: Any) -> str:
    line = f"{name}: {' '.join(str(value).split())}"
    if len(line) > LONGEST or not line.isascii():
        raise ValueError(f"{name} does not fit on one line of a mail")
    return f"{line}\r\n"
