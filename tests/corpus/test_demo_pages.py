"""The demo's pages, read as they are served: what must be found in each page, and not be taken for the article."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storydiff import demo
from storydiff.engine import collate
from storydiff.extract import read_page
from storydiff.model import BODY_ROLES, Extent, Role, Status, Version
from storydiff.testing import Newsroom

EXPECTED = tomllib.loads(demo.EXPECTED.read_text(encoding="utf8"))
KNOWN = tomllib.loads((Path(__file__).parent / "known_misses.toml").read_text(encoding="utf8"))
ROWS = {o["domain"].partition(".")[0]: o for o in demo.outlets()}
READABLE = [*EXPECTED["complete"], *EXPECTED["truncated"], *EXPECTED["apart"]]


def read(room: Newsroom, outlet: str, moment: datetime) -> Version:
    """The version that reading the page gives, as the pipeline calls it."""
    row = ROWS[outlet]
    state = room.sites[row["domain"]].state(row["path"], moment)
    assert state is not None
    _, _, charset = state.content_type.partition("charset=")
    url = room.url(row["domain"], row["path"])
    return read_page(state.body, url=url, charset=charset or None, status=state.status, fetched=moment)


@pytest.fixture(scope="module")
def room() -> Newsroom:
    return demo.newsroom()


def states(outlet: str) -> dict[datetime, demo.Article]:
    return demo.articles(ROWS[outlet]["domain"])


def known(kind: str, name: str) -> tuple[pytest.MarkDecorator, ...]:
    reason = KNOWN["pages"].get(kind, {}).get(name)
    return (pytest.mark.xfail(strict=True, reason=reason),) if reason else ()


def each(kind: str, outlets: list[str]) -> list[Any]:
    return [pytest.param(outlet, marks=known(kind, outlet)) for outlet in outlets]


@pytest.mark.parametrize("outlet", each("body", READABLE))
def test_the_body_is_the_article_and_nothing_else(room: Newsroom, outlet: str) -> None:
    """Every paragraph in order, in every state of the page; no teaser, comment, letter box or menu among them."""
    for at, article in states(outlet).items():
        assert [p.text for _, p in read(room, outlet, at).body] == article.body


@pytest.mark.parametrize("outlet", each("head", READABLE))
def test_the_head_of_the_article(room: Newsroom, outlet: str) -> None:
    """Headline, language, outlet, address and time of publication are read from wherever the page has them."""
    at, article = list(states(outlet).items())[-1]
    version = read(room, outlet, at)
    row = ROWS[outlet]
    assert version.headline == article.headline
    assert version.language == row["language"]
    assert version.outlet == row["name"]
    assert version.url == f"http://{row['domain']}{row['path']}"
    assert version.published == row["published"].astimezone(UTC)


@pytest.mark.parametrize("outlet", each("extent", list(ROWS)))
def test_the_extent(room: Newsroom, outlet: str) -> None:
    """The paywalled page is truncated, the consent wall is blocked, all others are complete."""
    want = {"tradepost": Extent.TRUNCATED, "pulse24": Extent.BLOCKED}
    assert read(room, outlet, demo.MOMENTS[-1]).extent is want.get(outlet, Extent.COMPLETE)


@pytest.mark.parametrize(
    ("outlet", "kind", "role"),
    [
        pytest.param(outlet, kind, role, marks=known("roles", f"{outlet}-{kind}"), id=f"{outlet}-{kind}")
        for outlet, kind, role in (
            ("tarnholm-messenger", "subhead", Role.SUBHEAD),
            ("npb", "subhead", Role.SUBHEAD),
            ("npb", "item", Role.LIST_ITEM),
            ("npb", "caption", Role.CAPTION),
            ("grenzauer-tageblatt", "caption", Role.CAPTION),
            ("aldmere-herald", "caption", Role.CAPTION),
            ("daily-whistle", "pull", Role.PULL_QUOTE),
            ("theprovince", "correction", Role.CORRECTION),
            ("signal-live", "post", Role.ENTRY),
        )
    ],
)
def test_parts_that_are_told_apart(room: Newsroom, outlet: str, kind: str, role: Role) -> None:
    """Sub-headings, items, captions, the pull quote, the correction and the titles of posts have their roles."""
    at, article = list(states(outlet).items())[-1]
    found = [p.text for p in read(room, outlet, at).paragraphs if p.role is role]
    for text in article.all(kind):
        assert any(text.strip("“”") in each.strip("“”") for each in found), (text, found)


@pytest.mark.parametrize("outlet", [pytest.param("aldmere-herald"), pytest.param("lowland-today")])
def test_the_agency_is_credited(room: Newsroom, outlet: str) -> None:
    """The credit is read from the byline, the dateline or the line at the end."""
    credit = read(room, outlet, demo.MOMENTS[-1]).credit
    assert credit is not None
    assert "TNA" in credit


def test_posts_of_the_live_blog_have_times(room: Newsroom) -> None:
    """Each paragraph knows its post, the newest being 0, and when it was posted."""
    at, article = list(states("signal-live").items())[-1]
    body = [p for _, p in read(room, "signal-live", at).body]
    want = [(i, post.time, text) for i, (post, texts) in enumerate(article.posts) for text in texts]
    assert [(p.post, p.posted, p.text) for p in body] == want


def test_end_to_end_nothing_is_claimed_of_pages_that_we_could_not_read(room: Newsroom) -> None:
    """With pages as they are read, the walls hold: no omission there, the other story apart, the wire found."""
    versions = [read(room, o, m) for m in demo.MOMENTS for o in ROWS if o != "sentinel-review"]
    collation = collate(versions)
    name = {v.id: v.outlet for v in collation.versions}
    unreadable = {ROWS[o]["name"] for o in ("tradepost", "pulse24", "ulmer-gazette")} | {"pulse24.example"}
    for point in collation.points:
        claimed = {name[v] for v, cell in point.coverage.items() if cell.status is Status.OMITTED}
        assert unreadable.isdisjoint(claimed)
    assert "Ulmer Gazette" in {name[v] for v in collation.apart}
    assert {"Torrel News Agency", "Aldmere Herald", "Lowland Today"} in [
        {name[v] for v in family.versions} for family in collation.families
    ]
    silent = {r.outlet for r in collation.revisions if r.silent}
    assert silent == {"NPB News", "The Daily Whistle"}


def test_only_body_roles_are_collated() -> None:
    """The roles that the oracle calls body are those that the engine takes."""
    assert {Role.BODY, Role.LIST_ITEM} <= BODY_ROLES
    assert BODY_ROLES.isdisjoint({Role.CAPTION, Role.TEASER, Role.NEWSLETTER, Role.CORRECTION, Role.ENTRY})
