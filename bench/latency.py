"""How long a posted story waits while 5,000 re-checks are due: a real worker, a real Redis, pages over loopback HTTP.

    python -m bench latency                    one JSON line, after about two minutes

Each of the 5,000 is a story of its own, so the queue is as long as it can be. Nobody rings for the posted story: it is
found by the clock, every half second here, so `seconds` has up to half a second of that, which the API's bell saves.
`before` counts the re-checks that were begun between the post and its page.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from statistics import median

from tests.integration.workers.waiting import Waiting


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench latency", description=__doc__)
    parser.add_argument("--waiting", type=int, default=5000)
    parser.add_argument("--posts", type=int, default=9)
    parser.add_argument("--children", type=int, default=1, help="processes of the worker")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="storydiff-latency-") as folder:
        waiting = Waiting(Path(folder), options.waiting, options.posts, options.children)
        waiting.run()
    seconds, before = ([getattr(each, name) for each in waiting.found] for name in ("seconds", "before"))
    told = {"bench": "latency", "waiting": options.waiting, "left": waiting.left, "posts": options.posts}
    figures = {"seconds": round(median(seconds), 2), "seconds_most": round(max(seconds), 2)}
    print(json.dumps({**told, **figures, "before": median(before), "before_most": max(before)}))


if __name__ == "__main__":
    main()
