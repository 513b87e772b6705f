"""From a template and values to an answer: pages, redirects, and what surrounds both."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, PackageLoader

from storydiff.report.html import environment
from storydiff.serving.answer import HTML, Answer
from storydiff.web.call import Call

ASSETS = {"report.css": ("storydiff.report", "templates/style.css")} | {
    name: ("storydiff.web", f"static/{name}")
    for name in (
        *("web.css", "story.css", "texts.css"),
        *("new.js", "story.js", "evidence.js", "live.js", "pair.js", "article.js"),
    )
}
"""Name in addresses -> package and file."""
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Encoding, Cookie",
}
"""`Referrer-Policy`: a shared page's address is its secret, so no other site is told it."""


def shown(
    call: Call, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
) -> Answer:
    """The page that the template makes of the values, for this visitor."""
    text = rendered(template, call=call, **values)
    return Answer(content=text.encode(), media=HTML, status=status, headers={**HEADERS, **(headers or {})})


def rendered(template: str, **values: Any) -> str:
    """The text of a page."""
    return _environment().get_template(template).render(**values)


def redirected(path: str, *, headers: Mapping[str, str] | None = None) -> Answer:
    """The answer that leads on to another page of ours, after a form has done its work."""
    return Answer(content=b"", media=HTML, status=303, headers={**HEADERS, "Location": path, **(headers or {})})


def local(path: str) -> str:
    """The path when it leads to a page of ours, else that of the stories: nobody else decides where we lead."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if is_ours else "/stories"


def to(*parts: str | int) -> str:
    """The path of these parts, each made safe for addresses: `to("stories", slug)`."""
    return "/" + "/".join(quote(str(part), safe="") for part in parts)


@cache
def asset(name: str) -> bytes:
    """The content of one asset."""
    package, path = ASSETS[name]
    return resources.files(package).joinpath(path).read_bytes()


@cache
def asset_path(name: str) -> str:
    """Its address, which changes with its content, so that browsers may keep it for good."""
    return f"/assets/{hashlib.sha256(asset(name)).hexdigest()[:12]}/{name}"


@cache
def _environment() -> Environment:
    loader = ChoiceLoader([PackageLoader("storydiff.web"), PackageLoader("storydiff.report")])
    made = environment().overlay(loader=loader)
    made.globals = {**made.globals, "asset": asset_path, "to": to}
    return made
