"""All operations of the API, on one screen. Serving them and describing them both read this table."""

from __future__ import annotations

from typing import Any

from storydiff.api import collations, endpoints, intake, jobs, newsroom, search, sources, stories, versions
from storydiff.api.call import Handler, Route, Scope
from storydiff.api.models import asked, hooks, item, listed, outlets, told
from storydiff.api.models import newsroom as desk
from storydiff.api.models import sources as watched
from storydiff.serving.answer import BYTES, CSV, JSON

READ, WRITE, ADMIN = Scope


def _get(path: str, handler: Handler, answer: Any, **rest: Any) -> Route:
    return _route("GET", path, handler, READ, answer=answer, **rest)


def _route(method: str, path: str, handler: Handler, scope: Scope, **rest: Any) -> Route:
    summary = (handler.__doc__ or "").partition("\n")[0]
    tag = handler.__module__.rpartition(".")[2]
    return Route(method=method, path=f"/v1{path}", handler=handler, scope=scope, tag=tag, summary=summary, **rest)


STORY, COLLATION, ENDPOINT = "/stories/{slug}", "/stories/{slug}/collations", "/endpoints/{endpoint}"
SOURCE, SUGGESTIONS = "/sources/{source}", "/stories/{slug}/suggestions"
DERIVED = {"of_collation": True}
LATER = {"status": 202, "rings": True, "stores_once": True}
ROUTES: tuple[Route, ...] = (
    _get("/stories", stories.list_stories, listed.StoryPage, query=asked.StoryList),
    _route("POST", "/stories", stories.create_story, WRITE, answer=told.Job, body=asked.NewStory, **LATER),
    _get(STORY, stories.read_story, listed.Story),
    _route("PATCH", STORY, stories.change_story, WRITE, answer=listed.Story, body=asked.StoryChange),
    _route("DELETE", STORY, stories.delete_story, WRITE, status=204),
    _route("POST", f"{STORY}/refresh", stories.refresh_story, WRITE, answer=told.Job, **LATER),
    _get(f"{STORY}/articles", stories.list_articles, told.ArticleList),
    _route("POST", f"{STORY}/articles", stories.add_articles, WRITE, answer=told.Job, body=asked.MoreArticles, **LATER),
    _route("DELETE", f"{STORY}/articles/{{article}}", stories.remove_article, WRITE, status=204, rings=True),
    _get(COLLATION, collations.list_collations, told.CollationList),
    _get(f"{COLLATION}/latest", collations.read_latest_collation, "collation", query=asked.Ours, **DERIVED),
    _get(f"{COLLATION}/{{number}}", collations.read_collation, "collation", query=asked.Ours, **DERIVED),
    _get(f"{COLLATION}/{{number}}/changes", collations.read_changes, told.Changes, query=asked.Since),
    _get(f"{STORY}/points", collations.list_points, told.PointList, query=asked.PointList, **DERIVED),
    _get(f"{STORY}/points/{{point}}", collations.read_point, told.PointStory, query=asked.AtNumber),
    _get(
        f"{STORY}/discrepancies",
        collations.list_discrepancies,
        told.DiscrepancyList,
        query=asked.DiscrepancyList,
        **DERIVED,
    ),
    _get(f"{STORY}/revisions", collations.list_revisions, told.RevisionList, query=asked.AtNumber, **DERIVED),
    _get(f"{STORY}/matrix", collations.read_matrix, told.Matrix, query=asked.Matrix, media=(JSON, CSV), **DERIVED),
    _get(f"{STORY}/versions", versions.list_versions, told.VersionList, query=asked.VersionList),
    _get(f"{STORY}/versions/{{version}}", versions.read_version, "collation.version"),
    _get(f"{STORY}/versions/{{version}}/snapshot", versions.read_snapshot, "bytes", media=(BYTES,)),
    _get("/outlets", versions.list_outlets, outlets.OutletPage, query=asked.Page),
    _get("/search", search.search_texts, told.HitPage, query=asked.Search),
    _route(
        "POST",
        "/intake",
        intake.take_in,
        WRITE,
        answer=told.Taken,
        body=item.Intake,
        query=item.Into,
        takes=(JSON, "application/ld+json"),
        errors=(404,),
        **LATER,
    ),
    _get("/jobs", jobs.list_jobs, told.JobPage, query=asked.JobList),
    _get("/jobs/{job}", jobs.read_job, told.Job),
    _get("/newsroom", newsroom.read_newsroom, desk.Newsroom),
    _route("PATCH", "/newsroom", newsroom.change_newsroom, ADMIN, answer=desk.Newsroom, body=desk.NewsroomChange),
    _get("/alerts", newsroom.list_alerts, desk.Alerts, query=desk.AlertList),
    _get("/events", endpoints.list_events, hooks.EventPage, query=hooks.EventList),
    _get("/endpoints", endpoints.list_endpoints, hooks.EndpointList),
    _route(
        "POST",
        "/endpoints",
        endpoints.create_endpoint,
        ADMIN,
        answer=hooks.SecretEndpoint,
        body=hooks.NewEndpoint,
        status=201,
    ),
    _get(ENDPOINT, endpoints.read_endpoint, hooks.Endpoint),
    _route("PATCH", ENDPOINT, endpoints.change_endpoint, ADMIN, answer=hooks.Endpoint, body=hooks.EndpointChange),
    _route("DELETE", ENDPOINT, endpoints.delete_endpoint, ADMIN, status=204),
    _route("POST", f"{ENDPOINT}/rotate", endpoints.rotate_secret, ADMIN, answer=hooks.SecretEndpoint),
    _route("POST", f"{ENDPOINT}/pause", endpoints.pause_endpoint, ADMIN, answer=hooks.Endpoint),
    _route("POST", f"{ENDPOINT}/resume", endpoints.resume_endpoint, ADMIN, answer=hooks.Endpoint, rings=True),
    _route("POST", f"{ENDPOINT}/test", endpoints.test_endpoint, ADMIN, answer=hooks.Event, status=202, rings=True),
    _route(
        "POST",
        f"{ENDPOINT}/replay",
        endpoints.replay_events,
        ADMIN,
        answer=hooks.Replayed,
        body=hooks.Replay,
        status=202,
        rings=True,
    ),
    _get(f"{ENDPOINT}/deliveries", endpoints.list_deliveries, hooks.DeliveryPage, query=hooks.DeliveryList),
    _get(f"{ENDPOINT}/deliveries/{{delivery}}", endpoints.list_attempts, hooks.AttemptList),
    _get("/sources", sources.list_sources, watched.SourcePage, query=asked.Page),
    _route(
        "POST",
        "/sources",
        sources.create_source,
        ADMIN,
        answer=watched.Source,
        body=watched.NewSource,
        status=201,
        stores_once=True,
    ),
    _get(SOURCE, sources.read_source, watched.Source),
    _route("PATCH", SOURCE, sources.change_source, ADMIN, answer=watched.Source, body=watched.SourceChange),
    _route("DELETE", SOURCE, sources.delete_source, ADMIN, status=204),
    _route("POST", f"{SOURCE}/pause", sources.pause_source, ADMIN, answer=watched.Source),
    _route("POST", f"{SOURCE}/resume", sources.resume_source, ADMIN, answer=watched.Source),
    _get(SUGGESTIONS, sources.list_suggestions, watched.SuggestionPage, query=watched.SuggestionList),
    _route(
        "POST",
        f"{SUGGESTIONS}/{{suggestion}}/accept",
        sources.accept_suggestion,
        WRITE,
        answer=told.Job,
        errors=(409,),
        **LATER,
    ),
    _route(
        "POST",
        f"{SUGGESTIONS}/{{suggestion}}/dismiss",
        sources.dismiss_suggestion,
        WRITE,
        answer=watched.Suggestion,
        errors=(409,),
    ),
    _route("GET", "/keys", jobs.list_keys, ADMIN, answer=told.KeyList),
    _route("POST", "/keys", jobs.create_key, ADMIN, answer=told.MadeKey, body=asked.NewKey, status=201),
    _route("DELETE", "/keys/{key}", jobs.revoke_key, ADMIN, status=204),
)
