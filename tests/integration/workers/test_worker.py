"""A real worker on a real Redis: what is due is fetched, collated, announced and delivered."""

import json
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from celery import Celery

from storydiff.model import Story
from storydiff.store import EndpointKind, JobState, Store, open_store
from storydiff.testing import Newsroom
from storydiff.webhook.signature import verify
from tests.acceptance.conftest import CAUSE, HURT, LEDE, STREET, environment, publish
from tests.forking import Forking
from tests.integration.digest.letterbox import free_port
from tests.integration.redis_server import redis_server
from tests.integration.webhook.receiver import Receiver, receiving
from tests.integration.workers.processes import Worker, api_process, until


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with Newsroom() as opened:
        publish(opened, "Harbour Post", LEDE.format(dead="two"), HURT, CAUSE, headline="Mill fire kills two")
        publish(opened, "Valley Echo", LEDE.format(dead="three"), HURT, STREET, headline="Three die as mill burns")
        yield opened


@pytest.fixture
def desk() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def settings(tmp_path: Path, room: Newsroom, redis_url: str, **more: str) -> dict[str, str]:
    given = {"STORYDIFF_REDIS_URL": redis_url, "STORYDIFF_DATABASE_URL": f"sqlite:///{tmp_path / 's.sqlite'}"}
    given |= {"STORYDIFF_ARCHIVE": str(tmp_path / "archive"), "STORYDIFF_TICK_SECONDS": "0.3"}
    return environment(tmp_path, room, **given, **more)


def now() -> datetime:
    return datetime.now(UTC)


def post(store: Store, room: Newsroom) -> str:
    """What the API does when a story is posted; gives the job's id."""
    store.stories.save(Story(slug="mill", created=now()))
    urls = [room.url("harbour-post.example", "/mill"), room.url("valley-echo.example", "/mill")]
    job = store.jobs.create("fetch", "mill", now=now(), total=len(urls))
    store.schedule.watch("mill", urls, now=now())
    return job.id


def test_a_posted_story_is_told_of(tmp_path: Path, room: Newsroom, desk: Receiver, forked: Forking) -> None:
    """Two addresses in the database become a collation, and its conflict a signed webhook, by the clock alone."""
    with redis_server(tmp_path) as redis_url:
        env = settings(tmp_path, room, redis_url)
        env["STORYDIFF_ALLOW_HOSTS"] += " 127.0.0.1"
        worker = Worker(env, tmp_path / "worker.log", start=forked.start)
        with open_store(env["STORYDIFF_DATABASE_URL"]) as store:
            endpoint = store.endpoints.create(EndpointKind.WEBHOOK, desk.url("/hook"), now=now())
            job = post(store, room)
            worker.start()
            try:
                until(lambda: len(desk.messages) >= 2, worker)
                until(lambda: (found := store.jobs.get(job)) is not None and found.state is JobState.DONE, worker)
            finally:
                worker.stop()
            found = store.collations.latest("mill")
            assert found is not None
            assert [each.type for each in found.discrepancies] == ["number"]
            done = store.jobs.get(job)
            assert done is not None
            assert (done.done, done.total, done.result) == (2, 2, {"collation": found.number})
            told = {json.loads(message.body)["type"] for message in desk.messages}
            assert told == {"story.collated", "discrepancy.found"}
            for message in desk.messages:
                verify([endpoint.secret], message.headers, message.body, now())
            assert all(check.next_check and check.next_check > now() for check in store.schedule.checks("mill"))


def test_a_broken_queue_loses_nothing(tmp_path: Path, room: Newsroom, forked: Forking) -> None:
    """A queue that comes back empty is rung anew from the database; the worker lives on."""
    with open_store(tmp_path / "s.sqlite") as store:
        with redis_server(tmp_path) as redis_url:
            worker = Worker(settings(tmp_path, room, redis_url), tmp_path / "worker.log", start=forked.start)
            worker.start()
            try:
                until(lambda: "ready" in worker.said, worker)
            except AssertionError:
                worker.stop()
                raise
        try:
            post(store, room)
            with redis_server(tmp_path):
                until(lambda: store.collations.latest("mill") is not None, worker)
                worker.stop()
        finally:
            worker.stop()
        assert worker.starts == 1


