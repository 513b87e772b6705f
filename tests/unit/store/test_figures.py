"""Figures for machines."""

from storydiff.model import Event, EventType, Story
from storydiff.store import EndpointKind, Store
from storydiff.store.figures import Counts, Figures
from tests.unit.store.builders import NOON


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
