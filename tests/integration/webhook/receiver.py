"""A desk's server on loopback: it keeps what it is sent, and answers as it is told."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """One request as received."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float


@dataclass(slots=True)
class Receiver:
    """What was received, and what is answered: per path a row of (status, headers, seconds), the last one for good."""

    port: int
    messages: list[Message] = field(default_factory=list)
    answers: dict[str, deque[tuple[int, dict[str, str], float]]] = field(default_factory=dict)
    judge: Callable[[Message], int] | None = None
    """Gives the status for a message, where no answers are laid down."""

    def answer(self, path: str, status: int, headers: dict[str, str] | None = None, seconds: float = 0.0) -> None:
        """Add an answer for that path."""
        self.answers.setdefault(path, deque()).append((status, headers or {}, seconds))

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def to(self, path: str) -> list[Message]:
        """The messages to that path, in order."""
        return [message for message in self.messages if message.path == path]

    def next_answer(self, message: Message) -> tuple[int, dict[str, str], float]:
        row = self.answers.get(message.path)
        if not row:
            return self.judge(message) if self.judge else 200, {}, 0.0
        return row.popleft() if len(row) > 1 else row[0]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on a free port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            message = Message(self.path, headers, body, time.monotonic())
            receiver.messages.append(message)
            status, more, seconds = receiver.next_answer(message)
            if stopping.wait(seconds):
                return
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Quiet."""

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except ConnectionError:
                self.close_connection = True

    stopping = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver = Receiver(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
