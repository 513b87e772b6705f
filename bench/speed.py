"""How fast versions are collated, beside difflib, collatex and trafilatura on the same texts in the same run.

    python -m bench speed [--counts 2,5,10,20,50,100,200] [--seed 1] [--alone]

Prints one JSON line per count (seconds, peak memory of the process in MB) and a last one with the growth exponent
between the second and the last count, and the ratios to the others. Seconds are of processor time, the best of
`REPEATED` runs, each in a process of its own that has only what it measures loaded and has seen another story, so that
tables are read and patterns compiled and nothing is remembered of the texts. Ours and the others' take turns, for a
busy machine slows both; ratios say more than times.
Texts are invented and told anew for every version: words exchanged, clauses dropped, figures changed, paragraphs moved,
and paragraphs of its own. A third of the versions are copies of one agency text, as in life.
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
OWN = (
    "On the {part} the smell of wet soot hung until noon.",
    "In the canteen somebody had left {n} helmets in a row, as if for an inspection.",
    "{person} has kept a diary of every ship that called at {place} since 19{n}.",
    "A café in {place} gave away {n} pots of tea before dawn.",
    "A school class from {place} that had come to draw the cranes drew the smoke instead.",
)
_POOLS = """
place|Velsmund|Kelm|Tarnby|Osmund|Brakel|Lindholm|Sorvik|Marren|Ostrava|Kallby|Drenow|Hestad|Vorden|Ulme|Pillau
person|Irja Kallas|Oskar Linde|Ada Holm|Jonas Weil|Edda Rask|Tova Lind|Piet Aldous|Stina Oyen|Ole Brandis
company|Brennholt Quays|Nordhaven Lines|Kessel & Voss|Baltic Grain|Tarn Logistics|Ulmer Stahl
ship|Anna Reitz|Sirius|Marie Holt|Prospero|Kattegat Star|Lena Voss|Hesper|Gudrun
goods|hemp|timber|fertiliser|coffee|copper|grain|paper|tyres|salt|wool|sugar|cement|glass
part|boom|gangway|conveyor|north crane|quay wall|lock gate|silo|weighbridge|lighthouse|pontoon
"""
POOLS = {name: pool.split("|") for name, _, pool in (line.partition("|") for line in _POOLS.split("\n") if line)}

Fact = tuple[int, int, int, dict[str, str]]
"""Which subject, verb and fact, and what fills their gaps."""


def facts(rng: random.Random, paragraphs: int) -> list[list[Fact]]:
    """What there is to tell: two sentences a paragraph."""
    return [[_fact(rng) for _ in range(2)] for _ in range(paragraphs)]


def told(rng: random.Random, story: Sequence[Sequence[Fact]]) -> str:
    """The story as one outlet tells it: two thirds of the facts, and paragraphs of its own."""
    paragraphs = [_paragraph(rng, sentences) for sentences in story if rng.random() < 0.67]
    while len(paragraphs) < len(story):
        own = rng.choice(OWN).format(**_fact(rng)[3])
        paragraphs.insert(rng.randrange(len(paragraphs) + 1), f"{own} {_paragraph(rng, [_fact(rng)])}")
    for _ in range(2):
        paragraphs.insert(rng.randrange(len(paragraphs)), paragraphs.pop(rng.randrange(len(paragraphs))))
    return "\n\n".join(paragraphs)


def _fact(rng: random.Random) -> Fact:
    gaps = {name: rng.choice(pool) for name, pool in POOLS.items()} | {"n": str(rng.randrange(3, 99))}
    return rng.randrange(len(SUBJECTS)), rng.randrange(len(VERBS)), rng.randrange(len(FACTS)), gaps


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
