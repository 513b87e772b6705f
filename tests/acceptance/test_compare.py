"""`storydiff compare` from real pages over HTTP to a comparison."""

import json
from pathlib import Path

import jsonschema

from storydiff.report.json import schema
from storydiff.testing import Newsroom
from tests.acceptance.conftest import CAUSE, HURT, LEDE, STREET, Cli, publish, urls


def test_says_what_each_outlet_reports_and_where_they_differ(cli: Cli, newsroom: Newsroom) -> None:
    """The table names the outlets, the conflict with both wordings, and what is left out; nothing steers the terminal."""
    ran = cli("compare", *urls(newsroom))
    assert ran.returncode == 0, ran.stderr
    for expected in ("Harbour Post", "Coast Daily", "Valley Echo", "1 conflict", "Halden Paper", "three"):
        assert expected in ran.stdout
    assert "\x1b" not in ran.stdout + ran.stderr
    assert ran.stderr == ""


def test_the_json_is_the_public_format(cli: Cli, newsroom: Newsroom) -> None:
    """It validates, every span is exactly the slice it claims, and the conflict is typed."""
    ran = cli("compare", *urls(newsroom), "--json")
    found = json.loads(ran.stdout)
    jsonschema.validate(found, schema())
    texts = {v["id"]: [p["text"] for p in v["paragraphs"]] for v in found["versions"]}
    spans = [(v, e) for p in found["points"] for v, cell in p["coverage"].items() for e in cell["evidence"]]
    spans += [(r["version"], r) for d in found["discrepancies"] for r in d["readings"]]
    assert len(spans) > 15
    for version, span in spans:
        assert texts[version][span["paragraph"]][span["start"] : span["end"]] == span["text"]
    assert [d["type"] for d in found["discrepancies"]] == ["number"]
    assert {r["value"] for r in found["discrepancies"][0]["readings"]} == {"2", "3"}


def test_discrepancies_can_be_an_exit_code(cli: Cli, newsroom: Newsroom) -> None:
    """With --exit-code, 1 says that there are some, 0 that there are none."""
    assert cli("compare", *urls(newsroom), "--exit-code", "--quiet").returncode == 1
    assert cli("compare", *urls(newsroom)[:2], "--exit-code", "--quiet").returncode == 0


def test_every_format_goes_to_a_file_too(cli: Cli, newsroom: Newsroom, tmp_path: Path) -> None:
    """Table, JSON, Markdown, CSV and the page: each is written whole to the file named."""
    for form, mark in [
        ("table", "Coast Daily"),
        ("json", '"schema"'),
        ("markdown", "|"),
        ("csv", ","),
        ("html", "<!doctype"),
    ]:
        target = tmp_path / f"out.{form}"
        ran = cli("compare", *urls(newsroom), "--format", form, "--output", str(target))
        assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
        assert mark in target.read_text(encoding="utf8").lower() or mark in target.read_text(encoding="utf8")


def test_our_own_outlet(cli: Cli, newsroom: Newsroom) -> None:
    """--ours sorts the points by what we lack, where we differ, what only we have."""
    ran = cli("compare", *urls(newsroom), "--ours", "Harbour Post", "--html", "/dev/null")
    assert ran.returncode == 0, ran.stderr
    lack, only = ran.stdout.index("We lack"), ran.stdout.index("Only we have")
    assert lack < ran.stdout.index("Mill Lane")
    assert only < ran.stdout.index("We heard a bang")
    wrong = cli("compare", *urls(newsroom), "--ours", "Nobody Times")
    assert wrong.returncode == 2
    assert "Nobody Times" in wrong.stderr
    assert "Harbour Post" in wrong.stderr


def test_only_one_sort_of_points(cli: Cli, newsroom: Newsroom) -> None:
    """--only conflicts shows the conflict and nothing that all tell alike."""
    ran = cli("compare", *urls(newsroom), "--only", "conflicts")
    assert "people on Monday evening" in ran.stdout
    assert "St Agnes Hospital" not in ran.stdout


