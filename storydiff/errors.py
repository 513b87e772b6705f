"""What can go wrong, as one tree; each class explains itself.

    StorydiffError
    ├── InputError               the request itself cannot be served (exit 2)
    │   ├── TooFewSources
    │   ├── UnreadableSource
    │   ├── BadEndpoint
    │   ├── BadSetting
    │   ├── BadAddress
    │   ├── BadToken
    │   ├── SourceKnown
    │   ├── TooManySources
    │   ├── UnknownOutlet
    │   ├── UnknownPoint
    │   ├── UnknownStory
    │   └── UnknownSubscription
    ├── NothingToCompare         fewer than two readable versions (exit 3)
    ├── FetchError               one page could not be had; its column says why
    │   ├── AddressRefused
    │   ├── NameNotResolved
    │   ├── ConnectionFailed
    │   ├── TimedOut
    │   ├── RobotsDenied
    │   ├── TooManyRedirects
    │   ├── BadStatus
    │   │   ├── Forbidden
    │   │   ├── NotFound
    │   │   ├── Gone
    │   │   ├── RateLimited
    │   │   └── ServerFailed
    │   ├── TooLarge
    │   ├── UnknownEncoding
    │   ├── EmptyPage
    │   └── NotHTML
    ├── ExtractError
    │   └── NoArticle
    ├── DiscoverError            what others publish could not be found out (exit 3)
    │   ├── NoFeed
    │   └── NothingDiscovered
    ├── BadSignature             a webhook that is not from who it says
    ├── MailError                a mail could not be sent (exit 4)
    ├── ArchiveError             the bytes could not be kept; recorded, never fatal
    │   └── SnapshotMissing
    └── StoreError               the database refused (exit 4)
        ├── StoreLocked
        ├── StoreNewer
        ├── StoreFull
        └── StoreUnreachable

The first line of a class's docstring is its message when none is given, the second paragraph its hint: what to do.
"""

from __future__ import annotations

import inspect


class StorydiffError(Exception):
    """Something went wrong in storydiff."""

    exit_code = 2

    def __init__(self, message: str = "", *, hint: str = "") -> None:
        said, _, advice = inspect.cleandoc(type(self).__doc__ or "").partition("\n\n")
        self.message = message or " ".join(said.split())
        self.hint = hint or " ".join(advice.split())
        super().__init__(self.message)

    @property
    def code(self) -> str:
        """Stable name for programs, in snake case: ``RobotsDenied`` is ``robots_denied``."""
        name = type(self).__name__
        return "".join(
            f"_{c.lower()}" if c.isupper() and i and not name[i - 1].isupper() else c.lower()
            for i, c in enumerate(name)
        )


class InputError(StorydiffError):
    """The request cannot be served as it stands."""


class TooFewSources(InputError):
    """A comparison needs at least two sources.

    Give two or more URLs, HTML files, text files or folders; `storydiff demo` shows one without any.
    """


class UnreadableSource(InputError):
    """A source could not be read.

    Check that the path exists and that you may read it.
    """


class BadEndpoint(InputError):
    """This address cannot be told of events.

    Give an https address on the public internet, without user name and password.
    """


class BadSetting(InputError):
    """A setting has a value that cannot be used.

    `storydiff doctor` lists every setting with its value and where it comes from.
    """


class BadAddress(InputError):
    """This is no address to which mail can be sent.

    Write it plainly, as in reader@paper.example.
    """


class BadToken(InputError):
    """This link is not one of ours, or it has expired.

    The newest mail has links that work; or ask for a new one.
    """


class SourceKnown(InputError):
    """This newsroom watches that address already."""


class TooManySources(InputError):
    """This newsroom watches as many sources as it may.

    Delete one, or raise STORYDIFF_SOURCES.
    """


class UnknownOutlet(InputError):
    """No version of this story is by that outlet."""


class UnknownPoint(InputError):
    """This story has no such point."""


