"""Every address of the web pages."""

from __future__ import annotations

from storydiff.web import jobs, sign_in
from storydiff.web.call import Access, Page
from storydiff.web.pages_flows import FLOWS
from storydiff.web.pages_story import STORIES
from storydiff.web.pages_story import STREAMS as STORY_STREAMS
from storydiff.web.pages_texts import TEXTS
from storydiff.web.streaming import Stream

PAGES = (
    Page("GET", "/sign-in", sign_in.ask, Access.OPEN),
    Page("POST", "/sign-in/key", sign_in.with_key, Access.OPEN),
    Page("POST", "/sign-in/link", sign_in.with_link, Access.OPEN),
    Page("POST", "/sign-in/mail", sign_in.by_mail, Access.OPEN, counts_guests=True),
    Page("GET", "/sign-in/sent", sign_in.sent, Access.OPEN),
    Page("GET", "/me", sign_in.me),
    Page("POST", "/sign-out", sign_in.leave, Access.OPEN),
    *STORIES,
    *TEXTS,
    *FLOWS,
)

STREAMS = (Stream("/jobs/{job}/events", jobs.watch), *STORY_STREAMS)
