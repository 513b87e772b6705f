"""Conditional requests: what a client may keep, and whether its copy is still good."""

from __future__ import annotations

from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime

from storydiff.testing.site import PageState


def is_fresh(state: PageState, asked: Message) -> bool:
    """Whether the client's copy is this state: If-None-Match decides, else If-Modified-Since (RFC 9110, 13.2.2)."""
    tags = asked.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or state.etag in [t.strip().removeprefix("W/") for t in tags.split(",")]
    since, changed = asked.get("If-Modified-Since"), state.last_modified
    if since is None or changed is None:
        return False
    try:
        return changed.replace(microsecond=0) <= parsedate_to_datetime(since)
    except ValueError:
        return False


def validators(state: PageState) -> dict[str, str]:
    """ETag and Last-Modified of a page that was found."""
    if state.status != 200:
        return {}
    changed = state.last_modified
    modified = {"Last-Modified": format_datetime(changed.replace(microsecond=0), usegmt=True)} if changed else {}
    return {"ETag": state.etag, "Vary": "Accept-Encoding", "Cache-Control": "max-age=0, must-revalidate", **modified}
