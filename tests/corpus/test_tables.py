"""Whole tables, drawn beside the invented texts they are made from.

One row a point, one column an outlet: R reported, P partial, X conflicts, - omitted, ? unknown. Points that one outlet
alone tells are left out of the drawing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from storydiff.engine import collate, read_text
from storydiff.model import Collation, Extent, Status, Version

SIGN = {
    Status.REPORTED: "R",
    Status.PARTIAL: "P",
    Status.CONFLICTS: "X",
    Status.OMITTED: "-",
    Status.UNKNOWN: "?",
}
MORNING = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)


def outlet(name: str, text: str, **fields: object) -> Version:
    return read_text(text, outlet=name, **({"language": "en", "published": MORNING} | fields))


def drawn(found: Collation, *outlets: str) -> str:
    """The table of the points that two outlets and more tell, in the order of the story."""
    column = {found.version(v.id).outlet: v.id for v in found.versions}
    rows = []
    for point in found.points:
        signs = [SIGN[point.coverage[column[name]].status] for name in outlets]
        if sum(sign in "RPX" for sign in signs) > 1:
            rows.append(f"{' '.join(signs)}  {point.statement}")
    return "\n".join(rows)


LANDSLIDE = [
    outlet(
        "Harbour Post",
        """A landslide buried the road to Hestad on Sunday evening, and two lorries were swept into the fjord.

Five people were taken to Marren hospital, the county governor, Stina Oyen, said.

The slope had been fenced off since March, when a geologist measured cracks of 40 centimetres.

"We asked for a tunnel nine years ago," said Ole Brandis, who runs the school bus.

Trains between Marren and Kelm will not run before Thursday.""",
    ),
    outlet(
        "Fjord Radio",
        """Two lorries went into the fjord when a landslide covered the road to Hestad on Sunday evening.

Governor Stina Oyen said seven people had been taken to the hospital in Marren.

No trains will run between Kelm and Marren until Thursday.

Bus driver Ole Brandis told us: "We asked for a tunnel nine years ago."

A ferry for schoolchildren starts on Tuesday.""",
    ),
    outlet(
        "Inland News",
        """The road to Hestad lies under a landslide that came down on Sunday evening.

People were taken to Marren hospital, according to the county governor.

A geologist had measured cracks of 40 centimetres in March, and the slope was fenced off.""",
    ),
]


def test_three_tellings_of_a_landslide() -> None:
    """Reported in other words and another order, in part, not at all, and with another figure."""
    assert (
        drawn(collate(LANDSLIDE), "Harbour Post", "Fjord Radio", "Inland News")
        == """
R R P  Two lorries went into the fjord when a landslide covered the road to Hestad on Sunday evening.
R X P  Five people were taken to Marren hospital, the county governor, Stina Oyen, said.
R R -  Bus driver Ole Brandis told us: "We asked for a tunnel nine years ago."
R - R  The slope had been fenced off since March, when a geologist measured cracks of 40 centimetres.
R R -  Trains between Marren and Kelm will not run before Thursday.
""".strip()
    )


def test_a_paywall() -> None:
    """What the visible part tells counts; what it lacks is unknown, not omitted."""
    walled = replace(LANDSLIDE[2], extent=Extent.TRUNCATED, paragraphs=LANDSLIDE[2].paragraphs[:1])
    assert (
        drawn(collate([*LANDSLIDE[:2], walled]), "Harbour Post", "Fjord Radio", "Inland News")
        == """
R R P  Two lorries went into the fjord when a landslide covered the road to Hestad on Sunday evening.
X R ?  Governor Stina Oyen said seven people had been taken to the hospital in Marren.
R R ?  Bus driver Ole Brandis told us: "We asked for a tunnel nine years ago."
R R ?  Trains between Marren and Kelm will not run before Thursday.
""".strip()
    )


def test_a_german_version() -> None:
    """Names, figures and ideas are found in another language; a figure that differs conflicts there too."""
    german = outlet(
        "Küstenblatt",
        """Ein Erdrutsch hat am Sonntagabend die Straße nach Hestad verschüttet. Zwei Lastwagen stürzten in den Fjord.

Sieben Menschen kamen nach Angaben von Gouverneurin Stina Oyen ins Krankenhaus von Marren.

Züge zwischen Marren und Kelm fahren erst am Donnerstag wieder.""",
        language="de",
    )
    assert (
        drawn(collate([*LANDSLIDE[:2], german]), "Harbour Post", "Fjord Radio", "Küstenblatt")
        == """
R R R  Two lorries went into the fjord when a landslide covered the road to Hestad on Sunday evening.
R R R  Two lorries were swept into the fjord.
X R R  Governor Stina Oyen said seven people had been taken to the hospital in Marren.
R R ?  Bus driver Ole Brandis told us: "We asked for a tunnel nine years ago."
R R R  Trains between Marren and Kelm will not run before Thursday.
""".strip()
    )


def test_copies() -> None:
    """Copies of an agency's text, one trimmed and one with its own first paragraph, agree in all they share."""
    wire = LANDSLIDE[0]
    trimmed = replace(wire, id="trimmed", outlet="Star", url=None, paragraphs=wire.paragraphs[:4])
    assert (
        drawn(collate([wire, trimmed, LANDSLIDE[1]]), "Harbour Post", "Star", "Fjord Radio")
        == """
R R R  A landslide buried the road to Hestad on Sunday evening, and two lorries were swept into the fjord.
R R X  Five people were taken to Marren hospital, the county governor, Stina Oyen, said.
R R -  The slope had been fenced off since March, when a geologist measured cracks of 40 centimetres.
R - R  Trains between Marren and Kelm will not run before Thursday.
R R R  Bus driver Ole Brandis told us: "We asked for a tunnel nine years ago."
""".strip()
    )


def test_another_landslide() -> None:
    """A text about a slide elsewhere is named, and says nothing about this one."""
    elsewhere = outlet(
        "Valley Times",
        """Mud from a burst dam covered the vineyards of Drenow on Friday, and a chapel lost its porch.

The winegrowers' guild put the loss at 6 million crowns, its chair, Tova Lind, said.

Soldiers with shovels came from the barracks at Ulme, and the bishop sent blankets.

Nobody had looked at the dam since the owner died in 1998, Lind said.""",
    )
    found = collate([*LANDSLIDE, elsewhere])
    assert [found.version(v).outlet for v in found.apart] == ["Valley Times"]
    assert {
        row.split("  ")[0][-1] for row in drawn(found, "Fjord Radio", "Harbour Post", "Valley Times").split("\n")
    } == {"?"}
