"""Atom feeds, for whoever is signed in and for readers that cannot sign in: those carry a key in the feed's address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from storydiff.digest.feeds import Place
from storydiff.digest.links import OURS_FEED, OUTLET_FEED, STORY_FEED, Links
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.feeding import Feed, Walks, of_ours, of_outlet, of_story
from storydiff.pipeline.signing_in import is_let_in
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import NotPermitted, NotThere, TookTooLong
from storydiff.store import Grant, Pass, PassKind
from storydiff.web.call import Call
from storydiff.web.showing import redirected, shown

MEDIA = "application/atom+xml"
QUIET = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
OFFERED = 12
"""Stories whose feeds the page offers, the newest."""
Make = Callable[[Desk, Walks, str, Place], Feed | None]


@dataclass(frozen=True, slots=True)
class Offered:
    """A feed that there is."""

    title: str
    says: str
    href: str


def story(call: Call) -> Answer:
    """The feed of a story."""
    return _served(call, call.path["slug"], of_story)


def outlet(call: Call) -> Answer:
    """The feed of an outlet."""
    return _served(call, call.path["outlet"], of_outlet)


def ours(call: Call) -> Answer:
    """The feed of what concerns an outlet as ours."""
    return _served(call, call.path["outlet"], of_ours)


def page(call: Call) -> Answer:
    """Which feeds there are, and the keys that were made for readers."""
    return _page(call)


def make(call: Call) -> Answer:
    """A key for a reader; it is shown in this answer and never again."""
    own = call.visitor.grant if call.visitor else Grant()
    grant = Grant(scope="read", address=own.address, key=own.key)
    _, secret = call.desk.store.passes.create(PassKind.FEED, grant, now=call.desk.clock())
    return _page(call, secret)


def end(call: Call) -> Answer:
    """End a key at once."""
    name = call.form.text("feed")
    if name not in {each.name for each in _keys(call)}:
        raise NotThere
    call.desk.store.passes.end(name)
    return redirected("/feeds")


def _served(call: Call, name: str, made: Make) -> Answer:
    key = call.query.text("key")
    desk = call.service.desk(_newsroom(call, key))
    query = f"?key={key}" if key else ""
    place = Place(base=_base(call), newsroom=desk.store.newsroom, query=query)
    feed = made(desk, call.service.walks, name, place)
    if feed is None:
        raise TookTooLong("This feed is still being made.", hint="Ask again in some seconds.")
    headers = {
        **QUIET,
        **({"Last-Modified": format_datetime(_utc(feed.modified), usegmt=True)} if feed.modified else {}),
    }
    if _is_known(call, feed.modified):
        return Answer(content=b"", media=MEDIA, status=304, headers=headers)
    return Answer(content=feed.text.encode(), media=MEDIA, headers=headers)


def _newsroom(call: Call, key: str) -> str:
    """Whose feeds these are: those of the key, else those of the visitor. NotPermitted, in words for a reader's log."""
    if key:
        held = call.desk.store.passes.find(PassKind.FEED, key, now=call.desk.clock())
        if held is not None and is_let_in(call.desk.settings, held):
            return held.newsroom
    elif call.visitor is not None:
        return call.visitor.newsroom
    hint = "Sign in and make an address for your reader under Feeds."
    raise NotPermitted("This feed needs a key, or its key has ended.", hint=hint)


def _is_known(call: Call, modified: datetime | None) -> bool:
    """Whether the asker has all of it, by its clock; a tag, if it sends one, is looked at instead (RFC 9110)."""
    given = call.headers.get("If-Modified-Since")
    if given is None or modified is None or "If-None-Match" in call.headers:
        return False
    try:
        since = parsedate_to_datetime(given)
    except ValueError:
        return False
    return _utc(modified) <= _utc(since)


def _utc(moment: datetime) -> datetime:
    """In whole seconds, as HTTP tells time."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)


def _page(call: Call, made: str = "") -> Answer:
    return shown(
        call,
        "feeds.html.j2",
        headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"},
        keys=_keys(call),
        is_made=bool(made),
        feeds=list(_offered(call, f"?key={made}" if made else "")),
    )


def _offered(call: Call, query: str) -> Iterator[Offered]:
    links, browse = Links(_base(call)), call.desk.store.browse
    newsroom = call.desk.store.newsrooms.get(call.desk.store.newsroom)
    if newsroom and newsroom.ours:
        href = f"{links.to(OURS_FEED, outlet=newsroom.ours)}{query}"
        yield Offered(newsroom.ours, "what we lack, where we differ, what only we have", href)
    for listed in browse.stories(limit=OFFERED, archived=False):
        found = listed.counts.story
        yield Offered(found.title or found.slug, "one story", f"{links.to(STORY_FEED, story=found.slug)}{query}")
    for each in browse.outlets(limit=100):
        yield Offered(each.outlet.name, "one outlet", f"{links.to(OUTLET_FEED, outlet=each.outlet.name)}{query}")


def _keys(call: Call) -> tuple[Pass, ...]:
    """The visitor's own keys; an admin sees all of the newsroom."""
    found = call.desk.store.passes.list(PassKind.FEED, now=call.desk.clock())
    if call.visitor is None or call.visitor.allows("admin"):
        return found
    own = (call.visitor.grant.address, call.visitor.grant.key)
    return tuple(each for each in found if (each.grant.address, each.grant.key) == own)


def _base(call: Call) -> str:
    return call.desk.settings.web_url or f"http://{call.headers.get('Host', '')}"
