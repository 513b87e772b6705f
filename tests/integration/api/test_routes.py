"""What each group of operations does, over HTTP."""

from __future__ import annotations

import csv
import hashlib
import json
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import jsonschema
import pytest

from storydiff.fetch import Fetched
from storydiff.model import Event, EventType, Severity
from storydiff.report.json import schema
from storydiff.store import JobState
from tests.integration.api.conftest import NOW, Api
from tests.unit.api.test_copy import ARTICLE, NINJS


def test_stories_are_listed_page_by_page(api: Api) -> None:
    """Newest first; the pages together hold each story once; filters narrow."""
    for number in range(5):
        api.post(
            "/v1/stories", {"urls": [f"https://a.example/{number}"], "slug": f"s{number}", "title": f"Tale {number}"}
        )
    seen, cursor = [], ""
    while cursor is not None:
        page = api.get(f"/v1/stories?limit=2{cursor and f'&cursor={cursor}'}").json
        seen += [story["slug"] for story in page["stories"]]
        cursor = page["next"]
    assert seen == ["s4", "s3", "s2", "s1", "s0", "mill"]
    assert [s["slug"] for s in api.get("/v1/stories?q=TALE%203").json["stories"]] == ["s3"]
    assert [s["slug"] for s in api.get("/v1/stories?outlet=harbour%20post").json["stories"]] == ["mill"]
    assert [s["slug"] for s in api.get("/v1/stories?outlet=valley-echo.example").json["stories"]] == ["mill"]
    assert api.get("/v1/stories?q=100%25").json["stories"] == []


def test_a_story_is_made_watched_and_followed(api: Api) -> None:
    """202 with a job; the pages are due at once; the same slug again is a conflict."""
    made = api.post("/v1/stories", {"urls": ["https://a.example/mill-fire", "https://b.example/x"]}, key="write")
    assert made.status == 202
    assert made.json["story"] == "mill-fire"
    assert api.get(made.headers["Location"]).json["total"] == 2
    assert [check.priority for check in api.store.schedule.checks("mill-fire")] == [0, 0]
    again = api.post("/v1/stories", {"urls": ["https://a.example/y"], "slug": "mill-fire"})
    assert again.status == 409
    other = api.post("/v1/stories", {"urls": ["https://c.example/mill-fire"]})
    assert other.json["story"] == "mill-fire-2"
    more = api.post("/v1/stories/mill-fire/articles", {"urls": ["https://d.example/z"]})
    assert more.status == 202
    assert len(api.store.schedule.checks("mill-fire")) == 3
    assert api.post("/v1/stories/mill-fire/refresh").json["total"] == 3


def test_put_aside_and_taken_up_again(api: Api) -> None:
    """Archived stories are in the list of archived ones only."""
    assert api.send("PATCH", "/v1/stories/mill", {"archived": True}).json["archived"]
    assert api.get("/v1/stories").json["stories"] == []
    assert len(api.get("/v1/stories?state=archived").json["stories"]) == 1
    changed = api.send("PATCH", "/v1/stories/mill", {"archived": False, "title": "Fire"}).json
    assert (changed["archived"], changed["title"]) == (None, "Fire")


def test_deleting_a_story_drops_its_bytes(api: Api) -> None:
    """Rows and archive; what was never there gives 404."""
    page = Fetched(url="https://a.example/", final_url="https://a.example/", body=b"<p>bytes", status=200, fetched=NOW)
    digest = api.service.archive.keep(page)
    version = api.store.versions.all("mill")[0]
    kept = type(version)(
        **{n: getattr(version, n) for n in version.__dataclass_fields__} | {"snapshot": digest, "id": ""}
    )
    later = kept.__class__(**{n: getattr(kept, n) for n in kept.__dataclass_fields__} | {"headline": "Changed"})
    stored, _ = api.store.versions.add("mill", later)
    reply = api.get(f"/v1/stories/mill/versions/{stored.id}/snapshot")
    assert reply.body == b"<p>bytes"
    assert reply.headers["Content-Type"] == "application/octet-stream"
    assert reply.headers["Content-Disposition"].startswith("attachment")
    assert hashlib.sha256(reply.body).hexdigest() == reply.headers["X-SHA256"]
    assert api.send("DELETE", "/v1/stories/mill", key="write").status == 204
    assert api.get("/v1/stories/mill").status == 404
    assert api.send("DELETE", "/v1/stories/mill").status == 404
    assert not list(api.service.archive.folder.rglob("*.warc.gz"))


