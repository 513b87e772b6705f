"""A real SMTP server on loopback that keeps what it is given, and refuses what it is told to."""

from __future__ import annotations

import email
import socket
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session


class Letterbox:
    """What came in, in order. `refuse` maps an address to an answer; `on_data` runs before a mail is accepted."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.refuse: dict[str, str] = {}
        self.answers: list[str] = []
        """Answers to the next mails; when there is none left, 250."""
        self.on_data: Callable[[], None] = lambda: None
        self.hangs_up = False
        """Breaks the connection when it has a mail, instead of answering."""
        self.logins: list[bytes] = []
        self.secure: list[bool] = []

    async def handle_RCPT(  # noqa: N802 - the server's name
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.raw.append(cast("bytes", envelope.original_content))
            self.recipients += envelope.rcpt_tos
            self.secure.append(session.ssl is not None)
            self.on_data()
        if self.hangs_up:
            server.transport.abort()
        return answer

    def authenticate(self, server: Any, session: Session, envelope: Envelope, kind: str, data: Any) -> AuthResult:
        login = cast("LoginPassword", data)
        self.logins.append(login.login)
        right = login.password == b"open sesame"
        return AuthResult(success=right, handled=False)

    @property
    def mails(self) -> list[EmailMessage]:
        return [cast("EmailMessage", email.message_from_bytes(raw, policy=default)) for raw in self.raw]

    @property
    def digests(self) -> list[EmailMessage]:
        """Those that are no request for confirmation."""
        return [mail for mail in self.mails if "ask_" not in mail["Message-ID"]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server(box: Letterbox, *, port: int | None = None, tls: ssl.SSLContext | None = None, login: bool = False) -> Any:
    """The server of that letterbox, started; `stop` it."""
    options: dict[str, Any] = {"hostname": "127.0.0.1", "port": port or free_port()}
    if tls:
        options |= {"tls_context": tls, "require_starttls": True}
    if login:
        options |= {
            "authenticator": box.authenticate,
            "auth_required": True,
            "auth_require_tls": True,
            "auth_exclude_mechanism": ["LOGIN"],
        }
    controller = Controller(box, **options)
    controller.start()
    return controller


def parts(mail: EmailMessage) -> tuple[str, str]:
    """Text and HTML."""
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()
