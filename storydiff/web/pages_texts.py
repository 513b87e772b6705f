"""The addresses of the pages on texts and outlets."""

from __future__ import annotations

from storydiff.web import article, pair, snapshot
from storydiff.web.call import Page

TEXTS = (
    Page("GET", "/stories/{slug}/compare", pair.compare),
    Page("GET", "/stories/{slug}/articles/{article}", article.read),
    Page("GET", "/stories/{slug}/versions/{version}/snapshot", snapshot.show),
    Page("GET", "/stories/{slug}/versions/{version}/snapshot/bytes", snapshot.download),
)
