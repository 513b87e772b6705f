"""Ctrl-C keeps what was fetched."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

from tests.integration.fetch.site import Site, page

CLIENT = """
import json, sys
from datetime import UTC, datetime
from storydiff.fetch import Fetched, Interrupted, Request, fetch_all
from storydiff.settings import Settings

def heard(step):
    if isinstance(step, Fetched):
        print("done", flush=True)

settings = Settings(allow_hosts=("127.0.0.1",), host_delay=0, timeout=300)
urls = [sys.argv[1] + path for path in ("/hang", "/a", "/b")]
try:
    fetch_all([Request(url=url) for url in urls], settings, clock=lambda: datetime.now(UTC), progress=heard)
except Interrupted as stop:
    print(json.dumps([isinstance(stop, KeyboardInterrupt), [page.url[-2:] for page in stop.finished]]))
"""


def test_interrupt():
    """SIGINT ends the batch at once, and the complete pages come with the interruption, in their order."""
    with Site({"/a": page(), "/b": page()}) as site:
        site.routes = {**site.routes, "/hang": lambda _, __: site.wait(300)}
        command = [sys.executable, "-W", "error", "-c", CLIENT, site.base]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(2):
                assert process.stdout.readline() == "done\n"
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
    assert json.loads(out) == [True, ["/a", "/b"]]
    assert err == ""
