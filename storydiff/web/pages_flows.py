"""The addresses of what people do: begin, watch, share, subscribe."""

from __future__ import annotations

from storydiff.web import jobs, new, shares
from storydiff.web.call import Access, Page

FLOWS = (
    Page("GET", "/new", new.ask, Access.WRITE),
    Page("POST", "/new", new.begin, Access.WRITE, rings=True),
    Page("GET", "/jobs/{job}", jobs.show),
    Page("GET", "/stories/{slug}/share", shares.manage, Access.WRITE),
    Page("POST", "/stories/{slug}/share", shares.make, Access.WRITE),
    Page("POST", "/stories/{slug}/share/end", shares.end, Access.WRITE),
    Page("GET", "/share/{token}", shares.show, Access.OPEN),
)
