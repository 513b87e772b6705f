"""Watched sources and suggestions over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.api.conftest import Api, opened
from tests.integration.api.test_isolation import suggested
from tests.integration.api.test_routes import REFUSED

FEED = "https://rival.example/feed?edition=1&utm_source=x#top"


def test_a_source_is_watched_paused_and_deleted(api: Api) -> None:
    """201 with where it is; then it is read, changed, paused, resumed, and gone."""
    made = api.post("/v1/sources", {"url": FEED, "name": "The Rival"})
    assert made.status == 201
    place = made.headers["Location"]
    assert api.get(place, key="read").json == made.json
    assert made.json["url"] == "https://rival.example/feed?edition=1&utm_source=x"
    assert (made.json["adds"], made.json["state"], made.json["problem"]) == (True, "active", None)
    assert api.send("PATCH", place, {"adds": False}).json["adds"] is False
    paused = api.post(f"{place}/pause").json
    assert (paused["state"], paused["due"], paused["name"]) == ("paused", None, "The Rival")
    resumed = api.post(f"{place}/resume").json
    assert (resumed["state"], resumed["reason"]) == ("active", None)
    assert resumed["due"] is not None
    assert api.send("DELETE", place).status == 204
    assert api.send("DELETE", place).status == api.get(place).status == 404


def test_sources_are_listed_page_by_page(api: Api) -> None:
    """Newest first, each once."""
    for number in range(3):
        api.post("/v1/sources", {"url": f"https://r{number}.example/"})
    first = api.get("/v1/sources?limit=2", key="read").json
    rest = api.get(f"/v1/sources?limit=2&cursor={first['next']}").json
    assert [each["url"][8:10] for each in (*first["sources"], *rest["sources"])] == ["r2", "r1", "r0"]
    assert rest["next"] is None
    assert api.get("/v1/sources", key="other read").json["sources"] == []


def test_the_same_source_twice(api: Api) -> None:
    """Another spelling of an address is a conflict; the same request under one key gets the first answer."""
    first = api.post("/v1/sources", {"url": "https://rival.example/feed"}, Idempotency_Key="a")
    again = api.post("/v1/sources", {"url": "https://rival.example/feed"}, Idempotency_Key="a")
    assert (again.status, again.json["id"], again.headers["Idempotent-Replayed"]) == (201, first.json["id"], "true")
    for url in ("https://rival.example/feed", "http://www.rival.example/feed/"):
        refused = api.post("/v1/sources", {"url": url})
        assert (refused.status, refused.json["type"]) == (409, "urn:storydiff:problem:source_known")
    assert api.post("/v1/sources", {"url": "https://rival.example/feed"}, key="other admin").status == 201


def test_a_newsroom_watches_so_many_and_no_more(filled: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    """The limit is a setting."""
    with opened(*filled, folder=tmp_path, sources=1) as api:
        assert api.post("/v1/sources", {"url": "https://a.example/"}).status == 201
        refused = api.post("/v1/sources", {"url": "https://b.example/"})
    assert (refused.status, refused.json["type"]) == (409, "urn:storydiff:problem:too_many_sources")


@pytest.mark.parametrize("url", REFUSED)
def test_addresses_that_are_never_contacted(shared: Api, url: str) -> None:
    """The guard of fetches judges them; other schemes do not even fit."""
    assert shared.post("/v1/sources", {"url": url}).status == 403
    assert shared.post("/v1/sources", {"url": url.replace("http", "ftp")}).status == 422


def test_a_suggestion_is_accepted_once(api: Api) -> None:
    """Its page is watched as if it had been posted; what is decided cannot be decided again."""
    name = suggested(api.store, "mill")["suggestion"]
    page = api.get("/v1/stories/mill/suggestions", key="read").json
    assert [(each["id"], each["title"], each["likeness"]) for each in page["suggestions"]] == [
        (name, "Fire at the mill", 0.3)
    ]
    taken = api.post(f"/v1/stories/mill/suggestions/{name}/accept", key="write")
    assert (taken.status, taken.json["story"], taken.json["total"]) == (202, "mill", 1)
    assert [check.url for check in api.store.schedule.checks("mill")] == ["https://rival.example/fire"]
    for act in ("accept", "dismiss"):
        assert api.post(f"/v1/stories/mill/suggestions/{name}/{act}").status == 409
    assert api.get("/v1/stories/mill/suggestions").json["suggestions"] == []
    assert [each["id"] for each in api.get("/v1/stories/mill/suggestions?state=accepted").json["suggestions"]] == [name]


def test_a_suggestion_is_dismissed(api: Api) -> None:
    """It waits no longer, and nothing is watched."""
    name = suggested(api.store, "mill")["suggestion"]
    told = api.post(f"/v1/stories/mill/suggestions/{name}/dismiss", key="write").json
    assert (told["state"], told["decided"] is not None) == ("dismissed", True)
    assert api.get("/v1/stories/mill/suggestions").json["suggestions"] == []
    assert api.store.schedule.checks("mill") == ()


def test_nothing_is_added_to_an_archived_story(api: Api) -> None:
    """A conflict; after it was taken up again it works."""
    name = suggested(api.store, "mill")["suggestion"]
    api.send("PATCH", "/v1/stories/mill", {"archived": True})
    assert api.post(f"/v1/stories/mill/suggestions/{name}/accept").status == 409
    api.send("PATCH", "/v1/stories/mill", {"archived": False})
    assert api.post(f"/v1/stories/mill/suggestions/{name}/accept").status == 202
