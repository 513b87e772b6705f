"""`python -m storydiff.web`: serves the web pages; `storydiff serve web` runs this."""

from __future__ import annotations

from storydiff.serving.running import Place, run
from storydiff.settings import Settings
from storydiff.web.app import make_app


def main() -> int:
    """Serve until told to stop; gives the exit code."""
    settings = Settings.from_env()
    return run(make_app, settings, Place(host=settings.web_host, port=settings.web_port))


if __name__ == "__main__":
    raise SystemExit(main())
