"""Digests on the web: by session, and by the links in mails, with a real mail server."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from storydiff.digest.tokens import Purpose, Signer
from storydiff.store import Grant, PassKind, Rhythm, Subscription, SubscriptionState, Timing, Wants
from tests.integration.digest.conftest import SECRET, token_of
from tests.integration.digest.letterbox import Letterbox, parts
from tests.integration.web.conftest import Reply, Visitor
from tests.unit.report.hostile import NASTY

FORM: dict[str, Any] = {"rhythm": "weekly", "hour": "6", "weekday": "2", "zone": "Europe/Vienna", "sources": "3"}


def person(visitor: Visitor, address: str = "ann@left.example", newsroom: str = "left") -> Visitor:
    """Somebody who has signed in by mail."""
    passes = visitor.service.desk(newsroom).store.passes
    _, secret = passes.create(PassKind.LINK, Grant(scope="write", address=address), now=visitor.service.clock())
    made = Visitor(visitor.base, visitor.service, visitor.keys)
    made.get(f"/sign-in?token={secret}")
    assert made.post("/sign-in/link", token=secret).status == 303
    return made


def subscribed(
    visitor: Visitor, address: str = "ann@left.example", newsroom: str = "left", **fields: Any
) -> Subscription:
    """An active subscription, made behind the pages."""
    store, now = visitor.service.desk(newsroom).store.subscriptions, visitor.service.clock()
    made = store.create(address, Wants(**fields), Timing(), now=now)
    return store.confirm(made.id, now=now)


def link(visitor: Visitor, purpose: Purpose, subscription: str, *, ago: timedelta = timedelta(0)) -> str:
    token = Signer((SECRET,)).token(purpose, subscription, visitor.service.clock() - ago)
    return f"/digest/{purpose.value}?token={token}"


def state(visitor: Visitor, subscription: str, newsroom: str = "left") -> SubscriptionState:
    return visitor.service.desk(newsroom).store.subscriptions.get(subscription).state


def words(reply: Reply) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", reply.text)).split())


def soon(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert true()


def test_a_person_subscribes_changes_and_ends(mailed: Visitor, box: Letterbox) -> None:
    """Whoever signed in by mail needs no second mail: the address is proven."""
    ann = person(mailed)
    assert "None yet" in ann.get("/digest").text
    page = ann.get("/digest/new")
    assert 'type="email"' not in page.text
    story = re.search(r'name="story" value="([^"]+)"', page.text)
    assert story is not None
    fields = {
        **FORM,
        "ours": "Harbour Post",
        "outlets": "Valley Echo; Coast Daily",
        "terms": "mill",
        "languages": "en de",
    }
    reply = ann.post("/digest/new", **fields, story=story[1], quiet_from="22", quiet_to="6", always="1")
    assert reply.status == 303
    (made,) = ann.service.desk("left").store.subscriptions.list("ann@left.example")
    assert made.state is SubscriptionState.ACTIVE
    assert made.wants == Wants(
        stories=(story[1],), outlets=("Valley Echo", "Coast Daily"), terms=("mill",), ours="Harbour Post",
        languages=("en", "de"), sources=3,
    )  # fmt: skip
    assert made.timing == Timing(
        rhythm=Rhythm.WEEKLY, hour=6, weekday=2, zone="Europe/Vienna", quiet=(22, 6), always=True
    )
    said = words(ann.get(reply.headers["Location"]))
    assert "Saved." in said
    assert "Every Wednesday at 6:00 (Europe/Vienna)" in said
    form = ann.get(f"/digest/{made.id}").text
    assert 'value="Valley Echo; Coast Daily"' in form
    assert "checked" in form.split('value="weekly"')[1][:12]
    assert ann.post(f"/digest/{made.id}", **FORM, ours="").status == 303
    assert ann.service.desk("left").store.subscriptions.get(made.id).wants == Wants(sources=3)
    ann.get("/digest")
    for what, paused in (("pause", True), ("resume", False)):
        assert ann.post(f"/digest/{made.id}/act", what=what).status == 303
        assert ("Paused since" in ann.get("/digest").text) is paused
    assert ann.post(f"/digest/{made.id}/act", what="erase").status == 404
    assert ann.post(f"/digest/{made.id}/act", what="end").status == 303
    assert state(ann, made.id) is SubscriptionState.ENDED
    assert box.raw == []


def test_an_admin_subscribes_others_who_are_asked(mailed: Visitor, box: Letterbox) -> None:
    """The mail asks; its link shows a button; pressing it begins the digest."""
    admin = mailed.sign_in("admin")
    admin.get("/digest/new")
    assert admin.post("/digest/new", **FORM, address="Desk@paper.example").status == 303
    soon(lambda: len(box.raw) == 1)
    assert "Waits for confirmation" in admin.get("/digest").text
    token = token_of(parts(box.mails[0])[0], "confirm")
    stranger = Visitor(mailed.base, mailed.service, {})
    for _ in range(2):
        assert "Do you want this digest?" in stranger.get(f"/digest/confirm?token={token}").text
    (made,) = admin.service.desk("left").store.subscriptions.list()
    assert made.state is SubscriptionState.PENDING
    reply = stranger.post("/digest/confirm", token=token)
    assert (reply.status, "You get this digest" in reply.text) == (200, True)
    assert "You get this digest" in stranger.get(f"/digest/confirm?token={token}").text
    assert state(admin, made.id) is SubscriptionState.ACTIVE
    assert "Never sent" in admin.get("/digest").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"zone": "Mars/Olympus"}, "is no time zone"),
        ({"sources": "0"}, "independent sources"),
        ({"languages": "english"}, "Languages are codes"),
        ({"quiet_from": "22"}, "Quiet hours"),
        ({"quiet_from": "6", "quiet_to": "6"}, "Quiet hours"),
        ({"hour": "25"}, "hour must be"),
        ({"address": "nobody"}, "no address to which mail can be sent"),
        ({"zone": NASTY}, "is no time zone"),
    ],
)
def test_mistakes_in_the_form_are_said(mailed: Visitor, changes: dict[str, Any], said: str) -> None:
    """Nothing is kept, and what was typed stays."""
    admin = mailed.sign_in("admin")
    admin.get("/digest/new")
    reply = admin.post("/digest/new", **{**FORM, "address": "x@paper.example", "terms": "gas leak", **changes})
    assert reply.status == 422
    assert said in words(reply)
    assert "gas leak" in reply.text
    assert "<script>alert" not in reply.text
    assert admin.service.desk("left").store.subscriptions.list() == ()


def test_the_preview_is_the_mail(mailed: Visitor) -> None:
    """In a frame that may do nothing; alone it carries a policy that lets it do nothing either."""
    ann = person(mailed)
    made = subscribed(mailed, terms=(NASTY,))
    page = ann.get(f"/digest/{made.id}/preview")
    assert f'src="/digest/{made.id}/mail" sandbox' in page.text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    mail = ann.get(f"/digest/{made.id}/mail")
    assert "Nothing new." in mail.text
    assert "sandbox" in mail.headers["Content-Security-Policy"]
    assert "<script" not in mail.text
    assert "Unsubscribe" in mail.text


def test_one_click_unsubscribes_without_anything_else(mailed: Visitor) -> None:
    """As mail programs do it: no cookie, no form token, from wherever; and again without a mistake."""
    made = subscribed(mailed)
    path = link(mailed, Purpose.UNSUBSCRIBE, made.id)
    stranger = Visitor(mailed.base, mailed.service, {})
    headers = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    for _ in range(2):
        reply = stranger.post(path, headers=headers, body="List-Unsubscribe=One-Click")
        assert reply.status == 200
        assert state(mailed, made.id) is SubscriptionState.ENDED
    assert len(stranger.jar) == 0


def test_looking_at_the_unsubscribe_link_ends_nothing(mailed: Visitor) -> None:
    """Scanners of mail open links; the button ends it."""
    made = subscribed(mailed)
    stranger = Visitor(mailed.base, mailed.service, {})
    path = link(mailed, Purpose.UNSUBSCRIBE, made.id)
    page = stranger.get(path)
    assert "No more of this digest?" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert state(mailed, made.id) is SubscriptionState.ACTIVE
    assert "You get no more of it" in stranger.post("/digest/unsubscribe", token=path.split("=")[1]).text
    assert state(mailed, made.id) is SubscriptionState.ENDED


def test_the_settings_link_changes_the_subscription(mailed: Visitor) -> None:
    """Without signing in: other wishes, pause and take up again, and the end."""
    made = subscribed(mailed, newsroom="right")
    stranger = Visitor(mailed.base, mailed.service, {})
    path = link(mailed, Purpose.SETTINGS, made.id)
    token = path.split("=")[1]
    assert "Change a digest" in stranger.get(path).text
    assert "Saved" in stranger.post("/digest/settings", token=token, **FORM, terms="flood").text
    store = mailed.service.desk("right").store.subscriptions
    assert store.get(made.id).wants.terms == ("flood",)
    assert stranger.post("/digest/settings", token=token, **{**FORM, "zone": "x"}).status == 422
    assert "Paused" in stranger.post("/digest/settings", token=token, what="pause").text
    assert store.get(made.id).paused is not None
    assert "Take up again" in stranger.get(path).text
    stranger.post("/digest/settings", token=token, what="resume")
    assert store.get(made.id).paused is None
    assert "You get no more of it" in stranger.post("/digest/settings", token=token, what="end").text
    assert store.get(made.id).state is SubscriptionState.ENDED
    assert "This digest has ended" in stranger.post("/digest/settings", token=token, **FORM).text


@pytest.mark.parametrize("purpose", list(Purpose))
def test_links_that_are_old_cut_off_or_for_something_else(mailed: Visitor, purpose: Purpose) -> None:
    """A page that says what to do, and nothing has changed; also for a digest that is forgotten."""
    made = subscribed(mailed)
    stranger = Visitor(mailed.base, mailed.service, {})
    good = link(mailed, purpose, made.id)
    other = link(mailed, next(each for each in Purpose if each is not purpose), made.id).split("=")[1]
    bad = [
        good[:-2],
        f"/digest/{purpose.value}?token={other}",
        link(mailed, purpose, made.id, ago=timedelta(days=401)),
        link(mailed, purpose, "sub_" + "0" * 24),
        f"/digest/{purpose.value}",
        f"/digest/{purpose.value}?token=%00%ff",
    ]
    for path in bad:
        for reply in (stranger.get(path), stranger.post(path, what="end")):
            assert reply.status == 410
            assert "does not work any more" in reply.text
    assert state(mailed, made.id) is SubscriptionState.ACTIVE
    mailed.service.desk("left").store.subscriptions.forget(made.address)
    assert stranger.get(good).status == 410


def test_nobody_touches_another_ones_digests(mailed: Visitor) -> None:
    """Neither a colleague's nor another newsroom's; an admin sees those of the newsroom alone."""
    made, theirs = subscribed(mailed), subscribed(mailed, "bob@right.example", "right")
    for other, name in (
        (person(mailed, "eve@left.example"), made.id),
        (person(mailed, "bob@right.example", "right"), made.id),
        (Visitor(mailed.base, mailed.service, mailed.keys).sign_in("admin"), theirs.id),
        (Visitor(mailed.base, mailed.service, mailed.keys).sign_in("write"), made.id),
    ):
        assert name not in other.get("/digest").text
        for path in (f"/digest/{name}", f"/digest/{name}/preview", f"/digest/{name}/mail"):
            assert other.get(path).status == 404
        assert other.post(f"/digest/{name}", **FORM).status == 404
        assert other.post(f"/digest/{name}/act", what="end").status == 404
    assert state(mailed, made.id) is state(mailed, theirs.id, "right") is SubscriptionState.ACTIVE
    assert made.id in Visitor(mailed.base, mailed.service, mailed.keys).sign_in("admin").get("/digest").text


def test_a_person_cannot_subscribe_somebody_else(mailed: Visitor, box: Letterbox) -> None:
    """An address in the form of one who is no admin counts for nothing."""
    ann = person(mailed)
    ann.get("/digest/new")
    ann.post("/digest/new", **FORM, address="victim@elsewhere.example")
    assert [each.address for each in ann.service.desk("left").store.subscriptions.list()] == ["ann@left.example"]


def test_without_a_mail_server_it_is_said(visitor: Visitor) -> None:
    """The page says what is missing; what is set up waits; no link of a mail works."""
    admin = visitor.sign_in("admin")
    assert "STORYDIFF_SMTP_HOST is not set" in admin.get("/digest").text
    admin.get("/digest/new")
    assert admin.post("/digest/new", **FORM, address="desk@paper.example").status == 303
    assert admin.get("/digest/unsubscribe?token=x").status == 410


def test_a_key_without_an_address_has_no_digest(visitor: Visitor) -> None:
    """It is said what to do; the form keeps nothing."""
    visitor.sign_in("write")
    assert "you signed in without one" in visitor.get("/digest").text
    visitor.get("/digest/new")
    assert visitor.post("/digest/new", **FORM, address="x@paper.example").status == 422
    assert visitor.service.desk("left").store.subscriptions.list() == ()
