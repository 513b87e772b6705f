"""Traces: how one request becomes tasks, fetches, a collation and messages, for OpenTelemetry.

Off unless an address is set, and then OpenTelemetry is not even imported: a span costs one look at a variable. A trace
is carried to another process in the headers of W3C Trace Context.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Protocol

from storydiff.errors import BadSetting

Value = str | int | float | bool


class Span(Protocol):
    """Something that takes time, and is told of."""

    def note(self, **attributes: Value) -> None:
        """Add what became known meanwhile. `failed` marks the span as gone wrong."""


class Tracer(Protocol):
    """What makes spans: `storydiff.tracing.otel.OtelTracer`."""

    def span(
        self, name: str, kind: str, after: Mapping[str, str] | None, attributes: Mapping[str, Value]
    ) -> AbstractContextManager[Span]:
        """A span, which ends with the block."""

    def carried(self) -> dict[str, str]:
        """The headers that carry the span that is open now."""

    def close(self) -> None:
        """Send what was not sent yet."""


class Nothing:
    """The span when nothing is traced."""

    def note(self, **attributes: Value) -> None:
        """Nothing."""


@dataclass(slots=True)
class _Process:
    tracer: Tracer | None = None


_process = _Process()
NOTHING: AbstractContextManager[Span] = nullcontext(Nothing())
"""A block that is not traced."""


def set_up(url: str, part: str) -> None:
    """Trace this process, as that part of storydiff, to the collector at that address; nothing without one.

    Call it after a fork, not before: spans are sent by a thread. BadSetting without the extra `otel`.
    """
    if url:
        _process.tracer = _otel().OtelTracer.to(url, part)


def check(url: str) -> None:
    """Whether the collector takes what is sent; StorydiffError says why not, BadSetting without the extra `otel`."""
    _otel().check(url)


def _otel() -> Any:
    try:
        return importlib.import_module("storydiff.tracing.otel")
    except ImportError as error:
        hint = "In storydiff's folder: pip install '.[otel]'"
        raise BadSetting("STORYDIFF_OTLP_URL needs OpenTelemetry, which is not installed.", hint=hint) from error


def on() -> bool:
    """Whether anything is traced."""
    return _process.tracer is not None


def span(
    name: str, *, kind: str = "internal", after: Mapping[str, str] | None = None, **attributes: Value
) -> AbstractContextManager[Span]:
    """A span round the block, inside the one that is open, or after the one that the headers `after` carry."""
    tracer = _process.tracer
    return NOTHING if tracer is None else tracer.span(name, kind, after, attributes)


def carried() -> dict[str, str]:
    """The headers that carry the span that is open now to another process; empty when there is none."""
    return {} if _process.tracer is None else _process.tracer.carried()


def close() -> None:
    """Send what was not sent yet, and trace no more."""
    if _process.tracer is not None:
        _process.tracer.close()
        _process.tracer = None


@contextmanager
def traced(url: str, part: str) -> Iterator[None]:
    """Traces what happens inside."""
    set_up(url, part)
    try:
        yield
    finally:
        close()