def test_taking_an_article_out(api: Api) -> None:
    """Its versions go, and the story is compared anew."""
    article = api.get("/v1/stories/mill/articles").json["articles"][0]
    dirty = api.store.schedule.burst("mill").dirty
    assert api.send("DELETE", f"/v1/stories/mill/articles/{article['id']}").status == 204
    assert len(api.get("/v1/stories/mill/articles").json["articles"]) == 1
    assert api.store.schedule.burst("mill").dirty == dirty + 1
    assert api.send("DELETE", f"/v1/stories/mill/articles/{article['id']}").status == 404


def test_collations_are_in_the_public_format(shared: Api) -> None:
    """Latest, by number, with and without `ours`."""
    latest = shared.get("/v1/stories/mill/collations/latest?ours=Harbour%20Post").json
    jsonschema.validate(latest, schema())
    assert latest["number"] == 2
    assert latest["ours"]["we_differ"]
    first = shared.get("/v1/stories/mill/collations/1").json
    assert first["number"] == 1
    assert "ours" not in first
    assert shared.get("/v1/stories/mill/collations/3").status == 404
    assert [line["number"] for line in shared.get("/v1/stories/mill/collations").json["collations"]] == [1, 2]


READS = [
    *("collations/latest", "collations/1", "points", "discrepancies", "revisions", "matrix", "collations/2/changes"),
]


@pytest.mark.parametrize("read", READS)
def test_ours_is_on_every_read(shared: Api, read: str) -> None:
    """By name or domain; an outlet that is not there is 404."""
    for named in ("Harbour%20Post", "harbour-post.example"):
        assert shared.get(f"/v1/stories/mill/{read}?ours={named}").json["ours"]["outlet"] == "Harbour Post"
    assert shared.get(f"/v1/stories/mill/{read}?ours=Nobody").status == 404


def test_the_newsrooms_own_outlet_reads_by_default(api: Api) -> None:
    """What `key create --ours` set."""
    api.store.newsrooms.change("left", ours="Valley Echo")
    assert api.get("/v1/stories/mill/points").json["ours"]["outlet"] == "Valley Echo"


def test_points_are_filtered_and_followed(shared: Api) -> None:
    """By status at an outlet; one point has its discrepancies and its history."""
    all_ = shared.get("/v1/stories/mill/points").json["points"]
    omitted = shared.get("/v1/stories/mill/points?status=omitted&outlet=Harbour%20Post").json["points"]
    assert 0 < len(omitted) < len(all_)
    found = shared.get("/v1/stories/mill/discrepancies?type=number&drift=false").json["discrepancies"]
    assert len(found) == 1
    assert shared.get("/v1/stories/mill/discrepancies?drift=true").json["discrepancies"] == []
    one = shared.get(f"/v1/stories/mill/points/{found[0]['point']}").json
    assert one["discrepancies"] == found
    assert [state["number"] for state in one["history"]] == [1, 2]


def test_an_outlet_that_was_set_apart_has_no_points(api: Api) -> None:
    """It is among the versions of the collation, but no point asks for it: a filter by it finds none."""
    latest = api.store.collations.latest("mill")
    assert latest is not None
    aside = replace(latest.versions[0], id="", url="https://inland.example/1", outlet="Inland News")
    api.store.collations.save(
        replace(latest, number=0, versions=(*latest.versions, aside), apart={aside.id: "another story"})
    )
    assert api.get("/v1/stories/mill/points").json["points"]
    assert api.get("/v1/stories/mill/points?outlet=Inland%20News").json["points"] == []


def test_the_difference_of_two_collations(shared: Api) -> None:
    """The second time Valley Echo tells what it had left out."""
    changes = shared.get("/v1/stories/mill/collations/2/changes").json
    assert (changes["since"], changes["number"]) == (1, 2)
    moved = [(cell["outlet"], cell["before"], cell["after"]) for cell in changes["cells_changed"]]
    assert ("Valley Echo", "omitted", "reported") in moved
    assert len(changes["revisions_added"]) == 1
    nothing = shared.get("/v1/stories/mill/collations/2/changes?since=2").json
    assert not any(nothing[name] for name in nothing if name not in ("since", "number"))
    assert shared.get("/v1/stories/mill/collations/1/changes").json["since"] is None


def test_the_matrix_in_both_forms(shared: Api) -> None:
    """As many cells as columns; CSV by query or by Accept."""
    matrix = shared.get("/v1/stories/mill/matrix?ours=Valley%20Echo").json
    assert [column["is_ours"] for column in matrix["columns"]].count(True) == 1
    assert all(len(row["cells"]) == len(matrix["columns"]) for row in matrix["rows"])
    by_query = shared.get("/v1/stories/mill/matrix?format=csv")
    by_header = shared.get("/v1/stories/mill/matrix", Accept="text/csv")
    assert by_query.body == by_header.body
    rows = list(csv.DictReader(StringIO(by_query.body.decode())))
    assert len(rows) == len(matrix["rows"]) * len(matrix["columns"])


