"""Figures for machines."""

from storydiff.model import Event, EventType, Story
from storydiff.store import EndpointKind, Failure, Reading, Store
from storydiff.store.figures import Counts, Figures
from tests.unit.store.builders import NOON, at


def test_counts_of_all_newsrooms(store: Store) -> None:
    """Nothing at first; then what both newsrooms have; what is over counts no more."""
    figures = Figures(store._database)
    before = figures.counts()
    assert (before.deliveries, before.alerts, before.mails) == (0, 0, 0)
    for each in (store, store.of("tarn")):
        each.stories.save(Story(slug="mill"))
        each.endpoints.create(EndpointKind.WEBHOOK, "https://desk.example/hook", now=NOON)
        each.events.append(Event(id="evt_1", type=EventType.STORY_COLLATED, story="mill", at=NOON))
        each.alerts.record("watch", "echo.example", "silent", now=NOON)
    store.alerts.resolve("watch", "echo.example", now=NOON)
    counts = figures.counts()
    assert (counts.deliveries, counts.alerts) == (2, 1)
    assert isinstance(counts, Counts)


def test_sources_that_fail_are_counted(store: Store) -> None:
    """Until they are read again; one that was paused for it is still to be looked at, and is read no more."""
    figures = Figures(store._database)
    for name in ("echo", "post", "wire"):
        store.sources.create(f"https://{name}.example/rss", name, now=NOON, most=9)
    failures = {
        "https://echo.example/rss": Failure(code="timed_out", message="Too slow."),
        "https://post.example/rss": None,
    }
    gone = {"https://wire.example/rss": Failure(code="gone", message="Gone.", pause="It is gone for good.")}
    for source in store.polls.claim("w", now=NOON, until=at(5), limit=9):
        told = {**failures, **gone}[source.url]
        store.polls.record(source, "w", Reading(at=NOON, next_poll=at(6), failure=told))
    assert (figures.counts().watched, figures.counts().failing) == (2, 2)
    (echo,) = [each for each in store.sources.list() if each.url == "https://echo.example/rss"]
    store.sources.resume(echo.id, now=at(7))
    assert (figures.counts().watched, figures.counts().failing) == (2, 1)
