"""What a notice says: endpoints that are sent nothing any more, outlets that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from storydiff.digest.lines import Line
from storydiff.digest.page import Block, Letter
from storydiff.digest.phrases import cut, direction, local
from storydiff.report.phrases import count
from storydiff.store import Alert, Endpoint, EndpointState

LINE, NAME = 240, 80
"""Characters of a line, and of the name of an endpoint or a host."""
ZONE = "UTC"
HEADS = {
    "endpoint": "Endpoints that are sent nothing",
    "watch": "Outlets that cannot be read",
    "source": "Sources that are read no more",
}
AFTER = {
    EndpointState.PAUSED: "what is due is kept, and sent when the endpoint is resumed",
    EndpointState.DISABLED: "events from now on are not kept for it",
    EndpointState.ACTIVE: "it has been resumed meanwhile",
}


def notice(alerts: Sequence[Alert], endpoints: Mapping[str, Endpoint], now: datetime) -> Letter:
    """The mail about these alerts, longest first; `endpoints` are those of the newsroom, by id."""
    blocks = []
    for kind, head in HEADS.items():
        lines = tuple(_line(each, endpoints.get(each.subject)) for each in alerts if each.kind == kind)
        if lines:
            blocks.append(Block(kind, head, lines, 0))
    return Letter(
        subject=f"storydiff: {_subject(alerts, endpoints)}",
        title="storydiff",
        when=local(now, ZONE),
        tally=f"{count(len(alerts), 'thing needs', 'things need')} a look.",
        blocks=tuple(blocks),
        foot=("You get this because yours is the address for what goes wrong: it is said once each time.",),
        actions=(),
    )


def named(alert: Alert, endpoint: Endpoint | None) -> str:
    """What an alert is about, in words that give no secret away: of an address, the host."""
    if alert.kind != "endpoint":
        return cut(alert.subject, NAME)
    if endpoint is None:
        return "an endpoint that is deleted"
    return cut(endpoint.description or urlsplit(endpoint.url).hostname or endpoint.id, NAME)


def _subject(alerts: Sequence[Alert], endpoints: Mapping[str, Endpoint]) -> str:
    if len(alerts) > 1:
        return f"{len(alerts)} things need a look"
    [alert] = alerts
    endpoint = endpoints.get(alert.subject)
    if alert.kind != "endpoint":
        return f"{named(alert, None)} cannot be read"
    return f"{named(alert, endpoint)} is {endpoint.state if endpoint else 'deleted'}"


def _line(alert: Alert, endpoint: Endpoint | None) -> Line:
    text = cut(f"{named(alert, endpoint)}: {alert.message}", LINE)
    notes = [f"since {local(alert.since, ZONE)}"]
    if alert.kind == "endpoint" and endpoint is not None:
        notes += [f"endpoint {endpoint.id} at {urlsplit(endpoint.url).hostname}", AFTER[endpoint.state]]
    elif alert.kind == "source":
        notes += ["resume it when it works again, or delete it"]
    elif alert.kind == "watch":
        notes += ["its pages are tried again; what it reports counts as unknown, never as omitted"]
    return Line(
        text=text,
        dir=direction(text),
        language=None,
        notes=tuple(notes),
        voices=(),
        edits=(),
        href=None,
        command=None,
        story="",
    )
