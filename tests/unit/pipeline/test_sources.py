"""What the user named is told apart, and what cannot be read is said."""

from pathlib import Path

import pytest

from storydiff.errors import TooFewSources, UnreadableSource
from storydiff.pipeline.sources import gather


def nothing() -> bytes:
    return b""


def test_urls_files_and_standard_input(tmp_path: Path) -> None:
    """A URL is fetched later; a page, a text and standard input are read now."""
    page, text = tmp_path / "gazette.html", tmp_path / "courier.txt"
    page.write_bytes(b"<html><body><p>The mill burned.</p></body></html>")
    text.write_bytes(b"The mill burned.")
    found = gather(["https://a.example/1", str(page), str(text), "-"], lambda: b"The mill burned down.")
    assert [(s.url, s.outlet, s.is_page) for s in found] == [
        ("https://a.example/1", None, True),
        (None, "gazette", True),
        (None, "courier", False),
        (None, "stdin", False),
    ]


def test_a_folder_gives_its_pages_and_texts_in_order(tmp_path: Path) -> None:
    """Other files in it are passed over."""
    for name in ("b.html", "a.txt", "c.png"):
        (tmp_path / name).write_bytes(b"<p>words</p>")
    assert [s.outlet for s in gather([str(tmp_path)], nothing)] == ["a", "b"]


def test_a_file_without_an_ending_is_sniffed(tmp_path: Path) -> None:
    """HTML is known by its first bytes."""
    (tmp_path / "one").write_bytes(b"\xef\xbb\xbf<!DOCTYPE html><p>words")
    (tmp_path / "two").write_bytes(b"Plain words.")
    assert [s.is_page for s in gather([str(tmp_path / "one"), str(tmp_path / "two")], nothing)] == [True, False]


def test_the_same_source_twice_counts_once() -> None:
    """Two equal addresses are one source."""
    with pytest.raises(TooFewSources, match="only one was given"):
        gather(["https://a.example/1", "https://a.example/1"], nothing)


def test_no_source_at_all() -> None:
    """The error says what to give."""
    with pytest.raises(TooFewSources) as caught:
        gather([], nothing)
    assert "storydiff demo" in caught.value.hint


@pytest.mark.parametrize("argument", ["ftp://a.example/1", "file:///etc/hosts", "gopher://a.example"])
def test_other_schemes_are_refused(argument: str) -> None:
    """Only http and https are fetched."""
    with pytest.raises(UnreadableSource, match="only http and https"):
        gather([argument, "https://a.example/1"], nothing)


def test_a_forgotten_scheme_gets_a_hint() -> None:
    """What looks like a web address but is no file says what to write."""
    with pytest.raises(UnreadableSource) as caught:
        gather(["www.paper.example/story", "https://a.example/1"], nothing)
    assert caught.value.hint == "If it is a web address, write https://www.paper.example/story"


def test_unreadable_things_are_said(tmp_path: Path) -> None:
    """Missing, empty, binary, and an empty folder: each has its sentence."""
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "blob").write_bytes(b"\0\1\2")
    (tmp_path / "folder").mkdir()
    for name, words in [
        ("none.txt", "no such file"),
        ("empty.txt", "is empty"),
        ("blob", "neither"),
        ("folder", "holds no"),
    ]:
        with pytest.raises(UnreadableSource, match=words):
            gather([str(tmp_path / name), "https://a.example/1"], nothing)
