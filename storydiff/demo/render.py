"""Turns the demo's texts into the outlets' pages, each with its own template."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from storydiff.demo.article import Article

VELDMARK = timezone(timedelta(hours=2))
"""Local time of the invented country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a template needs of the outlet."""

    name: str
    url: str
    language: str
    template: str
    published: datetime
    charset: str = "utf-8"


def render(page: Page, article: Article) -> bytes:
    """The page's HTML in its own charset."""
    template = _templates().get_template(page.template)
    return template.render(page=page, article=article).encode(page.charset)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("storydiff.demo"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(local=_local, iso=_iso, zulu=_zulu, json=_json)
    return environment


def _local(time: datetime, form: str) -> str:
    return time.astimezone(VELDMARK).strftime(form)


def _iso(time: datetime) -> str:
    return time.astimezone(VELDMARK).isoformat()


def _zulu(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(value: object) -> Markup:
    """JSON that may stand inside a script element: no `<` can end it."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704  escaped just here
