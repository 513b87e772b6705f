"""The addresses of stories: the list, the matrix, the points, the changes, and all of it as files."""

from __future__ import annotations

from storydiff.web import changes, exports, live, point, stories, story
from storydiff.web.call import Access, Page
from storydiff.web.streaming import Stream

STORIES = (
    Page("GET", "/", stories.first, Access.OPEN),
    Page("GET", "/stories", stories.list_stories),
    Page("GET", "/stories/{slug}", story.story),
    Page("GET", "/stories/{slug}/points/{point}", point.point),
    Page("GET", "/stories/{slug}/changes", changes.changes),
    Page("GET", "/stories/{slug}/export.{format}", exports.export),
)
STREAMS = (Stream("/stories/{slug}/events", live.watch),)
