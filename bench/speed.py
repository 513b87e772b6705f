"""How fast versions are collated, beside difflib, collatex and trafilatura on the same texts in the same run.

    python -m bench speed [--counts 2,5,10,20,50,100,200] [--seed 1] [--alone]

Prints one JSON line per count (seconds, peak memory of the process in MB) and a last one with the growth exponent
between the second and the last count, and the ratios to the others. Seconds are of processor time, the best of
`REPEATED` runs, each in a process of its own that has only what it measures loaded and has seen another story, so that
tables are read and patterns compiled and nothing is remembered of the texts. Ours and the others' take turns, for a
busy machine slows both; ratios say more than times.
Texts are invented and told anew for every version: words exchanged, clauses dropped, figures changed, paragraphs moved,
and paragraphs of its own. A third of the versions are copies of one agency text, as in life. No wording serves two
facts of a story, and what an outlet has alone is worded as no other words it: before that .46 of the readings that are
compared were in conflict; now .14 are, of nine stories told by people .01 to .04, and of 55 real ones .03.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from storydiff.engine import collate, read_text
from storydiff.model import Version

PARAGRAPHS = 30
COUNTS = (2, 5, 10, 20, 50, 100, 200)
WITH_OTHERS = 20
"""Versions that the other programs are compared on; collatex gets fewer, see `COLLATEX`."""
COLLATEX = 4
"""It needs minutes beyond that; its time is compared with ours on as many versions."""
REPEATED = 3

SUBJECTS = (
    "the harbour authority|port officials|the port's managers",
    "{person}, the mayor of {place},|Mayor {person}|the mayor of {place}, {person},",
    "the fire brigade of {place}|firefighters from {place}|fire crews",
    "a spokeswoman for {company}|{company}|the operator, {company},",
    "residents of {place}|people living in {place}|neighbours in {place}",
    "prosecutor {person}|the prosecutor, {person},|{person}, who leads the inquiry,",
    "engineers from {place}|experts from {place}|a team of engineers from {place}",
    "the {company} union|union leaders at {company}|workers' leaders at {company}",
    "{person}, a crane driver|crane driver {person}|{person}, who works at the quay",
)
VERBS = (
    "said that|reported that|told reporters that",
    "warned that|cautioned that|feared that",
    "confirmed that|made clear that|stated that",
    "estimated that|reckoned that|calculated that",
)
FACTS = (
    "{n} containers of {goods} had slipped from the {ship}|{n} containers with {goods} fell off the {ship}",
    "the {part} had been inspected {n} days earlier|an inspection {n} days before had found no fault in the {part}",
    "{n} workers in the {goods} store were treated for smoke|{n} people who handled {goods} had breathed in smoke",
    "the damage to the {part} would cost {n} million crowns|repairs to the {part} were put at {n} million crowns",
    "the {place} basin would stay shut for {n} weeks|ships could not use the basin at {place} for {n} weeks",
    "the wind had reached {n} kilometres an hour when the {part} gave way|gusts of {n} km/h hit the {part}",
    "a store of {n} tonnes of {goods} was not in danger|the {n} tonnes of {goods} had not been reached by the fire",
    "the {ship} would be towed to {place} on Friday|tugs would bring the {ship} to {place} on Friday",
    "the {part} was built in 19{n}|the {part} dated from 19{n}",
    "trains to {place} would run again after {n} hours|rail traffic to {place} resumed {n} hours later",
    "a broken bolt {n} metres up had brought down the {part}|the {part} fell when a bolt snapped at {n} metres",
    "{n} families in {place} had to leave their homes|{n} households were moved out of {place} overnight",
    "the {ship} had been turned away from {place} a week earlier|a week before, {place} had refused the {ship}",
    "nobody had told the {ship}'s crew where the {goods} was stored|the {ship}'s crew did not know of the {goods}",
    "divers would look at the {part} once the current allowed|the {part} could not be searched before the tide turned",
    "the price of {goods} rose on the exchange in {place}|traders in {place} paid more for {goods}",
    "a school in {place} would take in the drivers for the night|drivers could sleep in a school in {place}",
    "two letters about the {part} had never been answered|the owners had ignored letters about the {part}",
    "insurance covered the {goods} but not the {part}|the {part}, unlike the {goods}, was not insured",
    "the captain of the {ship} had asked for a pilot|a pilot had been requested by the {ship}'s captain",
    "the old customs house in {place} was saved by its slate roof|slates saved the customs house of {place}",
    "workers would be paid for the days when the {part} stands still|wages would go on while the {part} is out of use",
    "the {goods} was meant for a factory in {place}|a factory in {place} had ordered the {goods}",
    "photographs showed rust on the {part}|rust could be seen on the {part} in photographs",
    "the pilot boat reached the {ship} after {n} minutes|after {n} minutes the pilot boat was beside the {ship}",
    "{n} litres of diesel had run into the harbour of {place}|some {n} litres of diesel were in the water at {place}",
    "the alarm on the {part} had been switched off for repairs|for repairs somebody turned off the alarm of the {part}",
    "a new {part} could not be delivered before autumn|the maker would not have a new {part} ready until autumn",
    "the mayor of {place} had offered beds in the town's gymnasium|beds stood ready in the gymnasium of {place}",
    "{n} sailors from the {ship} slept in a church hall|a church hall took in {n} of the {ship}'s crew",
    "the court in {place} would hear the {ship}'s owners|owners of the {ship} were called before a court at {place}",
    "customs men had found {goods} hidden behind a false wall|behind a false wall customs officers discovered {goods}",
    "the ferry to {place} was cancelled until further notice|no ferries would leave for {place} for the time being",
    "the river rose by {n} centimetres during the night|overnight the water level climbed {n} centimetres",
    "an old warning from the classification society surfaced|papers of the classification society held a warning",
    "{n} lorries queued along the road to {place}|the queue of lorries towards {place} was {n} vehicles long",
    "the {ship} carried no papers for the {goods}|no documents for the {goods} were aboard the {ship}",
    "the operator's shares lost {n} percent before a halt|trading was halted when its shares were down {n} percent",
    "the harbour cat was found unhurt under the {part}|unhurt, the cat of the harbour sat beneath the {part}",
    "drinking water in {place} was safe, tests had shown|tests found nothing wrong with the drinking water of {place}",
    "a helicopter from {place} had searched until dusk|until nightfall a helicopter of {place} looked for survivors",
    "welders were at work on the {part} that morning|on that morning men were welding at the {part}",
    "the minister of transport would travel to {place}|the transport minister announced a visit to {place}",
    "a fund for the families had received {n} thousand crowns|donations to the families stood at {n} thousand crowns",
    "fishermen may not sell their catch for {n} days|for {n} days the sale of fish from the bay is forbidden",
    "the {ship} had passed an inspection in {place} last spring|inspectors in {place} had cleared the {ship} in spring",
    "two cranes from {place} were brought in by barge|barges carried a pair of cranes from {place} to the quay",
    "the night shift had been one man short|on the night shift one man was missing",
    "the bells of {place} rang for the dead at noon|at noon church bells in {place} tolled for those who died",
    "schools near the quay stayed closed|pupils of schools beside the harbour had no lessons",
    "the smell could be noticed as far as {place}|even in {place} people noticed the smell",
    "the {part} weighs {n} tonnes|at {n} tonnes the {part} is the heaviest of its kind",
    "an engineer had resigned over the state of the {part}|the state of the {part} had made an engineer give up",
    "the blaze was under control by dawn|before sunrise the flames had been contained",
    "volunteers carried soup and blankets to the crews|helpers brought blankets and soup for the firefighters",
    "the radar log of the {ship} was handed to investigators|investigators received the radar recordings of the {ship}",
    "a second {part} of the same make would be checked|another {part} by the same maker is to be examined",
    "the bridge to {place} could carry no heavy loads|heavy vehicles were kept off the bridge to {place}",
    "tourists on a cruise ship had filmed the accident|a film of the accident was made by cruise passengers",
    "the prime minister broke off a journey abroad|cutting short a trip abroad, the prime minister flew home",
)
TAILS = (
    ", and nobody was arrested",
    " while divers searched the basin",
    ", although the inquiry has only begun",
    "",
    "",
    "",
    ", according to the first findings",
    " after a meeting that lasted until midnight",
    ", which the owners had promised to replace",
)
_OWN = """
who|a retired welder|the harbour pastor|{person}, a law student,|the barber opposite the gate
who|{person}, a cellist,|two nurses off shift|the postman of {place}|a busker|a baker's apprentice
who|the widow on the third floor|a taxi driver from {place}|the lock keeper's son|the choirmaster|an angler
who|{person}, a seamstress,|the night porter of {company}|a chess player|the florist|a bus conductor
who|an old stevedore
did|remembered|painted|swept up|counted|forgot|photographed|sold|carried away|mended|buried|wrote down
did|laughed about|waited for|hid|polished|traded|cursed|measured|sang about|locked up
what|the broken windows|a box of lemons|the tide tables|a brass lamp|a row of helmets|shadows on the wall
what|three wet dogs|the last tram|a coil of rope|the silence|an unpaid bill|a torn flag|the smell of tar
what|a child's shoe|the missing clock|a kettle|the gulls|the wrong key|a borrowed coat|the empty chairs
how|until noon|before the shops opened|in the rain|behind the chapel|without a word|for the second time
how|as in the war|while a radio played|on the steps of the bank|in the yard of the school|under the arches
how|with a broom|as if nothing had happened|at the end of the pier|by candlelight|for an hour|out of habit
how|between two trains|near the old pump|to calm the children
"""
_POOLS = """
place|Velsmund|Kelm|Tarnby|Osmund|Brakel|Lindholm|Sorvik|Marren|Ostrava|Kallby|Drenow|Hestad|Vorden|Ulme|Pillau
person|Irja Kallas|Oskar Linde|Ada Holm|Jonas Weil|Edda Rask|Tova Lind|Piet Aldous|Stina Oyen|Ole Brandis
company|Brennholt Quays|Nordhaven Lines|Kessel & Voss|Baltic Grain|Tarn Logistics|Ulmer Stahl
ship|Anna Reitz|Sirius|Marie Holt|Prospero|Kattegat Star|Lena Voss|Hesper|Gudrun
goods|hemp|timber|fertiliser|coffee|copper|grain|paper|tyres|salt|wool|sugar|cement|glass
part|boom|gangway|conveyor|north crane|quay wall|lock gate|silo|weighbridge|lighthouse|pontoon
"""


def _pools(rows: str) -> dict[str, list[str]]:
    pools: dict[str, list[str]] = {}
    for name, *pool in (line.split("|") for line in rows.split("\n") if line):
        pools.setdefault(name, []).extend(pool)
    return pools


POOLS = _pools(_POOLS)
OWN = _pools(_OWN)
"""What an outlet alone has: colour, worded as no other outlet words it."""

Fact = tuple[int, int, int, dict[str, str]]
"""Which subject, verb and fact, and what fills their gaps."""


def facts(rng: random.Random, paragraphs: int) -> list[list[Fact]]:
    """What there is to tell: two sentences a paragraph, each wording once for as long as there are others."""
    order = rng.sample(range(len(FACTS)), len(FACTS))
    return [[_fact(rng, order[(2 * i + k) % len(order)]) for k in range(2)] for i in range(paragraphs)]


def told(rng: random.Random, story: Sequence[Sequence[Fact]]) -> str:
    """The story as one outlet tells it: two thirds of the facts, and paragraphs of its own."""
    paragraphs = [_paragraph(rng, sentences) for sentences in story if rng.random() < 0.67]
    while len(paragraphs) < len(story):
        paragraphs.insert(rng.randrange(len(paragraphs) + 1), " ".join(_own(rng) for _ in range(2)))
    for _ in range(2):
        paragraphs.insert(rng.randrange(len(paragraphs)), paragraphs.pop(rng.randrange(len(paragraphs))))
    return "\n\n".join(paragraphs)


def _fact(rng: random.Random, fact: int) -> Fact:
    return rng.randrange(len(SUBJECTS)), rng.randrange(len(VERBS)), fact, _gaps(rng)


def _own(rng: random.Random) -> str:
    text = "{who} {did} {what} {how}.".format(**{name: rng.choice(pool) for name, pool in OWN.items()})
    text = text.format(**_gaps(rng))
    return text[0].upper() + text[1:]


def _gaps(rng: random.Random) -> dict[str, str]:
    return {name: rng.choice(pool) for name, pool in POOLS.items()} | {"n": str(rng.randrange(3, 99))}


def _paragraph(rng: random.Random, sentences: Sequence[Fact]) -> str:
    return " ".join(_sentence(rng, *sentence) for sentence in sentences)


def _sentence(rng: random.Random, subject: int, verb: int, fact: int, gaps: dict[str, str]) -> str:
    if rng.random() < 0.02:
        gaps = gaps | {"n": str(int(gaps["n"]) + 1)}
    parts = (rng.choice(table[i].split("|")) for table, i in ((SUBJECTS, subject), (VERBS, verb), (FACTS, fact)))
    text = " ".join(parts).format(**gaps)
    return text[0].upper() + text[1:] + rng.choice(TAILS) + "."


def versions(count: int, seed: int = 1, paragraphs: int = PARAGRAPHS) -> list[Version]:
    """`count` versions of one invented story; every third is a copy of the agency's, some of them trimmed."""
    rng = random.Random(seed)
    story = facts(rng, paragraphs)
    agency = told(rng, story)
    begun = datetime(2026, 4, 1, 6, 0, tzinfo=UTC)
    texts = [agency if i % 3 == 0 else told(rng, story) for i in range(count)]
    return [
        read_text(
            "\n\n".join(text.split("\n\n")[: len(text) if i % 6 else -5]),
            outlet=f"Outlet {i:03}",
            url=f"https://outlet-{i:03}.example/quay",
            published=begun + timedelta(minutes=7 * i),
            fetched=begun + timedelta(minutes=7 * i + 5),
            language="en",
            credit="Nordic Wire" if i % 3 == 0 else None,
        )
        for i, text in enumerate(texts)
    ]


