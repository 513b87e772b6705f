"""Subscribing, confirming, sending, refusing and leaving, against a real mail server."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storydiff.digest.send import Mailer, Stage
from storydiff.errors import BadSetting, BadToken, MailError
from storydiff.pipeline import digests
from storydiff.settings import Settings
from storydiff.store import Rhythm, SubscriptionState, Timing, Wants
from tests.builders import at
from tests.integration.digest.conftest import MORNING, Office, edited, story, token_of
from tests.integration.digest.letterbox import Letterbox, parts, server

OPENSSL = shutil.which("openssl")
DAY = timedelta(days=1)


def test_nothing_is_sent_before_the_address_confirms(office: Office) -> None:
    """Subscribing sends one mail, that asks; digests begin with the confirmation, which may be repeated."""
    made = digests.subscribe(office.desk, "Reader@Paper.example", Wants(ours="Coast Daily"), Timing())
    office.clock.set(MORNING)
    assert office.send().sent == 0
    asked = office.box.mails[0]
    assert asked["To"] == "Reader@paper.example"
    assert "List-Unsubscribe" not in asked
    for _ in range(2):
        digests.confirm(office.desk, token_of(parts(asked)[0], "confirm"))
    office.clock.set(MORNING + DAY)
    assert office.send().sent == 1
    assert digests.ask(office.desk, made.id).state is SubscriptionState.ACTIVE
    assert len(office.box.raw) == 2, "whoever confirmed is not asked again"


def test_a_digest_says_what_matters_with_links_that_work(office: Office) -> None:
    """Both parts say what we lack and where we differ; the headers allow leaving by one click."""
    office.subscribe()
    office.clock.set(MORNING)
    office.send()
    mail, raw = office.box.digests[0], office.box.raw[-1].decode()
    text, html = parts(mail)
    for part in (text, html):
        assert "A crane fell into the water." in part
        assert "https://storydiff.paper.example/stories/alder-quay-fire/points/p2" in part
        assert "Two" in part
        assert "Three" in part
    lines = [line for line in raw.split("\r\n") if line.lower().startswith("list-unsubscribe")]
    assert lines[0].startswith("List-Unsubscribe: <https://storydiff.paper.example/digest/unsubscribe?token=")
    assert lines[0].endswith(">")
    assert lines[1] == "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    assert token_of(text, "settings") != token_of(text, "unsubscribe")


def test_leaving_by_the_link_ends_it(office: Office) -> None:
    """The token in the header unsubscribes, twice without harm; the settings token does not."""
    office.subscribe()
    office.clock.set(MORNING)
    office.send()
    text, _ = parts(office.box.digests[0])
    with pytest.raises(BadToken):
        digests.unsubscribe(office.desk, token_of(text, "settings"))
    assert digests.subscription_of(office.desk, token_of(text, "settings")).state is SubscriptionState.ACTIVE
    for _ in range(2):
        assert digests.unsubscribe(office.desk, token_of(text, "unsubscribe")).state is SubscriptionState.ENDED
    office.desk.store.collations.save(edited(story(), "08:00"))
    office.clock.set(MORNING + DAY)
    assert office.send().prepared == 0


def test_the_next_digest_says_only_what_is_new(office: Office) -> None:
    """A second mail holds the silent edit alone; a day without news brings none."""
    office.subscribe()
    for day in range(2):
        office.clock.set(MORNING + day * DAY)
        office.send()
    assert len(office.box.digests) == 1
    office.desk.store.collations.save(replace(edited(story(), "08:00"), made=MORNING + DAY * 1.5))
    office.clock.set(MORNING + 2 * DAY)
    office.send()
    text, _ = parts(office.box.digests[1])
    assert "Harbour Post: 1 paragraph reworded" in text
    assert "{+into the water" in text
    assert "WHERE WE DIFFER" not in text
    assert "new since 4 Jun, 07:00 UTC" in text


def test_two_subscriptions_of_one_person_never_tell_the_same(office: Office) -> None:
    """What the one mail tells, the other leaves out, also when both are due at once."""
    office.subscribe()
    office.subscribe(wants=Wants(ours="Coast Daily", stories=("alder-quay-fire",)))
    office.subscribe("other@paper.example")
    office.clock.set(MORNING)
    office.send()
    assert [mail["To"] for mail in office.box.digests] == ["reader@paper.example", "other@paper.example"]


def test_a_mail_that_is_given_up_is_told_by_the_next(office: Office) -> None:
    """The server refuses the mail for good: nothing counts as told, and the address stays in order."""
    made = office.subscribe()
    office.box.answers = ["554 5.6.0 I do not like this mail"]
    office.clock.set(MORNING)
    assert office.send().failed == 1
    assert office.desk.store.subscriptions.get(made.id).sent is None
    office.clock.set(MORNING + DAY)
    assert office.send().sent == 1
    assert "A crane fell into the water." in parts(office.box.digests[0])[0]


def test_a_passing_failure_is_tried_again(office: Office) -> None:
    """Greylisting: not at once, not a second time too early, and then it arrives."""
    office.subscribe()
    office.box.answers = ["451 4.7.1 Greylisted, try again later"] * 2
    office.clock.set(MORNING)
    assert office.send().waiting == 1
    assert office.send().waiting == 0
    office.clock.advance(minutes=1)
    assert office.send().waiting == 1
    office.clock.advance(minutes=1)
    assert office.send().sent == 0
    office.clock.advance(minutes=4)
    assert office.send().sent == 1
    assert office.desk.store.digests.list()[0].tries == 3


def test_a_hard_bounce_pauses_the_address(office: Office) -> None:
    """No such mailbox: nothing more is sent there, others get theirs; resuming tells what was missed."""
    made = office.subscribe()
    office.subscribe("other@paper.example")
    office.box.refuse["reader@paper.example"] = "550 5.1.1 No such user"
    office.clock.set(MORNING)
    done = office.send()
    assert (done.sent, done.failed) == (1, 1)
    paused = office.desk.store.subscriptions.get(made.id)
    assert not paused.sends
    assert "550 5.1.1 No such user" in (paused.reason or "")
    office.clock.set(MORNING + DAY)
    assert office.send().prepared == 0
    office.box.refuse.clear()
    office.desk.store.subscriptions.resume("reader@paper.example")
    assert office.send().sent == 1


def test_a_full_mailbox_does_not_pause(office: Office) -> None:
    """452 at the recipient is no hard bounce: the mail waits."""
    made = office.subscribe()
    office.box.refuse["reader@paper.example"] = "452 4.2.2 Mailbox full"
    office.clock.set(MORNING)
    assert office.send().waiting == 1
    assert office.desk.store.subscriptions.get(made.id).sends


def test_hourly_mails_make_a_thread_per_story(office: Office) -> None:
    """One mail per story that breaks; later ones refer to the first, under the same subject; then it falls silent."""
    office.desk.store.collations.save(story("mill-fire", title="Mill fire at Brackwater"))
    office.subscribe(rhythm=Rhythm.HOURLY)
    office.clock.set(MORNING)
    office.send()
    office.desk.store.collations.save(edited(story(), "07:40"))
    office.clock.set(at(4, "08:00"))
    office.send()
    first, other, second = sorted(office.box.digests, key=lambda mail: (mail["Date"].datetime, mail["Subject"]))
    assert [first["Subject"], other["Subject"]] == ["Fire at Alder Quay", "Mill fire at Brackwater"]
    assert second["Subject"] == first["Subject"]
    assert second["References"] == second["In-Reply-To"] == first["Message-ID"]
    assert other["References"] is None
    office.desk.store.collations.save(replace(edited(story(), "07:40"), discrepancies=(), made=at(4, "13:00")))
    office.clock.set(at(4, "14:00"))
    assert office.send().prepared == 0


def test_quiet_hours_put_a_mail_off(office: Office) -> None:
    """Due at seven, quiet until nine: it comes at nine, once."""
    office.subscribe(quiet=(22, 9))
    office.clock.set(MORNING)
    assert office.send().sent == 0
    office.clock.set(at(4, "09:00"))
    assert [office.send().sent for _ in range(2)] == [1, 0]


def test_an_empty_digest_is_sent_where_it_is_wanted(office: Office) -> None:
    """With `always` a mail comes also when there is nothing new, and says so."""
    office.subscribe(always=True)
    for day in range(2):
        office.clock.set(MORNING + day * DAY)
        office.send()
    text, html = parts(office.box.digests[1])
    assert office.box.digests[1]["Subject"] == "storydiff: nothing new"
    assert "Nothing new." in text
    assert "Nothing new." in html


def test_newsrooms_know_nothing_of_each_other(office: Office) -> None:
    """Another newsroom's desk neither sees the subscription nor sends its mail."""
    made = office.subscribe()
    other = replace(office.desk, store=office.desk.store.of("other"))
    office.clock.set(MORNING)
    assert digests.send_due(other, MORNING).prepared == 0
    assert other.store.subscriptions.list() == ()
    assert other.store.digests.told(made.address) == frozenset()
    assert not other.store.subscriptions.resume(made.address)
    assert office.send().sent == 1


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if OPENSSL is None:
        pytest.skip("makes a certificate with openssl (Debian package: openssl)")
    folder = tmp_path_factory.mktemp("tls")
    command = f"{OPENSSL} req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)
    return folder


