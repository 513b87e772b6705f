"""The other programs on the texts of the speed bench, each in a process of its own.

`python -m bench.speed_others --trafilatura 20` prints a JSON line with the seconds of processor time.
"""

from __future__ import annotations

import argparse
import difflib
import json
from collections.abc import Callable, Sequence

import collatex

from bench.by_trafilatura import extract
from bench.news_page import page
from bench.speed import seconds, versions
from storydiff.model import Version


def by_difflib(given: Sequence[Version]) -> float:
    """The similarity of all pairs of paragraphs of different versions."""
    texts = [[p.text for p in version.paragraphs] for version in given]
    matcher = difflib.SequenceMatcher(autojunk=False)

    def work() -> None:
        for i, later in enumerate(texts):
            for b in later:
                matcher.set_seq2(b)
                for a in (text for earlier in texts[:i] for text in earlier):
                    matcher.set_seq1(a)
                    matcher.ratio()

    return seconds(work)


def by_collatex(given: Sequence[Version]) -> float:
    """The alignment of all versions."""

    def work() -> None:
        collation = collatex.Collation()
        for version in given:
            collation.add_plain_witness(version.outlet, version.text)
        collatex.collate(collation, segmentation=False)

    return seconds(work)


def by_trafilatura(given: Sequence[Version]) -> float:
    """Text and metadata of the versions' pages, as by default; it has read another page before."""
    pages = [page(version) for version in given]
    extract(page(versions(2, 99)[0]))
    return seconds(lambda: [extract(html) for html in pages])


PROGRAMS: dict[str, Callable[[Sequence[Version]], float]] = {
    "difflib": by_difflib,
    "collatex": by_collatex,
    "trafilatura": by_trafilatura,
}


def main() -> None:
    """Prints the line of the program that was asked for."""
    parser = argparse.ArgumentParser(prog="bench.speed_others", description=__doc__.split("\n", maxsplit=1)[0])
    for name in PROGRAMS:
        parser.add_argument(f"--{name}", type=int, help="how many versions it gets")
    parser.add_argument("--seed", type=int, default=1)
    args = vars(parser.parse_args())
    name = next(name for name in PROGRAMS if args[name])
    print(json.dumps({"versions": args[name], "seconds": round(PROGRAMS[name](versions(args[name], args["seed"])), 4)}))


if __name__ == "__main__":
    main()
