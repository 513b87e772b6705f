"""Which versions a page shows when the address does not say."""

import pytest

from storydiff.model import Extent, Version
from storydiff.report.states import states
from storydiff.serving.refusals import NotThere
from storydiff.store.versions import VersionLine
from storydiff.web.article import ends
from storydiff.web.pair import choices, chosen
from tests.builders import at, version


def line(name: str, outlet: str, *, article: str = "", extent: Extent = Extent.COMPLETE) -> VersionLine:
    article = article or f"https://{outlet.lower()}.example/fire"
    return VersionLine(
        id=name, article=article, outlet=outlet, url=article, extent=extent, language="en", headline=f"On {name}",
        fetched=at(3, "08:00"),
    )  # fmt: skip


LINES = (
    line("p1", "Post"),
    line("p2", "Post"),
    line("w1", "Wall", extent=Extent.BLOCKED),
    line("c1", "Cut", extent=Extent.TRUNCATED),
    line("e1", "Echo"),
)


def test_two_outlets_that_could_be_read_are_taken() -> None:
    """The latest of each, those read in full first; what is named is kept."""
    assert chosen(LINES, ("", "")) == ("p2", "e1")
    assert chosen(LINES, ("p1", "")) == ("p1", "e1")
    assert chosen(LINES, ("", "p2")) == ("e1", "p2")
    assert chosen(LINES, ("w1", "")) == ("w1", "p2")
    assert chosen(LINES[:2], ("", "")) == ("p2", "")
    assert chosen((), ("", "")) == ("", "")


def test_versions_are_offered_newest_first_under_their_outlet() -> None:
    """Two articles of one outlet are told apart by their headlines."""
    offered = list(choices((*LINES, line("p9", "Post", article="https://post.example/other"))))
    assert [each.label for each in offered] == ["Post: On p2", "Wall", "Cut", "Echo", "Post: On p9"]
    assert [one.id for one in offered[0].versions] == ["p2", "p1"]
    assert [one.label for one in offered[0].versions] == [
        "latest, read 3 Jun 2026, 08:00 UTC",
        "read 3 Jun 2026, 08:00 UTC",
    ]
    assert offered[1].versions[0].label.endswith(", blocked")


def history() -> list[Version]:
    return [version("Post", f"It rained on day {n}.", id=f"v{n}", fetched=at(n, "08:00")) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("since", "named", "expected"),
    [
        ("", "", (2, 3)),
        ("", "v2", (1, 2)),
        ("", "v1", (None, 1)),
        ("v1", "", (1, 3)),
        ("v1", "v3", (1, 3)),
        ("v3", "v1", (1, 3)),
        ("v2", "v2", (None, 2)),
    ],
)
def test_changes_are_told_from_the_older_to_the_newer(since: str, named: str, expected: tuple[int | None, int]) -> None:
    """Whichever of the two is named first; the one before what is shown when none is."""
    before, after = ends(states(history()), since, named)
    assert (before.number if before else None, after.number) == expected


def test_a_version_of_another_article_is_not_there() -> None:
    """Nor is anything else that is no version of this one."""
    with pytest.raises(NotThere):
        ends(states(history()), "", "v9")
