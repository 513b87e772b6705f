"""What the user named, told apart: pages on the web, pages and texts on disk, text from standard input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from storydiff.errors import TooFewSources, UnreadableSource

PAGE_ENDINGS = frozenset({".html", ".htm", ".xhtml"})
TEXT_ENDINGS = frozenset({".txt", ".text", ".md"})
SNIFFED = 1024
"""Bytes looked at to tell a page from a text when the file's ending does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing to compare. Either `url` is set, or `body` holds what was read from disk or standard input."""

    name: str
    """As the user gave it: for progress lines and messages."""
    url: str | None = None
    body: bytes | None = None
    outlet: str | None = None
    is_page: bool = True


def gather(arguments: Iterable[str], stdin: Callable[[], bytes], *, known: int = 0) -> tuple[Source, ...]:
    """The sources in the order given, each once. Folders give their pages and texts.

    TooFewSources when there are not two, together with the `known` ones that the story has already.
    """
    found: dict[str, Source] = {}
    for argument in arguments:
        for source in _sources(argument, stdin):
            found.setdefault(source.url or source.name, source)
    if len(found) + known < 2:
        raise TooFewSources(f"A comparison needs at least two sources; {_count(len(found) + known)} given.")
    return tuple(found.values())


def _count(number: int) -> str:
    return "none was" if number == 0 else "only one was"


def _sources(argument: str, stdin: Callable[[], bytes]) -> Iterator[Source]:
    if argument.lower().startswith(("http://", "https://")):
        yield Source(name=argument, url=argument)
    elif argument == "-":
        yield _read("standard input", stdin(), outlet="stdin", ending="")
    elif "://" in argument:
        raise UnreadableSource(f"{argument}: only http and https addresses can be fetched.")
    else:
        yield from _from_disk(Path(argument))


def _from_disk(path: Path) -> Iterator[Source]:
    try:
        if path.is_dir():
            files = sorted(p for p in path.iterdir() if p.suffix.lower() in PAGE_ENDINGS | TEXT_ENDINGS)
            if not files:
                raise UnreadableSource(f"{path}: the folder holds no .html and no .txt file.")
        else:
            files = [path]
        for file in files:
            yield _read(str(file), file.read_bytes(), outlet=file.stem, ending=file.suffix.lower())
    except FileNotFoundError as error:
        raise UnreadableSource(f"{path}: no such file or folder.", hint=_hint(str(path))) from error
    except OSError as error:
        raise UnreadableSource(f"{path}: cannot be read ({error.strerror}).") from error


def _hint(argument: str) -> str:
    if "." in argument.split("/", maxsplit=1)[0].strip("."):
        return f"If it is a web address, write https://{argument}"
    return ""


def _read(name: str, body: bytes, *, outlet: str, ending: str) -> Source:
    if not body.strip():
        raise UnreadableSource(f"{name}: is empty.")
    start = body[:SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    looks_like_page = start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body"))
    is_page = ending in PAGE_ENDINGS or (ending not in TEXT_ENDINGS and looks_like_page)
    if not is_page and b"\0" in body:
        raise UnreadableSource(f"{name}: is neither a web page nor a text.")
    return Source(name=name, body=body, outlet=outlet, is_page=is_page)