def test_versions_with_their_text(shared: Api) -> None:
    """All, current, of one outlet; one with its paragraphs."""
    lines = shared.get("/v1/stories/mill/versions").json["versions"]
    assert len(lines) == 3
    assert len(shared.get("/v1/stories/mill/versions?current=true").json["versions"]) == 2
    assert len(shared.get("/v1/stories/mill/versions?outlet=Valley%20Echo").json["versions"]) == 2
    whole = shared.get(f"/v1/stories/mill/versions/{lines[0]['id']}").json
    jsonschema.validate(whole, {**schema(), "$ref": "#/$defs/version", "required": [], "properties": {}})
    assert whole["paragraphs"]
    assert shared.get(f"/v1/stories/mill/versions/{lines[0]['id']}/snapshot").status == 404


def test_search(shared: Api) -> None:
    """All words, newest first, with the place shown."""
    hits = shared.get("/v1/search?q=lane%20TUESDAY").json["hits"]
    assert {hit["outlet"] for hit in hits} == {"Valley Echo"}
    assert all("Lane" in hit["excerpt"] for hit in hits)
    assert shared.get("/v1/search?q=nowhere").json["hits"] == []
    assert shared.get("/v1/search").status == 422


def test_intake_of_an_item_with_text(api: Api) -> None:
    """A version at once, in a story of its own or a named one; the text is not fetched."""
    made = api.post("/v1/intake?story=mill&outlet=Ours", NINJS, key="write")
    assert made.status == 202
    assert made.json == {"story": "mill", "version": made.json["version"], "is_new": True, "job": None}
    assert api.get(made.headers["Location"]).json["paragraphs"][0]["text"] == "One & bold."
    assert api.post("/v1/intake?story=mill&outlet=Ours", NINJS).json["is_new"] is False
    own = api.post("/v1/intake", ARTICLE, Content_Type="application/ld+json")
    assert own.json["story"] == "mill-fire-kills-two"
    assert api.post("/v1/intake", {**ARTICLE, "articleBody": "Another."}).json["story"] == "mill-fire-kills-two"
    assert api.store.schedule.checks("mill-fire-kills-two") == ()
    assert api.get(f"/v1/stories/{own.json['story']}", key="other admin").status == 404


def test_intake_of_a_page(api: Api) -> None:
    """It is watched; posted again, it is the same story."""
    made = api.post("/v1/intake", {"url": "https://a.example/new"})
    assert made.json["job"]["kind"] == "fetch"
    assert len(api.store.schedule.checks(made.json["story"])) == 1


def test_intake_says_what_is_wrong(api: Api) -> None:
    """No outlet, no text, cancelled, an unknown story, an address that is none."""
    assert api.post("/v1/intake", {**ARTICLE, "publisher": None}).status == 409
    assert api.post("/v1/intake", {**ARTICLE, "articleBody": " \n "}).status == 422
    assert api.post("/v1/intake", {**NINJS, "pubStatus": "canceled"}).status == 422
    assert api.post("/v1/intake?story=nowhere", ARTICLE).status == 404
    assert api.post("/v1/intake?outlet=x", {**NINJS, "uri": "http://[bad"}).status == 403


REFUSED = [
    *(
        "http://127.0.0.1/",
        "http://10.0.0.1/x",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
    ),
    *(
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://169.254.169.254/",
        "http://user:pw@a.example/",
    ),
    *("http://a.example:22/", "http://[fe80::1]/", "http://0.0.0.0/", "http://[::]/"),
]


@pytest.mark.parametrize("url", REFUSED)
def test_addresses_that_are_never_contacted(shared: Api, url: str) -> None:
    """Refused at once by stories, articles, intake and endpoints; other schemes do not even fit."""
    sent = [
        ("/v1/stories", {"urls": [url]}),
        ("/v1/stories/mill/articles", {"urls": [url]}),
        ("/v1/intake", {"url": url}),
    ]
    for path, body in [*sent, ("/v1/endpoints", {"url": url.replace("http://", "https://")})]:
        assert shared.post(path, body).status == 403, path
    assert shared.post("/v1/stories", {"urls": [url.replace("http", "ftp")]}).status == 422


