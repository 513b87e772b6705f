"""The bytes that a version was read from: shown as characters, never as a page, and sent as a file to keep.

They come from the web and may hold anything. So nothing of them is ever given to the browser as markup of this origin:
in the page every character is text, and the file is an attachment without rights whose type is not guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from storydiff.errors import ArchiveError, SnapshotMissing
from storydiff.extract.decode import decode
from storydiff.fetch.values import Headers
from storydiff.fetch.warc import ORIGINAL, Snapshot
from storydiff.model import Story, Version
from storydiff.report.source import Line, Place, lines, places
from storydiff.serving.answer import BYTES, Answer
from storydiff.serving.refusals import NotThere, status_of, told
from storydiff.store.browse import article_name
from storydiff.web.call import Call
from storydiff.web.showing import shown

PART = 60_000
"""Characters of the source on one page."""
KEPT_BACK = frozenset({"set-cookie", "set-cookie2"})
"""Headers whose values were meant for one visitor."""
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the bytes say, part by part."""

    charset: str
    size: int
    """Bytes."""
    found: tuple[Place | None, ...]
    """For each paragraph of the version its place in the source."""
    part: int
    parts: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotPage:
    """What the page shows; `trouble` says why there is no source."""

    story: Story
    version: Version
    article: str
    received: tuple[tuple[datetime, str], ...]
    """When versions of the article were read from these very bytes, and their ids."""
    answer: Snapshot | None
    """Status and headers, when they came with one of those."""
    paragraph: int | None
    source: Source | None = None
    trouble: str = ""
    hint: str = ""

    @property
    def headers(self) -> Headers:
        """The headers as they were sent."""
        sent = self.answer.headers if self.answer else ()
        named = ((name[len(ORIGINAL) :] if name.lower().startswith(ORIGINAL) else name, value) for name, value in sent)
        return tuple((name, "(not shown)" if name.lower() in KEPT_BACK else value) for name, value in named)


def show(call: Call) -> Answer:
    """The source of the page with the version's words marked; `?paragraph=` marks one and opens the part it is in."""
    version = _version(call)
    try:
        kept = _kept(call, version)
    except ArchiveError as error:
        said = told(error)
        page = replace(_page(call, version, None), trouble=said.message, hint=said.hint)
        return shown(call, "snapshot.html.j2", page=page, status=status_of(error))
    page = _page(call, version, kept)
    source = source_of(kept, version, page.paragraph, call.query.number("part"))
    return shown(call, "snapshot.html.j2", page=replace(page, source=source))


def download(call: Call) -> Answer:
    """The bytes as a file to keep. Not even a browser that is told to open it takes it for a page."""
    version = _version(call)
    content = _kept(call, version).bytes
    name = f'attachment; filename="{version.snapshot or ""}.bin"'
    headers = {"Content-Disposition": name, "Cross-Origin-Resource-Policy": "same-origin"}
    return Answer(content=content, media=BYTES, headers=headers)


def source_of(kept: Snapshot, version: Version, paragraph: int | None, part: int | None) -> Source:
    """The part asked for, else the one in which the paragraph stands, else the first."""
    declared = CHARSET.search(next((value for name, value in kept.headers if name.lower() == "content-type"), ""))
    text, charset = decode(kept.bytes, declared[1] if declared else None)
    found = places(text, [each.text for each in version.paragraphs])
    parts = max(1, -(-len(text) // PART))
    place = found[paragraph] if paragraph is not None else None
    part = part or (place[0] // PART + 1 if place else 1)
    if part > parts:
        raise NotThere("There is no such part of this source.", hint=f"It has {parts}.")
    marked = found if paragraph is None else tuple(each if n == paragraph else None for n, each in enumerate(found))
    shown_lines = lines(text, marked, (part - 1) * PART, min(part * PART, len(text)))
    return Source(charset=charset, size=len(kept.bytes), found=found, part=part, parts=parts, lines=tuple(shown_lines))


def _page(call: Call, version: Version, kept: Snapshot | None) -> SnapshotPage:
    slug, store = call.path["slug"], call.desk.store
    same = [each for each in store.versions.history(slug, version.article) if each.snapshot == version.snapshot]
    received = tuple((each.fetched, each.id) for each in same if each.fetched and each.snapshot)
    # An archive may serve several newsrooms: when others received the same bytes is theirs to know.
    own = kept if kept and kept.fetched in {moment for moment, _ in received} else None
    return SnapshotPage(
        story=store.stories.get(slug),
        version=version,
        article=article_name(version.article),
        received=received,
        answer=own,
        paragraph=_paragraph(call, version),
    )


def _paragraph(call: Call, version: Version) -> int | None:
    """Its index; NotThere when the version has no such paragraph."""
    named = call.query.number("paragraph")
    if named is not None and named > len(version.paragraphs):
        raise NotThere("This version has no such paragraph.")
    return named - 1 if named is not None else None


def _kept(call: Call, version: Version) -> Snapshot:
    if version.snapshot is None or call.desk.archive is None:
        raise SnapshotMissing("No bytes were archived of this version.", hint="Its text was given, not fetched.")
    return call.desk.archive.read(version.snapshot)


def _version(call: Call) -> Version:
    slug, store = call.path["slug"], call.desk.store
    store.stories.get(slug)
    found = store.versions.get(slug, call.path["version"])
    if found is None:
        raise NotThere("There is no such version in this story.")
    return found
