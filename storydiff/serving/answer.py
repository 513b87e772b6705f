"""What a handler gives back: plain values, so that a handler knows nothing of HTTP machinery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json"
CSV = "text/csv"
HTML = "text/html"
BYTES = "application/octet-stream"
EVENTS = "text/event-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What to send: JSON values, or bytes with their media type."""

    value: Any = None
    content: bytes | None = None
    media: str = JSON
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
