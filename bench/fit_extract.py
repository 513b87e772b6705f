"""Fit the weights of the extraction classifier: python -m bench.fit_extract --data ../shared/data [--folds] [--write]

Reads the development splits of fundus_eval, aeb, fundus_silver and stories. `--folds` prints paragraph-exact F1 with
every outlet judged by weights fitted on other outlets; `--write` fits on everything and writes weights.json.
Needs SciPy. The same data give the same weights.
"""

import argparse
import gzip
import json
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from storydiff.extract import body
from storydiff.extract.article import Reading, read
from storydiff.extract.blocks import Block
from storydiff.extract.characters import squash
from storydiff.extract.features import Row, table
from storydiff.extract.second_look import context

FOLDS = 8
RARE = 20
SETS = ("fundus_eval", "aeb", "fundus_silver", "stories")
SILVER_WEIGHT = 0.3
"""A parser's output accepted in review errs more often than a hand-made gold; .6 gives aeb .947, .3 gives .950."""
STRENGTH = 0.1
"""Inverse regularisation; .1 gives fundus .968, aeb .950 in folds over outlets, .5 gives .965, .950."""
THRESHOLD = 0.45
LEAVE_OUT = 2
AGAINST = frozenset(
    {"related", "card", "comment", "caption", "promo", "newsletter", "share", "author", "navigation", "footer", "aside"}
    | {
        "tags",
        "date",
        "widget",
        "consent",
        "unseen",
        "perhaps",
        "credit",
        "nav",
        "header",
        "figure",
        "form",
        "keypoints",
    }
)
FOR = frozenset({"body", "text", "article", "main", "kept", "kept_long"})
SIGNS = {
    **dict.fromkeys(
        ("terminal", "sentences", "commas", "long", "length", "holder_top", "kind_share", "agreed", "same_holder"), 1
    ),
    **dict.fromkeys(
        ("sandwiched", "holder_share", "previous_in_kept", "next_in_kept", "after_headline", "holder_blocks", "quoted"),
        1,
    ),
    **dict.fromkeys(
        ("odd", "before_headline", "is_headline", "after_second_headline", "holder_linked", "echoed", "repeated"), -1
    ),
    **dict.fromkeys(
        ("holder_starts_linked", "in_headline", "before_first", "after_last", "missed", "away", "digits"), -1
    ),
    **dict.fromkeys(("previous_linked", "next_linked", "all_told", "in_description", "wordless"), -1),
}
"""What a feature may mean by its nature; the rest is left to the data."""


@dataclass
class Page:
    """One page with its gold."""

    set: str
    outlet: str
    html: bytes
    url: str | None
    gold: list[str]
    standfirsts: list[str]
    subheads: list[str]
    reading: Reading | None = None
    rows: list[Row] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)


def lines(path: Path) -> Iterator[dict]:
    """The JSON lines of a file or of its .gz."""
    path = path if path.exists() else Path(f"{path}.gz")
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf8") as stream:
        yield from (json.loads(line) for line in stream)


def pages(data: Path) -> Iterator[Page]:
    """Every development page with a gold."""
    for name in SETS[:3]:
        for row in lines(data / name / "dev.jsonl"):
            html = gzip.decompress((data / name / row["html"]).read_bytes())
            summaries = row["paragraphs"][: row.get("n_summary", 0)]
            subheads = [text for _, text in row.get("subheads", [])]
            yield Page(name, row["outlet"], html, row.get("url"), row["paragraphs"], summaries, subheads)
    for folder in sorted((data / "stories" / "dev").iterdir()):
        story = json.loads((folder / "story.json").read_text(encoding="utf8"))
        for outlet in story["outlets"]:
            for state in outlet["states"]:
                gold = story["articles"][outlet["id"]][state["state"]]
                if gold:
                    entries = [entry["title"] for entry in gold.get("entries") or []]
                    subheads = [head["text"] for head in gold["subheads"]] + entries
                    deks = [gold["dek"]] if gold["dek"] else []
                    html = (folder / state["file"]).read_bytes()
                    yield Page("stories", outlet["id"], html, outlet["url"], gold["paragraphs"], deks, subheads)


