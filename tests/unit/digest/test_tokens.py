"""Tokens in links."""

from __future__ import annotations

import base64
from contextlib import nullcontext
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydiff.digest.tokens import LIVES, Purpose, Signer
from storydiff.errors import BadSetting, BadToken
from tests.builders import at

NOW = at(4, "07:00")
SIGNER = Signer.of("a" * 32)
TOKEN = SIGNER.token(Purpose.UNSUBSCRIBE, "sub_1", NOW)


def decoded(token: str) -> bytes:
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))


def test_a_token_is_for_one_subscription_and_purpose() -> None:
    """It gives its subscription back; for another purpose it is worth nothing."""
    assert SIGNER.read(Purpose.UNSUBSCRIBE, TOKEN, NOW) == "sub_1"
    for other in (Purpose.CONFIRM, Purpose.SETTINGS):
        with pytest.raises(BadToken):
            SIGNER.read(other, TOKEN, NOW)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_token_expires(purpose: Purpose) -> None:
    """Valid until the second before its time is up."""
    token = SIGNER.token(purpose, "sub_1", NOW)
    assert SIGNER.read(purpose, token, NOW + LIVES[purpose] - timedelta(seconds=1)) == "sub_1"
    with pytest.raises(BadToken):
        SIGNER.read(purpose, token, NOW + LIVES[purpose])


def test_a_secret_can_be_changed() -> None:
    """The old secret behind the new one: old links work, new ones are signed by the new; alone, it knows no old link."""
    both = Signer.of(f"{'b' * 32} {'a' * 32}")
    assert both.read(Purpose.UNSUBSCRIBE, TOKEN, NOW) == "sub_1"
    new = both.token(Purpose.UNSUBSCRIBE, "sub_1", NOW)
    assert Signer.of("b" * 32).read(Purpose.UNSUBSCRIBE, new, NOW) == "sub_1"
    with pytest.raises(BadToken):
        Signer.of("b" * 32).read(Purpose.UNSUBSCRIBE, TOKEN, NOW)


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from("ABCxyz019-_"))
def test_no_changed_token_is_accepted(place: int, letter: str) -> None:
    """Any other letter anywhere: refused, or the very same bytes."""
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    with pytest.raises(BadToken) if decoded(changed) != decoded(TOKEN) else nullcontext():
        assert SIGNER.read(Purpose.UNSUBSCRIBE, changed, NOW) == "sub_1"


@given(st.text(max_size=500))
def test_anything_else_is_refused(text: str) -> None:
    """Rubbish raises nothing but BadToken."""
    with pytest.raises(BadToken):
        SIGNER.read(Purpose.CONFIRM, text, NOW)


def test_without_a_secret_nothing_is_signed() -> None:
    """The setting is named."""
    with pytest.raises(BadSetting, match="SIGNING_SECRET"):
        Signer.of(" ")
