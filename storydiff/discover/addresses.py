"""Addresses as listings give them: made absolute, rid of what only counts readers, and which site each belongs to."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

LONGEST = 2000
COUNTING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|at_(?:medium|campaign|format|link\w*|ptr\w*|bbc\w*)"
    r"|ns_(?:mchannel|source|campaign|linkname|fee)|cmpid|cmp|icid|ocid|ito|xtor|wt_?\.?mc|wtmc|pk_campaign|feedid"
    r"|smid|partner|taid|traffic_?source|rss|from_rss",
    re.IGNORECASE,
)
"""Parameters that say where a reader came from, never which article it is."""
UNFIT = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]|^\w+:///")
SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gouv", "gov", "gv", "ne", "net", "nom", "or", "org"})
"""Below a country's two letters these are no names of sites: paper.co.uk, zeitung.or.at."""
HOSTS_OF_MANY = frozenset(
    {"blogspot.com", "ghost.io", "github.io", "substack.com", "tumblr.com", "wixsite.com", "wordpress.com"}
)
"""Each name below these is a site of its own."""
SAFE_PATH, SAFE_QUERY = "/%:@!$&'()*+,;=~-._", "/?%:@!$'()*+,;=~-._&"


def absolute(address: str | None, base: str) -> str | None:
    """The http(s) address that `address` means on the page `base`, cleaned; None when it is none."""
    text = (address or "").strip()
    if not text or len(text) > LONGEST or UNFIT.search(text):
        return None
    try:
        parts = urlsplit(urljoin(base, text))
        if parts.scheme.lower() not in {"http", "https"} or not _host(parts) or "@" in parts.netloc:
            return None
        return _cleaned(parts)
    except ValueError:
        return None


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    return host if re.fullmatch(r"[\w.-]+|[0-9a-f:.]+", host) else ""


def _cleaned(parts: SplitResult) -> str:
    host, port = _host(parts), parts.port
    host = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}[parts.scheme.lower()]
    place = host if port in {None, default} else f"{host}:{port}"
    path = quote(_without_dots(parts.path), safe=SAFE_PATH) or "/"
    return urlunsplit((parts.scheme.lower(), place, path, _query(parts.query), ""))


def _without_dots(path: str) -> str:
    return re.sub(r"^(?:/\.\.?(?=/|$))+", "", path)


def _query(query: str) -> str:
    """Untouched unless something is to be left out: some sites mind the spelling of their own parameters."""
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    kept = [pair for pair in pairs if not COUNTING.fullmatch(pair[0])]
    return urlencode(kept) if len(kept) < len(pairs) else quote(query, safe=SAFE_QUERY)


@lru_cache(maxsize=1 << 15)
def key_of(url: str) -> str:
    """Equal for two spellings of one address: with and without www., https or http, a slash at the end."""
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{host}{parts.path.rstrip('/')}?{query}".rstrip("?")


@lru_cache(maxsize=1 << 12)
def site_of(url: str) -> str:
    """The site an address belongs to: its registered name, so that news.paper.co.uk is paper.co.uk."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    labels = host.split(".")
    if ":" in host or labels[-1].isdigit() or len(labels) < 3:
        return host
    top = ".".join(labels[-2:])
    deep = top in HOSTS_OF_MANY or (len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL)
    return ".".join(labels[-3:]) if deep else top
