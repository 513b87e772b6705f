"""Errors as problem+json (RFC 9457).

`type` is a stable address that programs compare, `title` is the same for all problems of one type, `detail` is about
this one.
"""

from __future__ import annotations

import http
import json
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ValidationError

from storydiff.errors import StorydiffError
from storydiff.serving.refusals import RequestError, status_of, told

MEDIA = "application/problem+json"
TYPES = "urn:storydiff:problem:"


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


class Problems:
    """How the API words what went wrong."""

    def refused(self, request: web.Request, error: StorydiffError, request_id: str) -> web.Response:
        """The problem for an error of ours."""
        return problem(error, request_id)

    def unserved(self, request: web.Request, error: web.HTTPException, request_id: str) -> web.Response:
        """The problem for what aiohttp itself refuses."""
        phrase = http.HTTPStatus(error.status).phrase
        body = _body(phrase.lower().replace(" ", "_"), error.status, f"{phrase}.", "", request_id)
        allow = error.headers.get("Allow")
        return _response(body, {"Allow": allow} if allow else {})

    def broken(self, request: web.Request, request_id: str) -> web.Response:
        """The problem for a mistake of our own."""
        return _response(_body("internal", 500, "storydiff made a mistake; its log says more.", "", request_id), {})


def problem(error: StorydiffError, request_id: str) -> web.Response:
    """The answer for an error of ours."""
    status = status_of(error)
    said = told(error)
    body = _body(said.code, status, said.message, said.hint, request_id)
    headers = dict(error.headers) if isinstance(error, RequestError) else {}
    if isinstance(error, RequestError) and error.details:
        body["errors"] = list(error.details)
    if status == 503:
        headers.setdefault("Retry-After", "5")
    return _response(body, headers)


def _body(code: str, status: int, detail: str, hint: str, request_id: str) -> dict[str, Any]:
    title = http.HTTPStatus(status).phrase
    values = {"type": TYPES + code, "title": title, "status": status, "detail": detail}
    return {**values, "hint": hint, "errors": [], "request_id": request_id}


def _response(body: Mapping[str, Any], headers: Mapping[str, str]) -> web.Response:
    content = json.dumps(body).encode()
    return web.Response(body=content, status=body["status"], content_type=MEDIA, headers=headers)
