"""No newsroom sees anything of another's: every route, every scope, ids that exist elsewhere and ids that do not."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from storydiff.api.call import Route, Scope
from storydiff.api.models.asked import MoreArticles, NewKey, NewStory, StoryChange
from storydiff.api.models.hooks import EndpointChange, NewEndpoint, Replay
from storydiff.api.models.item import Intake
from storydiff.api.models.sources import NewSource, SourceChange
from storydiff.api.routes import ROUTES
from storydiff.model import Event, EventType, Story
from storydiff.store import Announcement, EndpointKind, Filters, Reading, Store
from storydiff.store.browse import article_name
from tests.integration.api.conftest import NOW, Api, Reply

BODIES: dict[type[Any], Any] = {
    NewStory: {"urls": ["https://a.example/x"], "slug": "secret"},
    MoreArticles: {"urls": ["https://a.example/x"]},
    StoryChange: {"title": "Taken over"},
    NewKey: {"name": "x"},
    NewEndpoint: {"url": "https://hooks.example/x"},
    EndpointChange: {"description": "x"},
    Replay: {"event": "evt_0"},
    Intake: {"url": "https://a.example/x"},
    NewSource: {"url": "https://a.example/feed"},
    SourceChange: {"name": "x"},
}
NAMED = [route for route in ROUTES if "{" in route.path]
MISSING = {
    "slug": "nothing-here",
    "number": "1",
    "version": "v000000000000",
    "point": "nothing",
    "article": "0" * 64,
    "job": "job_" + "0" * 24,
    "key": "key_" + "0" * 24,
    "endpoint": "ep_" + "0" * 24,
    "delivery": "dlv_" + "0" * 24,
    "source": "src_" + "0" * 24,
    "suggestion": "sug_" + "0" * 24,
}


@pytest.fixture
def owned(api: Api) -> dict[str, str]:
    """Names of things that the newsroom "right" has, one of each; the story is of a slug that "left" does not have."""
    store = api.service.desk("right").store
    store.stories.save(Story(slug="secret", title="Unpublished", created=NOW))
    version = store.versions.all("mill")[0]
    collation = store.collations.latest("mill")
    assert collation is not None
    kept, _ = store.versions.add("secret", version)
    store.collations.save(type(collation)(**{**_fields(collation), "story": store.stories.get("secret")}))
    endpoint = store.endpoints.create(EndpointKind.WEBHOOK, "https://hooks.example/", Filters(), now=NOW)
    event = Event(id="evt_0", type=EventType.STORY_COLLATED, story="secret", at=NOW)
    store.events.append(event)
    return {
        "slug": "secret",
        "number": "1",
        "version": kept.id,
        "point": collation.points[0].id,
        "article": article_name(kept.article),
        "job": store.jobs.create("fetch", "secret", now=NOW).id,
        "key": store.keys.list()[0].id,
        "endpoint": endpoint.id,
        "delivery": store.deliveries.list(endpoint.id)[0].id,
        **suggested(store, "secret"),
    }


def suggested(store: Store, slug: str, name: str = "rival") -> dict[str, str]:
    """A source of that newsroom, with an announcement that is suggested for the story: the ids of both."""
    source = store.sources.create(f"https://{name}.example/feed", name, now=NOW, most=9)
    [claimed] = store.polls.claim("w", now=NOW, until=NOW, limit=1)
    url = f"https://{name}.example/fire"
    found = Announcement(key=url, url=url, outlet=name, title="Fire at the mill", summary="Two are dead.")
    store.polls.record(claimed, "w", Reading(at=NOW, next_poll=NOW + timedelta(days=1), announced=[found], entries=1))
    store.matches.suggest(store.announcements.since(NOW, limit=1)[0].id, slug, 0.3, now=NOW)
    return {"source": source.id, "suggestion": store.matches.list(slug)[0].id}


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _ask(api: Api, route: Route, names: dict[str, str], key: str) -> Reply:
    body = None if route.body is None else BODIES[route.body]
    return api.send(route.method, route.path.format(**names), body, key=key)


def _without_names(reply: Reply, names: dict[str, str]) -> str:
    """The answer without what the asker said itself and what is of this one request."""
    text = reply.body.decode()
    for name in sorted(names.values(), key=len, reverse=True):
        text = text.replace(f"'{name}'", "?")
    return re.sub(r'"request_id": "\w+"', "", text)


@pytest.mark.parametrize("key", ["read", "write", "admin"])
def test_anothers_is_as_if_it_were_not_there(api: Api, owned: dict[str, str], key: str) -> None:
    """Status, words and headers are the same for another's ids and for ids that nobody has; never 2xx."""
    before = api.service.desk("right").store.browse.story("secret")
    for route in NAMED:
        theirs, nobodys = (_ask(api, route, names, key) for names in (owned, MISSING))
        assert theirs.status in (403, 404), (route.method, route.path, theirs)
        assert theirs.status == nobodys.status, (route.method, route.path)
        assert _without_names(theirs, owned) == _without_names(nobodys, MISSING), (route.method, route.path)
        assert {*theirs.headers} == {*nobodys.headers}
    after = api.service.desk("right").store
    assert after.browse.story("secret") == before
    assert after.endpoints.get(owned["endpoint"]) is not None
    assert after.keys.list()[0].revoked is None


