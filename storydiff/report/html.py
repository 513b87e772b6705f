"""The comparison as one self-contained HTML page: readable without scripts, pictures or network.

The page's own policy (a meta tag) allows nothing but its one style sheet and one script, each by its hash, so
words from outlets could not load or run anything even if an escape were missed. Every string that a template
prints is cleaned (`safe.shown`) and escaped by the environment; a template cannot forget it.

The templates under `templates/parts` are macros over plain values; the web pages use them through `environment`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from storydiff.model import Collation
from storydiff.report import safe, times
from storydiff.report.detail import LIMIT, levels
from storydiff.report.marks import SIGNS
from storydiff.report.page import Page, page
from storydiff.report.phrases import count
from storydiff.report.view import Only, View, view

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
BLANK = re.compile(r"\n\s*\n+")


def to_html(collation: Collation, *, only: Only | None = None, ours: str | None = None) -> str:
    """The whole report as one HTML document; the same filters and view of ours as in the terminal.

    Stays under `LIMIT` bytes: of very large comparisons the agreeing readings are shortened, and the page says so.
    """
    return html_of(view(collation, only=only, ours=ours))


def html_of(shown: View) -> str:
    """The same of a view."""
    for detail in levels(shown):
        text = rendered(page(shown, detail))
        if len(text.encode()) <= LIMIT:
            break
    return text


def rendered(made: Page) -> str:
    """That page as HTML."""
    style, script = _asset("style.css"), _asset("script.js")
    text = (
        environment()
        .get_template("report.html.j2")
        .render(page=made, style=Markup(style), script=Markup(script), csp=policy(style, script))  # noqa: S704 - ours
    )
    return BLANK.sub("\n", text).strip() + "\n"


def own_policy() -> str:
    """The policy of every report, for the header of an answer that is one: the header counts beside the page's own."""
    return policy(_asset("style.css"), _asset("script.js"))


def policy(style: str, script: str) -> str:
    """A Content-Security-Policy that allows exactly this style sheet and this script."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    """The asset as it stands in the page: `rendered` drops blank lines, and the hash must be of what is there."""
    text = resources.files("storydiff.report").joinpath("templates", name).read_text(encoding="utf8")
    return BLANK.sub("\n", text).strip()


@cache
def environment() -> Environment:
    """The Jinja environment of the report: strict, escaping, and with every printed string cleaned."""
    made = Environment(
        loader=PackageLoader("storydiff.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_cleaned,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= FILTERS
    made.globals |= {"signs": SIGNS, "counted": count}
    return made


def _cleaned(value: Any) -> Any:
    """Plain strings without controls and bidi overrides; markup is ours already."""
    return safe.shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _language(code: str | None) -> str | None:
    return code if code and LANGUAGE.fullmatch(code) else None


def _breakable(name: str) -> Markup:
    """The name, which may break behind its dots: some are addresses."""
    return Markup.escape(safe.shown(name)).replace(".", Markup(".<wbr>"))


def _longest(name: str) -> int:
    """Letters of the longest word of a name."""
    return max(map(len, re.split(r"[\s.]+", name)))


FILTERS: dict[str, Callable[..., Any]] = {
    "breakable": _breakable,
    "clock": times.clock,
    "day": lambda moment: times.utc(moment).date(),
    "hour": lambda moment: f"{times.utc(moment):%H:%M} UTC",
    "iso": lambda moment: times.utc(moment).isoformat().replace("+00:00", "Z"),
    "lang": _language,
    "link": safe.link,
    "longest": _longest,
    "told_at": times.told_at,
}
