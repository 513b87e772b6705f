"""Nothing lost, at full size: 300 stories of 8 outlets under siege, on a real Redis and a real PostgreSQL.

One answer in ten of an outlet hangs, breaks or fails; workers are killed with SIGKILL every few seconds; Redis restarts
once, empty; PostgreSQL is torn down once. It ends when every page has its last version, every story its last collation
and every event has arrived, each counted once by its id; or it fails and names what was lost.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.integration.postgres_server import postgres_server
from tests.integration.workers.siege import Siege


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench nothing_lost", description=__doc__)
    parser.add_argument("--stories", type=int, default=300)
    parser.add_argument("--outlets", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kill-every", type=float, default=10.0, help="seconds between two kills")
    parser.add_argument("--limit", type=float, default=1800.0, help="seconds after which it counts as failed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="storydiff-siege-") as folder, postgres_server() as postgres:
        siege = Siege(
            folder=Path(folder),
            stories=options.stories,
            outlets=options.outlets,
            database=postgres.url,
            workers=options.workers,
            kill_every=options.kill_every,
            task_seconds=15,
            disturb=[postgres.restart],
        )
        siege.run(options.limit, progress=lambda line: print(line, file=sys.stderr, flush=True))
    print("  ".join(f"{name} {value}" for name, value in siege.figures.items()))


if __name__ == "__main__":
    main()
