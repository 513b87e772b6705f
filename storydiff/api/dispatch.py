"""One request from the wire to the handler and back. Every route goes this way; none has code of its own here."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ValidationError

from storydiff.api.call import Call, Route, Scope
from storydiff.api.letting_in import known, let_in
from storydiff.api.problems import Invalid, Malformed
from storydiff.logs import about
from storydiff.serving.answer import BYTES, Answer
from storydiff.serving.paths import checked
from storydiff.serving.refusals import Conflict, TookTooLong, WrongMediaType
from storydiff.serving.responding import Sendable, at_once, respond
from storydiff.serving.service import Service
from storydiff.store.jobs import Idempotency
from storydiff.store.keys import Key

IDEMPOTENCY = re.compile(r"[\x21-\x7e]{1,255}")


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Serves one route."""

    service: Service
    route: Route

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """The answer. Errors of ours go up to the middleware, which makes problems of them."""
        if self._keeps:
            kept = await self._kept(request)
            if kept is not None:
                return kept
        try:
            async with asyncio.timeout(self.service.settings.api_timeout):
                sendable = await self._served(request)
        except TimeoutError:
            raise TookTooLong from None
        return await respond(request, sendable)

    async def _served(self, request: web.Request) -> Sendable:
        route, service = self.route, self.service
        key = await let_in(service, request.headers.get("Authorization", ""), route.scope)
        mark = await service.changes.now() if self._keeps else None
        name = self._name(request, key, mark) if mark is not None else None
        kept = service.kept.get(name) if name is not None else None
        if kept is not None:
            return kept
        call = await self._call(request, key)
        with about(newsroom=key.newsroom, key=key.id, story=call.path.get("slug", "")):
            sendable = await asyncio.to_thread(self._answer, call)
            if name is not None:
                service.kept.put(name, sendable)
            if route.rings:
                await asyncio.to_thread(service.bell.ring)
        if route.scope is Scope.ADMIN and route.method != "GET":
            service.keys.clear()  # a key may just have been revoked
        return sendable

    async def _kept(self, request: web.Request) -> web.Response | None:
        """An answer that still holds, had without a thread: most reads of people who look again."""
        service = self.service
        key = known(service, request.headers.get("Authorization", ""))
        if key is None or not key.allows(self.route.scope):
            return None
        mark = service.changes.at_once() or await service.changes.now()
        sendable = service.kept.get(self._name(request, key, mark)) if mark is not None else None
        response = at_once(request, sendable) if sendable is not None else None
        return response if response is not None and service.limiter.takes_at_once(key.id) else None

    @property
    def _keeps(self) -> bool:
        return self.route.method == "GET" and BYTES not in self.route.media

    def _name(self, request: web.Request, key: Key, mark: object) -> tuple[object, ...]:
        """What an answer is kept under while nothing changes."""
        return mark, key.newsroom, request.path_qs, request.headers.get("Accept")

    async def _call(self, request: web.Request, key: Key) -> Call:
        path = checked(request.match_info)
        return Call(
            desk=self.service.desk(key.newsroom),
            newsroom=key.newsroom,
            path=path,
            query=_query(self.route.query, request),
            body=await _body(self.route, request),
            sent=await request.read() if self.route.body is not None else b"",
            headers=request.headers,
        )

    def _answer(self, call: Call) -> Sendable:
        """Runs in a thread."""
        if not self.route.of_collation:
            return Sendable.of(once(self.route, call) if self.route.stores_once else self.route.handler(call))
        mark = call.desk.store.browse.collation(call.path["slug"], _number(call))
        name = (call.newsroom, mark, self.route.path, tuple(call.path.items()), call.query, call.headers.get("Accept"))
        kept = self.service.kept.get(name)
        if kept is None:
            kept = Sendable.of(self.route.handler(call))
            if mark is not None:
                self.service.kept.put(name, kept)
        return kept


def _number(call: Call) -> int | None:
    """The number of the collation that is asked for; None for the latest."""
    given = call.path.get("number") or getattr(call.query, "number", None)
    return int(given) if given is not None else None


def _query(model: type[BaseModel], request: web.Request) -> BaseModel:
    for name in request.query:
        if len(request.query.getall(name)) > 1:
            raise Invalid([{"in": "query", "at": [name], "detail": "is given twice"}])
    try:
        return model.model_validate(dict(request.query))
    except ValidationError as error:
        raise Invalid.of(error, "query") from None


async def _body(route: Route, request: web.Request) -> BaseModel | None:
    if route.body is None:
        return None
    if request.content_type not in route.takes:
        raise WrongMediaType(f"The body must be sent as {' or '.join(route.takes)}.")
    raw = await request.read()
    try:
        return route.body.model_validate_json(raw, strict=True)
    except ValidationError as error:
        if any(each["type"] == "json_invalid" for each in error.errors(include_url=False, include_input=False)):
            raise Malformed from None
        raise Invalid.of(error, "body") from None


def once(route: Route, call: Call) -> Answer:
    """The handler's answer; for a request that was made before under the same key, the answer of then."""
    given = call.headers.get("Idempotency-Key")
    if given is None:
        return route.handler(call)
    if not IDEMPOTENCY.fullmatch(given):
        raise Invalid([{"in": "header", "at": ["Idempotency-Key"], "detail": "must be 1 to 255 visible signs"}])
    now, kept = call.desk.clock(), call.desk.store.idempotency
    known = kept.begin(given, _print(route, call), now=now)
    if known is None:
        return _first(route, call, given, kept)
    if known.request != _print(route, call):
        raise Conflict("Another request was made with this Idempotency-Key.")
    if known.status is None:
        raise Conflict("The first request with this Idempotency-Key is still being served.", hint="Try again soon.")
    return _replayed(known.status, known.response)


def _first(route: Route, call: Call, key: str, kept: Idempotency) -> Answer:
    try:
        answer = route.handler(call)
    except BaseException:
        kept.forget(key)
        raise
    told = {"value": answer.value, "headers": dict(answer.headers)}
    kept.finish(key, answer.status, told, now=call.desk.clock())
    return answer


def _replayed(status: int, response: Mapping[str, Any]) -> Answer:
    headers = {**response["headers"], "Idempotent-Replayed": "true"}
    return Answer(value=response["value"], status=status, headers=headers)


def _print(route: Route, call: Call) -> str:
    """What makes two requests the same."""
    told = "\n".join([route.method, route.path, *map(str, call.path.items()), repr(call.query), ""])
    return hashlib.sha256(told.encode("utf8", "replace") + call.sent).hexdigest()
