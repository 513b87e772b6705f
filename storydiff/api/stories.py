"""Stories: made from addresses, listed, changed, put aside, deleted; and their articles."""

from __future__ import annotations

from storydiff.api import values
from storydiff.api.call import Call
from storydiff.model import Story
from storydiff.pipeline.intake import admitted, new_story, rewatch, take_pages
from storydiff.pipeline.retention import forget_article, forget_story
from storydiff.serving import cursors
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import Conflict, NotThere
from storydiff.store import Job

STATES = {"active": False, "archived": True, "all": None}


def list_stories(call: Call) -> Answer:
    """The newsroom's stories, the newest first."""
    asked = call.query
    found = call.desk.store.browse.stories(
        limit=asked.limit + 1,
        before=cursors.read(asked.cursor, int),
        words=asked.q,
        outlet=asked.outlet,
        archived=STATES[asked.state],
    )
    rows, last = cursors.page(found, asked.limit)
    return Answer(
        value={"stories": [values.story(each) for each in rows], "next": cursors.written(last.mark) if last else None}
    )


def create_story(call: Call) -> Answer:
    """Make a story from addresses: they are fetched, compared, and watched from then on."""
    sent = call.body
    urls = admitted(call.desk.settings, sent.urls)
    slug = new_story(call.desk, sent.slug, sent.title, urls[0])
    if slug is None:
        raise Conflict(f"There is a story {sent.slug} already.", hint="Add articles to it, or take another slug.")
    return accepted(take_pages(call.desk, slug, urls))


def read_story(call: Call) -> Answer:
    """One story with its counts."""
    return Answer(value=values.story(call.desk.store.browse.story(call.path["slug"])))


def change_story(call: Call) -> Answer:
    """Give a story another title, put it aside, or take it up again."""
    slug, store = call.path["slug"], call.desk.store
    store.stories.get(slug)
    if call.body.title is not None:
        store.stories.save(Story(slug=slug, title=call.body.title))
    if call.body.archived is not None:
        store.schedule.archive(slug, now=call.desk.clock() if call.body.archived else None)
    return Answer(value=values.story(store.browse.story(slug)))


def delete_story(call: Call) -> Answer:
    """Delete a story with all that is stored of it, archived bytes included."""
    forget_story(call.desk, call.path["slug"])
    return Answer(status=204)


def refresh_story(call: Call) -> Answer:
    """Fetch all pages of a story again now."""
    return accepted(rewatch(call.desk, call.path["slug"]))


def list_articles(call: Call) -> Answer:
    """The articles of a story."""
    slug = call.path["slug"]
    call.desk.store.stories.get(slug)
    return Answer(value={"articles": [values.article(each) for each in call.desk.store.articles.list(slug)]})


def add_articles(call: Call) -> Answer:
    """Add pages to a story."""
    return accepted(take_pages(call.desk, call.path["slug"], call.body.urls))


def remove_article(call: Call) -> Answer:
    """Take an article out of a story with its versions; it is not watched any more."""
    if not forget_article(call.desk, call.path["slug"], call.path["article"]):
        raise NotThere
    return Answer(status=204)


def accepted(job: Job) -> Answer:
    """202: the work goes on, and this is how to follow it."""
    return Answer(value=values.job(job), status=202, headers={"Location": f"/v1/jobs/{job.id}"})
