"""What is news between two collations, whatever they are."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from storydiff.model import (
    Cell,
    Collation,
    Discrepancy,
    DiscrepancyType,
    EventType,
    Extent,
    First,
    Point,
    PointKind,
    Reading,
    Revision,
    Status,
    Version,
)
from storydiff.pipeline.announce_events import events_between, lacks
from storydiff.testing import collation, moment, version

OUTLETS = ("Bay Courier", "Coast Daily", "Harbour Post", "Valley Echo")
OURS = frozenset({"Harbour Post", "Valley Echo"})
NOON = moment("2026-05-05T12:00Z")


@st.composite
def versions(draw: st.DrawFn) -> tuple[Version, ...]:
    """One current version of each of some outlets, in one of two states."""
    chosen = draw(st.lists(st.sampled_from(OUTLETS), min_size=2, unique=True))
    return tuple(
        version(
            outlet,
            f"Text {draw(st.integers(0, 1))}.",
            url=f"https://{outlet.replace(' ', '-').lower()}.example/1",
            extent=draw(st.sampled_from([Extent.COMPLETE, Extent.COMPLETE, Extent.TRUNCATED, Extent.BLOCKED])),
        )
        for outlet in chosen
    )


@st.composite
def points(draw: st.DrawFn, of: tuple[Version, ...]) -> tuple[Point, ...]:
    names = draw(st.lists(st.sampled_from(["p1", "p2", "p3", "p4"]), unique=True))
    made = []
    for name in names:
        coverage = {each.id: Cell(status=draw(st.sampled_from(Status))) for each in of}
        first = draw(st.sampled_from([None, *(First(version=each.id) for each in of), First(version="earlier")]))
        formerly = tuple(draw(st.lists(st.sampled_from(["p1", "p2", "p5"]), max_size=2, unique=True)))
        fields = {"kind": PointKind.FACT, "independent_sources": draw(st.integers(1, 4)), "coverage": coverage}
        made.append(Point(id=name, statement=f"Said {name}", first=first, formerly=formerly, **fields))  # type: ignore[arg-type]
    return tuple(made)


@st.composite
def discrepancies(draw: st.DrawFn, of: tuple[Version, ...]) -> tuple[Discrepancy, ...]:
    names = draw(st.lists(st.sampled_from(["d1", "d2", "d3"]), unique=True))
    made = []
    for name in names:
        sides = draw(st.lists(st.sampled_from(of), min_size=2, max_size=3, unique_by=lambda each: each.id))
        readings = tuple(Reading(each.id, 0, 0, 4, "Text", str(n)) for n, each in enumerate(sides))
        fields = {"type": DiscrepancyType.NUMBER, "point": "p1", "drift": draw(st.booleans())}
        made.append(Discrepancy(id=name, readings=readings, explanation=f"Differ {name}", **fields))  # type: ignore[arg-type]
    return tuple(made)


@st.composite
def revisions(draw: st.DrawFn) -> tuple[Revision, ...]:
    pairs = draw(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), unique=True, max_size=3))
    base: dict[str, Any] = {"url": "https://a.example/1", "outlet": "Coast Daily", "seen": (None, NOON), "changes": ()}
    return tuple(Revision(before=a, after=b, silent=draw(st.booleans()), **base) for a, b in pairs)


@st.composite
def collations(draw: st.DrawFn) -> Collation:
    of = draw(versions())
    apart = {each.id: "another event" for each in of if draw(st.integers(0, 9)) == 0}
    parts = {"points": draw(points(of)), "discrepancies": draw(discrepancies(of)), "revisions": draw(revisions())}
    return collation(*of, apart=apart, number=1, made=NOON, engine=draw(st.sampled_from(["e1", "e1", "e2"])), **parts)


few = settings(max_examples=40, deadline=None)
chains = st.lists(collations(), min_size=1, max_size=4)
maybe = st.one_of(st.none(), collations())


def shuffled(found: Collation, seed: int) -> Collation:
    """The same collation with everything in another order."""
    chance = random.Random(seed)

    def mixed(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(values, len(values)))

    turned = tuple(
        replace(each, coverage=dict(mixed(tuple(each.coverage.items()))), formerly=mixed(each.formerly))
        for each in found.points
    )
    conflicts = tuple(replace(each, readings=mixed(each.readings)) for each in found.discrepancies)
    parts = {"points": mixed(turned), "discrepancies": mixed(conflicts), "revisions": mixed(found.revisions)}
    return replace(found, versions=mixed(found.versions), **parts)  # type: ignore[arg-type]


def content(collation: Collation) -> tuple[list[str], ...]:
    """What a collation says, in an order of its own."""
    points = [replace(each, coverage=dict(sorted(each.coverage.items())), formerly=()) for each in collation.points]
    conflicts = [replace(each, readings=tuple(sorted(each.readings, key=repr))) for each in collation.discrepancies]
    return tuple(sorted(map(repr, each)) for each in (collation.versions, points, conflicts, collation.revisions))


@few
@given(maybe, collations(), st.integers(0, 99))
def test_order_changes_nothing(previous: Collation | None, now: Collation, seed: int) -> None:
    """The order of versions, points and conflicts in a collation changes no event and not their order.

    Two collations that say the same have one order in life: the engine's.
    """
    assume(previous is None or content(previous) != content(now))
    plain = events_between(previous, now, ours=OURS)
    before = shuffled(previous, seed) if previous else None
    assert events_between(before, shuffled(now, seed + 1), ours=sorted(OURS, reverse=True)) == plain


@few
@given(collations())
def test_the_same_again_is_no_news(now: Collation) -> None:
    """Collating again what gives the same brings no event, at whatever time."""
    later = replace(now, made=moment("2026-05-06T12:00Z"), number=2)
    assert events_between(now, later, ours=OURS) == ()


@few
@given(chains)
def test_nothing_is_told_twice(chain: list[Collation]) -> None:
    """While a conflict, a gap or a revision stays, it is told once; within one step no id comes twice."""
    steps = [replace(each, number=n) for n, each in enumerate(chain, start=1)]
    for previous, now in zip([None, *steps], steps, strict=False):
        found = events_between(previous, now, ours=OURS)
        assert len({each.id for each in found}) == len(found)
        if previous is None:
            continue
        open_before = {each.id for each in previous.discrepancies if not each.drift}
        told = {each.data["discrepancy"] for each in found if each.type is EventType.DISCREPANCY_FOUND}
        assert not told & open_before
        known = {(each.before, each.after) for each in previous.revisions}
        revised = {(each.data["from"], each.data["to"]) for each in found if each.type is EventType.ARTICLE_REVISED}
        assert not revised & known
        assert len([each for each in found if each.type is EventType.STORY_COLLATED]) <= 1


@few
@given(maybe, collations())
def test_events_are_a_function_of_what_happened(previous: Collation | None, now: Collation) -> None:
    """Finding the events again gives the same ones, thin and in JSON."""
    found = events_between(previous, now, ours=OURS, base="https://desk.example")
    assert events_between(previous, now, ours=OURS, base="https://desk.example") == found
    for each in found:
        assert len(json.dumps(each.data)) < 4000
        assert each.data["links"]["story"] == "https://desk.example/v1/stories/test-story"
        assert each.data["summary"]


@few
@given(maybe, collations())
def test_nobody_is_accused_of_our_failure(previous: Collation | None, now: Collation) -> None:
    """A gap is told only of complete texts and points of two sources; an end of a conflict only when all were read."""
    by_id = {each.id: each for each in now.points}
    readable = {each.article for each in now.versions if each.extent is Extent.COMPLETE and each.id not in now.apart}
    for each in events_between(previous, now, ours=OURS):
        if each.type is EventType.POINT_MISSING:
            own = [v for v in now.versions if v.outlet == each.ours and v.id not in now.apart]
            assert own
            assert {v.extent for v in own} == {Extent.COMPLETE}
            assert {by_id[each.data["point"]].coverage[v.id].status for v in own} == {Status.OMITTED}
            assert each.data["independent_sources"] >= 2
        if each.type in (EventType.DISCREPANCY_RESOLVED, EventType.POINT_REPORTED):
            assert previous is not None
            assert previous.engine == now.engine
        if each.type is EventType.DISCREPANCY_RESOLVED and previous is not None:
            [gone] = [d for d in previous.discrepancies if d.id == each.data["discrepancy"]]
            assert {previous.version(reading.version).article for reading in gone.readings} <= readable


@few
@given(maybe, collations())
def test_what_is_news_is_told(previous: Collation | None, now: Collation) -> None:
    """Every conflict that was not there before, and every gap of ours that is certain, is among the events."""
    if previous is not None and replace(previous, made=None) == replace(now, made=None):
        return
    found = events_between(previous, now, ours=OURS)
    before = {each.id for each in previous.discrepancies if not each.drift} if previous else set()
    told = {each.data["discrepancy"] for each in found if each.type is EventType.DISCREPANCY_FOUND}
    assert told == {each.id for each in now.discrepancies if not each.drift} - before
    gaps = {(each.data["point"], each.ours) for each in found if each.type is EventType.POINT_MISSING}
    certain = {(each.id, outlet) for each in now.points for outlet in OURS if lacks(now, each, outlet)}
    assert gaps <= certain
    if previous is None:
        assert gaps == certain
