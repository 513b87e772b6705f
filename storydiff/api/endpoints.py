"""Webhook endpoints: made, changed, tested, paused, with their delivery log and replay; and the events behind them."""

from __future__ import annotations

from storydiff.api.call import Call
from storydiff.api.models.hooks import SEVERITIES, ReplayRange, Wanted
from storydiff.api.values import Values, time
from storydiff.digest.address import checked as checked_mail
from storydiff.model import Event, EventType, Severity
from storydiff.pipeline.intake import admitted
from storydiff.serving import cursors
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import NotThere
from storydiff.store import Attempt, Delivery, Endpoint, EndpointKind, Filters
from storydiff.store.names import name
from storydiff.webhook.delivery import checked


def list_endpoints(call: Call) -> Answer:
    """The newsroom's endpoints."""
    return Answer(value={"endpoints": [_endpoint(each) for each in call.desk.store.endpoints.list()]})


def create_endpoint(call: Call) -> Answer:
    """Make an endpoint; its signing secret is in this answer and nowhere else."""
    sent, now = call.body, call.desk.clock()
    url, kind = _address(call, sent.url), EndpointKind(sent.kind)
    told = {"description": sent.description, "contact": contact(sent.contact)}
    made = call.desk.store.endpoints.create(kind, url, _filters(sent.filters), now=now, **told)
    return _secret(made, 201)


def read_endpoint(call: Call) -> Answer:
    """One endpoint."""
    return Answer(value=_endpoint(_found(call)))


def change_endpoint(call: Call) -> Answer:
    """Give an endpoint another address, description, contact or filters."""
    sent, values = call.body, Values()
    _found(call)
    if sent.url is not None:
        values["url"] = _address(call, sent.url)
    if sent.description is not None:
        values["description"] = sent.description
    if sent.contact is not None:
        values["contact"] = contact(sent.contact)
    if sent.filters is not None:
        values["filters"] = _filters(sent.filters)
    if values:
        call.desk.store.endpoints.change(call.path["endpoint"], **values)
    return Answer(value=_endpoint(_found(call)))


def delete_endpoint(call: Call) -> Answer:
    """Delete an endpoint with its delivery log."""
    if not call.desk.store.endpoints.delete(call.path["endpoint"], now=call.desk.clock()):
        raise NotThere
    return Answer(status=204)


def rotate_secret(call: Call) -> Answer:
    """Make a new signing secret; for a day everything is signed with the old one too."""
    _found(call)
    made = call.desk.store.endpoints.rotate(call.path["endpoint"], now=call.desk.clock())
    return _secret(made or _found(call), 200)


def pause_endpoint(call: Call) -> Answer:
    """Hold back what is due until the endpoint is resumed; nothing is lost."""
    _found(call)
    call.desk.store.endpoints.pause(call.path["endpoint"], "paused by the newsroom")
    return Answer(value=_endpoint(_found(call)))


def resume_endpoint(call: Call) -> Answer:
    """Send again, and at once what was held back."""
    _found(call)
    call.desk.store.endpoints.resume(call.path["endpoint"], now=call.desk.clock())
    return Answer(value=_endpoint(_found(call)))


def test_endpoint(call: Call) -> Answer:
    """Send a test event to this endpoint; its delivery log says how it went."""
    now, endpoint = call.desk.clock(), _found(call)
    event = Event(id=name("evt"), type=EventType.ENDPOINT_TEST, story=None, at=now, data={"endpoint": endpoint.id})
    call.desk.store.events.append(event, to=endpoint.id)
    return Answer(value=event_values(event), status=202)


def list_deliveries(call: Call) -> Answer:
    """The delivery log of an endpoint, the newest first."""
    _found(call)
    limit, after = call.query.limit, cursors.read(call.query.cursor, str)
    log = call.desk.store.deliveries
    found = log.list(call.path["endpoint"], after=after, state=call.query.state, limit=limit + 1)
    rows, last = cursors.page(found, limit)
    following = cursors.written(last.id) if last else None
    return Answer(value={"deliveries": [_delivery(each) for each in rows], "next": following})


