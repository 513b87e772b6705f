"""What a story is called, and which stored story a set of sources is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from storydiff.errors import BadSetting
from storydiff.pipeline.desk import Desk
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
    """The stored story that was made of exactly these sources; None when there is none."""
    for slug in desk.store.articles.stories_with(sources[0].name):
        found = {desk.store.articles.find(slug, source.name) for source in sources}
        if None not in found and len(found) == len(desk.store.articles.list(slug)):
            return slug
    return None
