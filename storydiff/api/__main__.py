"""`python -m storydiff.api`: serves the API; `storydiff serve api` runs this."""

from __future__ import annotations

from storydiff.api.app import make_app
from storydiff.serving.running import Place, run
from storydiff.settings import Settings


def main() -> int:
    """Serve until told to stop; gives the exit code."""
    settings = Settings.from_env()
    return run(
        make_app, settings, Place(host=settings.api_host, port=settings.api_port, processes=settings.api_processes)
    )


if __name__ == "__main__":
    raise SystemExit(main())