def list_attempts(call: Call) -> Answer:
    """Every try of one delivery."""
    found = call.desk.store.deliveries.attempts(call.path["endpoint"], call.path["delivery"])
    if not found and not call.desk.store.deliveries.exists(call.path["endpoint"], call.path["delivery"]):
        raise NotThere
    return Answer(value={"attempts": [_attempt(each) for each in found]})


def replay_events(call: Call) -> Answer:
    """Send one event, or all of a time, once more."""
    _found(call)
    sent, log, now = call.body.root, call.desk.store.deliveries, call.desk.clock()
    if isinstance(sent, ReplayRange):
        count = log.replay_range(call.path["endpoint"], since=sent.since, until=sent.until, now=now)
    else:
        count = int(log.replay(call.path["endpoint"], event=sent.event, now=now))
        if not count:
            raise NotThere
    return Answer(value={"events": count}, status=202)


def list_events(call: Call) -> Answer:
    """What happened, in order: for programs that poll instead of being told."""
    asked = call.query
    after, types = cursors.read(asked.cursor, str), [asked.type] if asked.type else []
    found = call.desk.store.events.list(after=after, story=asked.story, types=types, limit=asked.limit + 1)
    rows, last = cursors.page(found, asked.limit)
    following = cursors.written(last.id) if last else None
    return Answer(value={"events": [event_values(each) for each in rows], "next": following})


def event_values(event: Event) -> Values:
    """An event as it is told."""
    return {
        "id": event.id,
        "type": event.type.value,
        "story": event.story,
        "at": time(event.at),
        "severity": SEVERITIES[event.severity],
        "outlets": list(event.outlets),
        "ours": event.ours,
        "data": event.data,
    }


def _found(call: Call) -> Endpoint:
    found = call.desk.store.endpoints.get(call.path["endpoint"])
    if found is None:
        raise NotThere
    return found


def _address(call: Call, url: str) -> str:
    """The address, when it may be told of events; BadEndpoint or AddressRefused."""
    (url,) = admitted(call.desk.settings, [checked(url, call.desk.settings)])
    return url


def contact(sent: str | None) -> str | None:
    """The mail address in the spelling in which it is kept; None when it is empty. BadAddress."""
    return checked_mail(sent) if sent else None


def _filters(sent: Wanted) -> Filters:
    severity = Severity(SEVERITIES.index(sent.severity))
    types = tuple(each.value for each in sent.types)
    stories, outlets = tuple(sent.stories), tuple(sent.outlets)
    return Filters(types=types, stories=stories, outlets=outlets, severity=severity, ours=sent.ours)


def _endpoint(each: Endpoint) -> Values:
    filters = each.filters
    return {
        "id": each.id,
        "kind": each.kind.value,
        "url": each.shown_url,
        "description": each.description,
        "filters": {
            "types": list(filters.types),
            "stories": list(filters.stories),
            "outlets": list(filters.outlets),
            "severity": SEVERITIES[filters.severity],
            "ours": filters.ours,
        },
        "contact": each.contact,
        "state": each.state.value,
        "reason": each.reason,
        "created": time(each.created),
        "failing_since": time(each.failing_since),
        "failures": each.failures,
    }


def _secret(each: Endpoint, status: int) -> Answer:
    told = {**_endpoint(each), "secret": each.secret, "old_until": time(each.old_until)}
    return Answer(value=told, status=status, headers={"Cache-Control": "no-store"})


def _delivery(each: Delivery) -> Values:
    times = {"due": time(each.due), "created": time(each.created), "finished": time(each.finished)}
    told = {"id": each.id, "event": each.event, "type": each.type, "story": each.story}
    return {**told, "state": each.state.value, "tries": each.tries, **times}


def _attempt(each: Attempt) -> Values:
    said = {"status": each.status, "error": each.error, "answer": each.answer}
    return {"at": time(each.at), **said, "seconds": each.seconds}
