"""What the newsroom's own address answers: all outlets' pages and rules in one place."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from storydiff.testing.site import Site


def index(sites: Mapping[str, Site]) -> str:
    """The list of all pages, for people."""
    links = (
        f'<li><a href="/{site.domain}{escape(path)}">{site.domain}{escape(path)}</a>'
        for site in sites.values()
        for path in site.pages
    )
    return f"<!doctype html><html lang=en><title>Newsroom</title><h1>Newsroom</h1><ul>{''.join(links)}</ul></html>"


def robots_of_all(sites: Mapping[str, Site]) -> str:
    """The robots.txt of the server's own address: every outlet's rules, under its path."""
    return "\n".join(_under(site.robots, f"/{site.domain}") for site in sites.values())


def _under(robots: str, prefix: str) -> str:
    return "\n".join(_rule_under(line, prefix) for line in robots.splitlines())


def _rule_under(line: str, prefix: str) -> str:
    name, _, value = line.partition(":")
    is_rule = name.strip().lower() in ("allow", "disallow") and value.strip()
    return f"{name}: {prefix}{value.strip()}" if is_rule else line
