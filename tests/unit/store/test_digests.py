"""Who reads, what waits, what was told: the same on either database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storydiff.errors import UnknownSubscription
from storydiff.store import DigestState, Mail, Result, Rhythm, Store, Subscription, SubscriptionState, Timing, Wants
from tests.builders import at

NOW = at(4, "07:00")
LEASE = timedelta(minutes=10)
SENT = Result(state=DigestState.SENT)


def subscribed(store: Store, address: str = "a@paper.example") -> Subscription:
    made = store.subscriptions.create(address, Wants(ours="Post", terms=("crane",)), Timing(quiet=(22, 6)), now=NOW)
    return store.subscriptions.confirm(made.id, now=NOW)


def mail(name: str, *keys: str, story: str | None = None) -> Mail:
    plain = {"message_id": f"<{name}@paper.example>", "message": f"Subject: {name}\r\n\r\n"}
    return Mail(id=name, story=story, items=len(keys), keys=frozenset(keys), **plain)


def claimed(store: Store, now: timedelta = timedelta(0)) -> str | None:
    found = store.digests.claim("me", now=NOW + now, until=NOW + now + LEASE)
    return found.id if found else None


def test_a_subscription_is_kept_as_it_was_given(store: Store) -> None:
    """Wants and times come back equal; changing, ending and forgetting do what they say."""
    made = subscribed(store)
    assert store.subscriptions.get(made.id) == made
    assert (made.wants.terms, made.timing.quiet, made.state) == (("crane",), (22, 6), SubscriptionState.ACTIVE)
    weekly = store.subscriptions.change(made.id, Wants(), Timing(rhythm=Rhythm.WEEKLY))
    assert (weekly.wants, weekly.timing.rhythm) == (Wants(), Rhythm.WEEKLY)
    assert store.subscriptions.list("a@paper.example") == (weekly,)
    store.subscriptions.end(made.id, now=NOW)
    assert store.subscriptions.confirm(made.id, now=NOW).state is SubscriptionState.ENDED
    assert store.subscriptions.list() == ()
    assert len(store.subscriptions.list(ended=True)) == 1
    assert store.subscriptions.forget("a@paper.example")
    with pytest.raises(UnknownSubscription):
        store.subscriptions.get(made.id)


def test_a_slot_is_prepared_once(store: Store) -> None:
    """The second to come finds it dealt with, and changes nothing; nor is an earlier slot taken up."""
    made = subscribed(store)
    assert store.digests.prepare(made.id, NOW, [mail("one", "k1")], now=NOW)
    for slot in (NOW, NOW - LEASE):
        assert not store.digests.prepare(made.id, slot, [mail("two", "k2")], now=NOW)
    assert store.digests.told("a@paper.example") == {"k1"}
    assert [each.id for each in store.digests.list(made.id)] == ["one"]


def test_a_claim_is_for_one_and_runs_out(store: Store) -> None:
    """While one sends nobody else does; after the lease another may; sent is sent."""
    made = subscribed(store)
    store.digests.prepare(made.id, NOW, [mail("one"), mail("two")], now=NOW)
    first = store.digests.claim("me", now=NOW, until=NOW + LEASE)
    assert first is not None
    assert (first.id, first.address) == ("one", "a@paper.example")
    assert [claimed(store), claimed(store)] == ["two", None]
    store.digests.note(first, SENT, now=NOW)
    store.digests.note(first, Result(state=DigestState.FAILED), now=NOW)
    assert claimed(store, LEASE) == "two"
    assert store.subscriptions.get(made.id).sent == NOW
    assert not store.digests.has_due(NOW + LEASE)


def test_what_was_handed_over_twice_without_an_answer_counts_as_sent(store: Store) -> None:
    """Neither a third copy nor the same items again."""
    made = subscribed(store)
    store.digests.prepare(made.id, NOW, [mail("one", "k1")], now=NOW)
    assert [claimed(store), claimed(store, LEASE), claimed(store, 2 * LEASE)] == ["one", "one", None]
    store.digests.settle(NOW + 2 * LEASE)
    assert store.digests.list()[0].state is DigestState.SENT
    assert store.digests.told("a@paper.example") == {"k1"}
    assert store.subscriptions.get(made.id).sent == NOW


def test_what_is_given_up_was_not_told(store: Store) -> None:
    """Refused for good, or too old: the keys are free again."""
    made = subscribed(store)
    store.digests.prepare(made.id, NOW, [mail("one", "k1"), mail("two", "k2")], now=NOW)
    first = store.digests.claim("me", now=NOW, until=NOW + LEASE)
    assert first is not None
    store.digests.note(first, Result(state=DigestState.FAILED, error="554 no"), now=NOW)
    assert store.digests.told("a@paper.example") == {"k2"}
    store.digests.settle(NOW + timedelta(days=1))
    assert store.digests.told("a@paper.example") == frozenset()
    assert {each.state for each in store.digests.list()} == {DigestState.FAILED}
    assert store.subscriptions.get(made.id).sent is None


def test_a_refused_address_is_left_alone(store: Store) -> None:
    """Paused by a result or by hand, nothing of it is due; resuming makes it due."""
    made = subscribed(store)
    store.digests.prepare(made.id, NOW, [mail("one"), mail("two")], now=NOW)
    first = store.digests.claim("me", now=NOW, until=NOW + LEASE)
    assert first is not None
    store.digests.note(first, Result(state=DigestState.FAILED, pause="550 no such user"), now=NOW)
    paused = store.subscriptions.get(made.id)
    assert (paused.paused, paused.reason, paused.sends) == (NOW, "550 no such user", False)
    assert not store.digests.has_due(NOW)
    assert store.subscriptions.resume("a@paper.example")
    assert claimed(store) == "two"


def test_a_thread_is_of_one_subscription_and_story(store: Store) -> None:
    """First and last of what was really sent about it."""
    made, other = subscribed(store), subscribed(store)
    for number in range(3):
        store.digests.prepare(made.id, NOW + number * LEASE, [mail(f"m{number}", story="fire")], now=NOW)
        found = store.digests.claim("me", now=NOW, until=NOW + LEASE)
        assert found is not None
        store.digests.note(found, SENT, now=NOW)
    store.digests.prepare(made.id, NOW + timedelta(days=1), [mail("waiting", story="fire")], now=NOW)
    assert store.digests.thread(made.id, "fire") == ("<m0@paper.example>", "<m2@paper.example>")
    assert store.digests.thread(other.id, "fire") == store.digests.thread(made.id, "mill") == ()


def test_one_process_composes_for_a_person(store: Store) -> None:
    """The claim is free again behind its block, or when it runs out."""
    subscribed(store)
    take = store.subscriptions.claimed
    with take("a@paper.example", "one", now=NOW, until=NOW + LEASE) as held:
        assert held
        with take("a@paper.example", "two", now=NOW, until=NOW + LEASE) as second:
            assert not second
        with take("a@paper.example", "three", now=NOW + LEASE, until=NOW + 2 * LEASE) as third:
            assert third
    with take("a@paper.example", "four", now=NOW, until=NOW + LEASE) as fourth:
        assert fourth


def test_a_newsroom_goes_away_with_its_readers(store: Store) -> None:
    """Deleting a newsroom deletes its subscriptions; those of others stay."""
    desk = store.of("desk")
    store.newsrooms.create("desk", now=NOW)
    made, stays = subscribed(desk), subscribed(store)
    with pytest.raises(UnknownSubscription):
        store.subscriptions.get(made.id)
    assert not desk.digests.prepare(stays.id, NOW, [mail("one")], now=NOW)
    store.newsrooms.delete("desk")
    assert desk.subscriptions.list(ended=True) == ()
    assert store.subscriptions.list() == (stays,)
