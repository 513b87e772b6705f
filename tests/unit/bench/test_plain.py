"""The plain method that tells how hard a story is."""

from __future__ import annotations

from typing import Any

from bench.plain import plain_prediction

TOLD = "Nine barges sank in the Kelm canal before dawn."
ALONE = "The lock keeper had asked for new gates twice."


def outlet(name: str, *paragraphs: str, status: str = "complete") -> dict[str, Any]:
    """An outlet with one state and the story's part in its articles."""
    return {
        "id": name,
        "status": status,
        "language": "en",
        "latest_state": "s",
        "articles": {"s": {"paragraphs": list(paragraphs)}},
    }


def story(*outlets: dict[str, Any]) -> dict[str, Any]:
    """A story in the form of story.json, as far as the method looks."""
    return {"outlets": list(outlets), "articles": {each["id"]: each["articles"] for each in outlets}}


def test_clusters_are_points() -> None:
    """What two tell alike is one point; what one tells alone the whole text omits, and of the cut one nobody knows."""
    said = plain_prediction(
        story(outlet("a", f"{TOLD} {ALONE}"), outlet("b", TOLD), outlet("c", TOLD, status="truncated"))
    )
    points = {point["statement"]: {o: c["status"] for o, c in point["outlets"].items()} for point in said["points"]}
    assert points == {
        TOLD: {"a": "reported", "b": "reported", "c": "reported"},
        ALONE: {"a": "reported", "b": "omitted", "c": "unknown"},
    }
    assert [(link["a"], link["b"], link["pairs"]) for link in said["links"]] == [
        ("a", "b", [[0, 0]]),
        ("a", "c", [[0, 0]]),
        ("b", "c", [[0, 0]]),
    ]


def test_another_story_is_not_read() -> None:
    """Pages that are no version of the story have no sentences, and no outlet is left without a cell."""
    said = plain_prediction(story(outlet("a", TOLD), outlet("b", ALONE, status="different_story")))
    assert said["joined"] == ["a"]
    assert [sorted(point["outlets"]) for point in said["points"]] == [["a", "b"]]