@pytest.fixture
def guarded(office: Office, box: Letterbox, certificate: Path) -> Iterator[Settings]:
    """Settings for a server that demands STARTTLS and a password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    running = server(box, tls=context, login=True)
    login = {"smtp_tls": "starttls", "smtp_user": "me", "smtp_password": "open sesame"}
    yield replace(office.desk.settings, smtp_port=running.port, **login)
    running.stop()


MAIL = "Subject: x\r\n\r\ny\r\n"


def test_starttls_and_login(
    guarded: Settings, box: Letterbox, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection is encrypted before name and password are said, and the mail goes through it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    with Mailer(guarded) as mailer:
        assert mailer.send("reader@paper.example", MAIL).stage is Stage.ACCEPTED
    assert box.secure == [True]
    assert box.logins == [b"me"]


def test_a_wrong_password_is_said(guarded: Settings, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's own answer reaches the user."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    with Mailer(replace(guarded, smtp_password="guess")) as mailer, pytest.raises(MailError, match="535"):
        mailer.connect()


def test_a_certificate_that_proves_nothing_is_refused(guarded: Settings, box: Letterbox) -> None:
    """Neither password nor mail is given to a server that cannot prove who it is."""
    with Mailer(guarded) as mailer, pytest.raises(MailError, match="certificate"):
        mailer.connect()
    assert box.logins == []


def test_a_server_without_tls_gets_nothing(office: Office) -> None:
    """STARTTLS is set and the server has none: there is no falling back to clear text."""
    with Mailer(replace(office.desk.settings, smtp_tls="starttls")) as mailer:
        reply = mailer.send("reader@paper.example", "Subject: x\r\n\r\ny\r\n")
    assert reply.stage is Stage.BROKEN
    assert office.box.raw == []


def test_a_password_never_goes_in_clear(office: Office) -> None:
    """Without TLS, a login is only allowed on this machine."""
    settings = replace(office.desk.settings, smtp_host="mail.paper.example", smtp_user="me")
    with pytest.raises(BadSetting, match="in clear"):
        Mailer(settings)


def test_lines_of_dots_arrive(office: Office) -> None:
    """A line that is a single dot ends no mail."""
    with Mailer(office.desk.settings) as mailer:
        mailer.send("reader@paper.example", "Subject: x\r\n\r\nbefore\r\n.\r\nafter\r\n")
    assert b"\r\n.\r\nafter" in office.box.raw[0]
