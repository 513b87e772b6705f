"""Events on their way to real endpoints on loopback."""

import json
import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storydiff.errors import BadEndpoint
from storydiff.model import Event, EventType, Story
from storydiff.settings import Settings
from storydiff.store import DeliveryState, Endpoint, EndpointKind, EndpointState, Store, open_store
from storydiff.testing import FixedClock
from storydiff.webhook.delivery import checked
from storydiff.webhook.sending import Post, send_due
from storydiff.webhook.signature import verify
from tests.integration.webhook.receiver import Receiver, receiving

NOON = "2026-05-05T12:00Z"
HERE = Settings(allow_hosts=("127.0.0.1",))
WEBHOOK = EndpointKind.WEBHOOK


@pytest.fixture(scope="module")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "stories.db"
    open_store(path).close()
    return path


@pytest.fixture
def store(new_file: Path, tmp_path: Path) -> Iterator[Store]:
    with open_store(shutil.copy(new_file, tmp_path / "stories.db")) as opened:
        opened.stories.save(Story(slug="mill"))
        yield opened


@pytest.fixture
def desk() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


clock = FixedClock(NOON)


@pytest.fixture(autouse=True)
def at_noon() -> None:
    clock.set(NOON)


def tell(store: Store, count: int = 1, start: int = 0) -> None:
    for n in range(start, start + count):
        data = {"title": "Mill fire", "summary": f"Conflict {n}"}
        event = Event(id=f"evt_{n}", type=EventType.DISCREPANCY_FOUND, story="mill", at=clock(), data=data)
        assert store.events.append(event)


def send(store: Store, settings: Settings = HERE, seconds: float = 5.0) -> int:
    return send_due(Post(store=store, limits=settings, clock=clock, owner="test", seconds=seconds))


def made(store: Store, url: str, kind: EndpointKind = WEBHOOK) -> Endpoint:
    return store.endpoints.create(kind, url, now=clock())


def found(store: Store, endpoint: Endpoint) -> Endpoint:
    again = store.endpoints.get(endpoint.id)
    assert again is not None
    return again


def test_an_event_arrives_signed(store: Store, desk: Receiver) -> None:
    """The receiver can verify what it gets with the endpoint's secret, under the event's id."""
    endpoint = made(store, desk.url("/hook"))
    tell(store)
    assert send(store) == 1
    assert send(store) == 0
    [message] = desk.messages
    verify([endpoint.secret], message.headers, message.body, clock())
    assert message.headers["webhook-id"] == "evt_0"
    assert json.loads(message.body)["data"] == {"title": "Mill fire", "summary": "Conflict 0", "story": "mill"}
    [delivery] = store.deliveries.list(endpoint.id)
    assert (delivery.state, delivery.tries, delivery.finished) == (DeliveryState.DELIVERED, 1, clock())
    [attempt] = store.deliveries.attempts(endpoint.id, delivery.id)
    assert (attempt.status, attempt.answer, attempt.error) == (200, "ok", None)


def test_a_retry_has_the_same_id_and_body(store: Store, desk: Receiver) -> None:
    """Each attempt is the same message with a signature of its own time."""
    endpoint = made(store, desk.url("/hook"))
    desk.answer("/hook", 500)
    desk.answer("/hook", 200)
    tell(store)
    assert send(store) == 0
    assert send(store) == 0, "it is not due yet"
    clock.advance(seconds=7)
    assert send(store) == 1
    first, second = desk.messages
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]
    verify([endpoint.secret], second.headers, second.body, clock())
    assert found(store, endpoint).failures == 0


def test_a_redirect_is_not_followed(store: Store, desk: Receiver) -> None:
    """3xx is a failure; the address that it names is never asked."""
    endpoint = made(store, desk.url("/hook"))
    desk.answer("/hook", 307, {"Location": desk.url("/elsewhere")})
    tell(store)
    assert send(store) == 0
    assert desk.to("/elsewhere") == []
    [delivery] = store.deliveries.list(endpoint.id)
    assert (delivery.state, delivery.tries) == (DeliveryState.WAITING, 1)


def test_410_disables(store: Store, desk: Receiver) -> None:
    """An endpoint that is gone is disabled, and an alert says so; later events are not kept for it."""
    endpoint = made(store, desk.url("/hook"))
    desk.answer("/hook", 410)
    tell(store)
    send(store)
    assert found(store, endpoint).state is EndpointState.DISABLED
    [alert] = store.alerts.list()
    assert (alert.kind, alert.subject, alert.message) == (
        "endpoint",
        endpoint.id,
        "The endpoint says that it is gone (410).",
    )
    tell(store, start=1)
    assert len(store.deliveries.list(endpoint.id)) == 1


def test_an_endpoint_that_asks_for_a_pause_gets_it(store: Store, desk: Receiver) -> None:
    """429 with Retry-After holds all deliveries to that endpoint back, and no others."""
    busy, free = made(store, desk.url("/busy")), made(store, desk.url("/free"))
    desk.answer("/busy", 429, {"Retry-After": "120"})
    desk.answer("/busy", 200)
    tell(store)
    assert send(store) == 1
    tell(store, 3, start=1)
    assert send(store) == 3
    assert len(desk.to("/busy")) == 1
    assert found(store, busy).hold_until == clock() + timedelta(seconds=120)
    clock.advance(seconds=121)
    assert send(store) == 4
    assert len(desk.to("/busy")) == 5
    assert len(desk.to("/free")) == 4
    assert found(store, free).hold_until is None


