"""How long whole stories take to collate, beside the extraction of a page of each of their texts by trafilatura.

    python -m bench story_speed --data tests/corpus/stories [--slug SLUG ...]

`bench speed` makes its texts from templates; these are told by people, in several languages, with earlier states.
Prints a JSON line per story (seconds of processor time, and their ratio) and a last one for all together. Each figure
is the best of `REPEATED` runs, in turns, each in a process of its own that has seen another story in each of the
languages, so that tables are read and nothing is remembered of the texts. A page is one of `bench/news_page.py`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.by_trafilatura import extract
from bench.gold_stories import gold_versions
from bench.news_page import page
from bench.speed import REPEATED, seconds
from storydiff.engine import collate
from storydiff.model import Version

PROGRAMS = ("collate", "trafilatura")


def stories(data: Path, slugs: Sequence[str] | None) -> dict[str, list[Version]]:
    """Slug -> all versions of a story, of all stories of a folder or of those named."""
    found = sorted(path.parent for path in data.glob("*/story.json") if not slugs or path.parent.name in slugs)
    return {each.name: gold_versions(json.loads((each / "story.json").read_text(encoding="utf8"))) for each in found}


def others(given: dict[str, list[Version]], slug: str) -> list[str]:
    """For each language of a story the first other story that has a text in it."""
    languages = sorted({version.language or "en" for version in given[slug]})
    known = {each: {v.language or "en" for v in versions} for each, versions in given.items() if each != slug}
    first = (next((each for each in known if language in known[each]), None) for language in languages)
    return list(dict.fromkeys(each for each in first if each))


def taken(program: str, given: dict[str, list[Version]], slug: str) -> float:
    """Seconds of processor time that a program takes for one story."""
    seen = [given[each] for each in others(given, slug)]
    if program == "collate":
        for versions in seen:
            collate(versions)
        return seconds(lambda: collate(given[slug]))
    pages = [page(version) for version in given[slug] if version.paragraphs]
    for versions in seen:
        extract(page(versions[0]))
    return seconds(lambda: [extract(each) for each in pages])


def main() -> None:
    """Prints the lines."""
    parser = argparse.ArgumentParser(prog="bench story_speed", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder of stories, each with its story.json")
    parser.add_argument("--slug", action="append", help="only this story; may be given several times")
    parser.add_argument("--one", nargs=2, metavar=("PROGRAM", "SLUG"), help="measure in this process and print seconds")
    args = parser.parse_args()
    given = stories(args.data, args.slug)
    if not given:
        parser.error(f"{args.data} holds no folder with a story.json{' of that name' if args.slug else ''}")
    if args.one:
        program, slug = args.one
        print(json.dumps(taken(program, given, slug)))
        return
    rows = [_row(slug, len(versions)) for slug, versions in given.items()]
    total = {key: round(sum(row[key] for row in rows), 4) for key in ("versions", "seconds", "trafilatura_seconds")}
    print(json.dumps({"stories": len(rows), **total, "share_of_trafilatura": _share(total)}))


def _row(slug: str, versions: int) -> dict[str, float]:
    rounds = [[_measured(program, slug) for program in PROGRAMS] for _ in range(REPEATED)]
    ours, extraction = (round(min(runs), 4) for runs in zip(*rounds, strict=True))
    row = {"versions": versions, "seconds": ours, "trafilatura_seconds": extraction}
    print(json.dumps({"story": slug, **row, "share_of_trafilatura": _share(row)}), flush=True)
    return row


def _share(row: dict[str, float]) -> float:
    return round(row["seconds"] / row["trafilatura_seconds"], 3)


def _measured(program: str, slug: str) -> float:
    """What a process of its own prints."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.story_speed", *sys.argv[1:], "--one", program, slug]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
