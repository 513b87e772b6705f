"""Events that no collation shows: a page that is gone or has moved, an outlet that can no longer be read."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from storydiff.model import Event, EventType, Severity
from storydiff.pipeline.announce_events import cut, event_id, link
from storydiff.pipeline.collect import Gathered
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.watch_health import WINDOW, Failing, failing
from storydiff.store import Check, Visit

SURE = {"gone": 1, "not_found": 3}
"""How often in a row a page must be missing: 410 says so, 404 may be a slip of the server."""


def gone(desk: Desk, slug: str, check: Check, visit: Visit) -> Event | None:
    """The event of a page that was read once and has been taken down; told once for each time that it was there."""
    if check.reached is None or check.failures + 1 < SURE.get(visit.code, check.failures + 2):
        return None
    status = 410 if visit.code == "gone" else 404
    data = {"url": check.url, "status": status, "last_read": check.reached.isoformat()}
    article = desk.store.articles.find(slug, check.url)
    outlet = article.outlet.name if article else check.host
    summary = f"{outlet} has taken the page down (status {status}): {check.url}"
    subject = f"{check.url} {check.reached.isoformat()}"
    return _event(desk, EventType.ARTICLE_GONE, slug, subject, summary, {"outlet": outlet, **data})


def moved(desk: Desk, slug: str, check: Check, gathered: Gathered) -> Event | None:
    """The event of a page that now leads to another address than it did."""
    if check.article is None or gathered.fetch.problem is not None:
        return None
    last = check.final_url
    target = gathered.fetch.final_url
    if not last or not target or _place(last) == _place(target):
        return None
    article = desk.store.articles.find(slug, check.article)
    outlet = article.outlet.name if article else check.host
    data = {"outlet": outlet, "url": check.url, "from": cut(last), "to": cut(target)}
    summary = f"{outlet} has moved the page to {target}"
    subject = f"{check.url} {last} {target} {check.reached.isoformat() if check.reached else ''}"
    return _event(desk, EventType.ARTICLE_MOVED, slug, subject, summary, data)


def _place(url: str) -> tuple[str, str]:
    """What of an address says where a page is: not how it is asked for."""
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")


def tell_health(desk: Desk, host: str) -> None:
    """Raise an alert, with an event, when the outlet at that host cannot be read; end it when it can."""
    now = desk.clock()
    found = failing(desk.store.schedule.visits(host, since=now - WINDOW), now)
    if found is None:
        desk.store.alerts.resolve("watch", host, now=now)
        return
    if not any((alert.kind, alert.subject) == ("watch", host) for alert in desk.store.alerts.list()):
        # Before the alert: when it breaks off in between, the same event is found again.
        desk.store.events.append(_failing(desk, host, found, now))
    desk.store.alerts.record("watch", host, found.message, now=now)


def _failing(desk: Desk, host: str, found: Failing, now: datetime) -> Event:
    data = {"host": host, "reason": found.code, "title": host}
    subject = f"{host} {found.code} {now:%Y-%m-%d}"
    return _event(desk, EventType.WATCH_FAILING, None, subject, f"{host}: {found.message}", data)


def _event(desk: Desk, kind: EventType, slug: str | None, subject: str, summary: str, data: dict[str, Any]) -> Event:
    links = {"links": {"story": link(desk.settings.public_url, slug)}} if slug is not None else {}
    outlets = (str(data["outlet"]),) if "outlet" in data else ()
    told = {"title": slug, "summary": cut(summary), **data, **links}
    return Event(
        id=event_id(slug or "", kind, subject),
        type=kind,
        story=slug,
        at=desk.clock(),
        severity=Severity.HIGH,
        outlets=outlets,
        data=told,
    )
