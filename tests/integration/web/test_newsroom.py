"""The page of the newsroom, and what needs a look."""

from datetime import UTC, datetime

from tests.integration.web.conftest import Visitor

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)


def test_the_desk_is_kept(visitor: Visitor) -> None:
    """What an admin enters is kept, and stories are read as our outlet from then on."""
    visitor.sign_in("admin")
    fields = {"title": "The Harbour", "ours": "Harbour Post", "contact": "desk@left.example"}
    assert visitor.post("/newsroom", **fields).status == 303
    found = visitor.service.desk("left").store.newsrooms.get("left")
    assert found is not None
    assert (found.title, found.ours, found.contact) == ("The Harbour", "Harbour Post", "desk@left.example")
    assert "we lack" in visitor.get("/stories").text
    assert visitor.post("/newsroom", title="", ours="", contact="").status == 303
    emptied = visitor.service.desk("left").store.newsrooms.get("left")
    assert emptied is not None
    assert (emptied.ours or None, emptied.contact) == (None, None)
    assert visitor.get("/stories").status == 200


def test_of_what_is_too_long_the_beginning_is_kept(visitor: Visitor) -> None:
    """200 characters of a name; the rest of the form is kept whole."""
    visitor.sign_in("admin")
    assert visitor.post("/newsroom", title="t" * 199 + "uv", ours="o" * 200, contact="desk@left.example").status == 303
    found = visitor.service.desk("left").store.newsrooms.get("left")
    assert found is not None
    assert (found.title, found.ours, found.contact) == ("t" * 199 + "u", "o" * 200, "desk@left.example")


def test_a_wrong_address_is_said_and_nothing_is_kept(visitor: Visitor) -> None:
    """The form comes back with what was entered."""
    visitor.sign_in("admin")
    reply = visitor.post("/newsroom", title="<b>Mine</b>", contact="nobody\r\nBcc: all@left.example")
    assert reply.status == 422
    assert "&lt;b&gt;Mine&lt;/b&gt;" in reply.text
    found = visitor.service.desk("left").store.newsrooms.get("left")
    assert found is not None
    assert found.title == ""


def test_only_an_admin_changes_it(visitor: Visitor) -> None:
    """Others read it without a form."""
    visitor.sign_in("write")
    assert "<input id" not in visitor.get("/newsroom").text
    assert visitor.post("/newsroom", title="Ours").status == 403


def test_what_needs_a_look_stands_above_the_stories(visitor: Visitor) -> None:
    """Open alerts of the newsroom are told; over ones, and other newsrooms', are not."""
    left, right = (visitor.service.desk(name).store.alerts for name in ("left", "right"))
    left.record("watch", "coast-daily.example", "<i>3 of 3</i> pages answer 403.", now=NOW)
    left.record("watch", "quiet.example", "Nothing answers.", now=NOW)
    left.resolve("watch", "quiet.example", now=NOW)
    right.record("watch", "others.example", "Nothing answers.", now=NOW)
    for path in ("/stories", "/newsroom"):
        text = visitor.sign_in("read").get(path).text
        assert "coast-daily.example" in text
        assert "&lt;i&gt;3 of 3&lt;/i&gt; pages answer 403." in text
        assert "quiet.example" not in text
        assert "others.example" not in text
