"""Answers that are kept are never old: whoever wrote, the next read tells of it."""

from datetime import UTC, datetime

from storydiff.model import Story
from storydiff.store import open_store
from tests.integration.api.conftest import Api


def test_what_this_process_wrote_is_read(api: Api) -> None:
    """Write and read in turn through one API."""
    for number in range(20):
        api.send("PATCH", "/v1/stories/mill", {"title": f"Title {number}"})
        assert api.get("/v1/stories/mill").json["title"] == f"Title {number}"


def test_what_another_connection_wrote_is_read(api: Api) -> None:
    """As workers do, which are other processes."""
    with open_store(api.service.database.where, "left") as other:
        for number in range(20):
            other.stories.save(Story(slug="mill", title=f"Title {number}"))
            assert api.get("/v1/stories/mill").json["title"] == f"Title {number}"
        other.jobs.create("fetch", "mill", now=datetime.now(UTC))
        assert len(api.get("/v1/jobs").json["jobs"]) == 1


def test_newsrooms_and_forms_are_kept_apart(api: Api) -> None:
    """The same address asked by two newsrooms, and for two media types."""
    for _ in range(2):
        assert api.get("/v1/stories/mill/matrix").json["number"] == 2
        assert api.get("/v1/stories/mill/matrix", Accept="text/csv").body.startswith(b"story,")
    api.send("PATCH", "/v1/stories/mill", {"title": "Left's own"})
    for _ in range(2):
        assert api.get("/v1/stories/mill").json["title"] == "Left's own"
        assert api.get("/v1/stories/mill", key="other read").json["title"] != "Left's own"


def test_a_story_made_again_is_another(api: Api) -> None:
    """A collation of a deleted story is not shown for a new one of that name."""
    assert api.get("/v1/stories/mill/collations/latest").status == 200
    api.send("DELETE", "/v1/stories/mill")
    assert api.get("/v1/stories/mill/collations/latest").status == 404
    api.post("/v1/stories", {"urls": ["https://a.example/x"], "slug": "mill"})
    assert api.get("/v1/stories/mill/collations/latest").status == 404
