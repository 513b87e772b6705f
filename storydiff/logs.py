"""Logs as one JSON object a line, with the request, task, newsroom, story and outlet that each line is about.

Whatever a text from the web holds, a line stays a line: line ends of every kind, signs that steer a terminal or turn
the direction of writing, and halves of signs are written as escapes, and what is very long is cut.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime

CONTEXT: ContextVar[Mapping[str, str]] = ContextVar("storydiff_log_context")
"""What the lines written now are about."""
NOBODY: Mapping[str, str] = {}
LONGEST = 8000
"""Characters of one text in a line; a traceback is rarely longer."""
QUIET = ("aiohttp.access", "celery.worker.strategy", "celery.app.trace")
"""Loggers that say of every request and task what our own lines say with more in them."""
TICKING = "Scheduler: Sending due task"
"""How the line begins that Celery's clock writes at each tick; what else it says is worth a line."""
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class about:  # noqa: N801  it reads as what it does: with about(story="mill")
    """Adds these ids to every line that is logged inside the block. (A generator would take four times as long.)"""

    __slots__ = ("_ids", "_token")

    def __init__(self, **ids: str) -> None:
        self._ids = ids

    def __enter__(self) -> None:
        before = CONTEXT.get(NOBODY)
        self._token = CONTEXT.set({**before, **{name: value for name, value in self._ids.items() if value}})

    def __exit__(self, *_: object) -> None:
        CONTEXT.reset(self._token)


class JsonLines(logging.Formatter):
    """One object a line: time, level, logger, message, the ids, and what `extra` holds."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            **CONTEXT.get(NOBODY),
            **{name: value for name, value in vars(record).items() if name not in _OWN},
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        told = {name: _cut(value) for name, value in line.items()}
        return _UNSAFE.sub(_escaped, json.dumps(told, ensure_ascii=False, default=str, skipkeys=True))


def set_up(level: int = logging.INFO) -> None:
    """Send all logs of this process to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    handler.addFilter(lambda record: not str(record.msg).startswith(TICKING))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _message(record: logging.LogRecord) -> str:
    """The message; of one whose arguments do not fit, what there is: a log must not be what fails."""
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return f"{record.msg} {record.args}"


def _cut(value: object) -> object:
    return f"{value[:LONGEST]}…" if isinstance(value, str) and len(value) > LONGEST else value


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
