"""Opening the archive that the settings name: a folder, or `s3://bucket/prefix`."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Protocol

from storydiff.errors import BadSetting
from storydiff.fetch.archive import Archive
from storydiff.fetch.folder import FolderArchive

S3 = "s3://"


class Place(Protocol):
    """The settings that say where an archive is; `storydiff.settings.Settings` has them all."""

    @property
    def archive(self) -> str:
        """A folder, or s3://bucket/prefix; "" for the default folder."""

    @property
    def s3_endpoint(self) -> str:
        """Address of the store; "" for Amazon's."""

    @property
    def s3_region(self) -> str:
        """Region, when the store wants one."""

    @property
    def s3_access_key(self) -> str:
        """Name of the key; "" to let botocore find one."""

    @property
    def s3_secret_key(self) -> str:
        """Its secret."""


def open_archive(place: Place, default: Path) -> Archive:
    """The archive of the settings, `default` when they name none. Nothing is contacted or created yet.

    Raises BadSetting when the extra `s3` is needed and not installed, or when only half of the key is set.
    """
    if not place.archive.startswith(S3):
        return FolderArchive(Path(place.archive).expanduser() if place.archive else default)
    if bool(place.s3_access_key) != bool(place.s3_secret_key):
        raise BadSetting("STORYDIFF_S3_ACCESS_KEY and STORYDIFF_S3_SECRET_KEY need one another.")
    try:
        bucket = importlib.import_module("storydiff.fetch.bucket")
    except ModuleNotFoundError as error:
        raise BadSetting(
            f"For an archive in {place.archive}, {error.name} has to be installed.",
            hint="In storydiff's folder: pip install '.[s3]'",
        ) from error
    store = bucket.Store(
        endpoint=place.s3_endpoint,
        region=place.s3_region,
        access_key=place.s3_access_key,
        secret_key=place.s3_secret_key,
    )
    archive: Archive = bucket.BucketArchive(place.archive, store)
    return archive
