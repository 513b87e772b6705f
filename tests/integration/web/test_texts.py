"""The pages on texts over HTTP: who may read what, what is not there, and hostile words in every place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storydiff.store import Store
from storydiff.store.browse import article_name
from tests.integration.web.conftest import Visitor


def versions_of(store: Store) -> dict[str, list[str]]:
    """Outlet -> the ids of its versions of the story "mill", oldest first."""
    found: dict[str, list[str]] = {}
    for each in store.versions.lines("mill"):
        found.setdefault(each.outlet, []).append(each.id)
    return found


@pytest.fixture
def ids(visitor: Visitor) -> dict[str, list[str]]:
    return versions_of(visitor.service.desk("left").store)


def test_two_outlets_side_by_side(visitor: Visitor, ids: dict[str, list[str]]) -> None:
    """Both texts, what one lacks, and where they conflict."""
    path = f"/stories/mill/compare?a={ids['Harbour Post'][0]}&b={ids['Valley Echo'][1]}"
    reply = visitor.sign_in("read").get(path)
    assert reply.status == 200
    for words in ("Harbour Post</bdi> lacks", "Conflict on point", "<ins>three</ins>", 'aria-label="Difference 1 of'):
        assert words in reply.text


def test_two_versions_of_one_article(visitor: Visitor, ids: dict[str, list[str]]) -> None:
    """What came into the text stands only in the later one."""
    earlier, later = ids["Valley Echo"]
    text = visitor.sign_in("read").get(f"/stories/mill/compare?a={earlier}&b={later}").text
    assert "1 difference<" in text
    assert text.count("only here") == 2  # in the count above and at the paragraph


def test_without_a_choice_two_outlets_are_taken(visitor: Visitor) -> None:
    """The latest versions of two outlets; the same one twice is said to be one."""
    text = visitor.sign_in("read").get("/stories/mill/compare").text
    assert text.count("<option") == 6
    assert text.count(" selected>") == 2
    assert 'id="d1"' in text


def test_one_version_beside_itself(visitor: Visitor, ids: dict[str, list[str]]) -> None:
    """It is said what to do."""
    one = ids["Valley Echo"][0]
    assert "one and the same version" in visitor.sign_in("read").get(f"/stories/mill/compare?a={one}&b={one}").text


@pytest.mark.parametrize("name", ["v000000000000", "v0", "x", "<script>", "%00", "v" * 3000])
def test_unknown_versions_are_not_there(visitor: Visitor, ids: dict[str, list[str]], name: str) -> None:
    """Whatever stands in the address."""
    reply = visitor.sign_in("read").get(f"/stories/mill/compare?a={name}&b={ids['Valley Echo'][0]}")
    assert (reply.status, "There is no such version" in reply.text) == (404, True)


def test_versions_never_compared_are_compared_now(visitor: Visitor, ids: dict[str, list[str]]) -> None:
    """The first version of one outlet with the latest of another, which no collation holds together."""
    store = visitor.service.desk("left").store
    post = store.versions.get("mill", ids["Harbour Post"][0])
    assert post is not None
    later = replace(post, id="", fetched=post.fetched.replace(hour=11), paragraphs=post.paragraphs[:2])  # type: ignore[union-attr]
    new, _ = store.versions.add("mill", later)
    text = visitor.sign_in("read").get(f"/stories/mill/compare?a={new.id}&b={ids['Valley Echo'][0]}").text
    assert "Conflict on point" in text
    assert "Harbour Post</bdi> lacks" in text


def test_an_article_over_time(visitor: Visitor, ids: dict[str, list[str]]) -> None:
    """Its versions, the last change with its interval, and what changed marked in the text."""
    path = f"/stories/mill/articles/{article_name('https://valley-echo.example/mill')}"
    reply = visitor.sign_in("read").get(path)
    assert reply.status == 200
    for words in ("2 versions, 1 change seen", "Version 2 of 2", ">added<", "08:01</time>, seen at"):
        assert words in reply.text
    first = visitor.get(f"{path}?version={ids['Valley Echo'][0]}").text
    assert "Version 1 of 2<" in first
    assert "<ins>" not in first.split("told-text")[1]
    backwards = visitor.get(f"{path}?version={ids['Valley Echo'][0]}&from={ids['Valley Echo'][1]}").text
    assert "Version 2 of 2, changes since version 1" in backwards


def test_what_is_no_version_of_the_article_is_not_there(visitor: Visitor, ids: dict[str, list[str]]) -> None:
    """Another article's version, and another article's name."""
    visitor.sign_in("read")
    path = f"/stories/mill/articles/{article_name('https://valley-echo.example/mill')}"
    assert visitor.get(f"{path}?version={ids['Harbour Post'][0]}").status == 404
    assert visitor.get(f"{path}?from=x").status == 404
    assert visitor.get(f"/stories/mill/articles/{'0' * 64}").status == 404
    assert visitor.get("/stories/mill/articles/none").status == 404
