"""What is old is forgotten with its bytes; what is watched, new or another newsroom's is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storydiff.errors import ArchiveError
from storydiff.fetch import Fetched, FolderArchive
from storydiff.model import Event, EventType, Paragraph, Story, Version
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.retention import forget_article, forget_newsroom, forget_story, purge, stale
from storydiff.settings import Settings
from storydiff.store import Announcement, JobState, Reading, open_store

NOW = datetime(2026, 6, 1, tzinfo=UTC)
OLD, DAYS = NOW - timedelta(days=200), timedelta(days=90)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The newsroom "left": an old story, one that is old but was fetched lately, and a new one."""
    archive = FolderArchive(tmp_path / "archive")
    found = Desk(
        settings=Settings(), store=open_store(tmp_path / "s.sqlite", "left"), clock=lambda: NOW, archive=archive
    )
    for newsroom in ("left", "right"):
        store = found.store.of(newsroom)
        store.newsrooms.create(newsroom, now=OLD)
        for slug, created, fetched in (("old", OLD, OLD), ("watched", OLD, NOW), ("new", NOW, NOW)):
            shared = b"same" if slug == "new" else f"{newsroom} {slug}".encode()
            page = Fetched(
                url="https://a.example/", final_url="https://a.example/", body=shared, status=200, fetched=NOW
            )
            store.stories.save(Story(slug=slug, created=created))
            version = Version(id="", outlet="A", url=f"https://a.example/{slug}", paragraphs=(Paragraph(slug),))
            store.versions.add(slug, replace(version, fetched=fetched, snapshot=archive.keep(page)))
        store.events.append(Event(id="evt_old", type=EventType.STORY_COLLATED, story="new", at=OLD))
        store.jobs.update(store.jobs.create("fetch", now=OLD).id, now=OLD, state=JobState.DONE)
        store.jobs.create("fetch", now=OLD)
    return found


def _left(desk: Desk, newsroom: str = "left") -> set[str]:
    return {counts.story.slug for counts in desk.store.of(newsroom).stories.list()}


def _files(desk: Desk) -> int:
    assert desk.archive is not None
    return len(list(desk.archive.folder.rglob("*.warc.gz")))


def announced(desk: Desk) -> None:
    """Each newsroom's source announced something long ago, and lists another article now."""
    for newsroom in ("left", "right"):
        store = desk.store.of(newsroom)
        store.sources.create("https://rival.example/", "rival", now=OLD, most=9)
        for at, url in ((OLD, "https://rival.example/1"), (NOW, "https://rival.example/2")):
            [source] = store.polls.claim("w", now=at, until=at, limit=1)
            told = [Announcement(key=url, url=url, outlet="Rival")]
            store.polls.record(source, "w", Reading(at=at, next_poll=at + DAYS, announced=told))


def test_only_what_is_untouched_goes(desk: Desk) -> None:
    """The old story with its page, the old event, announcement and ended job; the waiting job and the other newsroom stay."""
    assert stale(desk, NOW - DAYS) == ("old",)
    announced(desk)
    gone = purge(desk, NOW - DAYS)
    assert (gone.stories, gone.snapshots, gone.events, gone.records) == (("old",), 1, 1, 1)
    assert gone.announcements == 1
    assert _left(desk) == {"watched", "new"}
    assert _left(desk, "right") == {"old", "watched", "new"}
    assert _files(desk) == 4
    assert purge(desk, NOW - DAYS).stories == ()


def test_a_newsroom_goes_without_what_others_need(desk: Desk) -> None:
    """Bytes that the other newsroom's story has too are kept."""
    assert forget_newsroom(desk, "left") == 2
    assert _left(desk) == set()
    assert _left(desk, "right") == {"old", "watched", "new"}
    assert _files(desk) == 3
    assert desk.store.newsrooms.get("left") is None
    assert desk.store.keys.list() == ()


@pytest.mark.parametrize(
    "forget",
    [
        lambda desk: purge(desk, NOW - DAYS),
        lambda desk: forget_story(desk, "old"),
        lambda desk: forget_article(desk, "old", "a"),
        lambda desk: forget_newsroom(desk, "left"),
    ],
)
def test_nothing_is_forgotten_while_the_archive_is_away(desk: Desk, tmp_path: Path, forget) -> None:
    """Rows go only when their bytes can go: nobody would find the bytes again without them."""
    (tmp_path / "taken").write_text("a file, no folder")
    stories = len(desk.store.stories.list())
    with pytest.raises(ArchiveError):
        forget(replace(desk, archive=FolderArchive(tmp_path / "taken")))
    assert len(desk.store.stories.list()) == stories
    assert len(list((tmp_path / "archive").rglob("*.warc.gz"))) > 0
