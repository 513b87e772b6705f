"""Announcements of invented events by invented outlets, for tests of what finds stories."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storydiff.discover.entry import Entry

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

MILL = (
    ("Mill fire kills two in Dornfeld", "A fire at the Halden paper mill in Dornfeld killed two workers on Monday evening; four were taken to St Agnes Hospital in Brackwater with burns."),
    ("Two dead in Dornfeld paper mill blaze", "Two workers died and four were injured when the Halden Paper mill in Dornfeld caught fire, the fire service in Brackwater said on Monday."),
    ("Dornfeld: mill owner halts production after deadly fire", "Halden Paper will stop production in Dornfeld for three weeks after Monday's fire killed two workers and sent four to hospital in Brackwater."),
)  # fmt: skip
SHIP = (
    ("Cargo ship aground off Alder Quay", "The freighter Marenka ran aground off Alder Quay in fog on Monday with 19 sailors aboard; no oil has leaked, the coast guard in Torsund said."),
    ("Freighter Marenka stuck on sandbank near Torsund", "Tugs tried in vain to free the freighter Marenka, aground off Alder Quay since Monday; the 19 sailors are safe, Torsund's coast guard said."),
)  # fmt: skip
RATES = (
    ("Central bank of Estmark cuts key rate to 2.25 percent", "Estmark's central bank lowered its key rate by a quarter point to 2.25 percent on Monday; governor Ilse Brandt pointed to falling energy prices."),
    ("Estmark lowers interest rate, Brandt hints at pause", "Governor Ilse Brandt said Estmark's cut to 2.25 percent could be the last for now, as energy prices fall faster than the central bank thought."),
)  # fmt: skip
ALONE = (
    ("Gardeners compete for heaviest pumpkin", "At the autumn fair of Lower Wick a pumpkin of 412 kilograms won the cup; its grower, Tomas Reed, fed it on tea."),
)  # fmt: skip
STORIES = {"mill": MILL, "ship": SHIP, "rates": RATES, "pumpkin": ALONE}
OUTLETS = ("harbour-post", "coast-daily", "valley-echo")


def entry(name: str, number: int, *, hours: float = 0.0, **fields: object) -> Entry:
    """How outlet `number` announces that event, so many hours before noon."""
    title, summary = STORIES[name][number]
    given: dict[str, object] = {
        "url": f"https://{OUTLETS[number]}.example/{name}",
        "outlet": OUTLETS[number],
        "title": title,
        "summary": summary,
        "published": NOON - timedelta(hours=hours),
        "language": "en",
    } | fields
    return Entry(**given)  # type: ignore[arg-type]


def entries() -> list[Entry]:
    """All of them, some hours apart."""
    found = [(name, number) for name, told in STORIES.items() for number in range(len(told))]
    return [entry(name, number, hours=1 + i / 2) for i, (name, number) in enumerate(found)]