def test_the_evidence_for_one_point(cli: Cli, newsroom: Newsroom) -> None:
    """--point N gives the words of every outlet, with address and time; a number too high is said."""
    ran = cli("compare", *urls(newsroom), "--point", "1")
    for expected in ("killed two people", "killed three people", "http://valley-echo.example/mill", "UTC"):
        assert expected in ran.stdout
    assert cli("compare", *urls(newsroom), "--point", "99").returncode == 2


def test_a_story_is_kept_and_comes_back(cli: Cli, newsroom: Newsroom) -> None:
    """Unchanged pages add no version and no collation; A, B, A is three states, and the revert is said."""
    for outlet, at, dead in [
        ("Valley Echo", "2026-03-02T22:00Z", "four"),
        ("Valley Echo", "2026-03-02T23:00Z", "three"),
    ]:
        publish(
            newsroom,
            outlet,
            LEDE.format(dead=dead),
            HURT,
            CAUSE,
            STREET,
            headline="Three die as Dornfeld mill burns",
            at=at,
        )
    numbers = []
    for at in ("2026-03-02T21:30Z", "2026-03-02T21:40Z", "2026-03-02T22:30Z", "2026-03-02T23:30Z"):
        newsroom.clock.set(at)
        ran = cli("compare", "--story", "mill", *(urls(newsroom) if not numbers else []), "--json")
        assert ran.returncode == 0, ran.stderr
        found = json.loads(ran.stdout)
        numbers.append((len(found["versions"]), len(found["revisions"])))
    assert numbers == [(3, 0), (3, 0), (3, 1), (3, 2)]
    assert found["revisions"][-1]["reverts_to"] is not None
    assert all(revision["silent"] for revision in found["revisions"])
    listed = cli("story", "list")
    assert listed.stdout.startswith("mill ")
    assert "3 articles, 5 versions" in listed.stdout
    history = cli("story", "history", "mill")
    assert "four" in history.stdout
    assert "came back" in history.stdout


def test_a_story_may_begin_with_one_outlet(cli: Cli, newsroom: Newsroom) -> None:
    """With --story the first outlet's text is kept, so that its edits are known when the second one comes."""
    one, two, _ = urls(newsroom)
    publish(newsroom, "Harbour Post", LEDE.format(dead="six"), HURT, CAUSE, headline="Six die", at="2026-03-02T22:00Z")
    newsroom.clock.set("2026-03-02T21:30Z")
    alone = cli("compare", "--story", "mill", one)
    assert (alone.returncode, alone.stdout) == (3, "")
    newsroom.clock.set("2026-03-02T22:30Z")
    found = json.loads(cli("compare", "--story", "mill", two, "--json").stdout)
    assert len(found["versions"]) == 2
    assert [revision["outlet"] for revision in found["revisions"]] == ["Harbour Post"]


def test_the_same_sources_are_the_same_story(cli: Cli, newsroom: Newsroom) -> None:
    """Without --story the story is named after the first headline, and found again by its sources."""
    cli("compare", *urls(newsroom), "--quiet")
    cli("compare", *urls(newsroom), "--quiet")
    assert cli("story", "list").stdout.split()[0] == "mill-fire-kills-two-in-dornfeld"
    assert len(cli("story", "list").stdout.splitlines()) == 1


def test_keeping_nothing(cli: Cli, newsroom: Newsroom, tmp_path: Path) -> None:
    """--no-store leaves neither a database nor pages behind."""
    assert cli("compare", *urls(newsroom), "--no-store").returncode == 0
    assert not [path for path in (tmp_path / "data").rglob("*") if path.is_file()]


def test_texts_files_and_standard_input(cli: Cli, tmp_path: Path) -> None:
    """Texts in memory and on disk are compared like pages."""
    one, two = LEDE.format(dead="two") + "\n\n" + HURT, LEDE.format(dead="five") + "\n\n" + STREET
    (tmp_path / "gazette.txt").write_text(one, encoding="utf8")
    ran = cli("compare", str(tmp_path / "gazette.txt"), "-", stdin=two)
    assert ran.returncode == 0, ran.stderr
    for expected in ("gazette", "stdin", "1 conflict"):
        assert expected in ran.stdout
