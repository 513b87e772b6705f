"""Handing kept mails to the mail server, one at a time, how each went noted before the next is begun."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from storydiff.digest.send import SECONDS, Mailer, outcome
from storydiff.pipeline.desk import Desk
from storydiff.store import DigestState, Handover, Result

LEASE = timedelta(minutes=10)
"""How long what a process claimed stays with it when it does not answer any more. Longer than any one mail takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Haste:
    """How long handing over may take: `run` until no further mail is begun, `answer` for one answer of the server."""

    run: timedelta = LEASE
    answer: float = SECONDS


UNHURRIED = Haste()


class Outgoing(Protocol):
    """Where mails wait."""

    def settle(self, now: datetime) -> None:
        """End the mails that are not to be tried again."""

    def has_due(self, now: datetime) -> bool:
        """Whether a mail could be claimed now."""

    def claim(self, owner: str, *, now: datetime, until: datetime) -> Handover | None:
        """A mail that is due, which nobody else sends until `until`."""

    def note(self, mail: Handover, result: Result, *, now: datetime) -> None:
        """Write how a try ended and what follows."""


def owner() -> str:
    """What this process is called in claims."""
    return f"{socket.gethostname()}:{os.getpid()}"[-64:]


def hand_over(desk: Desk, mails: Outgoing, mailer: Mailer, now: datetime, until: datetime) -> Iterator[DigestState]:
    """Mail by mail until none is due. MailError when the server cannot be reached: none is claimed then."""
    mails.settle(now)
    while (now := max(now, desk.clock())) < until and mails.has_due(now):
        mailer.connect()
        mail = mails.claim(owner(), now=now, until=now + LEASE)
        if mail is None:
            return
        result = outcome(mailer.send(mail.address, mail.message), mail.tries, now)
        mails.note(mail, result, now=now)
        yield result.state
