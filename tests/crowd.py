"""A comparison of newsroom size: many outlets by many points, every reading in its own words."""

from __future__ import annotations

from random import Random

from storydiff.model import Cell, Collation, Family, Point, Span, Status, Version
from tests.builders import at, collation, point, version

PLACES = [
    "Alder",
    "Bramley",
    "Corrin",
    "Dunmore",
    "Ellast",
    "Farrow",
    "Gorse",
    "Hallam",
    "Istead",
    "Jarrow",
    "Kelham",
    "Lorne",
]
DEEDS = [
    "opened",
    "closed",
    "flooded",
    "repaired",
    "inspected",
    "sold",
    "guarded",
    "searched",
    "cleared",
    "evacuated",
    "rebuilt",
    "fenced",
]
THINGS = ["bridge", "quay", "school", "tunnel", "market", "station", "depot", "chapel", "library", "weir"]
MANNERS = [
    "on Monday before dawn",
    "in heavy rain",
    "after a vote",
    "at noon",
    "under police guard",
    "for the second time",
]


def crowd(outlets: int = 60, points: int = 200, told: float = 0.45, seed: int = 7) -> Collation:
    """Sixty outlets on two hundred points unless told otherwise; `told` is the share of cells with words."""
    random = Random(seed)
    said = {
        (o, p): _sentence(random, p) for o in range(outlets) for p in range(points) if o == 0 or random.random() < told
    }
    versions = [_version(o, [said[o, p] for p in range(points) if (o, p) in said]) for o in range(outlets)]
    rows = [_point(p, versions, said, random) for p in range(points)]
    copies = tuple(each.id for each in versions[1:9])
    return collation(versions, rows, families=(Family(credit="Brindle", versions=copies, origin=copies[0]),))


def _sentence(random: Random, number: int) -> str:
    place, thing, deed = random.choice(PLACES), THINGS[number % len(THINGS)], DEEDS[number % len(DEEDS)]
    return (
        f"The {thing} at {place} was {deed} {random.choice(MANNERS)}, officials told the council, "
        f"and {random.randrange(2, 90)} people were asked to wait near the {random.choice(THINGS)}."
    )


def _version(number: int, sentences: list[str]) -> Version:
    return version(
        f"The Valley Gazette No {number}",
        *sentences,
        id=f"v{number:012d}",
        headline=f"What happened in the valley, part {number}",
        published=at(1 + number % 9, f"{number % 24:02d}:15"),
        fetched=at(12, "06:00"),
        snapshot=f"{number:064x}",
    )


def _point(number: int, versions: list[Version], said: dict[tuple[int, int], str], random: Random) -> Point:
    cells = {}
    for o, each in enumerate(versions):
        words = said.get((o, number))
        if words is None:
            cells[each] = Cell(status=Status.OMITTED)
            continue
        index = next(i for i, paragraph in enumerate(each.paragraphs) if paragraph.text == words)
        status = random.choices((Status.REPORTED, Status.PARTIAL, Status.CONFLICTS), (90, 8, 2))[0]
        missing = ("the number of people",) if status is Status.PARTIAL else ()
        cells[each] = Cell(status=status, evidence=(Span(each.id, index, 0, len(words), words),), missing=missing)
    return point(number + 1, said[0, number], cells, sources=sum(bool(c.evidence) for c in cells.values()))
