"""What must hold for anything that is stored."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydiff.model import (
    Cell,
    Collation,
    Discrepancy,
    DiscrepancyType,
    Extent,
    Paragraph,
    Point,
    PointKind,
    Problem,
    Reading,
    Role,
    Span,
    Status,
    Story,
    Version,
)
from storydiff.store import Store, open_store
from storydiff.store.codec import packed, storable, unpacked

anything = st.text(max_size=20)
text = anything.map(storable)
maybe = st.none() | text
when = st.none() | st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    timezones=st.just(UTC),
)
number = st.integers(0, 10**6)
share = st.none() | st.floats(0, 1)
spans = st.builds(Span, text, number, number, number, text)
paragraphs = st.builds(Paragraph, text, st.sampled_from(Role), st.none() | number, when)
problems = st.builds(Problem, text, text)
versions = st.builds(
    Version,
    id=text,
    outlet=text,
    url=maybe,
    extent=st.sampled_from(Extent),
    headline=maybe,
    published=when,
    fetched=when,
    paragraphs=st.lists(paragraphs, max_size=3).map(tuple),
    problems=st.lists(problems, max_size=2).map(tuple),
)
cells = st.builds(Cell, status=st.sampled_from(Status), evidence=st.lists(spans, max_size=2).map(tuple), support=share)
points = st.builds(
    Point,
    id=text,
    statement=text,
    kind=st.sampled_from(PointKind),
    independent_sources=number,
    coverage=st.dictionaries(text, cells, max_size=3),
    origin=st.none() | spans,
)
readings = st.builds(Reading, text, number, number, number, text, text)
discrepancies = st.builds(
    Discrepancy,
    id=text,
    type=st.sampled_from(DiscrepancyType),
    point=text,
    readings=st.lists(readings, max_size=2).map(tuple),
    drift=st.booleans(),
)
collations = st.builds(
    Collation,
    engine=text,
    story=st.builds(Story, slug=text, title=text, created=when),
    versions=st.lists(versions, max_size=2).map(tuple),
    apart=st.dictionaries(text, text, max_size=2),
    points=st.lists(points, max_size=2).map(tuple),
    links=st.just(()),
    discrepancies=st.lists(discrepancies, max_size=2).map(tuple),
    families=st.just(()),
    revisions=st.just(()),
    made=when,
)


@pytest.fixture(scope="module")
def memory() -> Iterator[Store]:
    with open_store(":memory:") as store:
        yield store


@given(collations)
@settings(max_examples=60)
def test_json_round_trip(collation: Collation) -> None:
    """A collation through JSON is the same collation, and the same JSON."""
    once = json.dumps(packed(collation), allow_nan=False)
    again = unpacked(Collation, json.loads(once))
    assert again == collation
    assert json.dumps(packed(again)) == once


@given(anything)
def test_storable_keeps_the_length(value: str) -> None:
    """Whatever is taken out is replaced one for one, and the rest stays."""
    clean = storable(value)
    assert len(clean) == len(value)
    assert all(b in (a, "\ufffd") for a, b in zip(value, clean, strict=True))
    clean.encode("utf8")


@given(st.lists(st.sampled_from("ABC"), min_size=1, max_size=10))
@settings(max_examples=25, deadline=None)
def test_a_state_is_a_change(memory: Store, states: list[str]) -> None:
    """Fetched any number of times, an article has a version for each change and no more, in order."""
    memory.stories.save(Story(slug="s"))
    for minute, state in enumerate(states):
        fetched = datetime(2026, 5, 5, 1, minute, tzinfo=UTC)
        memory.versions.add("s", Version(id="", outlet="Post", fetched=fetched, paragraphs=(Paragraph(state),)))
    assert [v.paragraphs[0].text for v in memory.versions.all("s")] == [state for state, _ in groupby(states)]
    memory.stories.delete("s")
