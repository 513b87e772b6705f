"""Files and folders as people have them, and the options that do not go together."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.conftest import CAUSE, HURT, LEDE, OWNER, STREET, Cli, environment


@pytest.fixture
def texts(tmp_path: Path) -> list[str]:
    """Two texts on one fire, each in the folder of its outlet."""
    paths = [tmp_path / "harbour" / "story.txt", tmp_path / "coast" / "story.txt"]
    for path, dead, more in zip(paths, ("two", "three"), (CAUSE, STREET), strict=True):
        path.parent.mkdir()
        path.write_text("\n\n".join(["Mill fire", "By Anna Lund", LEDE.format(dead=dead), HURT, OWNER, more]))
    return list(map(str, paths))


def outlets(stdout: str) -> list[str]:
    return sorted(version["outlet"] for version in json.loads(stdout)["versions"])


def test_texts_of_one_name_are_two_outlets(cli: Cli, texts: list[str]) -> None:
    """A folder for each outlet names them, also when one is named alone later; bylines are no points."""
    ran = cli("compare", "--story", "fire", *texts, "--json")
    assert outlets(ran.stdout) == ["coast", "harbour"]
    assert not [point for point in json.loads(ran.stdout)["points"] if "Lund" in point["statement"]]
    again = cli("compare", "--story", "fire", texts[0], "--json")
    assert outlets(again.stdout) == ["coast", "harbour"]
    assert json.loads(again.stdout)["revisions"] == []


def test_a_story_of_files_can_be_compared_again_by_its_name(cli: Cli, texts: list[str]) -> None:
    """Nothing is fetched, and nothing is missing."""
    assert cli("compare", "--story", "fire", *texts).returncode == 0
    ran = cli("compare", "--story", "fire", "--only", "conflicts")
    assert ran.returncode == 0, ran.stderr
    assert "1 conflict" in ran.stdout


def test_a_story_that_begins_with_one_article_says_how_to_go_on(cli: Cli, texts: list[str]) -> None:
    """It is kept; there is nothing to compare yet."""
    ran = cli("compare", "--story", "fire", texts[0])
    assert ran.returncode == 3
    assert "only one article so far" in ran.stderr
    assert "storydiff compare --story fire URL" in ran.stderr


def test_a_file_that_holds_another_story_by_now_revises_nothing(cli: Cli, texts: list[str]) -> None:
    """The same paths with the next event make a new story; with a later state of the same texts they go on."""
    first = json.loads(cli("compare", *texts, "--json").stdout)
    path = Path(texts[0])
    path.write_text(path.read_text() + "\n\nProduction will not start again before autumn, the company said later.")
    second = json.loads(cli("compare", *texts, "--json").stdout)
    assert second["story"] == first["story"]
    assert len(second["revisions"]) == 1
    for number, text in enumerate(texts):
        Path(text).write_text(f"Marina floods\n\nA storm flooded the marina of Sandvik on Friday, {number} boats sank.")
    third = json.loads(cli("compare", *texts, "--json").stdout)
    assert third["story"]["slug"] != first["story"]["slug"]
    assert third["revisions"] == []


def test_the_shell_completes_the_names_of_stories(cli: Cli, texts: list[str]) -> None:
    """Those that begin so, for arguments and for --story."""
    assert cli("compare", "--story", "fire", *texts).returncode == 0
    for words, place in [("storydiff story show fi", 3), ("storydiff show ", 2), ("storydiff compare --story f", 3)]:
        asked = {"_STORYDIFF_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(place)}
        assert cli(env=asked).stdout == "plain,fire\n"


def test_a_bad_file_in_a_folder_stops_nothing(cli: Cli, texts: list[str], tmp_path: Path) -> None:
    """The others are compared, and its column says why it is not."""
    for text in texts:
        Path(text).rename(tmp_path / f"{Path(text).parent.name}.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    ran = cli("compare", str(tmp_path))
    assert ran.returncode == 0, ran.stderr
    assert "empty (blocked):" in ran.stdout


def test_a_dash_is_standard_output(cli: Cli, texts: list[str], tmp_path: Path) -> None:
    """For both files; nothing is called so."""
    ran = cli("compare", *texts, "--json", "-o", "-")
    assert outlets(ran.stdout) == ["coast", "harbour"]
    assert "<!doctype html>" in cli("compare", *texts, "-o", "/dev/null", "--html", "-").stdout.lower()
    assert not Path("-").exists()


@pytest.mark.parametrize(
    "options",
    [("--point", "1", "--json"), ("--point", "1", "--only", "conflicts"), ("--only", "changed", "--format", "html")],
)
def test_options_that_would_do_nothing_are_refused(cli: Cli, texts: list[str], options: tuple[str, ...]) -> None:
    """Before anything is fetched, and with what to leave out."""
    ran = cli("compare", *texts, *options)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "--point" in ran.stderr or "--only" in ran.stderr


def test_a_reader_that_stops_reading_is_no_discrepancy(tmp_path: Path) -> None:
    """`storydiff ... | head -1` ends with 0: 1 means something else here."""
    arguments = [sys.executable, "-m", "storydiff", "doctor", "--all"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(tmp_path)) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        ran.stdout.close()
        assert (ran.wait(60), ran.stderr.read()) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_standard_output_is_said(texts: list[str], tmp_path: Path) -> None:
    """One sentence, no traceback, exit 2."""
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "storydiff", "compare", *texts, "--no-store"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(tmp_path),
            timeout=60,
            check=False,
        )
    assert ran.returncode == 2
    assert ran.stderr.startswith("storydiff: Standard output cannot be written")
    assert len(ran.stderr.splitlines()) == 1


def test_no_standard_output_at_all(texts: list[str], tmp_path: Path) -> None:
    """A program that was started without one (`>&-`) still does its work."""
    ran = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&-', "sh", sys.executable, "-m", "storydiff", "compare", *texts, "--no-store"],
        stderr=subprocess.PIPE,
        text=True,
        env=environment(tmp_path),
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_demo_looks_first_where_its_page_goes(cli: Cli) -> None:
    """Not after all is fetched and compared."""
    ran = cli("demo", "--html", "/nonexistent/demo.html")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "/nonexistent/demo.html: its folder does not exist." in ran.stderr
