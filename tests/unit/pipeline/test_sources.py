"""What the user named is told apart, and what cannot be read is said."""

import os
from pathlib import Path

import pytest

from storydiff.errors import TooFewSources, UnreadableSource
from storydiff.pipeline.sources import gather


def nothing(_: int) -> bytes:
    return b""


def test_urls_files_and_standard_input(tmp_path: Path) -> None:
    """A URL is fetched later; a page, a text and standard input are read now."""
    page, text = tmp_path / "gazette.html", tmp_path / "courier.txt"
    page.write_bytes(b"<html><body><p>The mill burned.</p></body></html>")
    text.write_bytes(b"The mill burned.")
    found = gather(["https://a.example/1", str(page), str(text), "-"], lambda _: b"The mill burned down.")
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


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"%PDF-1.7 words", "a PDF document"),
        (b"{\\rtf1 words}", "an RTF document"),
        (b"PK\x03\x04words", "a packed file"),
        (b'{"headline": "Mill burns"}', "data"),
    ],
)
def test_files_that_are_neither_page_nor_text_are_named(tmp_path: Path, body: bytes, what: str) -> None:
    """Their bytes would pass for words; the error says what they are and what to give instead."""
    (tmp_path / "a.txt").write_bytes(body)
    with pytest.raises(UnreadableSource, match=what) as caught:
        gather([str(tmp_path / "a.txt"), "https://a.example/1"], nothing)
    assert "plain text" in caught.value.hint


def test_utf_16_is_a_text(tmp_path: Path) -> None:
    """As some editors save it; its zero bytes are no sign of anything else."""
    (tmp_path / "a.txt").write_bytes("The mill burned.".encode("utf-16"))
    assert not gather([str(tmp_path / "a.txt"), "https://a.example/1"], nothing)[0].is_page


def test_a_file_without_end_is_given_up(tmp_path: Path) -> None:
    """No more than the limit is read of it."""
    with pytest.raises(UnreadableSource, match="larger than 1,000 bytes"):
        gather(["/dev/zero", "https://a.example/1"], nothing, most=1000)


def test_an_empty_name_is_no_folder() -> None:
    """An unset variable of a script must not compare whatever lies in the current folder."""
    with pytest.raises(UnreadableSource, match="empty name"):
        gather(["", "https://a.example/1"], nothing)


def test_standard_input_is_read_once() -> None:
    """Two dashes are one source."""
    reads = iter([b"The mill burned."])
    with pytest.raises(TooFewSources, match="only one"):
        gather(["-", "-"], lambda _: next(reads))


def test_a_bad_file_of_a_folder_stops_nothing(tmp_path: Path) -> None:
    """It is a source that could not be read, and says why."""
    (tmp_path / "a.txt").write_bytes(b"The mill burned.")
    (tmp_path / "b.txt").write_bytes(b"")
    found = gather([str(tmp_path)], nothing)
    assert [(s.outlet, s.trouble and s.trouble.message) for s in found] == [
        ("a", None),
        ("b", f"{tmp_path / 'b.txt'}: is empty."),
    ]


@pytest.mark.parametrize(
    ("names", "outlets"),
    [
        (("coast/story.txt", "harbour/story.txt", "echo.txt"), ["coast", "harbour", "echo"]),
        (("coast/story.txt", "coast/story.html"), ["story.txt", "story.html"]),
    ],
)
def test_files_of_one_name_are_told_apart(tmp_path: Path, names: tuple[str, ...], outlets: list[str]) -> None:
    """By their folders, which are often the outlets; else by the whole name."""
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"The mill burned.")
    assert [s.outlet for s in gather([str(tmp_path / name) for name in names], nothing)] == outlets


def test_fragments_and_counters_are_no_part_of_an_address() -> None:
    """The page is fetched once, and under the address that it has for everybody."""
    found = gather(["https://a.example/1#top", "https://a.example/1?utm_source=x", "https://a.example/2"], nothing)
    assert [s.url for s in found] == ["https://a.example/1", "https://a.example/2"]


@pytest.mark.parametrize("argument", ["http://[::1", "https://[a"])
def test_an_address_that_cannot_be_read(argument: str) -> None:
    """It is said, not stumbled over."""
    with pytest.raises(UnreadableSource, match="is no web address"):
        gather([argument, "https://a.example/1"], nothing)


def test_a_password_goes_nowhere() -> None:
    """Not to the server, the database, a report, nor into the message."""
    with pytest.raises(UnreadableSource, match="password") as caught:
        gather(["https://me:hunter2@a.example/1", "https://a.example/2"], nothing)
    assert "hunter2" not in caught.value.message + caught.value.hint


def test_a_name_that_is_no_utf8_can_be_stored_and_shown(tmp_path: Path) -> None:
    """Its bytes are named as in an address, so that two such files stay two."""
    for name in (b"harbour\xff.txt", b"harbour\xfe.txt"):
        with open(os.fsencode(tmp_path) + b"/" + name, "wb") as file:  # noqa: PTH123 - the name is bytes
            file.write(b"Words.")
    found = gather([str(tmp_path)], nothing)
    assert [(s.outlet, s.place) for s in found] == [
        ("harbour%FE", f"{tmp_path}/harbour%FE.txt"),
        ("harbour%FF", f"{tmp_path}/harbour%FF.txt"),
    ]
