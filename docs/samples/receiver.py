"""Receives storydiff's webhooks: python receiver.py PORT, with the endpoint's secret in STORYDIFF_SECRET."""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["STORYDIFF_SECRET"].removeprefix("whsec_"))
seen: set[str] = set()  # keep this in your database, and what it led to in the same transaction


def is_genuine(headers, body: bytes) -> bool:
    """Whether the message is from storydiff, and of now."""
    name, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not sent.isdecimal() or abs(time.time() - int(sent)) > 300:
        return False
    mac = hmac.new(KEY, f"{name}.{sent}.".encode() + body, hashlib.sha256).digest()
    expected = "v1," + base64.b64encode(mac).decode()
    signatures = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(expected.encode(), each.encode()) for each in signatures)


class Receiver(BaseHTTPRequestHandler):
    """Takes each event once."""

    def do_POST(self):
        """Verify, remember, answer."""
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), 1_000_000))
        genuine = is_genuine(self.headers, body)
        self.send_response(204 if genuine else 401)
        self.end_headers()
        if genuine and self.headers["webhook-id"] not in seen:
            seen.add(self.headers["webhook-id"])
            event = json.loads(body)
            print(event["type"], event["data"].get("summary", ""), flush=True)

    def log_message(self, *_):
        """Print events only."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
