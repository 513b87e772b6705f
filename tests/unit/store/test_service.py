"""Who may ask and whom to tell: keys, newsrooms, jobs, endpoints, events and deliveries."""

from datetime import timedelta

import pytest

from storydiff.errors import BadSetting
from storydiff.model import Event, EventType, Severity, Story
from storydiff.store import (
    Attempt,
    Delivery,
    DeliveryState,
    EndpointKind,
    EndpointState,
    Filters,
    JobState,
    Outcome,
    Parcel,
    Store,
)
from tests.unit.store.builders import COLLATION, FULL, NOON, at

HOOK = "https://desk.example/hook"


def event(name: str = "evt_1", **more: object) -> Event:
    values = {"id": name, "type": EventType.DISCREPANCY_FOUND, "story": "mill", "at": NOON, "outlets": ("Echo",)}
    return Event(**{**values, "data": {"words": "nul \0 here"}, **more})  # type: ignore[arg-type]


def claim(store: Store, minute: int = 0, per_endpoint: int = 9) -> tuple[Parcel, ...]:
    return store.outbox.claim("w", now=at(minute), until=at(minute + 5), limit=10, per_endpoint=per_endpoint)


@pytest.fixture
def mill(store: Store) -> Store:
    store.stories.save(Story(slug="mill"))
    return store


def test_a_key_is_found_by_its_secret(store: Store) -> None:
    """The secret leads to the key, whichever newsroom it is of; a wrong or revoked one leads nowhere."""
    key, secret = store.of("tarn").keys.create("cms", ["write"], now=NOON)
    found = store.keys.find(secret, now=at(1))
    assert found is not None
    assert (found.id, found.newsroom, found.scopes) == (key.id, "tarn", ("write",))
    assert found.allows("read")
    assert not found.allows("admin")
    assert store.of("tarn").keys.list()[0].last_used == at(1)
    assert store.keys.find(secret[:-1] + ("A" if secret[-1] != "A" else "B"), now=NOON) is None
    assert store.keys.find("sd_nothing", now=NOON) is None
    assert not store.keys.revoke(key.id, now=NOON)
    assert store.of("tarn").keys.revoke(key.id, now=NOON)
    assert store.keys.find(secret, now=NOON) is None
    with pytest.raises(BadSetting):
        store.keys.create("odd", ["root"], now=NOON)


def test_secrets_are_not_stored(store: Store) -> None:
    """Nothing in the keys' table is the secret."""
    _, secret = store.keys.create("cms", ["read"], now=NOON)
    with store._database.reading() as connection:
        [row] = connection.exec_driver_sql("SELECT * FROM keys").all()
    assert not any(secret[30:] in str(value) for value in row)


def test_a_newsroom_goes_with_all_it_has(store: Store) -> None:
    """Deleting a newsroom leaves the other's stories, keys and events alone, and names the bytes nobody needs."""
    for name in ("tarn", "fell"):
        store.newsrooms.create(name, now=NOON, ours="Tarn Post")
        own = store.of(name)
        own.stories.save(Story(slug="mill"))
        own.versions.add("mill", FULL)
        own.collations.save(COLLATION)
        own.keys.create("cms", ["read"], now=NOON)
        own.endpoints.create(EndpointKind.WEBHOOK, HOOK, now=NOON)
        own.jobs.create("collect", "mill", now=NOON)
        own.alerts.record("watch", "echo.example", "silent", now=NOON)
        assert own.events.append(event())
    assert store.newsrooms.delete("tarn") == ()
    gone, kept = store.of("tarn"), store.of("fell")
    assert (gone.stories.list(), gone.keys.list(), gone.endpoints.list(), gone.events.list()) == ((), (), (), ())
    assert (gone.jobs.list(), gone.alerts.list()) == ((), ())
    assert len(kept.stories.list()) == len(kept.keys.list()) == len(kept.events.list()) == len(kept.alerts.list()) == 1
    assert [newsroom.name for newsroom in store.newsrooms.list()] == ["fell"]
    assert store.newsrooms.delete("fell") == (FULL.snapshot,)


def test_jobs_end_once(mill: Store) -> None:
    """A finished job stays as it is; another newsroom does not see it."""
    job = mill.jobs.create("collect", "mill", now=NOON, total=3)
    assert (job.state, job.total, job.story) == (JobState.QUEUED, 3, "mill")
    mill.jobs.update(job.id, now=at(1), state=JobState.RUNNING, done=1)
    assert [open_one.done for open_one in mill.jobs.open_of("mill")] == [1]
    mill.jobs.update(job.id, now=at(2), state=JobState.DONE, result={"collation": 4})
    mill.jobs.update(job.id, now=at(3), state=JobState.RUNNING)
    found = mill.jobs.get(job.id)
    assert found is not None
    assert (found.state, found.result, found.updated) == (JobState.DONE, {"collation": 4}, at(2))
    assert mill.jobs.open_of("mill") == ()
    assert mill.of("tarn").jobs.get(job.id) is None


