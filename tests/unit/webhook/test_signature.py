"""The signature of Standard Webhooks, against its reference library."""

import base64
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydiff.errors import BadSignature
from storydiff.store.names import webhook_secret
from storydiff.webhook.signature import headers, sign, verify

NOW = datetime(2026, 5, 15, 9, 30, 0, 500_000, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
OTHER = webhook_secret()
BODY = '{"type":"story.collated","data":{"words":"Müller – 火災"}}'.encode()


def test_the_example_of_the_specification() -> None:
    """The vector that implementations of the standard share gives its signature."""
    secret, message = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    at = datetime.fromtimestamp(1614265330, UTC)
    assert sign(secret, message, at, b'{"test": 2432232314}') == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_reference_library_accepts() -> None:
    """A receiver with the reference library takes our headers, and refuses a body with one byte changed."""
    library = pytest.importorskip("standardwebhooks", reason="pip install standardwebhooks")
    now = datetime.now(UTC)
    signed = headers([SECRET], "evt_1", now, BODY)
    assert library.Webhook(SECRET).verify(BODY, signed)["type"] == "story.collated"
    with pytest.raises(library.WebhookVerificationError):
        library.Webhook(SECRET).verify(BODY.replace(b"M", b"N"), signed)
    assert library.Webhook(SECRET).sign("evt_1", now, BODY.decode()) == sign(SECRET, "evt_1", now, BODY)


def test_either_secret_is_enough_while_they_overlap() -> None:
    """After a rotation a receiver with the old secret and one with the new one both accept."""
    signed = headers([OTHER, SECRET], "evt_1", NOW, BODY)
    verify([SECRET], signed, BODY, NOW)
    verify([OTHER], signed, BODY, NOW)
    with pytest.raises(BadSignature):
        verify([webhook_secret()], signed, BODY, NOW)


def test_one_instant_has_one_signature() -> None:
    """The zone in which a time is written changes nothing; a time without one is refused."""
    elsewhere = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert sign(SECRET, "evt_1", elsewhere, BODY) == sign(SECRET, "evt_1", NOW, BODY)
    with pytest.raises(ValueError, match="no time zone"):
        sign(SECRET, "evt_1", NOW.replace(tzinfo=None), BODY)


@pytest.mark.parametrize(
    "broken",
    ["", "v1", "v1,", ",", "v1,!!!", "v1a,abc", "garbage", "v1,\udc80", "v1;abc v2,def", "\x00", "v1," + "A" * 9999],
)
def test_a_malformed_signature_is_a_bad_one(broken: str) -> None:
    """Whatever stands in the header, the answer is BadSignature and no other error."""
    with pytest.raises(BadSignature):
        verify([SECRET], headers([SECRET], "evt_1", NOW, BODY) | {"webhook-signature": broken}, BODY, NOW)


@pytest.mark.parametrize("broken", ["", "yesterday", "1e9", "-5", "٣", "9" * 400, "NaN"])
def test_a_malformed_time_is_refused(broken: str) -> None:
    """A timestamp that is none is BadSignature."""
    with pytest.raises(BadSignature):
        verify([SECRET], headers([SECRET], "evt_1", NOW, BODY) | {"webhook-timestamp": broken}, BODY, NOW)


@pytest.mark.parametrize(("seconds", "accepted"), [(-301, False), (-300, True), (300, True), (301, False)])
def test_old_messages_are_refused(seconds: int, accepted: bool) -> None:
    """A message from more than five minutes ago, or ahead, may be a recorded one."""
    signed = headers([SECRET], "evt_1", NOW, BODY)
    later = NOW.replace(microsecond=0) + timedelta(seconds=seconds)
    if accepted:
        verify([SECRET], signed, BODY, later)
    else:
        with pytest.raises(BadSignature):
            verify([SECRET], signed, BODY, later)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_!!", "whsec_ä"])
def test_a_secret_that_is_none(secret: str) -> None:
    """An empty or garbled secret never signs anything."""
    with pytest.raises(BadSignature):
        sign(secret, "evt_1", NOW, BODY)


@given(st.text(), st.text(), st.text(), st.binary(max_size=50))
def test_nothing_but_bad_signature_is_raised(message: str, time: str, signature: str, body: bytes) -> None:
    """Any headers at all are refused in the same way."""
    received = {"Webhook-Id": message, "Webhook-Timestamp": time, "Webhook-Signature": signature}
    with pytest.raises(BadSignature):
        verify([SECRET], received, body, NOW)


@given(st.text(min_size=1), st.binary(max_size=200))
def test_what_is_signed_is_accepted(message: str, body: bytes) -> None:
    """Any id and body verify under the secret that signed them."""
    verify([OTHER, SECRET], headers([SECRET], message, NOW, body), body, NOW)
