"""Sharing a story: a link that nobody can guess shows it, for reading, until it expires or is ended."""

from __future__ import annotations

from datetime import timedelta

from storydiff.errors import NothingToCompare, UnknownStory
from storydiff.model import Collation
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.sharing import copies, public
from storydiff.report.html import own_policy, to_html
from storydiff.serving.answer import HTML, Answer
from storydiff.serving.collations import collation_of
from storydiff.serving.refusals import Conflict, NotThere, RequestError
from storydiff.serving.responding import Sendable
from storydiff.store import Grant, Pass, PassKind
from storydiff.store.passes import WITH_COPY
from storydiff.web.call import Call
from storydiff.web.showing import redirected, shown, to

LIVES = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
APART = {
    "Content-Security-Policy": f"{own_policy()}; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
"""Of a shared page: its address is its secret, so nobody is told it, and no search engine keeps it."""


class SharedNoMore(RequestError):
    """This link shows nothing any more.

    It has expired, or whoever shared it has ended it. Ask them for a new one.
    """

    status = 410


def manage(call: Call) -> Answer:
    """Who has been given links to the story, and the form that makes one."""
    return _page(call)


def make(call: Call) -> Answer:
    """Make a link. It is shown in this answer and never again: only its SHA-256 is kept."""
    desk, slug = call.desk, call.path["slug"]
    found = collation_of(desk, slug, None)
    is_pinned, with_copy = call.form.text("pinned") == "1", call.form.text("copy") == "1"
    if not with_copy:
        _check(desk, found)
    grant = Grant(
        scope=WITH_COPY if with_copy else "read",
        address=call.visitor.grant.address if call.visitor else None,
        key=call.visitor.grant.key if call.visitor else None,
        story=slug,
        number=found.number if is_pinned else None,
    )
    lives = LIVES.get(call.form.text("lives"), LIVES["week"])
    _, secret = desk.store.passes.create(PassKind.SHARE, grant, now=desk.clock(), lives=lives)
    return _page(call, made=secret)


def end(call: Call) -> Answer:
    """End a link at once."""
    slug, name = call.path["slug"], call.form.text("share")
    mine = {each.name for each in _shares(call)}
    if name not in mine:
        raise NotThere
    call.desk.store.passes.end(name)
    return redirected(to("stories", slug, "share"))


def show(call: Call) -> Answer:
    """The story behind a link, as one page that needs nothing else; SharedNoMore."""
    now = call.desk.clock()
    held = call.desk.store.passes.find(PassKind.SHARE, call.path["token"], now=now)
    if held is None:
        raise SharedNoMore
    try:
        return Answer(content=_shown(call, held), media=HTML, headers=APART)
    except (UnknownStory, NotThere, NothingToCompare):
        raise SharedNoMore from None


def _shown(call: Call, held: Pass) -> bytes:
    """The page, kept while the collation is the same."""
    desk, slug = call.service.desk(held.newsroom), held.grant.story or ""
    created = desk.store.stories.get(slug).created
    if created is not None and created > held.created:  # another story of the same name
        raise SharedNoMore
    mark = desk.store.browse.collation(slug, held.grant.number)
    key = ("share", held.newsroom, slug, mark, held.grant.scope)
    kept = call.service.kept.get(key)
    if kept is None:
        found = collation_of(desk, slug, held.grant.number)
        text = to_html(found if held.grant.scope == WITH_COPY else public(desk, found))
        kept = Sendable(text.encode("utf8", "replace"), HTML, 200, {})
        call.service.kept.put(key, kept)
    return kept.content


def _check(desk: Desk, found: Collation) -> None:
    try:
        public(desk, found)
    except NothingToCompare:
        said = "Without your unpublished copy fewer than two articles are left, so there is nothing to share."
        raise Conflict(said, hint="Wait until more is published, or share the copy too.") from None


def _page(call: Call, made: str = "") -> Answer:
    desk, slug = call.desk, call.path["slug"]
    story = desk.store.stories.get(slug)
    mark = desk.store.browse.collation(slug)
    base = desk.settings.web_url or f"http://{call.headers.get('Host', '')}"
    return shown(
        call,
        "share.html.j2",
        headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"},
        story=story,
        number=mark.number if mark else None,
        shares=_shares(call),
        with_copy=WITH_COPY,
        has_copy=bool(copies(desk.store.versions.all(slug), desk.store.articles.list(slug))),
        link=base + to("share", made) if made else "",
    )


def _shares(call: Call) -> tuple[Pass, ...]:
    return call.desk.store.passes.list(PassKind.SHARE, now=call.desk.clock(), story=call.path["slug"])