def test_a_slow_endpoint_delays_nobody(store: Store, desk: Receiver) -> None:
    """While one endpoint keeps its requests open, all events of another arrive; the slow one times out."""
    slow = made(store, desk.url("/slow"))
    made(store, desk.url("/quick"))
    desk.answer("/slow", 200, seconds=30)
    tell(store, 4)
    started = time.monotonic()
    assert send(store, seconds=3.0) == 4
    arrived = [message.at - started for message in desk.to("/quick")]
    assert len(arrived) == 4
    assert max(arrived) < 2.9, "before the slow one's first requests ended"
    log = [store.deliveries.attempts(slow.id, each.id) for each in store.deliveries.list(slow.id)]
    tried = [attempts[0] for attempts in log if attempts]
    assert tried
    assert {attempt.error for attempt in tried} == {"There was no answer within 3 seconds."}


def test_repeated_failure_pauses(store: Store, desk: Receiver) -> None:
    """After a day without one success the endpoint is paused with an alert, and goes on when it is resumed."""
    endpoint = made(store, desk.url("/hook"))
    desk.answer("/hook", 500)
    tell(store, 12)
    while found(store, endpoint).state is EndpointState.ACTIVE:
        send(store)
        clock.advance(hours=6)
    assert [alert.kind for alert in store.alerts.list()] == ["endpoint"]
    assert "has failed" in (found(store, endpoint).reason or "")
    before = len(desk.messages)
    send(store)
    assert len(desk.messages) == before, "nothing is sent while it is paused"
    desk.answers.clear()
    store.endpoints.resume(endpoint.id, now=clock())
    clock.advance(hours=25)
    assert send(store) == 12


def test_rotation_signs_with_both(store: Store, desk: Receiver) -> None:
    """During the overlap either secret verifies; afterwards only the new one."""
    old = made(store, desk.url("/hook"))
    new = store.endpoints.rotate(old.id, now=clock())
    assert new is not None
    tell(store)
    send(store)
    clock.advance(hours=25)
    tell(store, start=1)
    send(store)
    first, second = desk.messages
    for secret in (old.secret, new.secret):
        verify([secret], first.headers, first.body, FixedClock(NOON)())
    verify([new.secret], second.headers, second.body, clock())
    assert len(second.headers["webhook-signature"].split()) == 1


def test_slack_and_discord_get_their_own_messages(store: Store, desk: Receiver) -> None:
    """Each kind gets what its service takes, without signature headers."""
    made(store, desk.url("/slack"), EndpointKind.SLACK)
    made(store, desk.url("/discord"), EndpointKind.DISCORD)
    tell(store)
    assert send(store) == 2
    [slack], [discord] = desk.to("/slack"), desk.to("/discord")
    assert json.loads(slack.body)["blocks"][1]["text"]["text"] == "Conflict 0"
    assert json.loads(discord.body)["embeds"][0]["description"] == "Conflict 0"
    assert "webhook-signature" not in slack.headers


@pytest.mark.parametrize(
    "url",
    [
        "http://desk.example/hook",
        "https://127.0.0.1.evil:99999/",
        "https://user:pass@desk.example/hook",
        "https://desk.example:25/hook",
        "ftp://desk.example/hook",
        "https://0x7f.1/hook",
        "https:///hook",
        "hook",
        "",
    ],
)
def test_bad_addresses_are_refused(url: str) -> None:
    """No plain http, no password, no odd port, no disguise."""
    with pytest.raises(BadEndpoint):
        checked(url, Settings())


def test_private_addresses_are_not_contacted(store: Store, desk: Receiver) -> None:
    """An endpoint whose name leads to a private address fails without being contacted, whatever was checked before."""
    named = Settings(resolve=(("desk.example", "127.0.0.1", desk.port),))
    urls = [
        "https://desk.example/a",
        "https://[::ffff:127.0.0.1]/b",
        "https://127.0.0.1/c",
        "https://169.254.169.254/d",
    ]
    endpoints = [made(store, url) for url in urls]
    tell(store)
    assert send(store, named) == 0
    assert desk.messages == []
    for endpoint in endpoints:
        [delivery] = store.deliveries.list(endpoint.id)
        [attempt] = store.deliveries.attempts(endpoint.id, delivery.id)
        assert "not on the public internet" in (attempt.error or "")


def test_two_senders_share_the_work(store: Store, desk: Receiver) -> None:
    """What one sender has claimed, another does not send."""
    made(store, desk.url("/hook"))
    tell(store)
    now = clock()
    claimed = store.outbox.claim("other", now=now, until=now + timedelta(minutes=1), limit=9, per_endpoint=9)
    assert len(claimed) == 1
    assert send(store) == 0
    clock.advance(minutes=1)
    assert send(store) == 1, "the other died, and its claim ran out"
