"""Who gets in, and who does not."""

from storydiff.store import Grant, PassKind
from tests.integration.web.conftest import Visitor


def test_strangers_are_led_to_the_sign_in(visitor: Visitor) -> None:
    """A page that needs a visitor leads to the sign-in, which leads back."""
    reply = visitor.get("/stories?q=mill")
    assert (reply.status, reply.headers["Location"]) == (303, "/sign-in?next=%2Fstories%3Fq%3Dmill")
    visitor.get(reply.headers["Location"])
    reply = visitor.post("/sign-in/key", key=visitor.keys["read"], next="/stories?q=mill")
    assert (reply.status, reply.headers["Location"]) == (303, "/stories?q=mill")
    assert "Mill fire" in visitor.get("/stories?q=mill").text


def test_nobody_else_decides_where_the_sign_in_leads(visitor: Visitor) -> None:
    """An address of another site as the goal is ignored."""
    for goal in ("//evil.example", "https://evil.example", "/\\evil.example", "/a\nb"):
        visitor.get("/sign-in")
        reply = visitor.post("/sign-in/key", key=visitor.keys["read"], next=goal)
        assert reply.headers["Location"] == "/stories"
        visitor.jar.clear()


def test_a_wrong_key_opens_nothing(visitor: Visitor) -> None:
    """It is said, and no cookie is set."""
    visitor.get("/sign-in")
    reply = visitor.post("/sign-in/key", key="sd_" + "0" * 24 + "_" + "x" * 43)
    assert reply.status == 401
    assert "not known here" in reply.text
    assert len(visitor.jar) == 0


def test_a_session_ends_with_its_key(visitor: Visitor) -> None:
    """Whoever signed in with a key that is revoked is out."""
    visitor.sign_in("read")
    store = visitor.service.desk("left").store
    (key,) = (each.id for each in store.keys.list() if each.name == "read")
    store.keys.revoke(key, now=visitor.service.clock())
    assert visitor.get("/stories").status == 303


def test_signing_out_ends_the_session_on_the_server(visitor: Visitor) -> None:
    """The cookie of then opens nothing any more."""
    visitor.sign_in()
    (cookie,) = visitor.jar
    visitor.post("/sign-out")
    assert visitor.get("/stories", Cookie=f"{cookie.name}={cookie.value}").status == 303


def test_a_link_signs_in_once(visitor: Visitor) -> None:
    """Looking at the link uses nothing up; signing in with it does."""
    passes = visitor.service.desk("left").store.passes
    _, secret = passes.create(
        PassKind.LINK, Grant(scope="write", address="ann@left.example"), now=visitor.service.clock()
    )
    for _ in range(2):
        assert secret in visitor.get(f"/sign-in?token={secret}").text
    assert visitor.post("/sign-in/link", token=secret).status == 303
    assert "ann@left.example" in visitor.get("/stories").text
    visitor.jar.clear()
    visitor.get("/sign-in")
    assert visitor.post("/sign-in/link", token=secret).status == 410


def test_forms_of_other_sites_do_nothing(visitor: Visitor) -> None:
    """A form without the session's token, or from another site, is refused, and the session goes on."""
    visitor.sign_in()
    assert visitor.post("/sign-out", csrf="").status == 403
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        assert visitor.post("/sign-out", headers=headers).status == 403
    assert visitor.get("/stories").status == 200


def test_newsrooms_see_their_own_stories(visitor: Visitor) -> None:
    """The list holds one story, of the visitor's newsroom."""
    assert visitor.sign_in("other read").get("/stories").text.count("Mill fire") == 1


def test_the_policy_allows_nothing_foreign(visitor: Visitor) -> None:
    """Pages carry a policy without inline scripts, and the cookie is kept from scripts."""
    reply = visitor.sign_in().get("/stories")
    assert "script-src 'self'" in reply.headers["Content-Security-Policy"]
    assert "unsafe" not in reply.headers["Content-Security-Policy"]
    (cookie,) = visitor.jar
    assert cookie.has_nonstandard_attr("HttpOnly")


def test_assets_are_kept_for_good(visitor: Visitor) -> None:
    """An asset's address holds its hash; another hash is not there."""
    path = visitor.get("/sign-in").text.split('href="/assets/')[1].split('"')[0]
    reply = visitor.get(f"/assets/{path}")
    assert (reply.status, "immutable" in reply.headers["Cache-Control"]) == (200, True)
    assert visitor.get(f"/assets/000000000000/{path.split('/')[1]}").status == 404
    assert visitor.get("/assets/000000000000/nothing.css").status == 404


def test_what_is_not_there_is_said_to_people(visitor: Visitor) -> None:
    """An unknown address gives a page with a way on."""
    reply = visitor.get("/nowhere")
    assert (reply.status, "To the stories" in reply.text) == (404, True)


def test_signing_out_everywhere_ends_the_sessions_of_the_same_key(visitor: Visitor) -> None:
    """Those of the same key are out; those of another key, and of a printed link, are not."""
    visitor.sign_in("read")
    other = Visitor(visitor.base, visitor.service, visitor.keys).sign_in("read")
    third = Visitor(visitor.base, visitor.service, visitor.keys).sign_in("write")
    assert visitor.get("/me").text.count("<li>Since") == 2
    assert visitor.post("/sign-out", everywhere="1").status == 303
    assert [each.get("/stories").status for each in (visitor, other, third)] == [303, 303, 200]
