"""Is it alive, can it serve, and in figures: what machines ask without a key. None of it names anybody's stories."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import redis
from aiohttp import web

from storydiff.errors import StoreError
from storydiff.serving import metrics
from storydiff.serving.responding import encoded
from storydiff.serving.service import Service
from storydiff.store import Store
from storydiff.store.figures import Figures
from storydiff.store.migrate import is_ready

OVERDUE = 900.0
"""Seconds that the longest waiting page may be overdue before the workers count as behind. Told, not an error: taking
the API out of service would not fetch anything sooner."""
REDIS_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Health:
    """Answers for one process."""

    service: Service

    def add_to(self, router: web.UrlDispatcher) -> None:
        """The routes that machines ask."""
        router.add_get("/healthz", self.alive)
        router.add_get("/readyz", self.ready)
        router.add_get("/metrics", self.figures)

    async def alive(self, request: web.Request) -> web.Response:
        """The process answers."""
        return _answer({"status": "ok"}, 200)

    async def ready(self, request: web.Request) -> web.Response:
        """Whether requests can be served: database, migrations, Redis; and how late the workers are."""
        checks = await asyncio.to_thread(self._checks)
        is_ok = all(each["ok"] for each in checks.values())
        return _answer({"status": "ok" if is_ok else "unavailable", "checks": checks}, 200 if is_ok else 503)

    async def figures(self, request: web.Request) -> web.Response:
        """For Prometheus."""
        content = await asyncio.to_thread(metrics.shown, self._figures)
        return web.Response(body=content, headers={"Content-Type": metrics.MEDIA})

    def _checks(self) -> dict[str, dict[str, object]]:
        checks: dict[str, dict[str, object]] = {}
        checks["database"] = _check(self.service.database.ping)
        checks["migrations"] = _check(lambda: is_ready(self.service.database))
        if self.service.settings.redis_url:
            checks["redis"] = _check(self._redis)
        if checks["migrations"]["ok"]:
            late = Store(self.service.database).rings.age(self.service.clock())
            checks["queue"] = {"ok": True, "overdue_seconds": round(late, 1), "is_behind": late > OVERDUE}
        return checks

    def _redis(self) -> bool:
        url, limit = self.service.settings.redis_url, REDIS_SECONDS
        with redis.Redis.from_url(url, socket_timeout=limit, socket_connect_timeout=limit) as client:
            return bool(client.ping())

    def _figures(self) -> Mapping[str, tuple[str, float]]:
        store, now = Store(self.service.database), self.service.clock()
        try:
            counts = Figures(self.service.database).counts()
            return {
                "overdue_seconds": ("Seconds that the longest waiting page is overdue.", store.rings.age(now)),
                "deliveries_due": ("Deliveries that could be sent now.", float(store.outbox.due(now))),
                "deliveries_waiting": ("Deliveries still to be made, due or not.", float(counts.deliveries)),
                "alerts_open": ("Outlets that cannot be read, endpoints that were paused.", float(counts.alerts)),
                "sources_watched": ("Sources of other outlets that are read.", float(counts.watched)),
                "sources_failing": ("Of them and of those paused, that could not be read last.", float(counts.failing)),
                "mails_waiting": ("Digests and notices to be handed to the mail server.", float(counts.mails)),
                "versions": ("Number of the newest version: about how many were ever stored.", float(counts.versions)),
                "collations": ("The same of collations.", float(counts.collations)),
                "up": ("Whether the database answers.", 1.0),
            }
        except StoreError:
            return {"up": ("Whether the database answers.", 0.0)}


def _check(ask: Callable[[], bool]) -> dict[str, object]:
    try:
        return {"ok": ask()}
    except (StoreError, redis.RedisError, OSError) as error:
        return {"ok": False, "error": type(error).__name__}


def _answer(values: object, status: int) -> web.Response:
    return web.Response(
        body=encoded(values), status=status, content_type="application/json", headers={"Cache-Control": "no-store"}
    )
