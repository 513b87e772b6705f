"""Rules of sites that hold for more than one batch: who looks every few minutes need not read robots.txt each time."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

from yarl import URL

from storydiff.fetch.robots import Rules

HOLDS = timedelta(hours=1)
"""A judgement: RFC 9309 (2.4) allows a day; whoever begins to forbid us is to be obeyed within the hour."""
MOST = 500
"""Sites; a parsed file of usual length takes some ten kilobytes."""


class Remembered:
    """What sites allowed within the hour. Batches in several threads may share it; processes do not.

    Only what was read is remembered: a robots.txt that could not be had is asked for again each time.
    """

    def __init__(self) -> None:
        self._rules: dict[URL, tuple[datetime, Rules]] = {}
        self._lock = Lock()

    def get(self, site: URL, now: datetime) -> Rules | None:
        """The rules of that robots.txt; None when they are not known or too old."""
        with self._lock:
            since, rules = self._rules.get(site, (now, None))
        return rules if now - since < HOLDS else None

    def keep(self, site: URL, rules: Rules, now: datetime) -> None:
        """Remember what was read at `now`; of too many sites the one read longest ago is forgotten."""
        with self._lock:
            self._rules.pop(site, None)
            if rules.trouble is None:
                self._rules[site] = now, rules
            if len(self._rules) > MOST:
                del self._rules[next(iter(self._rules))]
