"""What the user named, told apart: pages on the web, pages and texts on disk, text from standard input."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from storydiff.errors import StorydiffError, TooFewSources, UnreadableSource
from storydiff.extract.addresses import plain_address
from storydiff.settings import Settings

PAGE_ENDINGS = frozenset({".html", ".htm", ".xhtml"})
TEXT_ENDINGS = frozenset({".txt", ".text", ".md"})
SNIFFED = 1024
"""Bytes looked at to tell a page from a text when the file's ending does not say."""
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a packed file or a document of an office program"),
)
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks: a text in it is full of zero bytes and still a text."""
NOT_UTF_8 = re.compile("[\udc80-\udcff]")
"""Bytes of a file's name that are no UTF-8, as Python holds them: no database and no terminal takes them."""
MOST = Settings().max_bytes
SAVE_AS = "Save it as a web page or as plain text, and give that file."


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing to compare. Either `url` is set, or `body` holds what was read from disk or standard input."""

    name: str
    """As the user gave it: for progress lines and messages."""
    url: str | None = None
    body: bytes | None = None
    outlet: str | None = None
    is_page: bool = True
    path: Path | None = None
    """Where it was read from; None for standard input, which nobody can find again."""
    trouble: StorydiffError | None = None
    """Why a file of a folder cannot be compared: it must not stop the others."""

    @property
    def place(self) -> str:
        """What tells the source from all others, in whatever folder the command runs."""
        return self.url or (str(self.path) if self.path else self.name)


def gather(
    arguments: Iterable[str], stdin: Callable[[int], bytes], *, known: int = 0, most: int = MOST
) -> tuple[Source, ...]:
    """The sources in the order given, each once. Folders give their pages and texts; `most` is the largest size of one.

    TooFewSources when there are not two, together with the `known` ones that the story has already.
    """
    found: dict[str, Source] = {}
    for argument in dict.fromkeys(arguments):
        for source in _sources(argument, stdin, most):
            found.setdefault(source.place, source)
    if len(found) + known < 2:
        raise TooFewSources(f"A comparison needs at least two sources; {_count(len(found) + known)} given.")
    return _told_apart(tuple(found.values()))


def _count(number: int) -> str:
    return "none was" if number == 0 else "only one was"


def _sources(argument: str, stdin: Callable[[int], bytes], most: int) -> Iterator[Source]:
    if argument.lower().startswith(("http://", "https://")):
        yield _page(argument)
    elif argument == "-":
        yield _read(Source(name="standard input", outlet="stdin"), stdin(most + 1), most)
    elif "://" in argument:
        raise UnreadableSource(f"{argument}: only http and https addresses can be fetched.", hint=" ")
    elif not argument.strip():
        raise UnreadableSource("One of the sources is an empty name.", hint="Is a variable of your script not set?")
    else:
        yield from _from_disk(Path(argument), most)


def _page(argument: str) -> Source:
    """A page to fetch. Its fragment and what only counts visitors are no part of its address."""
    try:
        parts = urlsplit(argument)
        secret = parts.username is not None or parts.password is not None
    except ValueError:
        raise UnreadableSource(f"{argument}: is no web address.", hint="Check how it is spelt.") from None
    if secret:
        # Neither the database nor a report that is passed on may hold a password.
        shown = f"{parts.scheme}://…@{parts.netloc.rpartition('@')[2]}{parts.path}"
        raise UnreadableSource(
            f"{shown}: addresses with a user name or password are not fetched.",
            hint="Leave out the part before the @; docs/run.md says how to use a licence.",
        )
    address = plain_address(argument)
    return Source(name=address, url=address)


def _from_disk(path: Path, most: int) -> Iterator[Source]:
    try:
        if not path.is_dir():
            yield _read(_file(path), _bytes(path, most), most)
            return
        files = sorted(p for p in path.iterdir() if p.suffix.lower() in PAGE_ENDINGS | TEXT_ENDINGS)
    except FileNotFoundError as error:
        raise UnreadableSource(f"{path}: no such file or folder.", hint=_hint(str(path))) from error
    except OSError as error:
        raise UnreadableSource(f"{path}: cannot be read ({error.strerror}).") from error
    if not files:
        raise UnreadableSource(f"{path}: the folder holds no .html and no .txt file.")
    yield from (_of_folder(file, most) for file in files)


def _of_folder(path: Path, most: int) -> Source:
    try:
        return _read(_file(path), _bytes(path, most), most)
    except UnreadableSource as error:
        return replace(_file(path), trouble=error)
    except OSError as error:
        return replace(_file(path), trouble=UnreadableSource(f"{path}: cannot be read ({error.strerror})."))


def _file(path: Path) -> Source:
    told = Path(NOT_UTF_8.sub(lambda byte: f"%{ord(byte[0]) & 0xFF:02X}", str(path)))
    return Source(name=str(told), outlet=told.stem, path=told.absolute())


def _bytes(path: Path, most: int) -> bytes:
    """A byte more than may be, at most: some files never end."""
    with path.open("rb") as file:
        return file.read(most + 1)


def _hint(argument: str) -> str:
    if "." in argument.split("/", maxsplit=1)[0].strip("."):
        return f"If it is a web address, write https://{argument}"
    return ""


def _read(source: Source, body: bytes, most: int) -> Source:
    """The source with what was read, if that can be an article."""
    name, ending = source.name, source.path.suffix.lower() if source.path else ""
    if len(body) > most:
        hint = "Raise STORYDIFF_MAX_BYTES if it really is an article."
        raise UnreadableSource(f"{name}: is larger than {most:,} bytes.", hint=hint)
    if not body.strip():
        raise UnreadableSource(f"{name}: is empty.", hint=" ")
    start = body[:SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    looks_like_page = start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body"))
    is_page = ending in PAGE_ENDINGS or (ending not in TEXT_ENDINGS and looks_like_page)
    what = _other(body)
    if what or (not is_page and b"\0" in body and not body.startswith(UTF_16)):
        raise UnreadableSource(f"{name}: is {what or 'neither a web page nor a text'}.", hint=SAVE_AS)
    return replace(source, body=body, is_page=is_page)


def _other(body: bytes) -> str:
    """What it is when it says so itself and is neither page nor text; "" otherwise."""
    named = next((what for mark, what in MAGIC if body.startswith(mark)), "")
    return named or ("data (JSON)" if body.lstrip()[:1] in (b"{", b"[") and _is_json(body) else "")


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _told_apart(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Files of one name get the name of their folder, their whole name, or their path: the first that tells them apart.

    An outlet is known by its name, and harbour/story.html and coast/story.html are two outlets.
    """
    shared = {outlet for outlet, times in Counter(source.outlet for source in sources).items() if times > 1}
    alike = [source.path for source in sources if source.path and source.outlet in shared]
    names = next(
        (names for names in map(dict, (zip(alike, map(name, alike), strict=True) for name in NAMES)) if _differ(names)),
        {},
    )
    return tuple(replace(s, outlet=names[s.path]) if s.path in names else s for s in sources)


NAMES: tuple[Callable[[Path], str], ...] = (lambda path: path.parent.name, lambda path: path.name, str)


def _differ(names: dict[Path, str]) -> bool:
    return len(set(names.values())) == len(names)
