"""Mails about what is wrong: kept with what they tell, handed over by one process at a time."""

from datetime import timedelta

import pytest

from storydiff.model import Event, EventType, Story
from storydiff.store import (
    Attempt,
    DeliveryState,
    DigestState,
    EndpointKind,
    EndpointState,
    Notice,
    Outcome,
    Result,
    Store,
)
from tests.unit.store.builders import NOON, at

HOOK = "https://desk.example/hook"
PAUSE = Outcome(state=DeliveryState.WAITING, endpoint_state=EndpointState.PAUSED, reason="failed ten times")


def paused(store: Store, name: str = "evt_1") -> str:
    """An endpoint that was just paused for failing; its id."""
    store.stories.save(Story(slug="mill"))
    made = store.endpoints.create(EndpointKind.WEBHOOK, HOOK, now=NOON, contact="hooks@paper.example")
    store.events.append(Event(id=name, type=EventType.DISCREPANCY_FOUND, story="mill", at=NOON))
    [parcel] = store.outbox.claim("w", now=NOON, until=at(5), limit=10, per_endpoint=9)
    store.outbox.record(parcel, Attempt(at=NOON, status=500), PAUSE)
    return made.id


def notice(store: Store, name: str = "ntc_1") -> Notice:
    return Notice(id=name, address="hooks@paper.example", message="…", alerts=store.notices.unsaid())


def test_a_pause_is_never_without_its_alert(store: Store) -> None:
    """Both are written at once; resuming ends the alert, and so does deleting."""
    endpoint = paused(store)
    [alert] = store.notices.unsaid()
    assert (alert.kind, alert.subject, alert.message) == ("endpoint", endpoint, "failed ten times")
    assert store.rings.to_mail() == ("",)
    store.endpoints.resume(endpoint, now=at(1))
    assert store.alerts.list() == store.notices.unsaid() == store.rings.to_mail() == ()
    store.alerts.record("endpoint", endpoint, "again", now=at(2))
    store.endpoints.delete(endpoint, now=at(3))
    assert store.alerts.list() == ()


def test_an_alert_is_told_by_one_mail(store: Store) -> None:
    """A second mail about it is not kept; another newsroom's mail tells nothing of it; what comes up again is news."""
    paused(store)
    first, second = notice(store), notice(store, "ntc_2")
    assert not store.of("tarn").notices.prepare(first, now=at(1))
    assert store.notices.prepare(first, now=at(1))
    assert not store.notices.prepare(second, now=at(1))
    assert store.notices.unsaid() == ()
    assert [each.id for each in store.notices.list()] == ["ntc_1"]
    [alert] = first.alerts
    store.alerts.resolve(alert.kind, alert.subject, now=at(2))
    store.alerts.record(alert.kind, alert.subject, "again", now=at(3))
    assert [each.since for each in store.notices.unsaid()] == [at(3)]


def test_one_mail_has_one_sender(store: Store) -> None:
    """What one process holds no other gets, until the claim runs out; then the second time is the last."""
    paused(store)
    store.notices.prepare(notice(store), now=NOON)
    own, tarn = store.notices, store.of("tarn").notices
    assert not tarn.has_due(at(1))
    assert own.claim("a", now=at(1), until=at(11)) is not None
    assert own.claim("b", now=at(2), until=at(12)) is None
    assert own.claim("b", now=at(11), until=at(21)) is not None
    assert not own.has_due(at(21))
    own.settle(at(21))
    assert [(each.state, each.error) for each in own.list()] == [(DigestState.SENT, "taken as sent")]


@pytest.mark.parametrize("result", [Result(state=DigestState.SENT), Result(state=DigestState.FAILED, error="550 no")])
def test_a_mail_that_is_done_with(store: Store, result: Result) -> None:
    """It keeps no text, and nobody claims it again."""
    paused(store)
    store.notices.prepare(notice(store), now=NOON)
    mail = store.notices.claim("a", now=NOON, until=at(10))
    assert mail is not None
    store.notices.note(mail, result, now=at(1))
    [line] = store.notices.list()
    assert (line.state, line.error, line.finished, line.tries) == (result.state, result.error, at(1), 1)
    assert not store.notices.has_due(at(60))
    assert store.rings.to_mail() == ()


def test_what_fails_in_passing_waits_and_is_given_up_at_last(store: Store) -> None:
    """It is due when the ladder says so; after three days it is let go."""
    paused(store)
    store.notices.prepare(notice(store), now=NOON)
    mail = store.notices.claim("a", now=NOON, until=at(10))
    assert mail is not None
    store.notices.note(mail, Result(state=DigestState.WAITING, due=at(5), error="451 later"), now=at(1))
    assert not store.notices.has_due(at(4))
    assert store.notices.has_due(at(5))
    store.notices.settle(at(5) + timedelta(days=4))
    assert store.notices.list()[0].state is DigestState.FAILED
