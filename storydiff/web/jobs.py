"""The progress of a comparison that somebody asked for."""

from __future__ import annotations

from storydiff.model import Extent
from storydiff.pipeline.desk import Desk
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import NotThere
from storydiff.serving.stream import Watched
from storydiff.store import Job
from storydiff.web.call import Call
from storydiff.web.progress import Known, Progress, progress_of
from storydiff.web.showing import shown, to

FRESH = {"Cache-Control": "no-store"}


def show(call: Call) -> Answer:
    """How far the job is: a page that a script keeps up to date, and that renews itself without one."""
    progress = look(call.desk, call.path["job"])
    if progress is None:
        raise NotThere
    ours = call.query.text("ours")
    return shown(call, "job.html.j2", headers=FRESH, job=call.path["job"], progress=progress, ours=ours)


def watch(call: Call) -> Watched[Progress]:
    """The same as a stream: an event whenever something on that page has changed."""
    desk, job = call.desk, call.path["job"]
    return Watched("progress", lambda: look(desk, job), told, lambda progress: progress.has_ended)


def told(progress: Progress) -> dict[str, object]:
    """What the script needs to know: whether to go on watching, and where it leads."""
    is_whole = all(line.stage == "read" for line in progress.lines)
    leads = to("stories", progress.story) if progress.collation is not None else None
    return {"ended": progress.has_ended, "story": leads, "whole": is_whole}


def look(desk: Desk, job: str) -> Progress | None:
    """How far that job is now; None when there is none, or it is of no story."""
    found = desk.store.jobs.get(job)
    if found is None or found.story is None:
        return None
    title = desk.store.stories.get(found.story).title
    checks = desk.store.schedule.checks(found.story)
    return progress_of(found, title, checks, _known(desk, found), desk.clock())


def _known(desk: Desk, job: Job) -> dict[str, Known]:
    slug = job.story or ""
    troubles = {each.article: each.last.problem for each in desk.store.articles.list(slug)}
    known = {}
    for line in desk.store.versions.lines(slug):
        problem = troubles.get(line.article)
        trouble = problem.message if problem else _trouble(desk, slug, line.article) if _is_shut(line.extent) else ""
        known[line.article] = Known(outlet=line.outlet, headline=line.headline, extent=line.extent, trouble=trouble)
    return known


def _is_shut(extent: Extent) -> bool:
    return extent is Extent.BLOCKED


def _trouble(desk: Desk, slug: str, article: str) -> str:
    """Why nothing could be read; such a version holds no text, so this is cheap."""
    last = desk.store.versions.history(slug, article)[-1]
    return last.problems[0].message if last.problems else ""
