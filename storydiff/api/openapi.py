"""The description of the API (OpenAPI 3.1), made from the route table and the models, so it cannot differ from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from storydiff import __version__
from storydiff.api.call import Nothing, Route
from storydiff.api.models.told import PART
from storydiff.api.problems import MEDIA, Problem
from storydiff.report.json import schema as collation_schema
from storydiff.serving.answer import CSV, JSON
from storydiff.serving.paths import NAMES

REF = "#/components/schemas/{model}"
COLLATION = "collation"
PREFIX = COLLATION + "."
ABOUT = {
    "slug": "Name of the story.",
    "number": "Number of the collation within its story.",
    "version": "Id of the version.",
    "point": "Id of the point, stable from one collation to the next.",
    "article": "Id of the article.",
    "job": "Id of the job.",
    "key": "Id of the key.",
    "endpoint": "Id of the endpoint.",
    "delivery": "Id of the delivery.",
    "event": "Id of the event.",
    "source": "Id of the source.",
    "suggestion": "Id of the suggestion.",
}
REASONS = {
    400: "The body is not JSON.",
    401: "No key, or one that is not known.",
    403: "The key lacks the scope, or the address that was given may not be contacted.",
    404: "There is nothing of that name in this newsroom.",
    409: "What is stored stands against it.",
    413: "The body is too large.",
    415: "The body has another media type.",
    422: "A value does not fit.",
    429: "Too many requests; Retry-After says how long to wait.",
    502: "A page could not be fetched.",
    503: "The service cannot answer now; Retry-After says when to try again.",
}
ALWAYS = (401, 403, 422, 429, 503)
Values = dict[str, Any]


def describe(routes: Sequence[Route]) -> Values:
    """The whole document."""
    paths: dict[str, Values] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "storydiff",
            "version": __version__,
            "summary": "One news event, many outlets: what each reports, omits, words otherwise, copies or changes.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "tags": [{"name": tag} for tag in dict.fromkeys(route.tag for route in routes)],
        "paths": paths,
        "components": {
            "schemas": {**_models(routes), **_collation()},
            "responses": {str(status): _problem(status) for status in REASONS},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "An API key."}},
        },
    }


def _models(routes: Iterable[Route]) -> Values:
    told = [route.answer for route in routes if isinstance(route.answer, type)]
    sent = [route.body for route in routes if route.body is not None]
    wanted = [*((model, "serialization") for model in [*told, Problem]), *((model, "validation") for model in sent)]
    _, made = models_json_schema(list(dict.fromkeys(wanted)), ref_template=REF)  # type: ignore[arg-type]
    definitions: Values = json.loads(json.dumps(made["$defs"]), object_hook=_part)
    return definitions


def _part(shape: Values) -> Values:
    return {"$ref": REF.format(model=PREFIX + shape[PART])} if PART in shape else shape


def _collation() -> Values:
    """The published schema of a collation, its parts under names of their own."""
    text = json.dumps(collation_schema()).replace("#/$defs/", f"#/components/schemas/{PREFIX}")
    whole = json.loads(text)
    parts = {PREFIX + name: part for name, part in whole.pop("$defs").items()}
    for key in ("$schema", "$id"):
        whole.pop(key)
    return {COLLATION: whole, **parts}


def _operation(route: Route) -> Values:
    operation: Values = {
        "operationId": route.name,
        "tags": [route.tag],
        "summary": route.summary,
        "description": f"Scope: {route.scope}.",
        "parameters": [*_in_path(route), *_in_query(route.query), *_in_header(route)],
        "responses": {str(route.status): _success(route), **_errors(route)},
    }
    if route.body is not None:
        content = {media: {"schema": _ref(route.body)} for media in route.takes}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _in_path(route: Route) -> Iterable[Values]:
    for part in route.path.split("/"):
        if part.startswith("{"):
            name = part.strip("{}")
            shape: Values = {"type": "string", "pattern": f"^(?:{NAMES[name].pattern})$"}
            yield {"name": name, "in": "path", "required": True, "description": ABOUT[name], "schema": shape}


def _in_query(model: type[BaseModel]) -> Iterable[Values]:
    if model is Nothing:
        return
    made = model.model_json_schema(ref_template=REF)
    definitions = made.get("$defs", {})
    for name, shape in made["properties"].items():
        parameter = {"name": name, "in": "query", "required": name in made.get("required", ())}
        about = shape.pop("description", "")
        yield {**parameter, "description": about, "schema": _plain(shape, definitions)}


def _plain(shape: Values, definitions: Values) -> Values:
    """A query parameter is left out, never null; what it refers to stands in its place."""
    shape = {key: value for key, value in shape.items() if key != "title" and (key, value) != ("default", None)}
    choices = [each for each in shape.pop("anyOf", []) if each.get("type") != "null"]
    for each in choices:
        shape |= each
    if "$ref" in shape:
        shape = {**definitions[shape.pop("$ref").rpartition("/")[2]], **shape}
    shape.pop("title", None)
    return shape


def _in_header(route: Route) -> Iterable[Values]:
    if route.stores_once:
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": "A name of your own for this request: sent again within 24 hours, it gets the first answer.",
            "schema": {"type": "string", "pattern": "^[!-~]{1,255}$", "maxLength": 255},
        }
    if route.status == 200 and route.method == "GET":
        about = "`ETag` of an answer you have: 304 when it still holds."
        yield {
            "name": "If-None-Match",
            "in": "header",
            "required": False,
            "description": about,
            "schema": {"type": "string"},
        }


def _success(route: Route) -> Values:
    told: Values = {"description": route.summary}
    headers = ({"Location": "Where it is."} if route.status in (201, 202) else {}) | (
        {"ETag": "Tag of this answer."} if route.status == 200 and route.method == "GET" else {}
    )
    if headers:
        told["headers"] = {
            name: {"description": about, "schema": {"type": "string"}} for name, about in headers.items()
        }
    if route.answer is not None:
        told["content"] = {media: {"schema": _shape(route, media)} for media in route.media}
    return told


def _shape(route: Route, media: str) -> Values:
    if media == JSON:
        return _ref(route.answer) if isinstance(route.answer, type) else {"$ref": REF.format(model=route.answer)}
    return {"type": "string"} if media == CSV else {"type": "string", "format": "binary"}


def _errors(route: Route) -> Values:
    own = [404] if "{" in route.path or "cursor" in route.query.model_fields else []
    body = [400, 413, 415] if route.body is not None else []
    once = [409] if route.stores_once else []
    conditional: Values = {}
    if route.status == 200 and route.method == "GET":
        conditional["304"] = {"description": "What you have still holds."}
    statuses = sorted({*ALWAYS, *own, *body, *once, *route.errors})
    return {**conditional, **{str(each): {"$ref": f"#/components/responses/{each}"} for each in statuses}}


def _problem(status: int) -> Values:
    return {"description": REASONS[status], "content": {MEDIA: {"schema": _ref(Problem)}}}


def _ref(model: type[BaseModel] | str | None) -> Values:
    name = model.__name__ if isinstance(model, type) else str(model)
    return {"$ref": REF.format(model=name)}
