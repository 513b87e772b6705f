"""The addresses of the pages on texts and outlets."""

from __future__ import annotations

from storydiff.web import pair
from storydiff.web.call import Page

TEXTS = (Page("GET", "/stories/{slug}/compare", pair.compare),)
