"""What of a story may be shown to people outside: all but copy that came in before it was published.

Copy is what was taken in with its text (`intake.take_copy`): it was never fetched, so it has no snapshot. Points are
made of all versions, so hiding one means comparing the others anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from storydiff.engine import collate
from storydiff.errors import NothingToCompare
from storydiff.model import Collation, Extent, Story, Version
from storydiff.pipeline.desk import Desk
from storydiff.store import Article


def public(desk: Desk, found: Collation) -> Collation:
    """The collation as strangers may see it. NothingToCompare when too little is left.

    It is `found` itself where the story holds no copy.
    """
    slug = found.story.slug
    versions = desk.store.versions.all(slug)
    hidden = copies(versions, desk.store.articles.list(slug))
    there = [version for version in versions if _was_there(version, found)]
    told = [version for version in there if version.id not in hidden]
    if len(told) == len(there):  # also an earlier state that was copy gave times and changes to the collation
        return found
    if len({version.article for version in told if version.extent is not Extent.BLOCKED}) < 2:
        raise NothingToCompare
    story = _titled(found.story, [version for version in there if version.id in hidden], told)
    return replace(collate(told, story=story, made=found.made), number=found.number)


def copies(versions: Sequence[Version], articles: Sequence[Article]) -> frozenset[str]:
    """The ids of the versions that were taken in with their text."""
    asked_for = {each.article for each in articles if (each.last.requested or "").startswith("http")}
    states = defaultdict(list)
    for version in versions:
        states[version.article].append(version)
    hidden: set[str] = set()
    for article, found in states.items():
        # Where nothing of a fetched article is archived, no archive was kept: its versions are pages all the same.
        is_fetched = article in asked_for and all(version.snapshot is None for version in found)
        hidden |= {
            version.id for version in found if version.snapshot is None and not is_fetched and version.paragraphs
        }
    return frozenset(hidden)


def _titled(story: Story, hidden: Sequence[Version], told: Sequence[Version]) -> Story:
    """The story under a title that is public: it may have been named after the headline of copy."""
    if story.title not in {version.headline for version in hidden}:
        return story
    return replace(story, title=next((version.headline for version in told if version.headline), "A story"))


def _was_there(version: Version, found: Collation) -> bool:
    """Whether the version was known when the collation was made."""
    return version.fetched is None or found.made is None or version.fetched <= found.made
