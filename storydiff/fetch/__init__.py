"""Getting pages politely and safely, and keeping their bytes.

    pages = fetch_all([Request(url="https://outlet.example/story")], settings, clock=now, archive=FolderArchive("a"))

`redis_slots.RedisSlots` shares the turns at each host among workers; import it from there.
"""

from storydiff.fetch.archive import Archive
from storydiff.fetch.doors import fetch_all
from storydiff.fetch.folder import FolderArchive
from storydiff.fetch.places import open_archive
from storydiff.fetch.politeness import LocalSlots, Slots, Turn
from storydiff.fetch.remembered import Remembered
from storydiff.fetch.values import Clock, Fetched, Interrupted, Kind, Limits, Progress, Request, Stage
from storydiff.fetch.warc import Sighting, Snapshot

__all__ = [
    "Archive",
    "Clock",
    "Fetched",
    "FolderArchive",
    "Interrupted",
    "Kind",
    "Limits",
    "LocalSlots",
    "Progress",
    "Remembered",
    "Request",
    "Sighting",
    "Slots",
    "Snapshot",
    "Stage",
    "Turn",
    "fetch_all",
    "open_archive",
]
