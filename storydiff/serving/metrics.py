"""Figures for Prometheus, added up over all processes of this machine's service.

`storydiff serve` gives its processes one folder (PROMETHEUS_MULTIPROC_DIR) in which each keeps its own counts; asking
any of them gives the sum, workers included. A worker on a machine of its own shows its own figures on a port. What
stands in the database is counted when asked.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
MEDIA = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
TASK_BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)

Figures = Callable[[], Mapping[str, tuple[str, float]]]
"""Gives name -> (help, value) of what stands in the database now."""

REGISTRY = CollectorRegistry()
REQUESTS = Counter("storydiff_http_requests", "Requests served.", ("method", "route", "status"), registry=REGISTRY)
SECONDS = Histogram(
    "storydiff_http_seconds", "Time to serve a request.", ("route",), registry=REGISTRY, buckets=BUCKETS
)

PAGES = Counter("storydiff_pages", "Pages checked, by what came of it.", ("result",), registry=REGISTRY)
UNARCHIVED = Counter("storydiff_unarchived_pages", "Pages whose bytes could not be archived.", registry=REGISTRY)
TASKS = Histogram(
    "storydiff_task_seconds", "Time that a task took.", ("task", "state"), registry=REGISTRY, buckets=TASK_BUCKETS
)


class Stored(Collector):
    """The figures that stand in the database."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """One gauge for each figure."""
        for name, (about, value) in self._figures().items():
            yield GaugeMetricFamily(f"storydiff_{name}", about, value=value)


def observed(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request. `route` is the pattern, not the address: addresses are without number."""
    _counter(method, route, status).inc()
    _histogram(route).observe(seconds)


@lru_cache(maxsize=2000)
def _counter(method: str, route: str, status: int) -> Counter:
    return REQUESTS.labels(method, route, str(status))


@lru_cache(maxsize=200)
def _histogram(route: str) -> Histogram:
    return SECONDS.labels(route)


def shown(figures: Figures) -> bytes:
    """All figures in the text format of Prometheus."""
    stored = CollectorRegistry()
    stored.register(Stored(figures))
    return generate_latest(_counted()) + generate_latest(stored)


def show_on(port: int) -> None:
    """Show what the processes of this machine counted, on a port of its own, as long as this process lives."""
    start_http_server(port, registry=_counted())


def _counted() -> CollectorRegistry:
    """What this process counted, or all that share its folder."""
    if FOLDER not in os.environ:
        return REGISTRY
    counted = CollectorRegistry()
    MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    return counted
