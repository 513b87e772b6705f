"""An invented fire at an invented harbour, as ten invented outlets tell it."""

from __future__ import annotations

from collections.abc import Mapping

from storydiff.model import (
    Cell,
    Change,
    ChangeKind,
    Collation,
    Discrepancy,
    DiscrepancyType,
    Extent,
    Family,
    First,
    Link,
    Paragraph,
    Point,
    PointKind,
    Problem,
    Revision,
    Role,
    Status,
    Version,
    WordEdit,
)
from tests.builders import at, cell, collation, point, reading, version

FACT, FIGURE, QUOTE = PointKind.FACT, PointKind.FIGURE, PointKind.QUOTE

WIRE = (
    (
        "PORT ALDER (Brindle) - A fire that broke out in a fish warehouse at Alder Quay on Tuesday night killed two "
        "night watchmen and injured 14 people, the county fire service said."
    ),
    "The alarm was raised at 9.40 p.m. by the crew of a trawler moored opposite.",
    "“We had the roof coming down within twenty minutes,” chief fire officer Dana Okello told reporters.",
    "The cause is not known. Police have closed the quay until Thursday.",
)
QUAY = "Alder Quay handles about a third of the county’s landed fish."


def texts() -> dict[str, Version]:
    """The versions of the fire by short name."""
    wire = version(
        "Brindle Wire", *WIRE, QUAY,
        headline="Two dead, 14 hurt in fire at Alder Quay warehouse", dateline="PORT ALDER (Brindle)",
        published=at(3, "22:10"), modified=at(4, "05:30"), fetched=at(4, "06:00"), credit="Brindle",
        snapshot="a3" * 32,
    )  # fmt: skip
    courier = version(
        "Alder Courier", *WIRE,
        headline="Two dead in Alder Quay fire", published=at(3, "22:31"), modified=at(3, "22:31"),
        fetched=at(4, "06:00"), credit="Brindle", snapshot="b4" * 32,
    )  # fmt: skip
    gazette = version(
        "Fenmoor Gazette", *WIRE[:2],
        headline="Fire kills two at Port Alder", published=at(3, "23:02"), fetched=at(4, "06:00"), credit="By Brindle",
    )  # fmt: skip
    times = version(
        "Northgate Times",
        "Three men died when flames tore through a cold store on Port Alder’s waterfront late on Tuesday.",
        "Dana Okello, the chief fire officer, said the roof had come down within twenty minutes. “There was no way "
        "in,” she said.",
        "The Northgate Times has learned that inspectors had twice warned the owner, Holm & Sons, about blocked exits.",
        "Fourteen people were treated for smoke. Police have shut the quay until Thursday.",
        headline="Three die as cold store burns on Port Alder waterfront", byline="Jo Verrall",
        standfirst="Owner had been warned about exits", published=at(4, "00:15"), modified=at(4, "05:05"),
        fetched=at(4, "06:01"), snapshot="c5" * 32,
    )  # fmt: skip
    radio = version(
        "Coast Radio",
        "One man has died and several people are hurt after a fire at the fish market in Port Alder.",
        "Firefighters were called at 9.50 p.m. on Tuesday.",
        "The cause is not known yet. Police say that the quay will stay closed until Thursday.",
        Paragraph("Get our morning letter", Role.NEWSLETTER),
        headline="Fatal fire at Port Alder", published=at(3, "22:05"), modified=at(3, "22:05"), fetched=at(4, "06:00"),
    )  # fmt: skip
    fanal = version(
        "Le Fanal",
        "Deux gardiens sont morts et quatorze personnes ont été blessées dans l’incendie d’un entrepôt à Port Alder.",
        "Selon les pompiers, le toit s’est effondré en vingt minutes.",
        headline="Deux morts dans un incendie à Port Alder", language="fr", published=at(4, "04:20"),
        fetched=at(4, "06:00"),
    )  # fmt: skip
    mina = version(
        "صحيفة الميناء",
        "قتل حارسان ليليان وأصيب 14 شخصا في حريق اندلع في مستودع للأسماك في ألدر كواي.",
        headline="حريق يودي بحياة حارسين في ميناء ألدر", language="ar", id="mina", url="https://mina.example/fire",
        published=at(4, "03:00"), fetched=at(4, "06:00"),
    )  # fmt: skip
    tribune = version(
        "Tollway Tribune",
        "Two people have died in a warehouse fire at Port Alder that took crews six hours to put out.",
        headline="Deadly warehouse blaze", extent=Extent.TRUNCATED, published=at(4, "01:00"), fetched=at(4, "06:00"),
        problems=(Problem("paywall", "The page shows one paragraph; the rest is for subscribers."),),
    )  # fmt: skip
    lamp = version(
        "Evening Lamp", extent=Extent.BLOCKED, fetched=at(4, "06:00"),
        problems=(Problem("forbidden", "The server refuses this page to us (403)."),),
    )  # fmt: skip
    herald = version(
        "Hill Herald",
        "A barn burned down near Stokeley on Monday. Nobody was hurt.",
        headline="Barn fire near Stokeley", published=at(2, "10:00"), fetched=at(4, "06:00"),
    )  # fmt: skip
    names = ["wire", "courier", "gazette", "times", "radio", "fanal", "mina", "tribune", "lamp", "herald"]
    return dict(zip(names, (wire, courier, gazette, times, radio, fanal, mina, tribune, lamp, herald), strict=True))


