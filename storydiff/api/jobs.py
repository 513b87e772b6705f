"""Jobs to follow, and the newsroom's API keys."""

from __future__ import annotations

from storydiff.api import values
from storydiff.api.call import Call
from storydiff.serving import cursors
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import NotThere


def list_jobs(call: Call) -> Answer:
    """The newsroom's jobs, the newest first."""
    limit, before = call.query.limit, cursors.read(call.query.cursor, str)
    found = call.desk.store.jobs.list(story=call.query.story, before=before, limit=limit + 1)
    rows, last = cursors.page(found, limit)
    return Answer(
        value={"jobs": [values.job(each) for each in rows], "next": cursors.written(last.id) if last else None}
    )


def read_job(call: Call) -> Answer:
    """How far a job is."""
    found = call.desk.store.jobs.get(call.path["job"])
    if found is None:
        raise NotThere
    return Answer(value=values.job(found))


def list_keys(call: Call) -> Answer:
    """The newsroom's keys, without their secrets."""
    return Answer(value={"keys": [values.key(each) for each in call.desk.store.keys.list()]})


def create_key(call: Call) -> Answer:
    """Make a key; its secret is in this answer and nowhere else."""
    key, secret = call.desk.store.keys.create(call.body.name, [call.body.scope], now=call.desk.clock())
    return Answer(value={**values.key(key), "key": secret}, status=201, headers={"Cache-Control": "no-store"})


def revoke_key(call: Call) -> Answer:
    """End a key. Other processes may still take it for five seconds."""
    if not call.desk.store.keys.revoke(call.path["key"], now=call.desk.clock()):
        raise NotThere
    return Answer(status=204)
