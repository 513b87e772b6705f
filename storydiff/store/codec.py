"""Frozen values to JSON and back, exactly: what was written is what is read.

Works from the annotations of the dataclasses, so that a new field needs no code here. A field that the JSON lacks gets
its default, so that what an older version wrote can still be read. Characters that a database refuses (NUL, lone
surrogates) become U+FFFD, one for one, so that offsets stay right.
"""

from __future__ import annotations

import re
import types
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_REFUSED = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text without what no database takes; as long as before."""
    return _REFUSED.sub("\ufffd", text)


def packed(value: Any) -> Any:
    """A value made of dataclasses, tuples, dicts, enums and times, as JSON values."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {storable(key): packed(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [packed(each) for each in value]
    if is_dataclass(value):
        return {f.name: packed(getattr(value, f.name)) for f in fields(value)}
    return value


def unpacked(kind: type[T], data: Any) -> T:
    """The value of that dataclass from JSON values."""
    hints: dict[str, Any] = _hints(kind)  # type: ignore[arg-type]
    return kind(**{name: _read(hint, data[name]) for name, hint in hints.items() if name in data})


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(hint: Any, data: Any) -> Any:
    if data is None:
        return None
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _read(next(arg for arg in inner if arg is not types.NoneType), data)
    if origin is tuple:
        kinds = [inner[0]] * len(data) if inner[-1] is Ellipsis else inner
        return tuple(_read(each, item) for each, item in zip(kinds, data, strict=True))
    if origin is dict:
        return {key: _read(inner[1], item) for key, item in data.items()}
    return _single(hint, data)


def _single(kind: Any, data: Any) -> Any:
    if isinstance(kind, type) and is_dataclass(kind):
        return unpacked(kind, data)
    if kind is datetime:
        return datetime.fromisoformat(data)
    return kind(data) if issubclass(kind, Enum) else data