PAYWALL, REFUSED, APART = "paywall: the rest was not readable", "not fetched: 403", "not this story"


def _cells(every: Mapping[str, Version], told: Mapping[str, tuple[object, ...]]) -> dict[Version, Cell]:
    """Cells for all versions; those not in `told` are omitted, or unknown with the reason where we cannot know."""
    unknown = {
        "fanal": "in French: absence is not judged",
        "mina": "in Arabic: absence is not judged",
        "tribune": PAYWALL,
        "lamp": REFUSED,
        "herald": APART,
    }
    cells = {}
    for name, each in every.items():
        if name in told:
            status, *words = told[name]
            missing = [word[1:] for word in words if str(word).startswith("!")]  # type: ignore[index]
            said = [str(word) for word in words if not str(word).startswith("!")]
            cells[each] = cell(each, str(status), *said, missing=missing)
        elif name in unknown:
            cells[each] = Cell(status=Status.UNKNOWN, reason=unknown[name])
        else:
            cells[each] = Cell(status=Status.OMITTED)
    return cells


def fire() -> Collation:
    """Ten outlets on one fire: a wire family, two conflicts, a drift, a paywall, a refusal, another story, two
    foreign languages, a silent edit, a revert."""
    every = texts()
    return collation(
        list(every.values()),
        _points(every),
        apart={every["herald"].id: "Another event: no shared place, people or time."},
        links=(
            Link(a="brindle-wire", b="alder-courier", a_paragraphs=(0,), b_paragraphs=(0,), moved=False, score=1.0),
            Link(a="brindle-wire", b="northgate-times", a_paragraphs=(2,), b_paragraphs=(1,), moved=True, score=0.71),
        ),
        discrepancies=_discrepancies(every),
        families=(
            Family(credit="Brindle", versions=("brindle-wire", "alder-courier", "fenmoor-gazette"),
                   origin="brindle-wire"),
        ),
        revisions=_revisions(every),
        number=3,
        made=at(4, "06:02"),
    )  # fmt: skip


