"""Errors as problem+json (RFC 9457): one table from the error tree to HTTP statuses.

`type` is a stable address that programs compare, `title` is the same for all problems of one type, `detail` is about
this one. What is not there and what is another newsroom's give the same words: nobody learns what others have.
"""

from __future__ import annotations

import http
import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ValidationError

from storydiff import errors
from storydiff.errors import StorydiffError

MEDIA = "application/problem+json"
TYPES = "urn:storydiff:problem:"


class RequestError(StorydiffError):
    """The request cannot be served as it stands."""

    status = 400
    headers: Mapping[str, str] = MappingProxyType({})
    details: Sequence[Mapping[str, Any]] = ()


class NotAuthenticated(RequestError):
    """The request carries no key that is known here.

    Send a key as `Authorization: Bearer ...`; `storydiff key create` makes one.
    """

    status = 401
    headers = MappingProxyType({"WWW-Authenticate": 'Bearer realm="storydiff"'})


class NotPermitted(RequestError):
    """The key may not do this.

    Use a key with the scope that the operation asks for.
    """

    status = 403


class NotThere(RequestError):
    """There is nothing at this address."""

    status = 404


class Conflict(RequestError):
    """What is stored stands against this request."""

    status = 409


class BodyTooLarge(RequestError):
    """The body is larger than the limit."""

    status = 413


class WrongMediaType(RequestError):
    """The body must be sent as application/json."""

    status = 415


class Malformed(RequestError):
    """The body is not JSON."""

    status = 400


class Invalid(RequestError):
    """The request does not fit the description of the operation.

    `errors` says where; /v1/openapi.json holds the description.
    """

    status = 422

    def __init__(self, details: Sequence[Mapping[str, Any]]) -> None:
        super().__init__()
        self.details = details

    @classmethod
    def of(cls, error: ValidationError, where: str) -> Invalid:
        """The problem for what pydantic found; never repeats what was sent, which may be a whole unpublished text."""
        found = error.errors(include_url=False, include_context=False, include_input=False)
        return cls([{"in": where, "at": [*map(str, each["loc"])], "detail": each["msg"]} for each in found[:20]])


class TooMany(RequestError):
    """The key has used up its requests for now."""

    status = 429

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.headers = {"Retry-After": str(max(1, round(seconds + 0.5)))}


class TookTooLong(RequestError):
    """The answer took longer than the time limit."""

    status = 503
    headers = MappingProxyType({"Retry-After": "5"})


STATUS: dict[type[StorydiffError], int] = {
    errors.UnknownStory: 404,
    errors.UnknownPoint: 404,
    errors.UnknownOutlet: 404,
    errors.InputError: 422,
    errors.NothingToCompare: 409,
    errors.AddressRefused: 403,
    errors.BadEndpoint: 403,
    errors.FetchError: 502,
    errors.ExtractError: 422,
    errors.SnapshotMissing: 404,
    errors.ArchiveError: 503,
    errors.StoreFull: 507,
    errors.StoreError: 503,
    StorydiffError: 500,
}
"""Error -> status. The nearest class in the tree decides."""


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    """Stable name of the problem, for programs."""
    title: str
    status: int
    detail: str
    hint: str = ""
    """What to do about it."""
    errors: list[dict[str, Any]] = []
    """Where the request does not fit: `in` (query or body), `at` (path of the value), `detail`."""
    request_id: str = ""


def status_of(error: StorydiffError) -> int:
    """The HTTP status for an error of ours."""
    if isinstance(error, RequestError):
        return error.status
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def problem(error: StorydiffError, request_id: str) -> web.Response:
    """The answer for an error of ours."""
    status = status_of(error)
    hides = status >= 500 and not isinstance(error, RequestError)  # a path or an address of ours is nobody's business
    told = type(error)() if hides and type(error) is not StorydiffError else error
    body = _body(told.code, status, told.message, told.hint, request_id)
    headers = dict(error.headers) if isinstance(error, RequestError) else {}
    if isinstance(error, RequestError) and error.details:
        body["errors"] = list(error.details)
    if status == 503:
        headers.setdefault("Retry-After", "5")
    return _response(body, headers)


def refused(error: web.HTTPException, request_id: str) -> web.Response:
    """The answer for what aiohttp itself refuses: no such route, no such method, a body too large."""
    kinds: dict[int, StorydiffError] = {404: NotThere(), 413: BodyTooLarge()}
    if error.status in kinds:
        return problem(kinds[error.status], request_id)
    phrase = http.HTTPStatus(error.status).phrase
    body = _body(phrase.lower().replace(" ", "_"), error.status, f"{phrase}.", "", request_id)
    allow = error.headers.get("Allow")
    return _response(body, {"Allow": allow} if allow else {})


def broken(request_id: str) -> web.Response:
    """The answer for a mistake of our own; the log has the rest under that request id."""
    return _response(_body("internal", 500, "storydiff made a mistake; its log says more.", "", request_id), {})


def _body(code: str, status: int, detail: str, hint: str, request_id: str) -> dict[str, Any]:
    title = http.HTTPStatus(status).phrase
    values = {"type": TYPES + code, "title": title, "status": status, "detail": detail}
    return {**values, "hint": hint, "errors": [], "request_id": request_id}


def _response(body: Mapping[str, Any], headers: Mapping[str, str]) -> web.Response:
    content = json.dumps(body).encode()
    return web.Response(body=content, status=body["status"], content_type=MEDIA, headers=headers)
