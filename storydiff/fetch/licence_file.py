"""The file of licences (TOML). What is wrong with it is said by line and never by value.

["coast.example"]                               # the host, in quotes; its subdomains too
headers = { Authorization = "Bearer 1f2e3d" }
cookies = { session = "4c5b6a" }
plain_http = false                              # true: also over http, where others can read it
newsrooms = ["harbour-post"]                    # who may use it; without, every newsroom here
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storydiff.errors import BadSetting
from storydiff.fetch.guard import HOST, plain
from storydiff.fetch.licences import Licence, Licences

NAME = "STORYDIFF_LICENCES"
HINT = 'Each host has a table such as ["coast.example"] with headers, cookies or both; see docs/run.md.'
OTHERS = stat.S_IWGRP | stat.S_IRWXO
"""Rights that nobody but the owner may have; the group may read, since a service often runs as another user."""
FIELDS = frozenset({"headers", "cookies", "plain_http", "newsrooms"})
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
COOKIE = re.compile(r"[!#-+\--:<-\[\]-~]*")
"""What may stand in a cookie (RFC 6265): visible ASCII but not a quote mark, comma, semicolon or backslash."""
RESERVED = frozenset(
    {"host", "accept-encoding", "connection", "content-length", "transfer-encoding", "user-agent", "cookie"}
)
"""Headers that stay as they are: with them this client is honest and understands the answer. Cookies have a table."""


def read_licences(path: str, newsroom: str | None = None) -> Licences:
    """The licences in the file that this newsroom may use, all when none is named; none when no file is set.

    Raises BadSetting when the file cannot be read, may be read by others, or is not as it should be.
    """
    if not path:
        return Licences()
    text = _text(path)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise _wrong(path, line, "this is no TOML") from None
    entries = _Entries(path, text)
    licences = [entries.licence(name, table) for name, table in tables.items()]
    hosts = [licence.host for licence in licences]
    for name, host in zip(tables, hosts, strict=True):
        if hosts.count(host) > 1:
            raise _wrong(path, entries.line(name), "the host has two tables")
    return Licences(tuple(each for each in licences if newsroom in {None, *each.newsrooms} or not each.newsrooms))


def _text(path: str) -> str:
    try:
        with Path(path).expanduser().open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if mode & OTHERS:
                raise BadSetting(
                    f"{NAME}: {path} holds secrets, and others may read or change it (mode {stat.S_IMODE(mode):o}).",
                    hint=f"chmod 600 {path}",
                )
            return file.read().decode("utf8")
    except OSError as error:
        raise BadSetting(f"{NAME}: {path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError:
        raise BadSetting(f"{NAME}: {path} is not in UTF-8.") from None


def _wrong(path: str, line: int, what: str) -> BadSetting:
    return BadSetting(f"{NAME}: {path}, line {line}: {what}.", hint=HINT)


@dataclass(frozen=True, slots=True)
class _Entries:
    """Reads the tables of one file."""

    path: str
    text: str

    def line(self, *words: str) -> int:
        """The first line that sets or opens the last word, at or behind the one that does so for the word before."""
        lines, at = self.text.split("\n"), 0
        for word in words:
            opened = re.compile(rf"^[^#]*?{re.escape(word)}[\"']?\s*[=\].]")
            at = next((i for i in range(at, len(lines)) if opened.match(lines[i])), at)
        return at + 1

    def licence(self, name: str, table: Any) -> Licence:
        """One table as a licence."""
        if not isinstance(table, dict):
            raise self._wrong("this stands outside the table of a host", name)
        if not FIELDS & set(table) and any(isinstance(each, dict) for each in table.values()):
            raise self._wrong("the host must stand in quotes", name)
        host = plain(name)
        if not HOST.fullmatch(host) or ("." not in host and host != "localhost"):
            raise self._wrong("a table must be named after a host, without http:// and path", name)
        for key in table:
            if key not in FIELDS:
                raise self._wrong(f"there may only be {', '.join(sorted(FIELDS))}", name, key)
        headers = dict(self._headers(name, table)) | self._cookies(name, table)
        if not headers:
            raise self._wrong("there are neither headers nor cookies for this host", name)
        plain_http = table.get("plain_http", False)
        if not isinstance(plain_http, bool):
            raise self._wrong("plain_http must be true or false", name, "plain_http")
        return Licence(host=host, headers=headers, plain_http=plain_http, newsrooms=self._newsrooms(name, table))

    def _headers(self, host: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for name, value in self._strings(host, table, "headers"):
            if name.lower() in RESERVED:
                raise self._wrong("this header cannot be set", host, "headers", name)
            if not (value.isascii() and value.isprintable() and value.strip() == value != ""):
                raise self._wrong("the value of this header cannot be sent", host, "headers", name)
            yield name, value

    def _cookies(self, host: str, table: Mapping[str, Any]) -> dict[str, str]:
        found = []
        for name, value in self._strings(host, table, "cookies"):
            if not COOKIE.fullmatch(value):
                raise self._wrong("the value of this cookie cannot be sent", host, "cookies", name)
            found.append(f"{name}={value}")
        return {"Cookie": "; ".join(found)} if found else {}

    def _strings(self, host: str, table: Mapping[str, Any], field: str) -> Iterator[tuple[str, str]]:
        values = table.get(field, {})
        if not isinstance(values, dict):
            raise self._wrong(f'{field} must look like {{ name = "value" }}', host, field)
        for name, value in values.items():
            if not TOKEN.fullmatch(name) or not isinstance(value, str):
                raise self._wrong(f'{field} must look like {{ name = "value" }}', host, field, name)
            yield name, value

    def _newsrooms(self, host: str, table: Mapping[str, Any]) -> tuple[str, ...]:
        names = table.get("newsrooms", [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise self._wrong('newsrooms must look like ["harbour-post"]', host, "newsrooms")
        if "newsrooms" in table and not names:
            raise self._wrong("no newsroom may use this licence", host, "newsrooms")
        return tuple(names)

    def _wrong(self, what: str, *words: str) -> BadSetting:
        return _wrong(self.path, self.line(*words), what)
