"""Every page, driven from the table of pages, so that a new one is covered by itself: who gets in, with what form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

import pytest

from storydiff.engine import collate
from storydiff.store import PassKind, Timing, Wants
from storydiff.store.browse import article_name
from storydiff.web.call import Access, Page
from storydiff.web.pages import PAGES, STREAMS
from tests.integration.api.conftest import NOW, fill
from tests.integration.api.test_isolation import suggested
from tests.integration.web.conftest import Reply, Visitor

WIRE = "Zyzzyva Wire"
MISSING = {
    "slug": "nothing-here",
    "version": "v000000000000",
    "point": "p000000000",
    "article": "0" * 64,
    "outlet": "Nowhere Wire",
    "job": "job_" + "0" * 24,
    "subscription": "sub_" + "0" * 24,
    "token": "x" * 43,
    "source": "src_" + "0" * 24,
    "suggestion": "sug_" + "0" * 24,
    "format": "csv",
}
NAMED = [page for page in PAGES if "{" in page.path.replace("{format}", "") and "{token}" not in page.path]
LISTS = [page for page in PAGES if "{" not in page.path.replace("{format}", "") and page.method == "GET"]
POSTS = [page for page in PAGES if page.method == "POST"]
NEEDS_MORE = {"/stories/{slug}/compare": "?a={version}&b={other}"}
"""Where an address alone is not enough."""
NO_ARCHIVE = "snapshot"
"""The stored texts of these tests were not fetched."""


def label(page: Page) -> str:
    return f"{page.method} {page.path}"


@pytest.fixture
def theirs(visitor: Visitor) -> dict[str, str]:
    """Names of things that the newsroom "right" has and "left" has not, one of each."""
    store = visitor.service.desk("right").store
    fill(store, "secret")
    first, other = store.versions.current("secret")
    kept, _ = store.versions.add("secret", replace(first, id="", outlet=WIRE, url="https://wire.example/mill"))
    made = collate(store.versions.all("secret"), story=store.stories.get("secret"), made=NOW)
    saved = store.collations.save(made)
    return {
        "slug": "secret",
        "version": kept.id,
        "other": other.id,
        "point": saved.points[0].id,
        "article": article_name(kept.article),
        "outlet": WIRE,
        "job": store.jobs.create("fetch", "secret", now=NOW).id,
        "subscription": store.subscriptions.create("bob@right.example", Wants(), Timing(), now=NOW).id,
        "format": "csv",
        **suggested(store, "secret"),
    }


def path_of(page: Page, names: Mapping[str, str]) -> str:
    """The page's address with these names in it."""
    given = {"other": "v000000000001", **names}
    return (page.path + NEEDS_MORE.get(page.path, "")).format_map({key: quote(name) for key, name in given.items()})


def ask(visitor: Visitor, page: Page, names: Mapping[str, str]) -> Reply:
    path = path_of(page, names)
    return visitor.get(path) if page.method == "GET" else visitor.post(path, what="end")


def bare(reply: Reply, names: Mapping[str, str]) -> str:
    """The answer without what the asker said itself, and what is of this one request or its address."""
    text = reply.text
    for name in sorted({*names.values(), *map(quote, names.values())}, key=len, reverse=True):
        text = text.replace(name, "?")
    return re.sub(r"Request \w+|urn:uuid:[0-9a-f-]+|zyzzyva wire|nowhere wire", "", text)


@pytest.mark.parametrize("key", ["read", "write", "admin"])
def test_anothers_is_as_if_it_were_not_there(visitor: Visitor, theirs: dict[str, str], key: str) -> None:
    """Status, words and headers are the same for another newsroom's ids as for ids that nobody has."""
    visitor.sign_in(key)
    for page in NAMED:
        found, nobodys = ask(visitor, page, theirs), ask(visitor, page, MISSING)
        assert found.status == nobodys.status, page.path
        assert found.status in (403, 404) or page.path.startswith("/feeds/o"), (page.path, found.status)
        own, none = ({k: v for k, v in names.items() if f"{{{k}}}" in page.path} for names in (theirs, MISSING))
        assert bare(found, own) == bare(nobodys, none), page.path
        assert {*found.headers} == {*nobodys.headers}, page.path
    store = visitor.service.desk("right").store
    assert store.subscriptions.get(theirs["subscription"]).ended is None
    assert store.stories.exists("secret")


def test_the_owner_reaches_them_all(visitor: Visitor, theirs: dict[str, str]) -> None:
    """The same names work for the newsroom that has them: so the test above asks for things that exist."""
    visitor.sign_in("other admin")
    for page in NAMED:
        if page.method == "GET" and NO_ARCHIVE not in page.path and not page.path.endswith("/mail"):
            assert ask(visitor, page, theirs).status == 200, page.path


