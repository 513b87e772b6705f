"""The HTML part of a mail: styles are written into every element; dark mode and telephones have theirs in the head.

Nothing is loaded from anywhere: no picture, font or style sheet, so a mail read offline looks the same and tells nobody
that it was opened.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from css_inline import CSSInliner
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from storydiff.digest.lines import Line
from storydiff.digest.page import Letter
from storydiff.digest.phrases import direction
from storydiff.report.html import environment

BLANK = re.compile(r"\n\s*\n+")


def to_html(letter: Letter) -> str:
    """The whole HTML part."""
    style = Markup(_style())  # noqa: S704 - ours
    text = _environment().get_template("digest.html.j2").render(letter=letter, style=style)
    inlined: str = _inliner().inline(BLANK.sub("\n", text).strip())
    return inlined + "\n"


def fragment(line: Line) -> str:
    """What stands under the line of an item, as HTML without styles: for feeds."""
    template = _environment().get_template("item.html.j2")
    found = str(template.make_module().evidence(line))  # type: ignore[attr-defined]
    return BLANK.sub("\n", found).strip()


@cache
def _style() -> str:
    return resources.files("storydiff.digest").joinpath("templates", "digest.css").read_text(encoding="utf8")


@cache
def _environment() -> Environment:
    """The report's environment, which cleans and escapes every string, with our templates."""
    made = environment().overlay(loader=PackageLoader("storydiff.digest"))
    made.filters = {**made.filters, "direction": direction}
    return made


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False)
