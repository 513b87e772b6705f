"""Settings: one frozen value, read once from the environment by a face and passed down.

Each field's `help` is the documentation; the table in docs/settings.md is made from it.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from storydiff.errors import BadSetting

PREFIX = "STORYDIFF_"
TRUE, FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})


def _number(kind: Callable[[str], Any], low: float) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        value = kind(text)
        if not low <= value < math.inf:
            raise ValueError(f"must be a number of at least {low:g}")
        return value

    return read


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in text.replace(",", " ").split())


def _choice(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.strip().lower() not in words:
            raise ValueError(f"must be one of {', '.join(words)}")
        return text.strip().lower()

    return read


def _address(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", text.strip()):
        raise ValueError("must look like https://paper.example")
    return text.strip().rstrip("/")


def _archive(text: str) -> str:
    place = text.strip()
    if "://" in place and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w.!'()-]+)*/?", place):
        raise ValueError("must be a folder, or look like s3://bucket/prefix")
    return place


def _secrets(text: str) -> str:
    if any(len(word) < 32 for word in text.split()):
        raise ValueError("must be 32 characters or more, such as `openssl rand -hex 32` gives")
    return text


def _flag(text: str) -> bool:
    word = text.strip().lower()
    if word in TRUE or word in FALSE:
        return word in TRUE
    raise ValueError("must be 1 or 0")


def _resolve(text: str) -> tuple[tuple[str, str, int], ...]:
    entries = []
    for entry in text.replace(",", " ").split():
        parts = re.fullmatch(r"([^:]+):(\[[0-9a-fA-F:.]+\]|[^:]+):(\d{1,5})", entry)
        if not parts or int(parts[3]) > 65535:
            raise ValueError("must look like host:address:port")
        entries.append((parts[1].lower(), parts[2].strip("[]"), int(parts[3])))
    return tuple(entries)


def _setting(default: Any, read: Callable[[str], Any], text: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"read": read, "help": text, "secret": secret})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set. `Settings()` gives the defaults."""

    database_url: str = _setting(
        "", str, "Where stories are kept; SQLAlchemy URL. Default: SQLite in the user data folder.", secret=True
    )
    archive: str = _setting(
        "", _archive, "Folder, or s3://bucket/prefix, for the fetched bytes (WARC). Default: in the user data folder."
    )
    s3_endpoint: str = _setting("", _address, "Address of the S3-compatible store, unless it is Amazon's.")
    s3_region: str = _setting("", str, "Region of the bucket, if the store wants one.")
    s3_access_key: str = _setting(
        "", str, "Key for the bucket; without one, the usual AWS places are looked at.", secret=True
    )
    s3_secret_key: str = _setting("", str, "The secret of that key.", secret=True)
    redis_url: str = _setting("", str, "Redis for the workers.", secret=True)
    contact: str = _setting("", str, "Web or mail address shown in the User-Agent, so that outlets can reach you.")
    allow_hosts: tuple[str, ...] = _setting(
        (), _words, "Hosts that may be fetched although their address is private or loopback, on any port."
    )
    resolve: tuple[tuple[str, str, int], ...] = _setting(
        (),
        _resolve,
        "Where to connect for a host instead of asking DNS, as host:address:port; the address must be allowed too.",
    )
    licences: str = _setting(
        "", str, "TOML file with the headers and cookies that outlets licensed to you (docs/run.md says how)."
    )
    ignore_robots_hosts: tuple[str, ...] = _setting((), _words, "Your own hosts, on which --ignore-robots may be used.")
    timeout: float = _setting(
        30.0,
        _number(float, 0.1),
        "Seconds that one page may take, redirects and retries included, waiting for its turn not.",
    )
    max_bytes: int = _setting(8_000_000, _number(int, 1000), "Largest page, in bytes after decompression.")
    host_delay: float = _setting(
        1.0, _number(float, 0), "Seconds between two requests to one host, robots.txt and redirects included."
    )
    concurrency: int = _setting(32, _number(int, 1), "Pages fetched at the same time.")
    retries: int = _setting(2, _number(int, 0), "How often a page is tried again after a passing failure.")
    api_host: str = _setting("127.0.0.1", str, "Address that the API listens on.")
    api_port: int = _setting(8750, _number(int, 0), "Port that the API listens on; 0 takes a free one.")
    api_processes: int = _setting(1, _number(int, 1), "Processes of `storydiff serve api`, which share the port.")
    api_rate: int = _setting(600, _number(int, 1), "Requests that one API key may make in a minute.")
    api_timeout: float = _setting(30.0, _number(float, 0.1), "Seconds that one request to the API may take.")
    api_max_body: int = _setting(1_048_576, _number(int, 1024), "Largest body of a request to the API, in bytes.")

    web_host: str = _setting("127.0.0.1", str, "Address that the web pages listen on.")
    web_port: int = _setting(8751, _number(int, 0), "Port that the web pages listen on; 0 takes a free one.")
    sign_in: tuple[str, ...] = _setting(
        (),
        _words,
        "Who may ask for a link by mail to sign in with: domains or addresses; behind a colon the newsroom they read.",
    )

    sources: int = _setting(
        100, _number(int, 0), "Feeds, sitemaps and home pages of other outlets that one newsroom may have watched."
    )
    public_url: str = _setting("", str, "Address under which the API is reached from outside, for links in events.")
    web_url: str = _setting(
        "", _address, "Address of the web pages, for links in mails and feeds; without it they name commands."
    )
    smtp_host: str = _setting("", str, "Mail server through which digests are sent.")
    smtp_port: int = _setting(587, _number(int, 1), "Its port.")
    smtp_tls: str = _setting(
        "starttls", _choice("starttls", "tls", "none"), "How the connection is kept secret: starttls, tls or none."
    )
    smtp_user: str = _setting("", str, "User name for the mail server, if it wants one.")
    smtp_password: str = _setting("", str, "Password for the mail server.", secret=True)
    mail_from: str = _setting("", str, "Sender of digests: an address, or Name <address>.")
    signing_secret: str = _setting(
        "",
        _secrets,
        "Signs the links in mails; 32 characters or more. After a change, the old one behind the new, a space between.",
        secret=True,
    )
    otlp_url: str = _setting(
        "",
        _address,
        "Address of an OpenTelemetry collector for traces (OTLP over HTTP), such as http://collector:4318.",
    )
    metrics_port: int = _setting(
        0, _number(int, 0), "Port on which a worker on a machine of its own shows figures for Prometheus; 0 for none."
    )
    task_seconds: int = _setting(
        300,
        _number(int, 4),
        "Longest time of a task of a worker; what a killed worker held is done again after twice as long.",
    )
    tick_seconds: float = _setting(
        5.0, _number(float, 0.1), "Seconds between two looks at what is due; a lost queue delays work by so long."
    )

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None, **changes: Any) -> Settings:
        """Settings from `STORYDIFF_*` variables; `changes` win over them.

        A variable with `_FILE` behind its name gives the file that holds the value.
        """
        environment = os.environ if environment is None else environment
        _refuse_unknown(environment, {PREFIX + each.name.upper() for each in fields(cls)})
        values = {}
        for each in fields(cls):
            text = _text_of(environment, PREFIX + each.name.upper())
            if text is not None:
                values[each.name] = _read(PREFIX + each.name.upper(), text, each.metadata)
        return cls(**{**values, **changes})

    @classmethod
    def secrets(cls) -> frozenset[str]:
        """The variables whose values are never shown."""
        return frozenset(PREFIX + each.name.upper() for each in fields(cls) if each.metadata["secret"])

    @classmethod
    def rows(cls) -> Iterable[tuple[str, str, str]]:
        """(variable, default, help) of every setting, in order: for documentation and `doctor`."""
        for each in fields(cls):
            default = each.default if each.default not in ("", ()) else "–"
            yield PREFIX + each.name.upper(), str(default), each.metadata["help"]


def _refuse_unknown(environment: Mapping[str, str], known: set[str]) -> None:
    for name in sorted(environment):
        if name.startswith(PREFIX) and name.removesuffix("_FILE") not in known:
            near = min(known, key=lambda other: Levenshtein.distance(name, other))
            raise BadSetting(f"{name} is no setting of storydiff.", hint=f"Did you mean {near}?")


def _text_of(environment: Mapping[str, str], name: str) -> str | None:
    if name in environment:
        return environment[name]
    path = environment.get(f"{name}_FILE")
    if path is None:
        return None
    try:
        return Path(path).read_text(encoding="utf8").strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE: {path} cannot be read ({error.strerror})") from error


def _read(name: str, text: str, about: Mapping[str, Any]) -> Any:
    try:
        return about["read"](text)
    except ValueError as error:
        said = "the secret" if about["secret"] else repr(text)
        raise BadSetting(f"{name}={said}: {error}") from error
