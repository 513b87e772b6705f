"""Signing in, in the browser."""

import pytest

from tests.e2e.web.conftest import Site

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("width", [320, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_is_readable_by_all(site: Site, width: int, scheme: str) -> None:
    """No violation, nothing to complain of, no request to anybody else, and no sideways scrolling."""
    seen = site.open("/sign-in", sign_in=None, width=width, color_scheme=scheme)
    assert seen.violations() == []
    assert seen.complaints == []
    assert seen.sideways() == 0
    assert all(request.url.startswith((site.base, "data:")) for request in seen.requests)


def test_a_key_signs_in_and_the_button_signs_out(site: Site) -> None:
    """From the sign-in to the stories and back."""
    seen = site.open("/stories")
    assert seen.page.get_by_role("heading", level=1).inner_text() == "Stories"
    seen.page.get_by_role("button", name="Sign out").click()
    assert seen.page.get_by_role("heading", level=1).inner_text() == "Sign in"
    assert seen.complaints == []
