"""A local newsroom: several outlets' sites served over loopback HTTP from one thread-backed server.

Every outlet answers under its own name (send `Host: harbour.example` to the server's port, as `Settings.resolve` and
`curl --resolve` do) and under a path (`http://127.0.0.1:PORT/harbour.example/...`) for browsers and people.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from storydiff.settings import Settings
from storydiff.testing.announcing import FEEDS, Announcement, home_page
from storydiff.testing.clock import LATEST, FixedClock, moment
from storydiff.testing.server import NewsroomServer, Request
from storydiff.testing.site import ALWAYS, HTML, Breakdown, Fault, PageState, Site, read_folder, redirect

LOOPBACK = "127.0.0.1"


class Newsroom:
    """Outlets over loopback HTTP, for tests, demos and offline development.

    >>> with Newsroom() as newsroom:
    ...     url = newsroom.publish("harbour.example", "/storm", "<h1>Storm</h1><p>The harbour is closed.</p>")
    ...     url, newsroom.settings().resolve[0][0]
    ('http://harbour.example/storm', 'harbour.example')

    `folder` holds one folder per outlet (see `storydiff.testing.read_folder`); pages can be added at any time with
    `publish`. `clock` decides which state of a page is served: `newsroom.clock.set("2026-05-15T14:00Z")`. It starts
    at `now`, by default after the newest state.
    """

    def __init__(self, folder: Path | str | None = None, *, now: datetime | str = LATEST) -> None:
        self.clock = FixedClock(now)
        self.sites: dict[str, Site] = {s.domain: s for s in read_folder(Path(folder))} if folder else {}
        self._log: list[Request] = []
        self._lock = threading.Lock()
        self._server: NewsroomServer | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Open a free port on 127.0.0.1 and serve from a background thread."""
        self._server = NewsroomServer((LOOPBACK, 0), self)
        self._server.start()

    def stop(self) -> None:
        """Close the port and every open connection, hanging ones too."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def wait(self) -> None:
        """Stay open until Ctrl-C or `stop`."""
        if self._server is not None:
            self._server.stopping.wait()

    @property
    def port(self) -> int:
        """The TCP port that is served; RuntimeError before `start`."""
        if self._server is None:
            raise RuntimeError("the newsroom is not open: use it as a context manager, or call start()")
        return int(self._server.server_address[1])

    def site(self, domain: str) -> Site:
        """The outlet of that domain, made when it is new."""
        return self.sites.setdefault(domain.lower(), Site(domain.lower()))

    def publish(
        self,
        domain: str,
        path: str,
        body: str | bytes,
        *,
        at: datetime | str = ALWAYS,
        **fields: Any,
    ) -> str:
        """Put a page (or its next state, from `at` on) at `path`; gives its URL.

        `fields` are those of `PageState`: status, content_type, headers. With `headers={"Content-Encoding": ...}` the
        body is sent as it is. A text is sent as UTF-8.
        """
        data = body.encode() if isinstance(body, str) else body
        self.site(domain).put(path, PageState(body=data, valid_from=moment(at), **{"content_type": HTML, **fields}))
        return self.url(domain, path)

    def announce(
        self,
        domain: str,
        items: Iterable[Announcement],
        *,
        form: str = "rss",
        name: str = "",
        at: datetime | str = ALWAYS,
    ) -> str:
        """Put a feed ("rss", "atom", "json") or a news sitemap ("sitemap") at its usual place; gives its URL.

        The outlet's front page declares a feed, its robots.txt names a sitemap. `name` is what the outlet is called.
        """
        feed, called = FEEDS[form], name or domain
        if form != "sitemap":
            self.publish(domain, "/", home_page(called, feed.path, feed.content_type))
        else:
            self.publish(domain, "/", f"<!doctype html><title>{domain}</title><h1>News</h1>")
            line = f"Sitemap: {self.url(domain, feed.path)}\n"
            site = self.site(domain)
            site.robots = site.robots if line in site.robots else f"{site.robots}{line}"
        return self.publish(domain, feed.path, feed.write(called, items), at=at, content_type=feed.content_type)

    def redirect(self, domain: str, path: str, target: str, status: int = 301) -> str:
        """Send requests for `path` to `target` (an absolute URL or a path of the same outlet); gives the URL."""
        self.site(domain).put(path, redirect(target, status))
        return self.url(domain, path)

    def robots(self, domain: str, text: str) -> None:
        """Set the outlet's robots.txt."""
        self.site(domain).robots = text

    def fail(self, domain: str, fault: Fault, *, times: int | None = None, retry_after: str = "1") -> None:
        """Break the outlet's server, for the next `times` requests or until `recover`."""
        self.site(domain).breakdown = Breakdown(fault, times, retry_after)

    def recover(self, domain: str) -> None:
        """End the outlet's fault."""
        self.site(domain).breakdown = None

    def url(self, domain: str, path: str = "/") -> str:
        """The page's address under the outlet's own name, as real pages have it."""
        return f"http://{domain}{path}"

    def local_url(self, domain: str = "", path: str = "/") -> str:
        """The same page under the server's own address, for browsers; without a domain, the list of all pages."""
        return f"http://{LOOPBACK}:{self.port}/{domain}{path}" if domain else f"http://{LOOPBACK}:{self.port}/"

    def settings(self, **changes: Any) -> Settings:
        """Settings under which the outlets' names lead here; `changes` are further settings.

        No pause between requests to one host, as nobody is burdened.
        """
        hosts = tuple(sorted(self.sites))
        routes = tuple((host, LOOPBACK, self.port) for host in hosts)
        reach = {"resolve": routes, "allow_hosts": (*hosts, LOOPBACK), "host_delay": 0.0}
        return Settings(**{**reach, **changes})

    @property
    def now(self) -> datetime:
        """The time by which page states are chosen."""
        return self.clock()

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request so far, oldest first."""
        with self._lock:
            return tuple(self._log)

    def requests_to(self, domain: str) -> tuple[Request, ...]:
        """The requests for one outlet, its robots.txt included."""
        return tuple(r for r in self.requests if r.domain == domain)

    def record(self, request: Request) -> None:
        """Add to the log; the server calls it."""
        with self._lock:
            self._log.append(request)
