"""What every route does alike: problems, methods, media types, sizes, conditional requests, ids, and no CORS."""

import gzip
import json
import time
import urllib.request

import pytest

from tests.integration.api.conftest import Api, opened


def test_problems_are_problems(shared: Api) -> None:
    """RFC 9457 with a type for programs, and the request id that the log has."""
    reply = shared.get("/v1/stories/none", X_Request_Id="mine-1")
    assert reply.status == 404
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert reply.headers["X-Request-Id"] == reply.json["request_id"] == "mine-1"
    assert reply.json["type"] == "urn:storydiff:problem:unknown_story"
    assert reply.json["title"] == "Not Found"


def test_a_hostile_request_id_is_replaced(shared: Api) -> None:
    """Only plain words go into headers and logs."""
    reply = shared.get("/healthz", X_Request_Id="a b;\tc")
    assert len(reply.headers["X-Request-Id"]) == 32


@pytest.mark.parametrize("path", ["/v1", "/v1/", "/v1/nothing", "/", "/v1/stories/", "/v1/stories/Not%20a%20slug"])
def test_unknown_addresses(shared: Api, path: str) -> None:
    """404 as a problem."""
    reply = shared.get(path)
    assert reply.status == 404
    assert reply.json["status"] == 404


def test_wrong_methods(shared: Api) -> None:
    """405 with Allow, as a problem."""
    reply = shared.send("PUT", "/v1/stories", b"{}")
    assert reply.status == 405
    assert {"GET", "HEAD", "POST"} <= {each.strip() for each in reply.headers["Allow"].split(",")}
    assert reply.json["status"] == 405


def test_head_is_get_without_a_body(shared: Api) -> None:
    """Same status and tag, nothing more."""
    head, get = shared.send("HEAD", "/v1/stories"), shared.get("/v1/stories")
    assert (head.status, head.headers["ETag"], head.body) == (200, get.headers["ETag"], b"")
    assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_wrong_media_type(shared: Api) -> None:
    """A form is not JSON."""
    reply = shared.post("/v1/stories", b"urls=x", Content_Type="application/x-www-form-urlencoded")
    assert reply.status == 415


def test_a_body_that_is_too_large(shared: Api) -> None:
    """413, and the connection's other end does not have to send it all."""
    reply = shared.post("/v1/stories", b'{"urls": ["' + b"x" * 2_000_000 + b'"]}')
    assert reply.status == 413
    assert reply.json["status"] == 413