def test_an_idempotency_key(api: Api) -> None:
    """The same request gets the same answer and is done once; another one under that key is a conflict."""
    body = {"urls": ["https://a.example/once"]}
    first, second = (api.post("/v1/stories", body, Idempotency_Key="k1") for _ in range(2))
    assert first.json == second.json
    assert second.headers["Idempotent-Replayed"] == "true"
    assert second.headers["Location"] == first.headers["Location"]
    assert api.post("/v1/stories", {"urls": ["https://b.example/"]}, Idempotency_Key="k1").status == 409
    assert (
        api.post("/v1/stories", body, Idempotency_Key="k1", key="other admin").headers.get("Idempotent-Replayed")
        is None
    )
    refused = [api.post("/v1/stories", {"urls": ["http://10.0.0.1/"]}, Idempotency_Key="k2").status for _ in range(2)]
    assert refused == [403, 403]
    assert api.post("/v1/stories", body, Idempotency_Key="").status == 422


def test_endpoints(api: Api) -> None:
    """The secret is shown once; rotation, pause, test, log and replay."""
    made = api.post("/v1/endpoints", {"url": "https://hooks.example/x", "filters": {"severity": "high"}}).json
    path = f"/v1/endpoints/{made['id']}"
    assert made["secret"].startswith("whsec_")
    assert "secret" not in api.get(path).json
    rotated = api.post(f"{path}/rotate").json
    assert rotated["secret"] != made["secret"]
    assert rotated["old_until"]
    assert api.post(f"{path}/pause").json["state"] == "paused"
    assert api.post(f"{path}/resume").json["state"] == "active"
    assert api.send("PATCH", path, {"description": "desk"}).json["filters"]["severity"] == "high"
    event = api.post(f"{path}/test").json
    (delivery,) = api.get(f"{path}/deliveries").json["deliveries"]
    assert (delivery["event"], delivery["state"]) == (event["id"], "waiting")
    assert api.get(f"{path}/deliveries/{delivery['id']}").json == {"attempts": []}
    assert api.post(f"{path}/replay", {"event": event["id"]}).json == {"events": 1}
    api.store.events.append(
        Event(id="evt_1", type=EventType.STORY_COLLATED, story=None, at=NOW, severity=Severity.HIGH)
    )
    times = {"since": "2020-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z"}
    assert api.post(f"{path}/replay", times).json == {"events": 1}
    assert api.post(f"{path}/replay", {"event": "evt_none"}).status == 404
    assert api.post(f"{path}/replay", {"since": times["since"]}).status == 422
    assert api.post("/v1/endpoints", {"url": "http://hooks.example/x"}).status == 403
    assert api.send("DELETE", path).status == 204
    assert api.get(path).status == 404


def test_whom_to_tell_of_what_goes_wrong(api: Api) -> None:
    """A contact for an endpoint, and one for the newsroom; what is no address is refused; an empty one is none."""
    hook = {"url": "https://hooks.example/x", "contact": "Desk@Paper.Example"}
    made = api.post("/v1/endpoints", hook).json
    assert made["contact"] == "Desk@paper.example"
    path = f"/v1/endpoints/{made['id']}"
    assert api.send("PATCH", path, {"description": "CMS"}).json["contact"] == "Desk@paper.example"
    assert api.send("PATCH", path, {"contact": ""}).json["contact"] is None
    for wrong in (
        "nobody",
        "a@b@c",
        "desk@paper.example, other@paper.example",
        "desk@paper.example\r\nBcc: x@y.example",
    ):
        refused = api.post("/v1/endpoints", {**hook, "contact": wrong})
        assert (refused.status, refused.json["type"]) == (422, "urn:storydiff:problem:invalid")
    assert api.get("/v1/newsroom").json == {"name": "left", "title": "", "ours": None, "contact": None}
    told = {"title": "Left Hand", "contact": "desk@paper.example"}
    assert api.send("PATCH", "/v1/newsroom", told).json == {"name": "left", "ours": None, **told}
    assert api.send("PATCH", "/v1/newsroom", {"contact": ""}).json["contact"] is None
    assert api.send("PATCH", "/v1/newsroom", told, key="write").status == 403
    assert api.get("/v1/newsroom", key="other read").json["title"] == ""


def test_alerts_are_listed(api: Api) -> None:
    """The open ones, and with `resolved` those that are over; never another newsroom's."""
    api.store.alerts.record("watch", "echo.example", "not reached", now=NOW)
    [alert] = api.get("/v1/alerts").json["alerts"]
    assert (alert["kind"], alert["subject"], alert["resolved"]) == ("watch", "echo.example", None)
    assert api.get("/v1/alerts", key="other read").json == {"alerts": []}
    api.store.alerts.resolve("watch", "echo.example", now=NOW)
    assert api.get("/v1/alerts").json == {"alerts": []}
    assert api.get("/v1/alerts?resolved=true").json["alerts"][0]["resolved"]