def label(page: Page, blocks: list[Block], description: str) -> list[int]:
    """1 for text of the article, 0 for anything else, LEAVE_OUT where the golds disagree or cut otherwise.

    Standfirsts are left out: some golds count them as paragraphs and some do not; they have a role of their own.
    """
    gold = {squash(text) for text in page.gold} | {squash(text) for text in page.subheads}
    aside = {squash(text) for text in page.standfirsts}
    joined = "\n".join(sorted(gold))
    labels = []
    for place, block in enumerate(blocks):
        text = squash(block.text)
        is_description = len(text) > 30 and text == description and place < len(blocks) / 2
        if text in aside or is_description:
            labels.append(LEAVE_OUT)
        elif text in gold:
            labels.append(1)
        else:
            labels.append(LEAVE_OUT if len(text) > 25 and text in joined else 0)
    return labels


def fit(rows: list[Row], labels: list[int], weights: list[float]) -> body.Look:
    """A logistic model over the features that are not rare, its scaling folded into the weights."""
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name in counts if counts[name] >= RARE)
    place = {name: i for i, name in enumerate(names)}
    table_ = np.zeros((len(rows), len(names)), dtype=np.float32)
    for i, row in enumerate(rows):
        for name, value in row.items():
            if name in place:
                table_[i, place[name]] = value
    mean, spread = table_.mean(0), table_.std(0) + 1e-4
    intercept, coefficients = logistic(
        (table_ - mean) / spread, np.array(labels), np.array(weights), [sign(n) for n in names]
    )
    slopes = coefficients / spread
    bias = float(intercept - slopes @ mean)
    return body.Look(round(bias, 4), {name: round(float(slopes[i]), 4) for name, i in place.items()})


def sign(name: str) -> int:
    """Which way a feature may count: 1 for text, -1 against, 0 either way.

    Without this, features that go together (a link at the start, in a short line) get large weights of opposite signs,
    which serve the pages they were fitted on and no others.
    """
    stem = re.sub("^(own|near|around|in)_", "", name)
    if name.startswith(("says_", "linked", "all_linked", "far_", "under_")) or (stem != name and stem in AGAINST):
        return -1
    if name.startswith("likely") or (stem != name and stem in FOR):
        return 1
    return SIGNS.get(name, 0)


def logistic(table_: np.ndarray, labels: np.ndarray, weights: np.ndarray, signs: list[int]) -> tuple[float, np.ndarray]:
    """Intercept and coefficients of a logistic regression with an L2 penalty and bounds on signs (L-BFGS-B)."""
    goal = 2.0 * labels - 1.0

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        margin = goal * (point[0] + table_ @ point[1:])
        pull = -goal * weights / (1.0 + np.exp(np.clip(margin, -500, 500)))
        slope = np.concatenate([[pull.sum()], table_.T @ pull + point[1:] / STRENGTH])
        return float(weights @ np.logaddexp(0.0, -margin) + (point[1:] ** 2).sum() / (2 * STRENGTH)), slope

    bounds = [(None, None)] + [(0.0 if s > 0 else None, 0.0 if s < 0 else None) for s in signs]
    found = minimize(
        loss, np.zeros(table_.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 150}
    )
    return float(found.x[0]), found.x[1:]


def samples(chosen: list[Page], rows: dict[int, list[Row]]) -> tuple[list[Row], list[int], list[float]]:
    """Rows, labels and weights for fitting: hidden blocks are left out, and two of three that are all link."""
    out: tuple[list[Row], list[int], list[float]] = ([], [], [])
    for page in chosen:
        weight = SILVER_WEIGHT if page.set == "fundus_silver" else 1.0
        for i, (row, truth) in enumerate(zip(rows[id(page)], page.labels, strict=True)):
            linked = "all_linked" in row and "in_kept" not in row and not truth
            if truth == LEAVE_OUT or body.unfit(row) or (linked and i % 3):
                continue
            out[0].append(row)
            out[1].append(truth)
            out[2].append(weight)
    return out


