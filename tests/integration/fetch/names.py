"""A name server that says what a test tells it to, over real UDP."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, field

from aiohttp.resolver import AsyncResolver

ADDRESS = 1
"""Type of an A record."""


@dataclass
class NameServer:
    """Answers every question for an A record with `address`, everything else with `code` (0 is: no such data)."""

    address: str | None = None
    code: int = 0
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> NameServer:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join()
        self._socket.close()

    def resolver(self) -> AsyncResolver:
        """The resolver of aiohttp, asking here; for use within a running loop."""
        return AsyncResolver(nameservers=[f"127.0.0.1:{self.port}"], timeout=1, tries=1)

    def _serve(self) -> None:
        while True:
            question, asker = self._socket.recvfrom(4096)
            if not question:
                return
            self._socket.sendto(self._answer(question), asker)

    def _answer(self, message: bytes) -> bytes:
        end = message.index(b"\0", 12) + 5
        question = message[12:end]
        self.asked.append(".".join(_labels(question)))
        record = b""
        if self.address is not None and int.from_bytes(question[-4:-2], "big") == ADDRESS:
            record = b"\xc0\x0c\0\1\0\1\0\0\0\0\0\4" + socket.inet_aton(self.address)
        counts = b"\0\1" + (b"\0\1" if record else b"\0\0") + b"\0\0\0\0"
        return message[:2] + bytes([0x81, 0x80 | self.code]) + counts + question + record


def _labels(question: bytes) -> list[str]:
    labels = []
    while question[0]:
        size = question[0] + 1
        labels.append(question[1:size].decode())
        question = question[size:]
    return labels
