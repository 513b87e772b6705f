"""Settings are read once, checked, and explained."""

from pathlib import Path

import pytest

from storydiff.errors import BadSetting
from storydiff.settings import Settings


def test_defaults_need_no_environment() -> None:
    """An empty environment gives usable settings."""
    assert Settings.from_env({}) == Settings()


def test_values_are_typed() -> None:
    """Numbers, lists and address maps are read into their types."""
    settings = Settings.from_env(
        {
            "STORYDIFF_TIMEOUT": "2.5",
            "STORYDIFF_ALLOW_HOSTS": "localhost, Paper.example",
            "STORYDIFF_RESOLVE": "paper.example:127.0.0.1:8080 six.example:[::1]:80",
        }
    )
    assert settings.timeout == 2.5
    assert settings.allow_hosts == ("localhost", "paper.example")
    assert settings.resolve == (("paper.example", "127.0.0.1", 8080), ("six.example", "::1", 80))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STORYDIFF_TIMEOUT", "soon"),
        ("STORYDIFF_TIMEOUT", "-1"),
        ("STORYDIFF_TIMEOUT", "nan"),
        ("STORYDIFF_TIMEOUT", "inf"),
        ("STORYDIFF_CONCURRENCY", "0"),
        ("STORYDIFF_MAX_BYTES", "1e9"),
        ("STORYDIFF_SMTP_TLS", "ssl"),
        ("STORYDIFF_WEB_URL", "paper.example"),
        ("STORYDIFF_RESOLVE", "paper.example"),
        ("STORYDIFF_RESOLVE", "paper.example:127.0.0.1:99999"),
    ],
)
def test_a_bad_value_names_its_variable(name: str, value: str) -> None:
    """The error says which variable, which value, and what would be right."""
    with pytest.raises(BadSetting, match=f"{name}='{value}'"):
        Settings.from_env({name: value})


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    """NAME_FILE gives the path of a file that holds the value."""
    secret = tmp_path / "url"
    secret.write_text("postgresql://u:p@db/storydiff\n", encoding="utf8")
    settings = Settings.from_env({"STORYDIFF_DATABASE_URL_FILE": str(secret)})
    assert settings.database_url == "postgresql://u:p@db/storydiff"


def test_a_refused_secret_is_not_repeated() -> None:
    """The message names the variable and says what is wrong, not what the secret is."""
    with pytest.raises(BadSetting, match="STORYDIFF_SIGNING_SECRET=the secret: must be 32") as caught:
        Settings.from_env({"STORYDIFF_SIGNING_SECRET": "swordfish"})
    assert "swordfish" not in str(caught.value)


def test_how_mail_is_sent_is_read() -> None:
    """Words in any case; an address without the slash at its end."""
    settings = Settings.from_env({"STORYDIFF_SMTP_TLS": "TLS", "STORYDIFF_WEB_URL": "https://paper.example/diff/"})
    assert (settings.smtp_tls, settings.web_url) == ("tls", "https://paper.example/diff")


def test_a_missing_secret_file_is_said(tmp_path: Path) -> None:
    """A path that cannot be read is an error that names it."""
    with pytest.raises(BadSetting, match="STORYDIFF_DATABASE_URL_FILE"):
        Settings.from_env({"STORYDIFF_DATABASE_URL_FILE": str(tmp_path / "none")})


def test_an_unknown_variable_is_said() -> None:
    """A misspelt setting is no silent no-op."""
    with pytest.raises(BadSetting, match="STORYDIFF_TIMOUT"):
        Settings.from_env({"STORYDIFF_TIMOUT": "3"})


def test_every_setting_is_documented() -> None:
    """Each row has a variable, a default and a sentence."""
    rows = list(Settings.rows())
    assert len({name for name, _, _ in rows}) == len(rows) > 10
    assert all(text.endswith(".") for _, _, text in rows)


def test_the_documentation_is_the_code() -> None:
    """docs/settings.md holds exactly the rows of the code, in order."""
    page = Path(__file__).parents[2] / "docs" / "settings.md"
    documented = [line for line in page.read_text(encoding="utf8").splitlines() if line.startswith("| `")]
    assert documented == [f"| `{name}` | {default} | {text} |" for name, default, text in Settings.rows()]
