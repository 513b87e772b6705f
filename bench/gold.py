"""Measures families and revisions alone, on the gold articles of a folder of stories (their README tells the form).

    python -m bench.gold --data DIR --split SPLIT

Everything else in the chain is left out, so that a figure here is that of this part. Prints one JSON line.
"""

import argparse
import importlib.util
import json
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from storydiff.diff.reuse import families
from storydiff.diff.revisions import revisions
from storydiff.model import Extent, Paragraph, Role, Version

EXTENT = {"truncated": Extent.TRUNCATED, "consent_wall": Extent.BLOCKED}


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def version(outlet: dict[str, Any], state: str, article: dict[str, Any] | None) -> Version:
    """The gold article as a version; its id is "outlet@state"."""
    shared = {"id": f"{outlet['id']}@{state}", "outlet": outlet["name"], "url": outlet["url"], "fetched": _time(state)}
    if article is None:
        return Version(**shared, extent=Extent.BLOCKED)
    body = [Paragraph(text) for text in article["paragraphs"]]
    body += [Paragraph(text, Role.CAPTION) for text in article["captions"]]
    body += [Paragraph(text, Role.CORRECTION) for text in article["notes"]]
    credit = outlet["wire_credit"] if article["paragraphs"] else None
    return Version(
        **shared,
        extent=EXTENT.get(outlet["status"], Extent.COMPLETE),
        language=outlet["language"],
        headline=article["headline"],
        standfirst=article["dek"],
        byline=article["byline"],
        dateline=article["dateline"],
        published=_time(article["published"]),
        modified=_time(article["modified"]),
        credit=credit,
        paragraphs=tuple(body),
    )


def _changes(versions: list[Version]) -> list[dict[str, Any]]:
    rows = []
    for each in revisions(versions):
        outlet, start = each.before.split("@")
        changes = [{"type": str(c.kind), "before": c.before, "after": c.after} for c in each.changes]
        rows.append({"outlet": outlet, "from": start, "to": each.after.split("@")[1], "changes": changes})
    return rows


def prediction(story: dict[str, Any], *, credited: bool) -> dict[str, Any]:
    """What the product says of one story, in the form that the scorer reads."""
    latest, changes = [], []
    for outlet in story["outlets"]:
        states = [version(outlet, state, a) for state, a in story["articles"][outlet["id"]].items()]
        changes += _changes(states)
        if outlet["status"] != "different_story":
            latest.append(states[-1])
    if not credited:
        latest = [Version(**{**_fields(v), "credit": None, "byline": None}) for v in latest]
    name = {v.id: v.id.split("@")[0] for v in latest}
    found = [{"members": [name[v] for v in f.versions], "origin": name.get(f.origin or "")} for f in families(latest)]
    return {"families": found, "revisions": changes}


def _fields(version: Version) -> dict[str, Any]:
    return {name: getattr(version, name) for name in Version.__slots__}


def _scorer(data: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("stories_score", data / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer in {data}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Read the stories, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--no-credits", action="store_true", help="judge families by shared text alone")
    args = parser.parse_args()
    scorer = _scorer(args.data)
    gold = scorer.load(args.split)
    figures = scorer.score(gold, {slug: prediction(s, credited=not args.no_credits) for slug, s in gold.items()})
    print(json.dumps({k: v for k, v in figures.items() if v is not None and k != "clusters"}))


if __name__ == "__main__":
    main()