def test_workers_count_what_they_do(tmp_path: Path, room: Newsroom) -> None:
    """Pages by result and seconds by task, of all children together: on the worker's port, and at the API beside it."""
    folder, port = tmp_path / "figures", free_port()
    folder.mkdir()
    with redis_server(tmp_path) as redis_url:
        env = settings(tmp_path, room, redis_url, PROMETHEUS_MULTIPROC_DIR=str(folder))
        worker = Worker({**env, "STORYDIFF_METRICS_PORT": str(port)}, tmp_path / "worker.log", children=3)
        missing = room.url("harbour-post.example", "/none")
        with open_store(env["STORYDIFF_DATABASE_URL"]) as store:
            post(store, room)
            for n in range(4):
                store.stories.save(Story(slug=f"none-{n}", created=now()))
                store.schedule.watch(f"none-{n}", [f"{missing}-{n}"], now=now())
            worker.start()
            try:
                until(lambda: store.collations.latest("mill") is not None, worker)
                until(lambda: all(store.schedule.checks(f"none-{n}")[0].failures for n in range(4)), worker)
                until(lambda: 'storydiff_task_seconds_count{state="success",task="collate"}' in figures(port), worker)
                with api_process(env, tmp_path / "api.log") as base:
                    for told in (figures(port), figures(int(base.rpartition(":")[2]))):
                        assert 'storydiff_pages_total{result="complete"} 2.0' in told
                        assert 'storydiff_pages_total{result="not_found"} 4.0' in told
                        count = 'storydiff_task_seconds_count{state="success",task="fetch"}'
                        assert float(told.partition(count)[2].split()[0]) >= 5
                    assert "storydiff_versions 6.0" in told
                    assert "storydiff_collations 1.0" in told
            finally:
                worker.stop()


def figures(port: int) -> str:
    found: bytes = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10).read()
    return found.decode()


BYE = "worker: Warm shutdown (MainProcess)"
"""Celery prints so to a terminal, past all logs."""
HOSTILE = 'storydiff.fetch\n{"level": "error", "message": "forged"}\u2028\x1b[2J'


def test_a_worker_logs_json_lines_with_ids(tmp_path: Path, room: Newsroom, desk: Receiver, forked: Forking) -> None:
    """Each line of a real worker is one object; lines about pages, stories and events say which; forged ones stay words."""
    with redis_server(tmp_path) as redis_url:
        env = settings(tmp_path, room, redis_url)
        env["STORYDIFF_ALLOW_HOSTS"] += " 127.0.0.1"
        worker = Worker(env, tmp_path / "worker.log", start=forked.start)
        with open_store(env["STORYDIFF_DATABASE_URL"], "left") as store:
            store.endpoints.create(EndpointKind.WEBHOOK, desk.url("/hook"), now=now())
            post(store, room)
            worker.start()
            try:
                until(lambda: len(desk.messages) >= 2, worker)
                Celery(broker=env["STORYDIFF_REDIS_URL"].replace("unix", "redis+socket")).send_task(
                    HOSTILE, args=[HOSTILE], queue="fetch"
                )
                until(lambda: "unregistered task" in worker.said, worker)
            finally:
                worker.stop()
    banner, _, logged = worker.said.partition('{"time"')
    assert "celery@" not in banner.replace("@test", "")
    own = (line for line in f'{{"time"{logged}'.split("\n") if line and line != BYE)
    lines = [json.loads(line) for line in own]
    assert not any(line.get("message") == "forged" for line in lines)
    by_message = {line["message"]: line for line in lines}
    page, compared, sent = (by_message[each] for each in ("checked a page", "collated", "sent an event"))
    assert {(line["outlet"], line["result"]) for line in lines if line["message"] == "checked a page"} == {
        ("harbour-post.example", "complete"), ("valley-echo.example", "complete"),
    }  # fmt: skip
    for line, kind in ((page, "fetch"), (compared, "collate")):
        assert (line["kind"], line["newsroom"], line["story"], len(line["task"])) == (kind, "left", "mill", 36)
    assert (sent["kind"], sent["newsroom"], sent["story"], sent["status"]) == ("deliver", "left", "mill", 200)
    assert not any("succeeded" in line["message"] or "Sending" in line["message"] for line in lines)
