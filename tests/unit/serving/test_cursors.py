"""Cursors go round; anything else is refused."""

import base64

import pytest

from storydiff.serving import cursors
from storydiff.serving.refusals import NotThere


@pytest.mark.parametrize("mark", [0, 1, 2**63 - 1, "name", "Ünïcödé"])
def test_a_cursor_gives_its_mark_back(mark: int | str) -> None:
    """What was written is what is read."""
    kind: type = type(mark)
    assert cursors.read(cursors.written(mark), kind) == mark


@pytest.mark.parametrize("text", ["", "a", "%%%", "bnVsbA", "W10", "dHJ1ZQ", "ä", "LTE", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA"])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    """Broken base64, other JSON, true, negative and huge numbers."""
    with pytest.raises(NotThere):
        cursors.read(text, int)


def test_nul_in_a_cursor_is_refused() -> None:
    """PostgreSQL takes no U+0000, so it never gets there."""
    with pytest.raises(NotThere):
        cursors.read(base64.urlsafe_b64encode(b'"a\\u0000"').decode(), str)


def test_a_page_knows_whether_more_follows() -> None:
    """One row more than was asked for says so."""
    assert cursors.page([1, 2, 3], 2) == ([1, 2], 2)
    assert cursors.page([1, 2], 2) == ([1, 2], None)
