"""Handing mails to a mail server, and what follows from its answer.

`Mailer` speaks SMTP over one connection: STARTTLS or TLS as set, never less, login if set. What the server says becomes
a `Reply`; `outcome` decides what to do, a pure function. A refused recipient (5xx) pauses the address. Whether a mail
arrived when the connection broke after its last line, nobody can know: that is said, so that it is sent again once.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import TracebackType
from typing import Self

from storydiff.digest.address import sender
from storydiff.errors import BadSetting, MailError
from storydiff.settings import Settings
from storydiff.store import DigestState, Result

MINUTE = timedelta(minutes=1)
LADDER = (1 * MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 180 * MINUTE, 360 * MINUTE)
"""Pauses before a mail is tried again after a passing failure; greylisting lets mail in after 5 to 15 minutes."""
GIVE_UP = len(LADDER) + 1
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
SECONDS = 30.0
"""Longest wait for one answer of the server."""
FAILURES = (OSError, smtplib.SMTPException)


class Stage(StrEnum):
    """How far a mail came."""

    ACCEPTED = "accepted"
    RECIPIENT = "recipient"
    """The server does not take mail for this address."""
    REFUSED = "refused"
    """The server refuses the sender or the mail, whoever the recipient is."""
    BROKEN = "broken"
    """The connection failed before the server had the mail."""
    UNKNOWN = "unknown"
    """The connection failed after the last line: the server may have the mail."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of handing over one mail."""

    stage: Stage
    code: int = 0
    """SMTP status; 0 when the server did not answer."""
    text: str = ""

    @property
    def said(self) -> str:
        """Code and words, for people."""
        return f"{self.code or 'no answer:'} {self.text}".strip()

    @property
    def final(self) -> bool:
        """Whether trying again cannot help."""
        return self.code >= 500


def outcome(reply: Reply, tries: int, now: datetime) -> Result:
    """What is to be written and done; `tries` failed before this one."""
    said = reply.said
    if reply.stage is Stage.ACCEPTED:
        return Result(state=DigestState.SENT)
    if reply.stage is Stage.UNKNOWN:
        return Result(state=DigestState.WAITING, error=said, known=False)
    if reply.stage is Stage.RECIPIENT and reply.final:
        return Result(state=DigestState.FAILED, error=said, pause=f"The mail server refused the address: {said}")
    if reply.final or tries + 1 >= GIVE_UP:
        return Result(state=DigestState.FAILED, error=said)
    return Result(state=DigestState.WAITING, due=now + LADDER[tries], error=said)


class Mailer:
    """One connection to the mail server, opened when the first mail goes out. Use it in a `with` block."""

    def __init__(self, settings: Settings, *, seconds: float = SECONDS) -> None:
        self._settings, self._seconds = ready(settings), seconds
        self._sender = sender(settings.mail_from).addr_spec
        self._open: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Say goodbye to the server, if it was reached at all."""
        if self._open is not None:
            try:
                self._open.quit()
            except FAILURES:
                self._open.close()
            self._open = None

    def connect(self) -> None:
        """Open the connection, if it is not; MailError says why it cannot be."""
        if self._open is None:
            try:
                self._open = self._connected()
            except FAILURES as error:
                raise MailError(f"{self._settings.smtp_host}: {_said(error)}", hint=_advice(error)) from error

    def check(self) -> None:
        """Connect, log in if set, and ask whether the server is still there. Sends nothing; MailError says why not."""
        self.connect()
        code, text = self._open.noop() if self._open else (0, b"")
        if code >= 300:
            raise MailError(f"{self._settings.smtp_host}: {code} {_text(text)}")

    def send(self, address: str, message: str) -> Reply:
        """Hand over one mail, in ASCII with CRLF. Never raises for what a server or a network does."""
        try:
            self.connect()
        except MailError as error:
            return Reply(Stage.BROKEN, 0, error.message)
        reply = self._handed(address, message)
        if reply.stage in {Stage.BROKEN, Stage.UNKNOWN} and self._open is not None:
            self._open.close()
            self._open = None
        return reply

    def _handed(self, address: str, message: str) -> Reply:
        smtp, stage = self._open, Stage.BROKEN
        if smtp is None:
            return Reply(Stage.BROKEN)
        try:
            steps = ((Stage.REFUSED, smtp.mail, self._sender), (Stage.RECIPIENT, smtp.rcpt, address))
            for refusal, step, argument in steps:
                code, text = step(argument)
                if code >= 300:
                    smtp.rset()
                    return Reply(refusal, code, _text(text))
            stage = Stage.UNKNOWN
            code, text = smtp.data(message.encode("ascii"))
        except smtplib.SMTPDataError as error:  # the server did not even want the text
            return Reply(Stage.REFUSED, error.smtp_code, _text(error.smtp_error))
        except FAILURES as error:
            return Reply(stage, 0, _said(error))
        return Reply(Stage.ACCEPTED if code < 300 else Stage.REFUSED, code, _text(text))

    def _connected(self) -> smtplib.SMTP:
        its = self._settings
        if its.smtp_tls == "tls":
            secure = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(its.smtp_host, its.smtp_port, timeout=self._seconds, context=secure)
        else:
            smtp = smtplib.SMTP(its.smtp_host, its.smtp_port, timeout=self._seconds)
        try:
            if its.smtp_tls == "starttls":
                smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()
            if its.smtp_user:
                smtp.login(its.smtp_user, its.smtp_password)
        except FAILURES:
            smtp.close()
            raise
        return smtp


def ready(settings: Settings) -> Settings:
    """The settings, or BadSetting when mail cannot be sent with them."""
    if not settings.smtp_host:
        raise BadSetting("STORYDIFF_SMTP_HOST is not set, so no mail can be sent.")
    if settings.smtp_user and settings.smtp_tls == "none" and settings.smtp_host not in LOCAL:
        hint = "Set STORYDIFF_SMTP_TLS to starttls or tls."
        raise BadSetting("The password for the mail server would go over the network in clear.", hint=hint)
    return settings


def _advice(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "Check STORYDIFF_SMTP_USER and STORYDIFF_SMTP_PASSWORD."
    if isinstance(error, (ssl.SSLError, smtplib.SMTPNotSupportedError, smtplib.SMTPServerDisconnected)):
        return "Check STORYDIFF_SMTP_TLS: servers mostly want starttls on port 587 and tls on port 465."
    return "Check STORYDIFF_SMTP_HOST and STORYDIFF_SMTP_PORT, and that this machine may connect there."


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def _text(answer: bytes | str) -> str:
    text = answer.decode("utf8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())[:300]
