"""A web server made of raw bytes, so that a test can answer as badly as it likes."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

Answer = bytes | Callable[["Asked", socket.socket], None]


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    at: float


def page(
    body: bytes = b"<!doctype html><p>The ferry ran aground at dawn.</p>",
    status: str = "200 OK",
    type: str | None = "text/html; charset=utf-8",  # noqa: A002 - the header's own name
    **headers: str,
) -> bytes:
    """A whole, well-formed answer; `Retry_After="1"` gives the header Retry-After."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"Content-Type: {type}"] if type is not None else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


NO_ROBOTS = page(b"none here", "404 Not Found", "text/plain")


@dataclass
class Site:
    """Serves `routes` (path -> answer, or a list of answers of which the last one repeats) on loopback until closed."""

    routes: Mapping[str, Answer | list[Answer]]
    host: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)

    def __enter__(self) -> Site:
        self._socket = socket.create_server((self.host, 0), backlog=128)
        self._open: list[socket.socket] = []
        self._closed = threading.Event()
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for each in self._open:
            _shut(each)
        self._thread.join()

    @property
    def base(self) -> str:
        """The address without a path."""
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}"

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [each.path for each in self.asked]

    def times(self, path: str) -> list[float]:
        """When a path was asked for."""
        return [each.at for each in self.asked if each.path == path]

    def wait(self, seconds: float) -> None:
        """Do nothing for so long, or until the site closes."""
        self._closed.wait(seconds)

    def _accept(self) -> None:
        workers = []
        while not self._closed.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                break
            self._open.append(connection)
            workers.append(threading.Thread(target=self._serve, args=(connection,)))
            workers[-1].start()
        for worker in workers:
            worker.join()

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
                self._open.append(connection)
            while self._answer(connection):
                pass
        except (OSError, ssl.SSLError):
            pass
        finally:
            _shut(connection)
            connection.close()

    def _answer(self, connection: socket.socket) -> bool:
        asked = _read(connection)
        if asked is None:
            return False
        self.asked.append(asked)
        answer = self._choose(asked)
        if callable(answer):
            answer(asked, connection)
            return False
        connection.sendall(answer)
        return b"\r\nConnection: close\r\n" not in answer

    def _choose(self, asked: Asked) -> Answer:
        missing = NO_ROBOTS if asked.path == "/robots.txt" else page(b"<p>no such page</p>", "404 Not Found")
        chosen = self.routes.get(asked.path, missing)
        if isinstance(chosen, list):
            return chosen.pop(0) if len(chosen) > 1 else chosen[0]
        return chosen


def _read(connection: socket.socket) -> Asked | None:
    data = b""
    while not data.endswith(b"\r\n\r\n"):
        piece = connection.recv(65_536)
        if not piece:
            return None
        if piece.startswith(b"\x16\x03"):
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nThis is no TLS server.")
            return None
        data += piece
    first, *lines = data.decode("latin-1").strip().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return Asked(first.split(" ")[1], headers, time.monotonic())


def _shut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
