"""Addresses of pages without what is no part of them: fragments, and parameters that only count visitors."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

COUNTERS = ("utm_", "mtm_", "pk_", "at_campaign", "at_medium")
"""Beginnings of names that newsletters, feeds and posts add."""
CLICKS = frozenset(
    {"_ga", "dclid", "fbclid", "gclid", "gclsrc", "igshid", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "ocid", "twclid"}
    | {"wt.mc_id", "yclid"}
)


def plain_address(url: str) -> str:
    """The address of the page alone: one page has one, whatever led to it. What cannot be read is left as it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = [each for each in parts.query.split("&") if not _counts(each)]
    query = "&".join(kept)
    return urlunsplit(parts._replace(query=query, fragment="")) if query != parts.query or "#" in url else url


def _counts(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name.startswith(COUNTERS) or name in CLICKS
