"""From what was fetched or read to a version; a failure becomes a blocked version that says why."""

from datetime import UTC, datetime

from storydiff.errors import ArchiveError, Forbidden, NotFound, TimedOut, UnreadableSource
from storydiff.fetch import Fetched
from storydiff.model import Extent
from storydiff.pipeline.reading import site_of, version_of_file, version_of_page
from storydiff.pipeline.sources import Source

NOW = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
URL = "https://www.coast-daily.example/mill"
TEXT = "The mill at Dornfeld burned down on Monday night, and two people died, the fire service of Brackwater said. "
PAGE = f"<html lang=en><head><title>Mill burns</title><body><article><h1>Mill burns</h1><p>{TEXT * 2}<p>{TEXT * 3}"


def fetched(**changes: object) -> Fetched:
    known = {"url": URL, "final_url": URL, "status": 200, "fetched": NOW, "body": PAGE.encode(), "charset": "utf-8"}
    return Fetched(**{**known, **changes})  # type: ignore[arg-type]


def test_a_page_that_did_not_come() -> None:
    """The version is blocked, has the site as its outlet, and says what happened."""
    version = version_of_page(fetched(body=b"", status=None, error=TimedOut()))
    assert (version.extent, version.outlet, version.paragraphs) == (Extent.BLOCKED, "coast-daily.example", ())
    assert [problem.code for problem in version.problems] == ["timed_out"]


def test_a_refusal_that_looks_like_an_article_is_none() -> None:
    """The text that comes with a 403 is no version of the story; its first problem is the refusal."""
    version = version_of_page(fetched(status=403, error=Forbidden("No.")))
    assert (version.extent, version.paragraphs) == (Extent.BLOCKED, ())
    assert version.problems[0].message == "No."


def test_an_archive_that_failed_is_recorded_not_fatal() -> None:
    """The article is read, and the problem stands in its version."""
    version = version_of_page(fetched(archive_error=ArchiveError("The disk is full.")))
    assert version.extent is Extent.COMPLETE
    assert "archive_error" in [problem.code for problem in version.problems]


def test_texts_in_other_charsets_are_read() -> None:
    """UTF-8 with a mark, and the old Western charset."""
    one = Source(name="a.txt", body="\ufeffCafé burned.\n\nNobody died.".encode(), outlet="a", is_page=False)
    two = Source(name="b.txt", body="Café burned.\n\nNobody died.".encode("cp1252"), outlet="b", is_page=False)
    assert version_of_file(one, NOW).paragraphs[0].text.startswith("Café")
    assert version_of_file(two, NOW).paragraphs[0].text.startswith("Café")


def test_the_site_names_a_nameless_outlet() -> None:
    """Without www; an address without a host is its own name."""
    assert [site_of(URL), site_of("nonsense"), site_of(None)] == ["coast-daily.example", "nonsense", ""]


def test_texts_in_utf_16_are_read() -> None:
    """As some editors save them."""
    source = Source(name="a.txt", body="Café burned.\n\nNobody died.".encode("utf-16"), outlet="a", is_page=False)
    assert [p.text for p in version_of_file(source, NOW).paragraphs] == ["Café burned.", "Nobody died."]


def test_a_file_that_could_not_be_read_is_a_column_that_says_why() -> None:
    """One of a folder: blocked, with the reason, so that it is accused of nothing."""
    source = Source(name="a.txt", outlet="a", trouble=UnreadableSource("a.txt: is empty."))
    version = version_of_file(source, NOW)
    assert (version.extent, version.outlet) == (Extent.BLOCKED, "a")
    assert [problem.message for problem in version.problems] == ["a.txt: is empty."]


def test_an_error_is_said_once() -> None:
    """The status that the server answered with is not explained twice."""
    version = version_of_page(fetched(status=404, error=NotFound("There is no page."), body=b"<h1>Not found</h1>"))
    assert [problem.message for problem in version.problems] == ["There is no page."]
