"""Name look-ups, with the user's own table first (like curl's --connect-to)."""

from __future__ import annotations

import socket
from collections.abc import Mapping

from aiohttp.abc import AbstractResolver, ResolveResult

from storydiff.fetch.guard import plain


class MappedResolver(AbstractResolver):
    """Answers from `table` (host -> address and port) where it can, otherwise asks `others`.

    The request keeps its URL, so the Host header and the TLS name stay those of the outlet.
    """

    def __init__(self, table: Mapping[str, tuple[str, int]], others: AbstractResolver) -> None:
        self._table = table
        self._others = others

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host."""
        entry = self._table.get(plain(host))
        if entry is None:
            return await self._others.resolve(host, port, family)
        address, mapped = entry
        flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [ResolveResult(hostname=host, host=address, port=mapped, family=kind, proto=0, flags=flags)]

    async def close(self) -> None:
        """Close the other resolver."""
        await self._others.close()


def table_of(entries: tuple[tuple[str, str, int], ...]) -> dict[str, tuple[str, int]]:
    """The table for `MappedResolver` from the setting `resolve`."""
    return {plain(host): (address, port) for host, address, port in entries}