def test_a_secret_address_is_not_shown(api: Api) -> None:
    """Slack's and Discord's addresses are secrets."""
    made = api.post("/v1/endpoints", {"url": "https://hooks.slack.example/T0/B0/xyz", "kind": "slack"}).json
    assert "xyz" not in json.dumps(api.get(f"/v1/endpoints/{made['id']}").json)


def test_events_can_be_polled(api: Api) -> None:
    """In order, page by page, by type and story."""
    for number in range(3):
        event = Event(id=f"evt_{number}", type=EventType.STORY_COLLATED, story="mill", at=NOW + timedelta(hours=number))
        api.store.events.append(event)
    first = api.get("/v1/events?limit=2").json
    rest = api.get(f"/v1/events?limit=2&cursor={first['next']}").json
    assert [event["id"] for event in (*first["events"], *rest["events"])] == ["evt_0", "evt_1", "evt_2"]
    assert api.get("/v1/events?type=article.gone").json["events"] == []
    assert len(api.get("/v1/events?story=mill").json["events"]) == 3


def test_a_job_is_followed_to_its_end(api: Api) -> None:
    """Server-Sent Events: one at once, one a change, and the stream ends with the job."""
    job = api.store.jobs.create("fetch", "mill", now=NOW, total=2)
    request = urllib.request.Request(
        f"{api.base}/v1/jobs/{job.id}/events", headers={"Authorization": f"Bearer {api.keys['read']}"}
    )
    with urllib.request.urlopen(request, timeout=20) as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        assert _event(stream)["state"] == "queued"
        api.store.jobs.update(job.id, now=datetime.now(UTC), state=JobState.RUNNING, done=1)
        assert (_event(stream)["state"], api.get(f"/v1/jobs/{job.id}").json["done"]) == ("running", 1)
        api.store.jobs.update(job.id, now=datetime.now(UTC), state=JobState.DONE, done=2)
        assert _event(stream)["state"] == "done"
        assert stream.read() == b""
    assert api.get("/v1/jobs?story=mill").json["jobs"][0]["state"] == "done"


def _event(stream: Any) -> Any:
    assert stream.readline() == b"event: job\n"
    data = json.loads(stream.readline().removeprefix(b"data: "))
    assert stream.readline() == b"\n"
    return data


def test_keys(api: Api) -> None:
    """Made with a scope, listed without secrets."""
    made = api.post("/v1/keys", {"name": "cms", "scope": "write"}).json
    assert api.post("/v1/stories", {"urls": ["https://a.example/k"]}, key=made["key"]).status == 202
    assert api.get("/v1/keys", key=made["key"]).status == 403
    listed = {key["id"]: key for key in api.get("/v1/keys").json["keys"]}
    assert listed[made["id"]]["scope"] == "write"
    assert "key" not in listed[made["id"]]


def test_outlets_are_those_of_ones_own_stories(shared: Api) -> None:
    """With their counts, by name, page by page."""
    first = shared.get("/v1/outlets?limit=1").json
    rest = shared.get(f"/v1/outlets?limit=1&cursor={first['next']}").json
    assert [each["name"] for each in (*first["outlets"], *rest["outlets"])] == ["Harbour Post", "Valley Echo"]
    assert rest["next"] is None


def test_stories_come_with_what_they_come_to(shared: Api, api: Api) -> None:
    """In the list and alone, the figures of the latest collation; none before the first."""
    (listed,) = shared.get("/v1/stories").json["stories"]
    summary = shared.get("/v1/stories/mill").json["summary"]
    assert listed["summary"] == summary
    assert (summary["outlets"], summary["independent"], summary["conflicts"]) == (2, 2, 1)
    assert summary["points"] == len(shared.get("/v1/stories/mill/points").json["points"])
    assert summary["changed"] == listed["collated"]
    api.post("/v1/stories", {"slug": "new", "urls": ["https://a.example/k"]})
    assert api.get("/v1/stories/new").json["summary"] is None


def test_outlets_come_with_their_habits(shared: Api) -> None:
    """The counts of every figure; no share where they say too little, which the documented shape allows for."""
    for outlet in shared.get("/v1/outlets").json["outlets"]:
        assert list(outlet["habits"]) == ["omits", "shares", "silent", "first"]
        read = outlet["habits"]["shares"]
        assert read["cases"] >= read["stories"] >= 1
        assert (read["share"], read["low"], read["high"]) == (None, None, None)
