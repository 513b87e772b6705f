"""The HTTP side of a newsroom: routing by host or path, conditional and compressed answers, faults."""

from __future__ import annotations

import contextlib
import gzip
import socket
import struct
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

from storydiff.testing.front import index, robots_of_all
from storydiff.testing.site import HTML, STATUS_OF_FAULT, Breakdown, Fault, PageState, Site
from storydiff.testing.validators import is_fresh, validators

PLAIN = "text/plain; charset=utf-8"
WORTH_COMPRESSING = 256  # bytes, the usual threshold of web servers
DRIP_BYTES, DRIP_SECONDS = 16, 0.2
NOWHERE = Site("")
NO_SUCH_PAGE = PageState(
    status=404,
    body=b"<!doctype html><html lang=en><title>Not found</title><h1>404</h1><p>There is no such page here.</p></html>",
)
SORRY = b"<!doctype html><html lang=en><title>Sorry</title><p>This page is not available now.</p></html>"
RETRY_STATUSES = (429, 503)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request that the newsroom received."""

    method: str
    domain: str
    """The outlet asked; empty when the request reached none."""
    path: str
    status: int
    """What was answered; 0 when a fault ended the connection without a whole answer."""
    headers: Mapping[str, str]
    """As sent by the client, names in lower case."""


class Desk(Protocol):
    """What the server asks of the newsroom it serves."""

    @property
    def now(self) -> datetime:
        """The time by which page states are chosen."""

    @property
    def sites(self) -> dict[str, Site]:
        """The outlets by domain."""

    def record(self, request: Request) -> None:
        """Log a request."""


class NewsroomServer(ThreadingHTTPServer):
    """One thread per connection; `stop` leaves no thread, socket or hanging client behind."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], desk: Desk) -> None:
        super().__init__(address, Handler)
        self.desk = desk
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._threads_of_connections: list[threading.Thread] = []
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="newsroom", daemon=True)

    def start(self) -> None:
        """Serve in the background."""
        self._thread.start()

    def stop(self) -> None:
        """End serving and every connection."""
        self.stopping.set()
        self.shutdown()
        self._thread.join()
        for connection in tuple(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads_of_connections:
            thread.join()
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection in a thread that `stop` can wait for."""
        self._open.add(request)
        thread = threading.Thread(target=self.process_request_thread, args=(request, client_address), daemon=True)
        self._threads_of_connections = [t for t in self._threads_of_connections if t.is_alive()]
        self._threads_of_connections.append(thread)
        thread.start()

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are part of the game; nothing is printed."""


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    server_version = "newsroom"
    sys_version = ""
    disable_nagle_algorithm = True
    server: NewsroomServer

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is the standard library's
        """Nothing is printed: requests are in the newsroom's log."""

    def do_HEAD(self) -> None:
        """As GET, without the body."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer with the state of the page that is valid now, or with the outlet's fault."""
        site, path, prefix = self._route()
        breakdown = site.next_fault() if path != "/robots.txt" else None
        state = self._state(site, path)
        if breakdown is None:
            self._answer(site, state, prefix)
        else:
            self._break_down(site, state, breakdown)

    def _route(self) -> tuple[Site, str, str]:
        """(outlet, path within it, what stands before that path): by Host, else by the first part of the path."""
        sites = self.server.desk.sites
        if self._host() in sites:
            return sites[self._host()], self.path, ""
        first, slash, rest = self.path.removeprefix("/").partition("/")
        if first in sites:
            return sites[first], slash + rest if slash else "/", f"/{first}"
        return NOWHERE, self.path, ""

    def _host(self) -> str:
        return (self.headers.get("Host") or "").partition(":")[0].lower().removeprefix("www.")

    def _state(self, site: Site, path: str) -> PageState:
        now = self.server.desk.now
        found = site.state(path, now) or site.state(path.partition("?")[0], now)
        if found is not None:
            return found
        if path == "/robots.txt":
            text = site.robots if site is not NOWHERE else robots_of_all(self.server.desk.sites)
            return PageState(body=text.encode(), content_type=PLAIN)
        if path == "/" and site is NOWHERE:
            return PageState(body=index(self.server.desk.sites).encode())
        return NO_SUCH_PAGE

    def _answer(self, site: Site, state: PageState, prefix: str) -> None:
        status = 304 if state.status == 200 and is_fresh(state, self.headers) else state.status
        headers = dict(state.headers)
        if headers.get("Location", "").startswith("/"):
            headers["Location"] = prefix + headers["Location"]
        body = b"" if status == 304 else self._encoded(state, headers)
        self._log(site, status)
        self._send(status, headers | validators(state), body, state.content_type)

    def _encoded(self, state: PageState, headers: dict[str, str]) -> bytes:
        accepts = "gzip" in (self.headers.get("Accept-Encoding") or "")
        if not accepts or "Content-Encoding" in headers or len(state.body) < WORTH_COMPRESSING:
            return state.body
        headers["Content-Encoding"] = "gzip"
        return gzip.compress(state.body, compresslevel=6, mtime=0)

    def _send(self, status: int, headers: Mapping[str, str], body: bytes, content_type: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _break_down(self, site: Site, state: PageState, breakdown: Breakdown) -> None:
        status = STATUS_OF_FAULT.get(breakdown.fault)
        self._log(site, status or 0)
        if status is not None:
            retry = {"Retry-After": breakdown.retry_after} if status in RETRY_STATUSES else {}
            self._send(status, retry, SORRY, HTML)
            return
        self.close_connection = True
        ways = {Fault.HANG: self._hang, Fault.RESET: self._reset, Fault.CUT: self._cut, Fault.DRIP: self._drip}
        ways[breakdown.fault](state)

    def _hang(self, _: PageState) -> None:
        self.server.stopping.wait()

    def _reset(self, _: PageState) -> None:
        # SO_LINGER with time 0 makes close() send RST instead of FIN.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.connection.close()

    def _promise(self, state: PageState) -> None:
        self.send_response(200)
        self.send_header("Content-Type", state.content_type)
        self.send_header("Content-Length", str(len(state.body)))
        self.end_headers()

    def _cut(self, state: PageState) -> None:
        self._promise(state)
        self.wfile.write(state.body[: len(state.body) // 2])

    def _drip(self, state: PageState) -> None:
        self._promise(state)
        for start in range(0, len(state.body), DRIP_BYTES):
            self.wfile.write(state.body[start : start + DRIP_BYTES])
            if self.server.stopping.wait(DRIP_SECONDS):
                return

    def _log(self, site: Site, status: int) -> None:
        """Log before answering, so that a client that has its answer finds itself in the log."""
        path = self.path if self._host() in self.server.desk.sites else self.path.removeprefix(f"/{site.domain}")
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(method=self.command, domain=site.domain, path=path or "/", status=status, headers=headers)
        self.server.desk.record(request)