def _points(every: Mapping[str, Version]) -> list[Point]:
    dead, hurt = "killed two night watchmen", "injured 14 people"
    alarm = "The alarm was raised at 9.40 p.m."
    roof = "“We had the roof coming down within twenty minutes,” chief fire officer Dana Okello told reporters."
    closed = "Police have closed the quay until Thursday."
    warned = "inspectors had twice warned the owner, Holm & Sons, about blocked exits"
    wires = ("wire", "courier", "gazette")
    rows: list[tuple[str, PointKind, int, dict[str, tuple[object, ...]], First | None]] = [
        ("The fire killed two night watchmen.", FIGURE, 4, {
            **dict.fromkeys(wires, ("reported", dead)),
            "times": ("conflicts", "Three men died"),
            "radio": ("conflicts", "One man has died"),
            "fanal": ("reported", "Deux gardiens sont morts"),
            "mina": ("reported", "قتل حارسان ليليان"),
            "tribune": ("partial", "Two people have died", "!night watchmen"),
        }, First(version="brindle-wire", not_before=at(3, "22:05"), not_after=at(3, "22:10"))),
        ("Fourteen people were injured.", FIGURE, 5, {
            **dict.fromkeys(wires, ("reported", hurt)),
            "times": ("reported", "Fourteen people were treated for smoke."),
            "radio": ("partial", "several people are hurt", "!14"),
            "fanal": ("reported", "quatorze personnes ont été blessées"),
            "mina": ("reported", "وأصيب 14 شخصا"),
        }, None),
        (alarm, FACT, 2, {
            **dict.fromkeys(wires, ("reported", alarm)),
            "radio": ("conflicts", "Firefighters were called at 9.50 p.m. on Tuesday."),
        }, None),
        (roof, QUOTE, 3, {
            "wire": ("reported", roof),
            "courier": ("reported", roof),
            "times": ("reported", ("Dana Okello, the chief fire officer, said the roof had come down within twenty "
                                  "minutes.")),
            "fanal": ("reported", "Selon les pompiers, le toit s’est effondré en vingt minutes."),
        }, None),
        (closed, FACT, 3, {
            "wire": ("reported", closed),
            "courier": ("reported", closed),
            "times": ("reported", "Police have shut the quay until Thursday."),
            "radio": ("reported", "Police say that the quay will stay closed until Thursday."),
        }, None),
        ("The cause is not known.", FACT, 2, {
            "wire": ("reported", "The cause is not known."),
            "courier": ("reported", "The cause is not known."),
            "radio": ("reported", "The cause is not known yet."),
        }, None),
        ("Inspectors had twice warned the owner, Holm & Sons, about blocked exits.", FACT, 1, {
            "times": ("reported", warned),
        }, First(version="northgate-times", not_before=None, not_after=at(4, "05:05"))),
        (QUAY, PointKind.BACKGROUND, 1, {"wire": ("reported", QUAY)}, None),
    ]  # fmt: skip
    return [
        point(number, statement, _cells(every, told), kind=kind, sources=sources, first=first)
        for number, (statement, kind, sources, told, first) in enumerate(rows, 1)
    ]


def _discrepancies(every: Mapping[str, Version]) -> tuple[Discrepancy, ...]:
    wire, times, radio = every["wire"], every["times"], every["radio"]
    return (
        Discrepancy(
            id="d1", type=DiscrepancyType.NUMBER, point="p1",
            readings=(reading(wire, "killed two", "2"), reading(times, "Three men", "3")),
            explanation="Brindle Wire says two dead; Northgate Times says three.",
        ),
        Discrepancy(
            id="d2", type=DiscrepancyType.NUMBER, point="p1", drift=True,
            readings=(reading(wire, "killed two", "2"), reading(radio, "One man", "1")),
            explanation="Coast Radio has not followed the later count of two dead.",
        ),
        Discrepancy(
            id="d3", type=DiscrepancyType.TIME, point="p3",
            readings=(reading(wire, "at 9.40 p.m.", "21:40"), reading(radio, "at 9.50 p.m. on Tuesday", "21:50")),
            explanation="Brindle Wire puts the alarm at 9.40 p.m.; Coast Radio at 9.50 p.m.",
        ),
    )  # fmt: skip


def _revisions(every: Mapping[str, Version]) -> tuple[Revision, ...]:
    times, radio = every["times"], every["radio"]
    before = "Police have shut the quay."
    after = times.paragraphs[2].text
    return (
        Revision(
            url=times.url or "", outlet=times.outlet, before="northgate-times-1", after=times.id,
            seen=(at(4, "01:00"), at(4, "06:01")), silent=True,
            changes=(
                Change(kind=ChangeKind.HEADLINE_CHANGED, role="headline",
                       before="Two die as cold store burns on Port Alder waterfront", after=times.headline,
                       words=(WordEdit("replace", "Two ", "Three "),
                              WordEdit("equal", "die as cold store burns on Port Alder waterfront",
                                       "die as cold store burns on Port Alder waterfront"))),
                Change(kind=ChangeKind.ADDED, before=None, after=after),
                Change(kind=ChangeKind.REMOVED, before="Crews from four towns fought the fire.", after=None),
                Change(kind=ChangeKind.MOVED, before=before, after=before),
            ),
        ),
        Revision(
            url=radio.url or "", outlet=radio.outlet, before="coast-radio-2", after=radio.id,
            seen=(at(4, "02:00"), at(4, "06:00")), silent=False, reverts_to="coast-radio-1",
            changes=(
                Change(kind=ChangeKind.CHANGED,
                       before="Two men have died and several people are hurt after a fire at the fish market in "
                              "Port Alder.",
                       after=radio.paragraphs[0].text,
                       words=(WordEdit("replace", "Two men have ", "One man has "),
                              WordEdit("equal", "died and several people are hurt after a fire at the fish market in "
                                                "Port Alder.",
                                       "died and several people are hurt after a fire at the fish market in "
                                       "Port Alder."))),
            ),
        ),
    )  # fmt: skip