@pytest.mark.parametrize("key", ["read", "write", "admin"])
def test_lists_hold_only_ones_own(visitor: Visitor, theirs: dict[str, str], key: str) -> None:
    """No list, no search and no form tells of another newsroom's things."""
    visitor.sign_in(key)
    alike = ("version", "other", "point", "article", "format")  # follow from the text, which both newsrooms have
    for page in LISTS:
        reply = visitor.get(f"{path_of(page, MISSING)}?q=fire")
        told = [name for kind, name in theirs.items() if kind not in alike and name in reply.text]
        assert not told, page.path


@pytest.mark.parametrize("page", [page for page in PAGES if page.access is not Access.OPEN], ids=label)
def test_nobody_gets_in_without_signing_in(visitor: Visitor, page: Page) -> None:
    """A page leads to the sign-in, a form is refused."""
    reply = ask(visitor, page, MISSING)
    assert reply.status == (303 if page.method == "GET" else 401)
    assert page.method != "GET" or reply.headers["Location"].startswith("/sign-in?next=")


def test_streams_need_a_session_and_ones_own(visitor: Visitor, theirs: dict[str, str]) -> None:
    """As pages do."""
    for stream in STREAMS:
        page = Page("GET", stream.path, lambda _: None)  # type: ignore[arg-type, return-value]
        assert ask(visitor, page, theirs).status == 303
    visitor.sign_in("admin")
    for stream in STREAMS:
        page = Page("GET", stream.path, lambda _: None)  # type: ignore[arg-type, return-value]
        assert ask(visitor, page, theirs).status == 404
        assert ask(visitor, page, MISSING).status == 404


@pytest.mark.parametrize("page", [page for page in PAGES if page.access in (Access.WRITE, Access.ADMIN)], ids=label)
def test_a_lesser_scope_is_refused_before_anything_is_looked_up(visitor: Visitor, page: Page) -> None:
    """403 for a session that may not, even where nothing is."""
    for key in {Access.WRITE: ["read"], Access.ADMIN: ["read", "write"]}[page.access]:
        assert ask(visitor.sign_in(key), page, MISSING).status == 403


@pytest.mark.parametrize("page", [page for page in POSTS if not page.is_foreign], ids=label)
def test_every_form_needs_the_token_of_its_session(visitor: Visitor, page: Page) -> None:
    """Without it, with another session's, and from another site: refused, and nothing is done."""
    other = Visitor(visitor.base, visitor.service, visitor.keys).sign_in("admin")
    path = path_of(page, MISSING)
    visitor.sign_in("admin")
    good, said = visitor.csrf, "not sent from a page of this site"
    for csrf in ("", "0" * 64, other.csrf, good[:-1], "é"):
        reply = visitor.post(path, csrf=csrf)
        assert (reply.status, said in reply.text) == (403, True)
    foreign = ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"})
    for headers in foreign:
        reply = visitor.post(path, csrf=good, headers=headers)
        assert (reply.status, said in reply.text) == (403, True)
    assert visitor.get("/stories").status == 200


@pytest.mark.parametrize("page", POSTS, ids=label)
def test_forms_are_forms(visitor: Visitor, page: Page) -> None:
    """JSON, as a script of another site could send without asking first, is none; nor is a body without end."""
    visitor.sign_in("admin")
    path = path_of(page, MISSING)
    assert visitor.post(path, headers={"Content-Type": "text/plain"}, body="{}").status == 415
    assert visitor.post(path, body="a=" + "x" * 1_100_000).status == 413


@pytest.mark.parametrize("page", [page for page in PAGES if "{" in page.path], ids=label)
def test_parts_of_an_address_that_nothing_is_called(visitor: Visitor, page: Page) -> None:
    """Hostile parts are not there, whatever the page; nothing of them comes out unescaped."""
    visitor.sign_in("admin")
    for part in ("..", "%00", "<script>alert(1)</script>", "x" * 400, "\u202e", "' or 1=1 --", "%ff"):
        names = dict.fromkeys([*MISSING, "other"], part)
        reply = ask(visitor, page, names)
        assert reply.status in (400, 403, 404, 405, 410) or page.path.startswith("/feeds/o"), (part, reply.status)
        assert "<script>alert" not in reply.text


def test_signing_out_everywhere_leaves_no_way_in(visitor: Visitor) -> None:
    """Not by the cookie of then, on any page; links and shares of others are as they were."""
    visitor.sign_in("write")
    (cookie,) = visitor.jar
    assert visitor.post("/sign-out", everywhere="1").status == 303
    store = visitor.service.desk("left").store
    assert store.passes.list(PassKind.SESSION, now=visitor.service.clock()) == ()
    for page in PAGES:
        if page.method == "GET" and page.access is not Access.OPEN:
            assert visitor.get(path_of(page, MISSING), Cookie=f"{cookie.name}={cookie.value}").status == 303
