"""One request from the wire to the handler and back. Every page goes this way."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web
from multidict import MultiMapping

from storydiff.logs import about
from storydiff.serving.paths import checked
from storydiff.serving.refusals import NotAuthenticated, NotPermitted, TookTooLong, TooMany, WrongMediaType
from storydiff.serving.responding import Sendable, respond
from storydiff.serving.service import Service
from storydiff.store import Pass
from storydiff.web import session
from storydiff.web.beside import Beside
from storydiff.web.call import Access, Call, Fields, Page

FORM = "application/x-www-form-urlencoded"
READS = frozenset({"GET", "HEAD"})
MOST_FIELDS = 500


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Serves one page."""

    service: Service
    page: Page
    beside: Beside

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """The answer. Errors of ours go up to the middleware, which makes pages of them."""
        try:
            async with asyncio.timeout(self.service.settings.api_timeout):
                return await respond(request, await self._served(request))
        except TimeoutError:
            raise TookTooLong from None

    async def _served(self, request: web.Request) -> Sendable:
        page, service = self.page, self.service
        secret = session.secret_of(request, service)
        visitor = await let_in(service, secret, page.access)
        if page.counts_guests:
            await self.beside.count(request)
        form = await _form(request)
        if request.method not in READS and not page.is_foreign:
            session.check(request.headers, form.text(session.FIELD), secret)
        call = replace(call_of(service, request, visitor, form, secret), later=self.beside.later)
        with about(newsroom=call.desk.store.newsroom, story=call.path.get("slug", "")):
            sendable = await asyncio.to_thread(lambda: Sendable.of(page.handler(call)))
            if page.rings:
                await asyncio.to_thread(service.bell.ring)
        return sendable


async def let_in(service: Service, secret: str, access: Access) -> Pass | None:
    """The visitor, who may open such a page. NotAuthenticated, NotPermitted or TooMany."""
    visitor = await asyncio.to_thread(session.visitor_of, service, secret)
    if visitor is not None:
        wait = await service.limiter.wait_of(visitor.name)
        if wait > 0:
            raise TooMany(wait)
    if access is Access.OPEN:
        return visitor
    if visitor is None:
        raise NotAuthenticated("Sign in to see this page.", hint=" ")
    if not visitor.allows(access.value):
        said = f"This needs a session with the scope {access}; yours has the scope {visitor.grant.scope}."
        raise NotPermitted(said, hint="Sign in with a key that may do it.")
    return visitor


def call_of(service: Service, request: web.Request, visitor: Pass | None, form: Fields, secret: str) -> Call:
    """What the handler is given. NotThere when a part of the address has not the shape of its name."""
    return Call(
        service=service,
        desk=service.desk(visitor.newsroom if visitor else ""),
        visitor=visitor,
        csrf=session.token_of(secret) if visitor else "",
        where=request.path_qs,
        path=checked(request.match_info),
        query=_fields(request.query),
        form=form,
        headers=request.headers,
    )


async def _form(request: web.Request) -> Fields:
    if request.method in READS or not request.can_read_body:
        return Fields()
    if request.content_type not in (FORM, "multipart/form-data"):
        raise WrongMediaType(f"A form is sent as {FORM}.")
    return _fields(await request.post())


def _fields(given: MultiMapping[Any]) -> Fields:
    names: Iterable[str] = list(dict.fromkeys(given))[:MOST_FIELDS]
    return Fields({name: tuple(each for each in given.getall(name) if isinstance(each, str)) for name in names})
