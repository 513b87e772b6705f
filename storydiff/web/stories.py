"""The list of stories."""

from __future__ import annotations

from storydiff.serving.answer import Answer
from storydiff.web.call import Call
from storydiff.web.showing import redirected, shown

MOST = 30
"""Stories on one page."""


def first(_: Call) -> Answer:
    """The address without a path."""
    return redirected("/stories")


def list_stories(call: Call) -> Answer:
    """The newsroom's stories, the newest first."""
    found = call.desk.store.browse.stories(limit=MOST, words=call.query.text("q"), archived=False)
    return shown(call, "stories.html.j2", stories=found)
