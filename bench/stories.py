"""Whole stories through the real command over HTTP, judged by the corpus's own score.py.

    python -m bench stories --data ../shared/data/stories [--split dev] [--slug SLUG ...] [--save FILE]

Each cluster of the corpus is served by its own serve.py on loopback. For every moment at which a page changed the
server's clock is set and `storydiff compare --story SLUG --format json URL...` is run on all pages, those not published
yet (404) among them, with one database and archive. The outlets' own domains are resolved to that server by
STORYDIFF_RESOLVE. What the command prints is turned into the form that score.py reads, and nothing is added. Prints
score.py's lines.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.gold_stories import load_module, spans_by_outlet

BODY = {"body", "list_item", "block_quote"}
COMMAND = [str(Path(sys.executable).with_name("storydiff"))]

NOTHING_TO_COMPARE = 3
"""Exit code while fewer than two pages can be read."""

Json = dict[str, Any]
Runs = Sequence[tuple[datetime, str]]
"""When each run of the command began, and the server's clock then."""


def run_story(folder: Path, work: Path, serve: Any) -> Json:
    """One story from its first state to its last; score.py's form of what the command said."""
    story = json.loads((folder / "story.json").read_text(encoding="utf8"))
    server = serve.make(str(folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    try:
        runs: list[tuple[datetime, str]] = []
        pages: dict[tuple[str, str], Json] = {}
        last: Json = {}
        for moment in _moments(story):
            _set_clock(port, moment)
            runs.append((datetime.now(UTC).replace(microsecond=0), moment))
            last = _compare(story, port, work)
            for version in last["versions"]:
                outlet = _outlet_of(version["url"], story)
                for state in _states_until(story, outlet, moment)[-1:]:
                    pages[outlet, state] = version
        if not last["versions"]:
            sys.exit(f"storydiff compare never had two articles of {story['slug']}")
        return prediction(last, runs, pages, story)
    finally:
        server.shutdown()


def prediction(last: Json, runs: Runs, pages: Mapping[tuple[str, str], Json], story: Json) -> Json:
    """The last collation as the command printed it, and the pages of all of them."""
    outlet = {version["id"]: _outlet_of(version["url"], story) for version in last["versions"]}
    texts = {version["id"]: [p["text"] for p in version["paragraphs"]] for version in last["versions"]}
    return {
        "pages": [
            {"outlet": o, "state": s, "headline": v["headline"] or "", "paragraphs": _body(v)}
            for (o, s), v in sorted(pages.items())
        ],
        "joined": [outlet[v["id"]] for v in last["versions"] if not v["apart"] and v["extent"] != "blocked"],
        "points": [_point(point, outlet) for point in last["points"]],
        "links": [
            {
                "a": outlet[link["a"]],
                "b": outlet[link["b"]],
                "pairs": [
                    [texts[link["a"]][i], texts[link["b"]][j]]
                    for i in link["a_paragraphs"]
                    for j in link["b_paragraphs"]
                ],
            }
            for link in last["links"]
        ],
        "discrepancies": [
            {
                "type": each["type"],
                "spans": spans_by_outlet((outlet[r["version"]], r["text"]) for r in each["readings"]),
            }
            for each in last["discrepancies"]
        ],
        "families": [
            {"members": [outlet[v] for v in each["versions"]], "origin": outlet.get(each["origin"])}
            for each in last["families"]
        ],
        "revisions": list(_revisions(last["revisions"], runs, story)),
    }


def _point(point: Json, outlet: Mapping[str, str]) -> Json:
    return {
        "statement": point["statement"],
        "outlets": {
            outlet[version]: {
                "status": cell["status"],
                "evidence": [span["text"] for span in cell["evidence"]],
                "missing": cell["missing"],
            }
            for version, cell in point["coverage"].items()
        },
    }


def _revisions(revisions: Iterable[Json], runs: Runs, story: Json) -> Iterable[Json]:
    """To the state that the run showed in which the later text was fetched, from the state before it."""
    for each in revisions:
        outlet, seen = _outlet_of(each["url"], story), datetime.fromisoformat(each["seen"][1])
        moment = [clock for began, clock in runs if began <= seen][-1]
        before, after = _states_until(story, outlet, moment)[-2:]
        changes = [{"type": c["kind"], "before": c["before"], "after": c["after"]} for c in each["changes"]]
        yield {"outlet": outlet, "from": before, "to": after, "changes": changes}


def _body(version: Json) -> list[str]:
    return [paragraph["text"] for paragraph in version["paragraphs"] if paragraph["role"] in BODY]


def _moments(story: Json) -> list[str]:
    return sorted({state["valid_from"] for outlet in story["outlets"] for state in outlet["states"]})


def _states_until(story: Json, outlet: str, moment: str) -> list[str]:
    states = next(each["states"] for each in story["outlets"] if each["id"] == outlet)
    return [state["state"] for state in states if state["valid_from"] <= moment]


def _outlet_of(url: str, story: Json) -> str:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    found: str = next(outlet["id"] for outlet in story["outlets"] if outlet["domain"] == host)
    return found


def _set_clock(port: int, moment: str) -> None:
    urllib.request.urlopen(f"http://127.0.0.1:{port}/__clock?at={moment}", timeout=10).read()


def _compare(story: Json, port: int, work: Path) -> Json:
    urls = [outlet["url"].replace("https://", "http://") for outlet in story["outlets"]]
    command = [
        *COMMAND,
        "compare",
        "--story",
        story["slug"],
        "--format",
        "json",
        "--quiet",
        "--db",
        str(work / "db.sqlite"),
    ]
    done = subprocess.run(
        [*command, *urls], env=_environment(story, port, work), capture_output=True, text=True, check=False
    )
    if not done.stdout.strip():
        if done.returncode == NOTHING_TO_COMPARE:
            return {"versions": []}
        sys.exit(f"storydiff compare printed nothing (exit {done.returncode}):\n{done.stderr}")
    printed: Json = json.loads(done.stdout)
    return printed


def _environment(story: Json, port: int, work: Path) -> dict[str, str]:
    hosts = [host for outlet in story["outlets"] for host in (outlet["domain"], "www." + outlet["domain"])]
    return {
        **os.environ,
        "STORYDIFF_RESOLVE": " ".join(f"{host}:127.0.0.1:{port}" for host in hosts),
        "STORYDIFF_ALLOW_HOSTS": " ".join(hosts),
        "STORYDIFF_HOST_DELAY": "0",
        "STORYDIFF_ARCHIVE": str(work / "archive"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench stories", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--slug", action="append")
    parser.add_argument("--save", type=Path, help="write what was judged")
    args = parser.parse_args()
    score, serve = load_module(args.data / "score.py"), load_module(args.data / "serve.py")
    gold = score.load(args.split, args.slug)
    clusters = {}
    for slug in gold:
        with tempfile.TemporaryDirectory() as work:
            clusters[slug] = run_story(args.data / args.split / slug, Path(work), serve)
        print(json.dumps({slug: score.score({slug: gold[slug]}, {"clusters": {slug: clusters[slug]}})}), flush=True)
    if args.save:
        args.save.write_text(json.dumps({"clusters": clusters}, ensure_ascii=False, indent=1), encoding="utf8")
    print(json.dumps(score.score(gold, {"clusters": clusters})))


if __name__ == "__main__":
    main()