def test_a_repeated_request_gets_the_first_answer(store: Store) -> None:
    """The second of two requests with one key gets the answer of the first, until it is forgotten."""
    desk = store.idempotency
    assert desk.begin("k", "hash", now=NOON) is None
    pending = desk.begin("k", "hash", now=at(1))
    assert pending is not None
    assert pending.status is None
    desk.finish("k", 201, {"id": 7}, now=at(1))
    known = desk.begin("k", "other", now=at(60))
    assert known is not None
    assert (known.request, known.status, known.response) == ("hash", 201, {"id": 7})
    assert store.of("tarn").idempotency.begin("k", "hash", now=NOON) is None
    assert desk.begin("k", "hash", now=at(60 * 30)) is None


def test_an_abandoned_request_gives_its_key_free(store: Store) -> None:
    """A request that died without an answer does not block its key for a day."""
    assert store.idempotency.begin("k", "hash", now=NOON) is None
    assert store.idempotency.begin("k", "hash", now=at(3)) is None
    store.idempotency.forget("k")
    assert store.idempotency.begin("k", "hash", now=at(3)) is None


def test_secrets_overlap_after_rotation(store: Store) -> None:
    """For a day both secrets are signed with, the new one first."""
    made = store.endpoints.create(EndpointKind.WEBHOOK, HOOK, now=NOON)
    turned = store.endpoints.rotate(made.id, now=NOON)
    assert turned is not None
    assert turned.secrets(NOON + timedelta(hours=23)) == (turned.secret, made.secret)
    assert turned.secrets(NOON + timedelta(hours=24)) == (turned.secret,)
    assert turned.secret != made.secret
    assert store.of("tarn").endpoints.rotate(made.id, now=NOON) is None
    assert made.secret not in repr(made)


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(), True),
        (Filters(types=("point.missing",)), False),
        (Filters(types=("discrepancy.found",), stories=("mill",)), True),
        (Filters(stories=("flood",)), False),
        (Filters(outlets=("Post",)), False),
        (Filters(outlets=("Post", "Echo")), True),
        (Filters(severity=Severity.HIGH), False),
    ],
)
def test_filters(filters: Filters, wanted: bool) -> None:
    """Each filter narrows; an empty one lets everything through."""
    assert filters.wants(event()) is wanted


def test_what_ours_lacks_is_told_to_ours_alone() -> None:
    """An event for one outlet's desk goes to endpoints of that outlet only."""
    missing = event(type=EventType.POINT_MISSING, ours="Echo")
    assert Filters(ours="Echo").wants(missing)
    assert not Filters(ours="Post").wants(missing)
    assert not Filters().wants(missing)
    assert Filters(ours="Echo").wants(event())


def test_an_event_is_kept_once(mill: Store) -> None:
    """Telling an event twice makes one delivery for each endpoint that wants it; a disabled one gets none."""
    wants = mill.endpoints.create(EndpointKind.WEBHOOK, HOOK, now=NOON)
    off = mill.endpoints.create(EndpointKind.WEBHOOK, HOOK, now=NOON)
    mill.endpoints.disable(off.id, "gone")
    assert mill.events.append(event())
    assert not mill.events.append(event())
    assert [each.event for each in mill.deliveries.list(wants.id)] == ["evt_1"]
    assert mill.deliveries.list(off.id) == ()
    [parcel] = claim(mill)
    assert (parcel.event, parcel.endpoint) == (event(data={"words": "nul \ufffd here"}), wants)


def test_a_collation_is_announced_once(mill: Store) -> None:
    """What a collation brought is kept once, and not after a later one was announced."""
    assert mill.events.announce("mill", 2, [event("evt_1"), event("evt_2")]) == 2
    assert mill.events.announce("mill", 2, [event("evt_3")]) == 0
    assert mill.events.announce("mill", 1, [event("evt_4")]) == 0
    assert mill.events.announced("mill") == 2
    assert [each.id for each in mill.events.list()] == ["evt_1", "evt_2"]
    assert [each.id for each in mill.events.list(after="evt_1", story="mill", types=["discrepancy.found"])] == ["evt_2"]
    mill.stories.delete("mill")
    assert mill.events.list() == ()


def test_claims_of_the_outbox(mill: Store) -> None:
    """A delivery is claimed once, and no endpoint has more under way than allowed."""
    mill.endpoints.create(EndpointKind.WEBHOOK, HOOK, now=NOON)
    mill.endpoints.create(EndpointKind.WEBHOOK, HOOK, now=NOON, filters=Filters(types=("discrepancy.found",)))
    for n in range(3):
        mill.events.append(event(f"evt_{n}"))
    first = claim(mill, per_endpoint=2)
    assert [parcel.event.id for parcel in first] == ["evt_0", "evt_0", "evt_1", "evt_1"]
    assert claim(mill, per_endpoint=2) == ()
    mill.outbox.record(first[0], Attempt(at=NOON, status=204), Outcome(state=DeliveryState.DELIVERED))
    [following] = claim(mill, per_endpoint=2)
    assert (following.event.id, following.endpoint.id) == ("evt_2", first[0].endpoint.id)
    assert len(claim(mill, minute=6)) == 5, "claims that ran out are free again"


