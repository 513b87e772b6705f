"""Logs as one JSON object a line, with the request and story that each line is about."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

CONTEXT: ContextVar[dict[str, str]] = ContextVar("storydiff_log_context")
"""What the lines written now are about: request, story, outlet, task."""
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}


@contextmanager
def about(**ids: str) -> Iterator[None]:
    """Adds these ids to every line that is logged inside."""
    token = CONTEXT.set({**CONTEXT.get({}), **{name: value for name, value in ids.items() if value}})
    try:
        yield
    finally:
        CONTEXT.reset(token)


class JsonLines(logging.Formatter):
    """One object a line: time, level, logger, message, the ids, and what `extra` holds."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **CONTEXT.get({}),
            **{name: value for name, value in vars(record).items() if name not in _OWN},
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def set_up(level: int = logging.INFO) -> None:
    """Send all logs of this process to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)  # one line a request is ours, with more in it
