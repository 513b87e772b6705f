"""Collate the gold paragraphs of a corpus of stories and print its score: the fast inner loop, without pages or HTTP.

    python -m bench.gold_stories --data ../shared/data/stories [--split dev] [--slug SLUG ...] [--plain] [--save FILE]

The corpus's own score.py judges. Of the gold, the product sees only the paragraphs, times, languages and extents.
`--plain` scores a plain method in the product's place (bench/plain.py): how hard these stories are.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.plain import plain_prediction
from storydiff.engine import collate
from storydiff.model import Collation, Extent, Paragraph, Role, Story, Version, fingerprint, version_id

EXTENTS = {"truncated": Extent.TRUNCATED, "consent_wall": Extent.BLOCKED}
KINDS = {"list_item": Role.LIST_ITEM, "block_quote": Role.BLOCK_QUOTE, "blockquote": Role.BLOCK_QUOTE}


def load_module(path: Path) -> Any:
    """A program that comes with a corpus, as a module."""
    spec = importlib.util.spec_from_file_location(f"corpus_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _posts(article: dict[str, Any]) -> dict[int, int]:
    """Paragraph index -> number of the live-blog post it belongs to."""
    starts = [entry["before"] for entry in article.get("entries", [])]
    count = len(article["paragraphs"])
    return {i: sum(s <= i for s in starts) - 1 for i in range(count)} if starts else {}


def gold_version(outlet: dict[str, Any], state: dict[str, Any], article: dict[str, Any] | None) -> Version:
    """One state of one outlet as a perfect fetch and extraction would have given it."""
    article = article or {"paragraphs": []}
    posts = _posts(article)
    paragraphs = [
        Paragraph(text, KINDS.get(kind, Role.BODY), posts.get(i))
        for i, text in enumerate(article["paragraphs"])
        for kind in article["kinds"][i : i + 1]
    ]
    paragraphs += [Paragraph(text, Role.CORRECTION) for text in article.get("notes", ())]
    headline, standfirst = article.get("headline"), article.get("dek")
    fetched = moment(state["fetched_at"])
    return Version(
        id=version_id(outlet["url"], fetched, fingerprint(headline, standfirst, paragraphs)),
        outlet=outlet["name"],
        url=outlet["url"],
        extent=EXTENTS.get(outlet["status"], Extent.COMPLETE),
        language=outlet["language"],
        headline=headline,
        standfirst=standfirst,
        byline=article.get("byline"),
        dateline=article.get("dateline"),
        published=moment(article.get("published")),
        modified=moment(article.get("modified")),
        fetched=fetched,
        credit=outlet["wire_credit"],
        paragraphs=tuple(paragraphs),
    )


def gold_versions(story: dict[str, Any]) -> list[Version]:
    return [
        gold_version(outlet, state, story["articles"][outlet["id"]][state["state"]])
        for outlet in story["outlets"]
        for state in outlet["states"]
    ]


def collated(story: dict[str, Any]) -> dict[str, Any]:
    """What the product says of a story, in the form that score.py reads."""
    return prediction(collate(gold_versions(story), story=Story(slug=story["slug"])), story)


def prediction(collation: Collation, story: dict[str, Any]) -> dict[str, Any]:
    """A collation in the form that score.py reads."""
    ids = {outlet["url"]: outlet["id"] for outlet in story["outlets"]}
    outlet = {v.id: ids[v.article] for v in collation.versions}
    states = {
        version.id: (o["id"], s["state"])
        for o in story["outlets"]
        for s in o["states"]
        for version in [gold_version(o, s, story["articles"][o["id"]][s["state"]])]
    }
    text = {v.id: [p.text for p in v.paragraphs] for v in collation.versions}
    return {
        "joined": [outlet[v.id] for v in collation.versions if v.id not in collation.apart and v.paragraphs],
        "points": [
            {
                "statement": point.statement,
                "outlets": {
                    outlet[version]: {
                        "status": cell.status.value,
                        "evidence": [s.text for s in cell.evidence],
                        "missing": list(cell.missing),
                    }
                    for version, cell in point.coverage.items()
                },
            }
            for point in collation.points
        ],
        "links": [
            {
                "a": outlet[link.a],
                "b": outlet[link.b],
                "pairs": [[text[link.a][i], text[link.b][j]] for i in link.a_paragraphs for j in link.b_paragraphs],
            }
            for link in collation.links
        ],
        "discrepancies": [
            {"type": d.type.value, "spans": spans_by_outlet((outlet[r.version], r.text) for r in d.readings)}
            for d in collation.discrepancies
        ],
        "families": [
            {
                "members": [outlet[v] for v in family.versions],
                "origin": outlet[family.origin] if family.origin else None,
            }
            for family in collation.families
        ],
        "revisions": [
            {
                "outlet": states[r.after][0],
                "from": states[r.before][1],
                "to": states[r.after][1],
                "changes": [{"type": c.kind.value, "before": c.before, "after": c.after} for c in r.changes],
            }
            for r in collation.revisions
        ],
    }


def spans_by_outlet(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    spans: dict[str, list[str]] = {}
    for outlet, text in pairs:
        spans.setdefault(outlet, []).append(text)
    return spans


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--slug", action="append")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--save", type=Path)
    args = parser.parse_args()
    score = load_module(args.data / "score.py")
    gold = score.load(args.split, args.slug)
    method = plain_prediction if args.plain else collated
    clusters = {slug: method(story) for slug, story in gold.items()}
    if args.save:
        args.save.write_text(json.dumps({"clusters": clusters}, ensure_ascii=False, indent=1), encoding="utf-8")
    for slug in gold:
        print(json.dumps({slug: score.score({slug: gold[slug]}, {"clusters": {slug: clusters[slug]}})}))
    print(json.dumps(score.score(gold, {"clusters": clusters})))


if __name__ == "__main__":
    main()