def test_a_try_is_logged_and_tried_again(mill: Store) -> None:
    """A failed try is kept, the next one comes when it says, and the endpoint counts its failures."""
    made = mill.endpoints.create(EndpointKind.WEBHOOK, HOOK, now=NOON)
    mill.events.append(event())
    [parcel] = claim(mill)
    tried = Attempt(at=NOON, status=500, error="failed", answer="x" * 9000, seconds=0.5)
    mill.outbox.record(parcel, tried, Outcome(state=DeliveryState.WAITING, due=at(5), hold_until=at(7)))
    assert mill.outbox.due(at(6)) == 0
    assert mill.outbox.due(at(7)) == 1
    [delivery] = mill.deliveries.list(made.id, state=DeliveryState.WAITING)
    assert (delivery.tries, delivery.due, delivery.type, delivery.story) == (1, at(5), "discrepancy.found", "mill")
    [logged] = mill.deliveries.attempts(made.id, delivery.id)
    assert (logged.status, logged.error, len(logged.answer or "")) == (500, "failed", 500)
    failing = mill.endpoints.get(made.id)
    assert failing is not None
    assert (failing.failures, failing.failing_since) == (1, NOON)
    assert mill.of("tarn").deliveries.attempts(made.id, delivery.id) == ()


def test_paused_keeps_and_disabled_drops(mill: Store) -> None:
    """What comes while an endpoint is paused is sent when it goes on."""
    made = mill.endpoints.create(EndpointKind.SLACK, "https://hooks.slack.com/services/T0/B0/x", now=NOON)
    assert made.shown_url == "https://hooks.slack.com/…"
    mill.endpoints.pause(made.id, "by hand")
    mill.events.append(event())
    assert claim(mill) == ()
    mill.endpoints.resume(made.id, now=at(5))
    [parcel] = claim(mill)
    gone = Outcome(state=DeliveryState.FAILED, endpoint_state=EndpointState.DISABLED, reason="410")
    mill.outbox.record(parcel, Attempt(at=NOON, status=410), gone)
    assert mill.endpoints.pause(made.id, "by hand") == mill.endpoints.get(made.id)
    found = mill.endpoints.get(made.id)
    assert found is not None
    assert (found.state, found.reason) == (EndpointState.DISABLED, "410")


def test_replay(mill: Store) -> None:
    """A delivery that is replayed is as new, under the same event; a range reaches events from before the endpoint."""
    mill.events.append(event("evt_0"))
    mill.events.append(event("evt_1", at=at(10)))
    made = mill.endpoints.create(EndpointKind.WEBHOOK, HOOK, now=at(20))
    assert mill.deliveries.replay_range(made.id, since=NOON, until=at(10), now=at(20)) == 1
    [parcel] = claim(mill, minute=20)
    assert parcel.event.id == "evt_0"
    mill.outbox.record(parcel, Attempt(at=at(20), status=200), Outcome(state=DeliveryState.DELIVERED))
    assert mill.deliveries.replay(made.id, event="evt_0", now=at(21))
    assert not mill.deliveries.replay(made.id, event="evt_9", now=at(21))
    assert not mill.of("tarn").deliveries.replay(made.id, event="evt_0", now=at(21))
    [again] = claim(mill, minute=21)
    assert (again.id, again.tries) == (parcel.id, 0)
    newest: tuple[Delivery, ...] = mill.deliveries.list(made.id)
    assert mill.deliveries.list(made.id, after=newest[0].id) == newest[1:]


def test_a_deleted_endpoint_takes_its_deliveries(mill: Store) -> None:
    """What was claimed for an endpoint that is deleted meanwhile is written nowhere."""
    made = mill.endpoints.create(EndpointKind.WEBHOOK, HOOK, now=NOON)
    mill.events.append(event())
    [parcel] = claim(mill)
    assert not mill.of("tarn").endpoints.delete(made.id, now=at(5))
    assert mill.endpoints.delete(made.id, now=at(5))
    mill.outbox.record(parcel, Attempt(at=NOON, status=200), Outcome(state=DeliveryState.DELIVERED))
    assert mill.outbox.due(NOON) == 0


def test_alerts_are_news_once(store: Store) -> None:
    """What stays wrong is no news; what comes back is."""
    assert store.alerts.record("watch", "echo.example", "silent", now=NOON)
    assert not store.alerts.record("watch", "echo.example", "still silent", now=at(1))
    [alert] = store.alerts.list()
    assert (alert.since, alert.seen, alert.message) == (NOON, at(1), "still silent")
    assert store.alerts.resolve("watch", "echo.example", now=at(2))
    assert not store.alerts.resolve("watch", "echo.example", now=at(2))
    assert store.alerts.list() == ()
    assert store.alerts.record("watch", "echo.example", "silent", now=at(3))
    assert store.alerts.list(resolved=True)[0].since == at(3)