def seconds(work: Callable[[], object]) -> float:
    """Processor time of some work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def one(count: int, seed: int) -> dict[str, float]:
    """Collating once in a process of its own, so that memory is this count's and nothing is warm but the tables."""
    collate(versions(2, seed + 1))
    given = versions(count, seed)
    took = seconds(lambda: collate(given))
    return {"versions": count, "seconds": round(took, 4), "peak_mb": round(peak_mb(), 1)}


def peak_mb() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def compared(seed: int) -> dict[str, float]:
    """Our time against the others', on the same texts."""
    asked = [("one", WITH_OTHERS), ("trafilatura", WITH_OTHERS), ("one", COLLATEX)]
    rounds = [[_measured(what, count, seed)["seconds"] for what, count in asked] for _ in range(REPEATED)]
    ours, extraction, ours_few = map(min, zip(*rounds, strict=True))
    pairs, alignment = (
        _measured(*each, seed)["seconds"] for each in (("difflib", WITH_OTHERS), ("collatex", COLLATEX))
    )
    return {
        "versions": WITH_OTHERS,
        "seconds": ours,
        "trafilatura_seconds": extraction,
        "share_of_trafilatura": round(ours / extraction, 3),
        "times_faster_than_difflib": round(pairs / ours, 1),
        "times_faster_than_collatex": round(alignment / ours_few, 1),
        "collatex_versions": COLLATEX,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the lines."""
    parser = argparse.ArgumentParser(prog="bench speed", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--counts", default=",".join(map(str, COUNTS)))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one", type=int, help="collate this many versions in this process and print its line")
    parser.add_argument("--alone", action="store_true", help="leave out the other programs")
    args = parser.parse_args(arguments)
    if args.one:
        print(json.dumps(one(args.one, args.seed)))
        return
    rows = [_best(int(count), args.seed) for count in args.counts.split(",")]
    first, last = rows[min(1, len(rows) - 1)], rows[-1]
    if first["versions"] < last["versions"]:
        growth = math.log(last["seconds"] / first["seconds"]) / math.log(last["versions"] / first["versions"])
        summary = {"growth_exponent": round(growth, 3), "from": first["versions"], "to": last["versions"]}
        print(json.dumps(summary), flush=True)
    if not args.alone:
        print(json.dumps(compared(args.seed)), flush=True)


def _best(count: int, seed: int) -> dict[str, float]:
    """The quickest run; of large stories there is one, for it is long enough to be sure."""
    times = REPEATED if count <= WITH_OTHERS else 1
    row = min((_measured("one", count, seed) for _ in range(times)), key=lambda each: each["seconds"])
    print(json.dumps(row), flush=True)
    return row


def _measured(what: str, count: int, seed: int) -> dict[str, float]:
    """What a process of its own prints about one program."""
    module = "bench.speed" if what == "one" else "bench.speed_others"
    command = [sys.executable, "-W", "ignore", "-m", module, f"--{what}", str(count), "--seed", str(seed)]
    row: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return row


if __name__ == "__main__":
    main()
