"""The addresses of the pages on texts and outlets."""

from __future__ import annotations

from storydiff.web import article, outlet, outlets, outlets_export, pair, search, snapshot
from storydiff.web.call import Page

TEXTS = (
    Page("GET", "/stories/{slug}/compare", pair.compare),
    Page("GET", "/stories/{slug}/articles/{article}", article.read),
    Page("GET", "/stories/{slug}/versions/{version}/snapshot", snapshot.show),
    Page("GET", "/stories/{slug}/versions/{version}/snapshot/bytes", snapshot.download),
    Page("GET", "/outlets", outlets.list_outlets),
    Page("GET", "/outlets.csv", outlets_export.as_csv),
    Page("GET", "/outlets.json", outlets_export.as_json),
    Page("GET", "/outlets/{outlet}", outlet.show),
    Page("GET", "/outlets/{outlet}/stories/{slug}", outlet.in_story),
    Page("GET", "/search", search.search),
)
