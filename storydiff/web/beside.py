"""What goes on beside the pages: work that no answer waits for, and counting guests who are not signed in."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

from aiohttp import web

from storydiff.errors import StorydiffError
from storydiff.serving.rate import Limiter, make_limiter
from storydiff.serving.refusals import TooMany
from storydiff.settings import Settings

WAITING = 50
"""Tasks that may wait. With a mail server that hangs, further ones are dropped: whoever asked asks again."""
PER_MINUTE, BURST = 1, 600.0
"""Links by mail that one client may ask for: ten at once (an office behind one address), then one a minute."""
log = logging.getLogger(__name__)


class TooManyGuests(TooMany):
    """Too many links were asked for from your network.

    Wait some minutes, or sign in with a key.
    """


class Later:
    """One thread that does what it is given, in order."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="beside")
        self._room = BoundedSemaphore(WAITING)

    def __call__(self, task: Callable[[], object]) -> None:
        """Do it soon; dropped, with a line in the log, when too much waits."""
        if not self._room.acquire(blocking=False):
            log.warning("too much waits to be done, so something was dropped")
            return
        self._pool.submit(self._do, task)

    def _do(self, task: Callable[[], object]) -> None:
        try:
            task()
        except StorydiffError as error:
            log.warning("%s", error)
        except Exception:  # nobody waits for this thread: its log is all there is
            log.exception("something that was to be done beside failed")
        finally:
            self._room.release()

    def close(self) -> None:
        """End when what is under way is done."""
        self._pool.shutdown(cancel_futures=True)


class Beside:
    """Both, for one application."""

    def __init__(self, settings: Settings) -> None:
        self.later = Later()
        self._guests: Limiter = make_limiter(settings.redis_url, PER_MINUTE, BURST)

    async def count(self, request: web.Request) -> None:
        """Count one request of a guest; TooManyGuests."""
        wait = await self._guests.wait_of(f"guest:{client_of(request)}")
        if wait > 0:
            raise TooManyGuests(wait)

    async def opened(self, _: web.Application) -> AsyncIterator[None]:
        """For `cleanup_ctx`."""
        yield
        self.later.close()
        await self._guests.close()


def client_of(request: web.Request) -> str:
    """Who asks: behind a proxy of ours, which connects from a private address, whom it says that it serves."""
    peer = request.remote or ""
    said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return said[:64] if said and _is_private(peer) else peer


def _is_private(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return False
