"""How far a job is, told from what is stored."""

from dataclasses import replace
from datetime import timedelta

from storydiff.model import Extent
from storydiff.store import Check, Job, JobState
from storydiff.web.progress import IDLE, Known, Stage, progress_of
from tests.builders import at

BEGUN = at(4, "08:00")
SECOND = timedelta(seconds=1)
JOB = Job(id="job_1", kind="fetch", story="quay", state=JobState.RUNNING, done=0, total=2, created=BEGUN)


def check(number: int, **fields: object) -> Check:
    url = f"https://outlet{number}.example/quay"
    made = Check(id=number, url=url, host=f"outlet{number}.example", priority=0, added=BEGUN, next_check=BEGUN)
    return replace(made, **fields)  # type: ignore[arg-type]


def known(**fields: object) -> Known:
    return replace(Known(outlet="Harbour Post", headline="Fire", extent=Extent.COMPLETE), **fields)  # type: ignore[arg-type]


def stages(*checks: Check, now: timedelta = 5 * SECOND, **texts: Known) -> list[tuple[Stage, str]]:
    return [(line.stage, line.why) for line in progress_of(JOB, "", checks, texts, BEGUN + now).lines]


def test_a_page_waits_until_it_was_tried_for_this_job() -> None:
    """What was tried before the job began counts as waiting."""
    before = check(1, checked=BEGUN - SECOND, article="a")
    assert stages(before, check(2), a=known()) == [(Stage.WAITING, ""), (Stage.WAITING, "")]


def test_what_was_read_in_full_in_part_or_not() -> None:
    """Each with the reason; an unread page says why in the words of what failed."""
    later = BEGUN + SECOND
    checks = [check(n, checked=later, article=name) for n, name in enumerate("abcd")]
    checks[2] = replace(checks[2], failures=1)
    texts = {"a": known(), "b": known(extent=Extent.TRUNCATED), "c": known(trouble="The host did not answer.")}
    found = stages(*checks, **texts, d=known(extent=Extent.BLOCKED))
    assert [stage for stage, _ in found] == [Stage.READ, Stage.PART, Stage.UNREAD, Stage.UNREAD]
    assert found[2][1] == "The host did not answer."
    assert all(why for _, why in found[1:])


def test_an_address_that_leads_to_an_article_named_before() -> None:
    """It is the same article, not another one that failed."""
    both = [check(n, checked=BEGUN + SECOND, article="a") for n in (1, 2)]
    progress = progress_of(JOB, "", both, {"a": known()}, BEGUN + 2 * SECOND)
    assert [line.stage for line in progress.lines] == [Stage.READ, Stage.SAME]
    assert (progress.done, progress.readable) == (2, 1)


def test_pages_of_the_story_that_are_not_due_are_no_part_of_the_job() -> None:
    """Adding one article to a story of many shows the one."""
    old = check(1, added=BEGUN - SECOND, checked=BEGUN - SECOND, next_check=BEGUN + 600 * SECOND)
    assert len(stages(old, check(2))) == 1


def test_it_is_said_when_nothing_happens() -> None:
    """After a while without any page tried, and not while pages come in, nor once the job has ended."""
    slow = IDLE + SECOND
    assert progress_of(JOB, "", [check(1)], {}, BEGUN + slow).is_idle
    assert not progress_of(JOB, "", [check(1)], {}, BEGUN + IDLE).is_idle
    assert not progress_of(JOB, "", [check(1), check(2, checked=BEGUN + 20 * SECOND)], {}, BEGUN + slow).is_idle
    assert not progress_of(replace(JOB, state=JobState.DONE), "", [check(1)], {}, BEGUN + slow).is_idle
