"""What a story is called, and which stored story a set of sources is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from storydiff.errors import BadSetting
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.reading import version_of_file
from storydiff.pipeline.sources import Source

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_WORDS = 6
SLUG_LENGTH = 60


def checked(slug: str) -> str:
    """The slug, or BadSetting when it is none."""
    if not SLUG.fullmatch(slug) or len(slug) > SLUG_LENGTH:
        hint = f"Use lower-case letters, digits and hyphens, {SLUG_LENGTH} at most: {slug_of(slug)}"
        raise BadSetting(f"{slug!r} cannot be the name of a story.", hint=hint)
    return slug


def slug_of(title: str) -> str:
    """A story's name made from a headline: its first words in lower-case ASCII, joined by hyphens; never empty."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub("['\u2019]", "", plain))
    return "-".join(words[:SLUG_WORDS])[:SLUG_LENGTH].strip("-") or "story"


def free_slug(desk: Desk, headlines: Iterable[str | None]) -> str:
    """A name from the first headline there is, numbered when a story of that name exists."""
    slug = slug_of(next(filter(None, headlines), ""))
    taken = {counts.story.slug for counts in desk.store.stories.list()}
    numbered = (slug if n == 1 else f"{slug[: SLUG_LENGTH - 6]}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in numbered if name not in taken)


def story_of(desk: Desk, sources: Sequence[Source]) -> str | None:
    """The stored story that was made of exactly these sources; None when there is none.

    A file may hold another story by now, and standard input does as a rule: what they hold has to go on as it began.
    """
    for slug in desk.store.articles.stories_with(sources[0].place):
        found = {desk.store.articles.find(slug, source.place) for source in sources}
        if None in found or len(found) != len(desk.store.articles.list(slug)):
            continue
        if all(source.url or _goes_on(desk, slug, source) for source in sources):
            return slug
    return None


def _goes_on(desk: Desk, slug: str, source: Source) -> bool:
    """Whether the text is the one that was read from there before, or a later state of it."""
    article = desk.store.articles.find(slug, source.place)
    before = desk.store.versions.history(slug, article.article)[-1:] if article else ()
    now = version_of_file(source, desk.clock())
    known = {paragraph.text for version in before for paragraph in version.paragraphs}
    held = {paragraph.text for paragraph in now.paragraphs}
    same_headline = now.headline and any(now.headline == version.headline for version in before)
    return bool(known & held) or known == held or bool(same_headline)
