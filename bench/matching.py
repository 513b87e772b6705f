"""How sure the matching of announcements to stories is, and what it costs: `python -m bench.matching --data DIR`.

A newsroom has half of the stories of a set, with one or three whole texts each; every other article comes as an
announcement of headline and 35 words. So most announcements belong to no story of the newsroom's. ecbplus has pairs of
look-alike events of different years but no dates, so there all count as published when the stories were: what is wrong
there is what time alone would part. Both halves are tried; a set's figures are of both together.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.fit_grouping import SUMMARY, _article, _rows
from storydiff.discover import matching
from storydiff.discover.concepts import concepts
from storydiff.discover.matching import Matcher, Text

DAY = datetime(2026, 3, 2, tzinfo=UTC)
TRIED: tuple[tuple[ModuleType, str, tuple[float, ...]], ...] = (
    (matching, "SURE", (0.24, 0.28, 0.3, 0.32, 0.35, 0.4, 0.45)),
    (matching, "MAYBE", (0.15, 0.18, 0.2, 0.24)),
    (matching, "AHEAD", (0.0, 0.04, 0.08, 0.12)),
    (matching, "AGREE", (0, 1, 2, 3, 4)),
)


@dataclass(frozen=True, slots=True)
class Case:
    """Stories of a newsroom, and announcements with the story of each."""

    stories: dict[str, list[Text]]
    announced: list[tuple[str, Text]]


def cases(data: Path, name: str, texts: int, *, dated: bool, pairs: bool = False) -> Iterator[Case]:
    """Both halves of a set; with `pairs` all stories are open, so that each has its look-alike beside it."""
    rows = _rows(data / name)
    for half in (0,) if pairs else (0, 1):
        stories: dict[str, list[Text]] = {}
        announced: list[tuple[str, Text]] = []
        for row in rows:
            docs = sorted(row["docs"], key=lambda doc: hashlib.md5(doc["doc_id"].encode()).hexdigest())
            count = min(texts, len(docs) - 1) if pairs or _half(name, row["story_id"]) == half else 0
            if count:
                stories[row["story_id"]] = [_text(doc, None, dated=dated) for doc in docs[:count]]
            announced += [(row["story_id"], _text(doc, SUMMARY, dated=dated)) for doc in docs[count:]]
        yield Case(stories, announced)


def _half(name: str, story: str) -> int:
    """Of a pair of look-alikes one is in each half."""
    if name == "ecbplus":
        return int(story.endswith("plus"))
    return int(hashlib.md5(story.encode()).hexdigest(), 16) % 2


def _text(doc: dict[str, Any], words: int | None, *, dated: bool) -> Text:
    article = _article(doc, words, dated=dated)
    return Text(concepts(article), article.published or DAY)


def measure(found: Sequence[Case]) -> str:
    """What is sure: how much of it is right, and how much of what belongs to a story it is; and with suggestions."""
    right = wrong = near = noise = belongs = 0
    for case in found:
        matcher = Matcher(case.stories, [text for _, text in case.announced])
        for story, text in case.announced:
            likely = matcher.match(text)
            sure = next((each.story for each in likely if each.is_sure), None)
            belongs += story in case.stories
            right += sure == story
            wrong += sure is not None and sure != story
            near += any(each.story == story for each in likely)
            noise += sum(each.story != story for each in likely)
    share = right / max(1, right + wrong)
    return (
        f"sure {right} right, {wrong} wrong (P {share:.3f}, R {right / belongs:.3f} of {belongs}); "
        f"with suggestions R {near / belongs:.3f}, {noise} of them wrong"
    )


def speed(found: Sequence[Case]) -> str:
    """Announcements a second of processor time, and seconds to make ready for them."""
    case = found[0]
    told = [replace(each, published=DAY) for each in [text for _, text in case.announced]]
    began = time.process_time()
    matcher = Matcher(case.stories, told)
    ready = time.process_time() - began
    began = time.process_time()
    for text in told:
        matcher.match(text)
    each = (time.process_time() - began) / len(told)
    return f"{len(case.stories)} stories: ready in {ready:.2f} s, then {1 / each:.0f} announcements a second"


def main() -> None:
    """Print a line for each set, then what other values of the constants give."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--try", dest="tries", action="store_true", help="also other values of each constant")
    args = parser.parse_args()
    sets = {
        f"{label}, {texts} text{'s' * (texts > 1)} a story": list(
            cases(args.data, name, texts, dated=dated, pairs=both)
        )
        for label, name, dated, both in (
            ("basil", "basil", True, False),
            ("basil as of one day", "basil", False, False),
            ("ecbplus as of one day", "ecbplus", False, False),
            ("ecbplus as of one day, both of each pair open", "ecbplus", False, True),
            ("newswcl50", "newswcl50", False, False),
        )
        for texts in (1, 3)
    }
    for label, found in sets.items():
        print(f"{label}: {measure(found)}", flush=True)
    print(speed(sets["ecbplus as of one day, 3 texts a story"]), flush=True)
    for module, name, values in TRIED if args.tries else ():
        usual = getattr(module, name)
        for value in values:
            setattr(module, name, value)
            for label, found in sets.items():
                print(f"{name}={value:g} {label}: {measure(found)}", flush=True)
        setattr(module, name, usual)


if __name__ == "__main__":
    main()