@pytest.mark.parametrize("key", ["read", "write", "admin"])
def test_the_owner_reaches_them_all(api: Api, owned: dict[str, str], key: str) -> None:
    """The same names work for the newsroom that has them: so the test above asks for things that exist."""
    reads = [route for route in NAMED if route.method == "GET" and "snapshot" not in route.path]
    for route in reads:
        names = {**owned, **({"slug": "mill"} if "{point}" in route.path else {})}
        assert _ask(api, route, names, f"other {key}").status == 200, route.path


@pytest.mark.parametrize("key", ["read", "write", "admin"])
def test_lists_hold_only_ones_own(api: Api, owned: dict[str, str], key: str) -> None:
    """No list, no search and no count tells of another newsroom's things."""
    store = api.service.desk("right").store
    secret = store.versions.all("mill")[0]
    store.versions.add("secret", type(secret)(**{**_fields(secret), "outlet": "Zyzzyva Wire", "url": None, "id": ""}))
    for route in ROUTES:
        if route.method == "GET" and "{" not in route.path:
            query = "?q=fire" if route.path == "/v1/search" else ""
            reply = api.get(route.path + query, key=key)
            assert reply.status == (200 if route.scope is Scope.READ or key == "admin" else 403)
            alike = ("version", "point", "article", "number")  # follow from the text, which both newsrooms have
            told = [name for kind, name in owned.items() if kind not in alike and name in reply.body.decode()]
            assert not told, route.path
            assert b"Zyzzyva" not in reply.body


def test_what_differs_between_two_of_ones_own_and_anothers(api: Api, owned: dict[str, str]) -> None:
    """A slug that another newsroom has taken is free here: nothing says that it is taken."""
    made = api.post("/v1/stories", BODIES[NewStory], key="write")
    assert made.status == 202
    assert made.json["story"] == "secret"
    assert api.get("/v1/stories/secret", key="read").json["versions"] == 0


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_no_key_no_answer(shared: Api, route: Route) -> None:
    """Without a key, with half a one, and with one that never was: 401, whatever is asked for."""
    true = shared.keys["read"]
    for key in (
        None,
        "nonsense",
        true[:-1],
        true[:-1] + ("a" if true[-1] != "a" else "b"),
        "sd_" + "0" * 24 + "_" + "A" * 43,
    ):
        reply = shared.send(route.method, route.path.format(**MISSING), b"{}" if route.body else None, key=key)
        assert reply.status == 401
        assert reply.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_a_lesser_scope_is_refused_before_anything_is_looked_up(shared: Api, route: Route) -> None:
    """403 for a key that may not, even where nothing is."""
    lesser = {Scope.WRITE: ["read"], Scope.ADMIN: ["read", "write"]}.get(route.scope, [])
    for key in lesser:
        reply = shared.send(route.method, route.path.format(**MISSING), b"not json" if route.body else None, key=key)
        assert reply.status == 403


def test_a_job_stream_of_another(api: Api, owned: dict[str, str]) -> None:
    """Server-Sent Events too."""
    for key in ("read", "admin"):
        theirs, nobodys = (api.get(f"/v1/jobs/{name}/events", key=key) for name in (owned["job"], MISSING["job"]))
        assert theirs.status == nobodys.status == 404
        assert _without_names(theirs, {}) == _without_names(nobodys, {})
    assert api.get(f"/v1/jobs/{owned['job']}/events", key=None).status == 401


def test_a_revoked_key(api: Api) -> None:
    """Ended through the API, it is ended in this process at once."""
    made = api.post("/v1/keys", {"name": "x", "scope": "read"}).json
    assert api.get("/v1/stories", key=made["key"]).status == 200
    assert api.send("DELETE", f"/v1/keys/{made['id']}").status == 204
    assert api.get("/v1/stories", key=made["key"]).status == 401
    assert made["key"] not in api.get("/v1/keys").body.decode()