class UnknownStory(InputError):
    """No story of that name is stored here.

    `storydiff story list` shows the stories that are.
    """


class UnknownSubscription(InputError):
    """There is no such subscription.

    `storydiff digest list` shows those that there are.
    """


class NothingToCompare(StorydiffError):
    """Fewer than two sources gave a readable article.

    The lines above say why each one failed; try again later, or give the text as a file.
    """

    exit_code = 3


class FetchError(StorydiffError):
    """The page could not be fetched."""

    exit_code = 3


class AddressRefused(FetchError):
    """The address is not on the public internet, so it was not contacted.

    To compare pages on your own network, list the host in STORYDIFF_ALLOW_HOSTS.
    """


class NameNotResolved(FetchError):
    """The host name does not resolve.

    Check the spelling of the address.
    """


class ConnectionFailed(FetchError):
    """The server could not be reached, or broke off."""


class TimedOut(FetchError):
    """The page did not arrive in time."""


class RobotsDenied(FetchError):
    """The site's robots.txt asks programs not to fetch this page.

    If the site is yours, list its host in STORYDIFF_IGNORE_ROBOTS_HOSTS.
    """


class TooManyRedirects(FetchError):
    """The page redirects in circles."""


class BadStatus(FetchError):
    """The server answered with an error."""


class Forbidden(BadStatus):
    """The server refuses this page to us."""


class NotFound(BadStatus):
    """There is no page at this address."""


class Gone(BadStatus):
    """The page was taken down for good."""


class RateLimited(BadStatus):
    """The server asks us to slow down.

    Try again after the time that the server names.
    """


class ServerFailed(BadStatus):
    """The server failed."""


class TooLarge(FetchError):
    """The page is larger than the limit.

    Raise STORYDIFF_MAX_BYTES if it really is an article.
    """


class UnknownEncoding(FetchError):
    """The server sent the page in a compression that was not asked for."""


class EmptyPage(FetchError):
    """The server sent an empty page.

    Open the address in a browser: the page may need a sign-in, or be gone.
    """


class NotHTML(FetchError):
    """The address does not lead to a web page."""


class ExtractError(StorydiffError):
    """The page could not be read as an article."""

    exit_code = 3


class NoArticle(ExtractError):
    """The page holds no article."""


class DiscoverError(StorydiffError):
    """What others publish could not be found out."""

    exit_code = 3


class NoFeed(DiscoverError):
    """The address leads to neither a feed nor a sitemap nor a page that names one.

    Give the address of an RSS, Atom or JSON feed, of a news sitemap, or of a site's home page.
    """


class NothingDiscovered(DiscoverError):
    """None of the sources could be read.

    The lines above say why each one failed; `storydiff discover --help` says what a source can be.
    """


class BadSignature(StorydiffError):
    """No signature of the message is by a known secret."""


class MailError(StorydiffError):
    """The mail server could not be used.

    `storydiff doctor` shows the settings; see the STORYDIFF_SMTP_ ones.
    """

    exit_code = 4


class ArchiveError(StorydiffError):
    """The fetched bytes could not be archived."""

    exit_code = 4


class SnapshotMissing(ArchiveError):
    """The archived bytes of this version are not in the archive.

    The archive folder may have been moved: see STORYDIFF_ARCHIVE.
    """


class StoreError(StorydiffError):
    """The database could not be used."""

    exit_code = 4


class StoreLocked(StoreError):
    """Another program keeps the database locked.

    Wait for it to end, or use another file with --db.
    """


class StoreNewer(StoreError):
    """The database was written by a newer storydiff.

    Upgrade storydiff, or use another file with --db.
    """


class StoreFull(StoreError):
    """The disk is full, so nothing could be stored.

    The comparison itself was shown; free some space and run it again.
    """


class StoreUnreachable(StoreError):
    """The database cannot be opened.

    Check STORYDIFF_DATABASE_URL or --db, and that its folder may be written.
    """
