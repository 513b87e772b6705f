"""What the parts of an address look like. Anything else cannot be there, and no database is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from storydiff.pipeline.naming import SLUG
from storydiff.serving.refusals import NotThere

NAMES = {
    "slug": SLUG,
    "number": re.compile(r"[1-9][0-9]{0,8}"),
    "version": re.compile(r"v[0-9a-f]{12}"),
    "point": re.compile(r"[A-Za-z0-9_-]{1,64}"),
    "article": re.compile(r"[0-9a-f]{64}"),
    "outlet": re.compile(r"[^\x00]{1,300}"),
    "job": re.compile(r"job_[0-9a-f]{24}"),
    "subscription": re.compile(r"sub_[0-9a-f]{24}"),
    "token": re.compile(r"[A-Za-z0-9_-]{43}"),
    "key": re.compile(r"key_[0-9a-f]{24}"),
    "endpoint": re.compile(r"ep_[0-9a-f]{24}"),
    "delivery": re.compile(r"dlv_[0-9a-f]{24}"),
    "source": re.compile(r"src_[0-9a-f]{24}"),
    "suggestion": re.compile(r"sug_[0-9a-f]{24}"),
    "format": re.compile(r"csv|json|md|html"),
    "event": re.compile(r"[A-Za-z0-9_.:-]{1,64}"),
}


def checked(parts: Mapping[str, str]) -> dict[str, str]:
    """The parts as they came, each of the shape that its name asks for; NotThere."""
    if not all(NAMES[name].fullmatch(value) for name, value in parts.items()):
        raise NotThere
    return dict(parts)
