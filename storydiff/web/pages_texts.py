"""The addresses of the pages on texts and outlets."""

from __future__ import annotations

from storydiff.web import article, pair
from storydiff.web.call import Page

TEXTS = (
    Page("GET", "/stories/{slug}/compare", pair.compare),
    Page("GET", "/stories/{slug}/articles/{article}", article.read),
)
