"""One request is followed through the queue to the message that goes out: real SDK, real processes, real OTLP."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from storydiff import tracing
from storydiff.store import EndpointKind, open_store
from storydiff.testing import Newsroom
from tests.acceptance.conftest import CAUSE, HURT, LEDE, STREET, environment, publish
from tests.forking import Forking
from tests.integration.redis_server import redis_server
from tests.integration.webhook.receiver import receiving
from tests.integration.workers.processes import Worker, api_process, until
from tests.integration.workers.test_worker import now

ASKED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
"""A client's own trace."""


@dataclass(frozen=True)
class Seen:
    """A span as it was received."""

    part: str
    name: str
    trace: str
    id: str
    parent: str
    failed: bool
    attributes: dict[str, Any]


@dataclass
class Collector:
    """An OTLP receiver over HTTP."""

    port: int
    spans: list[Seen] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def named(self, name: str) -> list[Seen]:
        return [span for span in self.spans if span.name == name]


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector on a free port."""
    pytest.importorskip("opentelemetry.exporter.otlp.proto.http", reason="pip install '.[otel]'")
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            import gzip

            body = self.rfile.read(int(self.headers["Content-Length"]))
            body = gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body
            assert self.path == "/v1/traces"
            collector.spans += read(ExportTraceServiceRequest.FromString(body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    collector = Collector(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield collector
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def read(request: Any) -> Iterator[Seen]:
    for resource in request.resource_spans:
        [part] = [each.value.string_value for each in resource.resource.attributes if each.key == "service.name"]
        for scope in resource.scope_spans:
            for span in scope.spans:
                values = {each.key: getattr(each.value, each.value.WhichOneof("value")) for each in span.attributes}
                ids = (span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex())
                yield Seen(part, span.name, *ids, failed=span.status.code == 2, attributes=values)


def post(url: str, key: str, body: str, **headers: str) -> None:
    given = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", **headers}
    urllib.request.urlopen(urllib.request.Request(url, body.encode(), given), timeout=20).close()


def test_a_request_is_followed_to_the_message(tmp_path: Path, forked: Forking) -> None:
    """One trace: the client's, the API's request, the tick, the fetch, the comparison, the delivery; each after the other."""
    with ExitStack() as stack:
        collector, room = stack.enter_context(collecting()), stack.enter_context(Newsroom())
        desk, redis_url = stack.enter_context(receiving()), stack.enter_context(redis_server(tmp_path))
        first = publish(room, "Harbour Post", LEDE.format(dead="two"), HURT, CAUSE, headline="Mill fire kills two")
        second = publish(room, "Valley Echo", LEDE.format(dead="three"), HURT, STREET, headline="Three die")
        env = environment(tmp_path, room, STORYDIFF_REDIS_URL=redis_url, STORYDIFF_OTLP_URL=collector.url)
        env |= {"STORYDIFF_DATABASE_URL": f"sqlite:///{tmp_path / 's.sqlite'}", "OTEL_BSP_SCHEDULE_DELAY": "200"}
        env |= {"STORYDIFF_ARCHIVE": str(tmp_path / "archive"), "STORYDIFF_TICK_SECONDS": "30"}
        env["STORYDIFF_ALLOW_HOSTS"] += " 127.0.0.1"
        with open_store(env["STORYDIFF_DATABASE_URL"]) as store:
            key = store.keys.create("test", ["write"], now=now())[1]
            store.endpoints.create(EndpointKind.WEBHOOK, desk.url("/hook"), now=now())
        worker = Worker(env, tmp_path / "worker.log", start=forked.start)
        worker.start()
        stack.callback(worker.stop)
        until(lambda: "ready" in worker.said, worker)
        base = stack.enter_context(api_process(env, tmp_path / "api.log", forked.start))
        body = f'{{"urls": ["{first}", "{second}"], "slug": "mill"}}'
        post(f"{base}/v1/stories", key, body, traceparent=ASKED)
        until(lambda: len(desk.messages) >= 2 and bool(collector.named("deliver")), worker)
    [asked] = collector.named("POST /v1/stories")
    assert (asked.trace, asked.parent, asked.part) == (*ASKED.split("-")[1:3], "storydiff-api")
    assert asked.attributes["http.response.status_code"] == 202
    ours = {span.id: span for span in collector.spans if span.trace == asked.trace}
    for name, before in (
        ("tick", "POST /v1/stories"), ("fetch", "tick"), ("fetch pages", "fetch"), ("store versions", "fetch"),
        ("compare", "collate"), ("send an event", "deliver"), ("deliver", "collate"),
    ):  # fmt: skip
        found = [span for span in ours.values() if span.name == name]
        assert found, name
        assert any(span.parent in ours and ours[span.parent].name == before for span in found), name
    assert next(span for span in ours.values() if span.name == "fetch").attributes["storydiff.story"] == "mill"
    assert all(span.trace == asked.trace for span in collector.named("tick")), "ticks of the clock are not traced"
    assert not any(span.failed for span in ours.values())


def test_what_fails_is_marked() -> None:
    """A span that ends with an error says so; the error goes on."""
    with collecting() as collector:
        with tracing.traced(collector.url, "test"):
            with pytest.raises(ValueError, match="no"), tracing.span("outer"), tracing.span("inner", size=3):
                raise ValueError("no")
            with tracing.span("after", after=tracing.carried()):
                assert tracing.carried()["traceparent"].startswith("00-")
        assert not tracing.on()
    by_name = {span.name: span for span in collector.spans}
    assert (by_name["inner"].parent, by_name["inner"].attributes) == (by_name["outer"].id, {"size": 3})
    assert by_name["inner"].failed
    assert by_name["after"].trace != by_name["outer"].trace


ENV = {"PATH": os.environ["PATH"]}
OFF = """
import sys, time
from storydiff import tracing
with tracing.span("x", kind="server", story="mill") as span:
    span.note(status=200)
assert tracing.carried() == {}
assert not any(name.startswith("opentelemetry") for name in sys.modules), "nothing is imported"
"""
MISSING = """
import sys
sys.modules["opentelemetry"] = None
from storydiff import tracing
from storydiff.errors import BadSetting
try:
    tracing.set_up("http://127.0.0.1:4318", "test")
except BadSetting as error:
    print(error.hint)
"""


@pytest.mark.parametrize(("code", "said"), [(OFF, ""), (MISSING, "In storydiff's folder: pip install '.[otel]'\n")])
def test_off_and_without_the_extra(code: str, said: str) -> None:
    """Off, nothing is imported and nothing carried; without the extra, the setting is refused with what to do."""
    run = subprocess.run([sys.executable, "-c", code], env=ENV, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, said), run.stderr
