"""`python -m bench NAME [...]`: the measurements of this project, each a module of its own."""

from __future__ import annotations

import importlib
import sys

MEASUREMENTS = {
    "api": "reads of the API beside a bare aiohttp handler, and with 10,000 stories stored",
    "fetching": "pages a second from many hosts, beside a bare aiohttp client",
    "gold_stories": "points and coverage on gold paragraphs, without pages or HTTP",
    "latency": "a posted story while 5,000 re-checks wait",
    "matching": "announcements of watched sources beside stories: how sure, and how fast",
    "nothing_lost": "stories under siege: faulty outlets, killed workers, restarted servers",
    "quality": "the human-labelled data sets, through bench/adapter.py",
    "real_stories": "points and coverage on real stories that were labelled by hand",
    "speed": "collating 2 to 200 versions, beside difflib, collatex and trafilatura",
    "story_speed": "collating whole stories, beside trafilatura on pages of their texts",
    "throughput": "from a due page to a stored version in one worker process, beside extraction alone",
    "stories": "whole stories through the real command over HTTP",
    "web": "the web pages of a large story and of many, in a real Chromium",
}


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in MEASUREMENTS:
        lines = "\n".join(f"  {each:<13} {what}" for each, what in MEASUREMENTS.items())
        sys.exit(f"usage: python -m bench NAME [...]\n\n{lines}")
    module = importlib.import_module(f"bench.{name}")
    sys.argv = [f"bench {name}", *sys.argv[2:]]
    module.main()


if __name__ == "__main__":
    main()
