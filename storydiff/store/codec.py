"""Frozen values to JSON and back, exactly: what was written is what is read.

Works from the annotations of the dataclasses, so that a new field needs no code here. A field that the JSON lacks gets
its default, so that what an older version wrote can still be read. Characters that a database refuses (NUL, lone
surrogates) become U+FFFD, one for one, so that offsets stay right.

How each type is written and read is worked out once (a collation of 200 versions has a hundred thousand values).
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Change = Callable[[Any], Any]
_REFUSED = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text without what no database takes; as long as before."""
    return _REFUSED.sub("\ufffd", text)


def packed(value: Any) -> Any:
    """A dataclass, or a tuple of them, as JSON values."""
    if isinstance(value, tuple):
        return [packed(each) for each in value]
    kind: Any = type(value)
    return _writer(kind)(value)


def unpacked(kind: type[T], data: Any) -> T:
    """The value of that dataclass from JSON values."""
    hint: Any = kind
    value: T = _reader(hint)(data)
    return value


@lru_cache(maxsize=256)
def _writer(hint: Any) -> Change:
    return _change(hint, _writer, written=True)


@lru_cache(maxsize=256)
def _reader(hint: Any) -> Change:
    return _change(hint, _reader, written=False)


def _change(hint: Any, inner: Callable[[Any], Change], *, written: bool) -> Change:
    """How values of that annotation are written (or read); `inner` gives the same for the annotations inside it."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _optional(inner(next(arg for arg in arguments if arg is not types.NoneType)))
    if origin is tuple and arguments[-1] is Ellipsis:
        return _several(inner(arguments[0]), list if written else tuple)
    if origin is tuple:
        return _each([inner(arg) for arg in arguments], list if written else tuple)
    if origin is dict:
        return _mapping(inner(arguments[1]))
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        parts = [(field.name, inner(hints[field.name])) for field in fields(hint)]
        return _unmade(parts) if written else _made(hint, parts)
    return _single(hint, written=written)


def _single(kind: Any, *, written: bool) -> Change:
    if kind is str:
        return storable if written else _same
    if kind is datetime:
        return datetime.isoformat if written else datetime.fromisoformat
    if issubclass(kind, Enum):
        return _value if written else kind
    return _same


def _same(value: Any) -> Any:
    return value


def _value(member: Enum) -> Any:
    return member.value


def _optional(change: Change) -> Change:
    return lambda value: None if value is None else change(value)


def _several(change: Change, make: Callable[[Any], Any]) -> Change:
    if change is _same:
        return make
    return lambda values: make([change(each) for each in values])


def _each(changes: Sequence[Change], make: Callable[[Any], Any]) -> Change:
    return lambda values: make([change(each) for change, each in zip(changes, values, strict=True)])


def _mapping(change: Change) -> Change:
    return lambda values: {storable(key): change(each) for key, each in values.items()}


def _unmade(parts: Sequence[tuple[str, Change]]) -> Change:
    return lambda value: {name: change(getattr(value, name)) for name, change in parts}


def _made(kind: Callable[..., Any], parts: Sequence[tuple[str, Change]]) -> Change:
    return lambda data: kind(**{name: change(data[name]) for name, change in parts if name in data})