def apply(look: body.Look, page: Page, rows: list[Row]) -> list[float]:
    """What a look says of a page's blocks."""
    return [0.0 if body.unfit(first) else look.likely(row) for first, row in zip(page.rows, rows, strict=True)]


def stacked(page: Page, first: list[float]) -> list[Row]:
    """The rows of the second look."""
    blocks, at = page.reading.blocks, page.reading.hints.headline_at
    more = context(blocks, page.rows, body.settle(first, blocks, at))
    return [{**row, **extra} for row, extra in zip(page.rows, more, strict=True)]


def train(chosen: list[Page]) -> tuple[body.Look, body.Look]:
    """Both looks; the second learns from first looks that did not see the outlet they judge."""
    rows = {id(page): page.rows for page in chosen}
    for number in range(FOLDS):
        held = [page for page in chosen if fold(page) == number]
        if held:
            look = fit(*samples([page for page in chosen if fold(page) != number], {id(p): p.rows for p in chosen}))
            rows |= {id(page): stacked(page, apply(look, page, page.rows)) for page in held}
    return fit(*samples(chosen, {id(p): p.rows for p in chosen})), fit(*samples(chosen, rows))


def fold(page: Page) -> int:
    """The fold of the page's outlet: one outlet is in one fold, in whichever set it appears."""
    name = page.outlet.lower().split(".")[0]
    return zlib.crc32(name.encode()) % FOLDS


def judge(page: Page, likely: list[float]) -> np.ndarray:
    """Hits, predicted and wanted paragraphs; sub-headings and standfirsts do not count where kept apart."""
    gold = Counter(squash(text) for text in page.gold if squash(text))
    apart = (
        {squash(text) for text in page.subheads + page.standfirsts}
        if page.set in {"fundus_silver", "stories"}
        else set()
    )
    taken = [block.text for block, p in zip(page.reading.blocks, likely, strict=True) if p > THRESHOLD]
    mine = Counter(text for text in map(squash, taken) if text and text not in apart)
    gold = Counter({text: n for text, n in gold.items() if text not in apart})
    return np.array([sum((gold & mine).values()), sum(mine.values()), sum(gold.values())])


def f1(counts: np.ndarray) -> float:
    """F1 of hits, predicted, wanted."""
    return 2 * counts[0] / max(1, counts[1] + counts[2])


def folds(everything: list[Page]) -> None:
    """Print F1 per set with outlets held out."""
    totals: dict[str, dict[str, np.ndarray]] = {name: defaultdict(lambda: np.zeros(3)) for name in SETS}
    for number in range(FOLDS):
        first, second = train([page for page in everything if fold(page) != number])
        for page in everything:
            if fold(page) == number:
                likely = apply(second, page, stacked(page, apply(first, page, page.rows)))
                likely = body.settle(likely, page.reading.blocks, page.reading.hints.headline_at)
                totals[page.set][page.outlet] += judge(page, likely)
    for name, outlets in totals.items():
        figures = {
            "set": name,
            "f1": f1(sum(outlets.values())),
            "mean_over_outlets": np.mean([f1(c) for c in outlets.values()]),
        }
        print(json.dumps({k: round(v, 4) if isinstance(v, float) else v for k, v in figures.items()}))
        worst = sorted((round(float(f1(counts)), 3), outlet) for outlet, counts in outlets.items())[:8]
        print("  lowest:", ", ".join(f"{outlet} {figure}" for figure, outlet in worst))


def main() -> None:
    """Read the data, then do what the options say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    everything = list(pages(args.data))
    for page in everything:
        page.reading = read(page.html, None, page.url)
        page.rows = table(page.reading.blocks, page.reading.hints)
        page.labels = label(page, page.reading.blocks, page.reading.hints.description)
    if args.folds:
        folds(everything)
    if args.write:
        first, second = train(everything)
        looks = {
            name: {"bias": look.bias, "weights": look.weights} for name, look in (("first", first), ("second", second))
        }
        target = Path(body.__file__).with_name("weights.json")
        target.write_text(json.dumps({"threshold": THRESHOLD, **looks}, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
