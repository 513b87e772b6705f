"""Events, endpoints and parcels for the tests of webhooks."""

from datetime import UTC, datetime
from typing import Any

from storydiff.model import Event, EventType
from storydiff.store import Endpoint, EndpointKind, Parcel

NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)
SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


def event(**more: Any) -> Event:
    data = {"title": "Mill fire", "summary": "Harbour Post says two dead; Valley Echo says three."}
    values = {"id": "evt_1", "type": EventType.DISCREPANCY_FOUND, "story": "mill", "at": NOON, "data": data}
    return Event(**{**values, **more})


def endpoint(**more: Any) -> Endpoint:
    values = {"id": "ep_1", "newsroom": "", "kind": EndpointKind.WEBHOOK, "url": "https://desk.example/hook"}
    return Endpoint(**{**values, "secret": SECRET, **more})


def parcel(**more: Any) -> Parcel:
    return Parcel(id="dlv_1", tries=0, event=event(), endpoint=endpoint(**more))
