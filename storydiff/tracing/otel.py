"""Traces with OpenTelemetry's SDK, over OTLP and HTTP. Apart from `tracing`, since it needs the extra `otel`.

The SDK's own variables (OTEL_TRACES_SAMPLER, OTEL_EXPORTER_OTLP_HEADERS, OTEL_BSP_SCHEDULE_DELAY and others) hold too.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from storydiff import __version__
from storydiff.errors import StorydiffError
from storydiff.tracing import Span, Value

KINDS = {kind.name.lower(): kind for kind in trace.SpanKind}
CARRIER = TraceContextTextMapPropagator()
PATIENCE = 5.0
"""Seconds that the collector is given for an answer; no request or task ever waits for it."""


def check(url: str) -> None:
    """Send an empty batch, headers and all. StorydiffError with the exporter's own words when it is not taken."""
    said: list[str] = []
    listener = logging.Handler()
    listener.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    log = logging.getLogger(OTLPSpanExporter.__module__)
    log.addHandler(listener)
    log.propagate = False
    try:
        taken = _exporter(url).export(()) is SpanExportResult.SUCCESS
    finally:
        log.removeHandler(listener)
        log.propagate = True
    if not taken:
        why = f" ({' '.join(said[-1].split())[:200]})" if said else ""
        raise StorydiffError(f"The collector takes no traces{why}.", hint="Check STORYDIFF_OTLP_URL, and that it runs.")


def _exporter(url: str) -> OTLPSpanExporter:
    return OTLPSpanExporter(endpoint=f"{url.rstrip('/')}/v1/traces", timeout=PATIENCE)


@dataclass(frozen=True, slots=True)
class OtelSpan:
    """A span of the SDK."""

    span: trace.Span

    def note(self, **attributes: Value) -> None:
        """As `Span.note`."""
        if attributes.pop("failed", False):
            self.span.set_status(trace.StatusCode.ERROR)
        self.span.set_attributes(attributes)


@dataclass(frozen=True, slots=True)
class OtelTracer:
    """The tracer of one process."""

    provider: TracerProvider
    tracer: trace.Tracer

    @classmethod
    def to(cls, url: str, part: str) -> Self:
        """One that sends to the collector at that address."""
        about = {"service.name": f"storydiff-{part}", "service.version": __version__}
        provider = TracerProvider(resource=Resource.create(about), shutdown_on_exit=False)
        provider.add_span_processor(BatchSpanProcessor(_exporter(url)))
        return cls(provider, provider.get_tracer("storydiff", __version__))

    @contextmanager
    def span(
        self, name: str, kind: str, after: Mapping[str, str] | None, attributes: Mapping[str, Value]
    ) -> Iterator[Span]:
        """As `Tracer.span`. What is raised inside is noted, and goes on."""
        context: Context | None = CARRIER.extract(after) if after is not None else None
        with self.tracer.start_as_current_span(name, context, KINDS[kind], attributes) as made:
            yield OtelSpan(made)

    def carried(self) -> dict[str, str]:
        """As `Tracer.carried`."""
        headers: dict[str, str] = {}
        CARRIER.inject(headers)
        return headers

    def close(self) -> None:
        """As `Tracer.close`."""
        self.provider.shutdown()
