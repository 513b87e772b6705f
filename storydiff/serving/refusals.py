"""Why a request is not served, and the one table from the error tree to HTTP statuses.

What is not there and what is another newsroom's give the same words: nobody learns what others have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from storydiff import errors
from storydiff.errors import StorydiffError


class RequestError(StorydiffError):
    """The request cannot be served as it stands."""

    status = 400
    headers: Mapping[str, str] = MappingProxyType({})
    details: Sequence[Mapping[str, Any]] = ()


class NotAuthenticated(RequestError):
    """The request carries no key that is known here.

    Send a key as `Authorization: Bearer ...`; `storydiff key create` makes one.
    """

    status = 401
    headers = MappingProxyType({"WWW-Authenticate": 'Bearer realm="storydiff"'})


class NotPermitted(RequestError):
    """The key may not do this.

    Use a key with the scope that the operation asks for.
    """

    status = 403


class NotThere(RequestError):
    """There is nothing at this address."""

    status = 404


class Conflict(RequestError):
    """What is stored stands against this request."""

    status = 409


class BodyTooLarge(RequestError):
    """The body is larger than the limit."""

    status = 413


class WrongMediaType(RequestError):
    """The body must be sent as application/json."""

    status = 415


class TooMany(RequestError):
    """The key has used up its requests for now."""

    status = 429

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.headers = {"Retry-After": str(max(1, round(seconds + 0.5)))}


class TookTooLong(RequestError):
    """The answer took longer than the time limit."""

    status = 503
    headers = MappingProxyType({"Retry-After": "5"})


STATUS: dict[type[StorydiffError], int] = {
    errors.UnknownStory: 404,
    errors.UnknownPoint: 404,
    errors.UnknownOutlet: 404,
    errors.SourceKnown: 409,
    errors.TooManySources: 409,
    errors.InputError: 422,
    errors.NothingToCompare: 409,
    errors.AddressRefused: 403,
    errors.BadEndpoint: 403,
    errors.FetchError: 502,
    errors.ExtractError: 422,
    errors.SnapshotMissing: 404,
    errors.ArchiveError: 503,
    errors.StoreFull: 507,
    errors.StoreError: 503,
    StorydiffError: 500,
}
"""Error -> status. The nearest class in the tree decides."""


def status_of(error: StorydiffError) -> int:
    """The HTTP status for an error of ours."""
    if isinstance(error, RequestError):
        return error.status
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def told(error: StorydiffError) -> StorydiffError:
    """The error as strangers may read it: of what is broken on our side, no path and no address."""
    hides = status_of(error) >= 500 and not isinstance(error, RequestError)
    return type(error)() if hides and type(error) is not StorydiffError else error
