"""docs/format.md says what the schema and the CSV say."""

from pathlib import Path

from storydiff.report.csv import COLUMNS
from storydiff.report.json import schema

PAGE = (Path(__file__).parents[3] / "docs" / "format.md").read_text(encoding="utf8")


def test_every_key_of_the_format_is_documented() -> None:
    """Under the heading of its object, with nothing that the schema does not have."""
    objects = {"collation": schema(), **schema()["$defs"]}
    for name, each in objects.items():
        if "properties" in each:
            section = PAGE.split(f"\n## {name}\n")[1].split("\n#")[0]
            keys = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
            assert keys == list(each["properties"]), name


def test_every_column_of_the_csv_is_documented() -> None:
    """In order, with its meaning."""
    rows = [line for line in PAGE.split("# The CSV")[1].splitlines() if line.startswith("| `")]
    assert rows == [f"| `{column.name}` | {column.about} |" for column in COLUMNS]
