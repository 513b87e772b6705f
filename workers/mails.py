"""Mail: digests and notices of all newsrooms, handed to the mail server by one task about once a minute.

The task waits in the queue of notifications and ends itself in time, so it never holds up fetching. While the mail
server is away it is left alone for longer and longer; what is to be sent stands in the database meanwhile.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from storydiff.errors import BadSetting, MailError
from storydiff.logs import about
from storydiff.pipeline.digests import send_due
from storydiff.pipeline.handing import Haste
from storydiff.pipeline.notices import send_notices
from workers.resources import Resources, clock

log = logging.getLogger(__name__)
ANSWER = 10.0
"""Seconds that a worker waits for one answer of the mail server; a server that takes longer is tried again later."""
RUN, PART = 0.4, 0.1
"""The shares of a task's longest time after which no further mail is begun, and that one answer may take."""
FIRST, LONGEST = 60.0, 900.0
"""Seconds until a mail server that was away is asked again: the first time, and at most."""


@dataclass(slots=True)
class Patience:
    """How long this process leaves the mail server alone."""

    now: Callable[[], float] = time.monotonic
    _until: float = 0.0
    _pause: float = 0.0

    @property
    def is_over(self) -> bool:
        """Whether the server may be asked."""
        return self.now() >= self._until

    def note(self, *, away: bool) -> None:
        """The server was away, or it was there."""
        self._pause = min(max(2 * self._pause, FIRST), LONGEST) if away else 0.0
        self._until = self.now() + self._pause if away else 0.0


def send_mails(known: Resources, patience: Patience) -> int:
    """Send what is due in every newsroom; gives how many mails went out."""
    if not known.settings.smtp_host or not patience.is_over:
        return 0
    sent, end = 0, clock() + timedelta(seconds=RUN * known.settings.task_seconds)
    newsrooms = list(known.store.rings.to_mail())
    random.shuffle(newsrooms)  # so that one with many readers does not always leave the same others no time
    for newsroom in newsrooms:
        with about(newsroom=newsroom):
            try:
                sent += _sent(known, newsroom, end)
            except MailError as error:
                log.warning("the mail server is out of reach: %s", error)
                patience.note(away=True)
                return sent
            except BadSetting as error:
                log.warning("no mail can be sent: %s", error)
    patience.note(away=False)
    return sent


def _sent(known: Resources, newsroom: str, end: datetime) -> int:
    """Notices first: they are few, and somebody has to act. MailError, BadSetting."""
    desk, answer = known.desk(newsroom), min(ANSWER, PART * known.settings.task_seconds)
    told = send_notices(desk, haste=Haste(run=end - clock(), answer=answer))
    if not any(each.sends for each in desk.store.subscriptions.list()):
        return told  # digests need more settings than notices do
    done = send_due(desk, haste=Haste(run=end - clock(), answer=answer))
    if done.trouble:
        raise MailError(done.trouble)
    return told + done.sent
