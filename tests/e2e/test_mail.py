"""A digest in a browser: light, dark, narrow; nothing is asked of the network; axe finds nothing."""

from __future__ import annotations

import pytest

from storydiff.digest.html import to_html
from tests.integration.digest.conftest import edited, story
from tests.unit.digest.letters import as_letter, digest
from tests.unit.report.hostile import hostile

pytestmark = pytest.mark.e2e


@pytest.fixture(params=["plain", "hostile"])
def mail(request: pytest.FixtureRequest) -> str:
    if request.param == "hostile":
        return to_html(as_letter(digest(hostile(), story())))
    return to_html(as_letter(digest(edited(story(extra=12), "06:30"), ours="Coast Daily")))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 760])
def test_a_mail_can_be_read(show, mail: str, scheme: str, width: int) -> None:
    """No violation, no sideways scrolling, no complaint, no request but for the file itself."""
    seen = show(mail, width=width, color_scheme=scheme)
    assert seen.violations() == []
    assert seen.sideways() == 0
    assert seen.complaints == []
    assert [each.url for each in seen.requests if not each.url.startswith("file:")] == []


def test_dark_mode_is_dark(show, mail: str) -> None:
    """The styles in the head win over those in the elements."""
    seen = show(mail, color_scheme="dark")
    colours = seen.page.evaluate("['body', '.line'].map((s) => getComputedStyle(document.querySelector(s)).color)")
    assert colours == ["rgb(233, 231, 226)"] * 2
