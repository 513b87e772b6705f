"""Plain texts: the byline is told apart from the story."""

from datetime import UTC, datetime

import pytest

from storydiff.extract import read_plain
from storydiff.model import fingerprint, version_id

NOW = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
BODY = "The mill burned down on Monday.\n\nNobody was hurt."


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Anna Lund", "Anna Lund"),
        ("BY ANNA LUND AND OLE BERG", "ANNA LUND AND OLE BERG"),
        ("Von Jürgen von der Heide", "Jürgen von der Heide"),
        ("By Anna Lund, Dornfeld correspondent", "Anna Lund"),
        ("By Thursday the river had fallen", None),
        ("By Anna Lund the painter was never forgotten.", None),
        ("The painter Anna Lund", None),
        ("By midnight", None),
    ],
)
def test_byline(line: str, byline: str | None) -> None:
    """A first paragraph that is names after "by" is a byline, and tells nothing; anything else stays."""
    version = read_plain(f"Mill burns\n\n{line}\n\n{BODY}", outlet="a", fetched=NOW)
    assert version.byline == byline
    assert [paragraph.text for paragraph in version.paragraphs][-2:] == BODY.split("\n\n")
    assert len(version.paragraphs) == (2 if byline else 3)


def test_identity() -> None:
    """The version is the one that its paragraphs make, as with every other text."""
    version = read_plain(f"Mill burns\n\nBy Anna Lund\n\n{BODY}", outlet="a", fetched=NOW)
    content = fingerprint(version.headline, None, version.paragraphs)
    assert version.id == version_id("outlet:a", NOW, content)


def test_a_byline_alone_is_all_there_is() -> None:
    """A text of one paragraph keeps it."""
    assert len(read_plain("By Anna Lund", outlet="a", fetched=NOW).paragraphs) == 1