HOSTILE = {
    "deep arrays": b"[" * 100_000,
    "deep objects": b'{"urls":' * 50_000,
    "huge number": b'{"urls":[' + b"9" * 100_000 + b"]}",
    "exponent": b'{"urls": 1e999999}',
    "nul": b'{"urls":["https://a.example/"],"title":"a\\u0000b"}',
    "raw nul": b'{"urls":["https://a.example/"],"title":"a\x00b"}',
    "lone surrogate": b'{"urls":["https://a.example/"],"title":"\\ud800"}',
    "surrogate bytes": b'{"urls":["https://a.example/"],"title":"\xed\xa0\x80"}',
    "not utf-8": b'{"urls":["https://a.example/"],"title":"\xff"}',
    "nan": b'{"urls":NaN}',
    "twice": b'{"urls":["https://a.example/"],"urls":7}',
    "empty": b"",
    "null": b"null",
    "number": b"7",
    "bom": b"\xef\xbb\xbf{}",
    "trailing": b'{"urls":["https://a.example/"]} x',
}
WRITING = ["/v1/stories", "/v1/stories/mill/articles", "/v1/intake", "/v1/endpoints", "/v1/keys"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_are_refused(shared: Api, name: str) -> None:
    """4xx with a reason, never 5xx, and nothing of what was sent comes back."""
    for path in WRITING:
        reply = shared.post(path, HOSTILE[name])
        assert reply.status in (400, 422), (path, reply)
        assert len(reply.body) < 6000


@pytest.mark.parametrize(
    "query",
    [
        *(f"limit={value}" for value in ("0", "201", "x", "", "1e3", "99999999999999999999", "1&limit=2")),
        *(f"cursor={value}" for value in ("%00", "x%20y", "a" * 700)),
        *("q=%00", "q=" + "a" * 301, "state=none", "unknown=1"),
    ],
)
def test_bad_queries(shared: Api, query: str) -> None:
    """422 says which parameter."""
    reply = shared.get(f"/v1/stories?{query}")
    assert reply.status == 422
    assert reply.json["errors"][0]["in"] == "query"


@pytest.mark.parametrize("part", ["%00", "%ff", "..%2f..", "a" * 5000, "%F0%9F%98%80", "mill%0d%0aX:1", "Mill", "-"])
def test_hostile_path_parts_are_not_there(shared: Api, part: str) -> None:
    """No part of an address reaches the database unless it looks like a name."""
    assert shared.get(f"/v1/stories/{part}").status == 404
    assert shared.get(f"/v1/stories/mill/points/{part}").status == 404
    assert shared.get(f"/v1/jobs/{part}").status == 404


def test_if_none_match(shared: Api) -> None:
    """What the asker has is not sent again."""
    first = shared.get("/v1/stories/mill/collations/latest")
    again = shared.get("/v1/stories/mill/collations/latest", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert shared.get("/v1/stories/mill/collations/1", If_None_Match=first.headers["ETag"]).status == 200


def test_gzip(shared: Api) -> None:
    """Large answers are packed for those who take it; small ones are not."""
    plain = shared.get("/v1/stories/mill/collations/latest")
    packed = shared.get("/v1/stories/mill/collations/latest", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in shared.get("/v1/jobs", Accept_Encoding="gzip").headers


def test_no_cors(shared: Api) -> None:
    """Pages of other origins get no leave to read, and no preflight."""
    reply = shared.get("/v1/stories", Origin="https://elsewhere.example")
    assert not [name for name in reply.headers if name.lower().startswith("access-control")]
    assert shared.send("OPTIONS", "/v1/stories", Origin="https://elsewhere.example").status == 405


def test_headers_that_keep_browsers_from_guessing(shared: Api) -> None:
    """Answers are data, not pages, and no proxy keeps them for others."""
    headers = shared.get("/v1/stories").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Server"] == "storydiff"


def test_the_page_is_shipped_and_strict(shared: Api) -> None:
    """HTML, script and style come from here, and the policy lets nothing else in."""
    page = shared.get("/docs", key=None)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert b"https://" not in page.body
    assert b"<script>" not in page.body
    for path in ("/docs.js", "/docs.css", "/v1/openapi.json"):
        assert shared.get(path, key=None).status == 200


def test_health_needs_no_key(shared: Api) -> None:
    """Machines ask whether it lives and can serve."""
    assert shared.get("/healthz", key=None).json == {"status": "ok"}
    ready = shared.get("/readyz", key=None)
    assert ready.status == 200
    assert {"database", "migrations", "queue"} <= ready.json["checks"].keys()


def test_metrics_count_by_route(shared: Api) -> None:
    """The pattern is the label, never the address."""
    shared.get("/v1/stories/mill")
    text = shared.get("/metrics", key=None).body.decode()
    assert 'storydiff_http_requests_total{method="GET",route="/v1/stories/{slug}",status="200"}' in text
    assert "/v1/stories/mill" not in text
    for figure in ("overdue_seconds", "sources_watched", "sources_failing"):
        assert f"storydiff_{figure} " in text


def test_the_rate_limit(filled, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Beyond the burst a key waits as long as it is told; another key does not."""
    with opened(*filled, folder=tmp_path, api_rate=60) as api:
        replies = [api.get("/v1/jobs", key="read") for _ in range(10)]
        assert [each.status for each in replies] == [200] * 10
        # One more a second is served, so on a slow machine it takes some until one is not.
        while replies[-1].status == 200 and len(replies) < 100:
            replies.append(api.get("/v1/jobs", key="read"))
        assert replies[-1].status == 429
        assert int(replies[-1].headers["Retry-After"]) >= 1
        assert api.get("/v1/jobs", key="write").status == 200


def test_the_time_limit(filled, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """An answer that takes too long is 503 with Retry-After, and the next request is served."""
    with opened(*filled, folder=tmp_path, api_timeout=0.2) as api:
        with api.service.database.writing():  # a writer holds SQLite's lock, so another one waits
            started = time.monotonic()
            reply = api.send("PATCH", "/v1/stories/mill", {"title": "New"})
            assert time.monotonic() - started < 10, "SQLite itself would wait for 15 seconds"
        assert reply.status == 503
        assert reply.headers["Retry-After"]
        assert api.get("/v1/stories/mill").status == 200


def test_the_logs_are_json_with_ids(shared: Api, caplog: pytest.LogCaptureFixture) -> None:
    """One line a request."""
    from storydiff.logs import JsonLines

    with caplog.at_level("INFO", "storydiff.serving.surroundings"):
        shared.get("/v1/stories/mill", X_Request_Id="log-1")
        deadline = time.monotonic() + 5
        while not caplog.records and time.monotonic() < deadline:
            time.sleep(0.01)
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert line["route"] == "/v1/stories/{slug}"
    assert line["status"] == 200


def test_a_broken_database_is_503(api: Api) -> None:
    """The service says that it cannot answer, not why in words of the inside."""
    with api.service.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    ready = api.get("/readyz", key=None)
    assert ready.status == 503
    assert ready.json["checks"]["migrations"] == {"ok": False, "error": "StoreNewer"}


def test_a_client_that_goes_away(shared: Api) -> None:
    """Half a request does no harm."""
    import socket

    host, port = shared.base.removeprefix("http://").split(":")
    for part in (
        b"GET /v1/stories HTTP/1.1\r\nHos",
        b"POST /v1/stories HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{",
    ):
        with socket.create_connection((host, int(port)), 5) as client:
            client.sendall(part)
    assert urllib.request.urlopen(f"{shared.base}/healthz", timeout=5).status == 200
