"""Who is named as the first with a point."""

from dataclasses import replace

from storydiff.model import First, Revision
from storydiff.report.firsts import first_version
from tests.builders import at
from tests.fire import fire


def test_the_current_version_is_named() -> None:
    """Of an article whose earlier state had the point, the state that readers see now; nobody where nobody is known."""
    found = fire()
    now = found.versions[0]
    edit = Revision(
        url=now.article, outlet=now.outlet, before="long ago", after=now.id, seen=(None, None), changes=(), silent=False
    )
    found = replace(found, revisions=(*found.revisions, edit))
    for version in (now.id, "long ago"):
        seen = First(version=version, not_before=None, not_after=at(3, "10:00"))
        assert first_version(found, replace(found.points[0], first=seen)) == now
    assert first_version(found, replace(found.points[0], first=None)) is None
