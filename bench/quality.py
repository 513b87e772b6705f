"""Run the judge of the human-labelled data sets over bench/adapter.py.

    python -m bench quality --data ../shared/data [--split dev] [--only coverage,links] [--judge FILE]

Prints the judge's JSON lines. It is looked for in `eval` beside the data folder.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench quality", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--only", default="")
    parser.add_argument("--judge", type=Path)
    args = parser.parse_args()
    judge = args.judge or args.data.resolve().parent / "eval" / "score.py"
    command = [sys.executable, str(judge), "--data", str(args.data), "--split", args.split]
    command += ["--only", args.only] if args.only else []
    sys.exit(subprocess.run(command, check=False).returncode)


if __name__ == "__main__":
    main()
