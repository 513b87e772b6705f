"""The file of licences: what is wrong is said by line, and no value is ever repeated."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from storydiff.errors import BadSetting
from storydiff.fetch.licence_file import read_licences
from storydiff.fetch.licences import Licence, Licences

SECRET = "swordfish-swordfish"


def written(folder: Path, text: str, mode: int = 0o600) -> str:
    """The path of a file with that text."""
    file = folder / "licences.toml"
    file.write_text(text, encoding="utf8")
    file.chmod(mode)
    return str(file)


def test_no_file():
    """Without the setting there are no licences."""
    assert read_licences("") == Licences()


def test_what_is_read(tmp_path):
    """Hosts in any spelling, cookies as one header, what is not said in its safe default."""
    text = f"""
    ["Coast.Example."]
    headers = {{ Authorization = "Bearer {SECRET}", X-Edition = "north" }}
    cookies = {{ a = "1", b = "" }}
    ["küste.example"]
    cookies = {{ a = "1" }}
    plain_http = true
    newsrooms = ["desk"]
    """
    path = written(tmp_path, text)
    assert read_licences(path, "desk").all == (
        Licence(
            host="coast.example",
            headers={"Authorization": f"Bearer {SECRET}", "X-Edition": "north", "Cookie": "a=1; b="},
        ),
        Licence(host="xn--kste-0ra.example", headers={"Cookie": "a=1"}, plain_http=True, newsrooms=("desk",)),
    )
    assert [each.host for each in read_licences(path, "other").all] == ["coast.example"]


GOOD = f'["coast.example"]\nheaders = {{ X-Token = "{SECRET}" }}\n'
WRONG = [
    (f'["a.example"]\nheaders = {{ X = "{SECRET} }}\n', 2, "this is no TOML"),
    (f'["a.example"]\nheaders = {SECRET}\n', 2, "this is no TOML"),
    (f'{GOOD}["coast.example"]\nheaders = {{ X = "{SECRET}" }}\n', 3, "this is no TOML"),
    (f'{GOOD}["a.example"', 3, "this is no TOML"),
    (f'token = "{SECRET}"\n{GOOD}', 1, "outside the table"),
    (f'\n[a.example]\nheaders = {{ X = "{SECRET}" }}\n', 2, "in quotes"),
    (f'["https://a.example/"]\nheaders = {{ X = "{SECRET}" }}\n', 1, "named after a host"),
    (f'["a.example:443"]\nheaders = {{ X = "{SECRET}" }}\n', 1, "named after a host"),
    (f'["example"]\nheaders = {{ X = "{SECRET}" }}\n', 1, "named after a host"),
    (f'{GOOD}\n["COAST.example"]\nheaders = {{ X = "{SECRET}" }}\n', 1, "two tables"),
    (f'{GOOD}{SECRET} = "{SECRET}"\n', 3, "there may only be cookies, headers, newsrooms, plain_http"),
    ('["a.example"]\nplain_http = true\n', 1, "neither headers nor cookies"),
    (f'# a.example\n["a.example"]\nheaders = "{SECRET}"\n', 3, 'headers must look like { name = "value" }'),
    (f'["a.example"]\n[ "a.example".headers ]\nX = 1\nY = "{SECRET}"', 3, "headers must look like"),
    (f'["a.example"]\ncookies = {{ "{SECRET} x" = "1" }}\n', 2, "cookies must look like"),
    (f'["a.example"]\nheaders = {{ Cookie = "{SECRET}" }}\n', 2, "this header cannot be set"),
    (f'["a.example"]\nheaders = {{ user-agent = "{SECRET}" }}\n', 2, "this header cannot be set"),
    (f'["a.example"]\nheaders = {{ X = "{SECRET}\\r\\nY: 1" }}\n', 2, "the value of this header cannot be sent"),
    (f'["a.example"]\nheaders = {{ X = "{SECRET}é" }}\n', 2, "the value of this header cannot be sent"),
    ('["a.example"]\nheaders = { X = "" }\n', 2, "the value of this header cannot be sent"),
    (f'["a.example"]\ncookies = {{ s = "{SECRET}; t=1" }}\n', 2, "the value of this cookie cannot be sent"),
    (f'{GOOD}plain_http = "yes"\n', 3, "plain_http must be true or false"),
    (f"{GOOD}newsrooms = 'desk'\n", 3, "newsrooms must look like"),
    (f"{GOOD}newsrooms = []\n", 3, "no newsroom may use"),
]


@pytest.mark.parametrize(("text", "line", "what"), WRONG)
def test_what_is_wrong(tmp_path, text, line, what):
    """The message names file and line and says what is wrong, without a value."""
    path = written(tmp_path, text)
    with pytest.raises(BadSetting) as told:
        read_licences(path)
    assert told.value.message.startswith(f"STORYDIFF_LICENCES: {path}, line {line}: ")
    assert what in told.value.message
    assert SECRET not in repr(told.getrepr(chain=True, style="short")) + told.value.hint
    assert "docs/run.md" in told.value.hint


@settings(deadline=None)
@given(st.text(max_size=80) | st.binary(max_size=80).map(lambda data: data.decode("latin-1")))
def test_any_file(tmp_path_factory, text):
    """Whatever stands in the file, it is read or it is a BadSetting."""
    path = written(tmp_path_factory.mktemp("any"), '["a.example"]\ncookies = { a = "' + text)
    with suppress(BadSetting):
        assert {each.host for each in read_licences(path).all} >= {"a.example"}


def test_unreadable(tmp_path):
    """A file that is not there, is a folder or is no text is said as such."""
    with pytest.raises(BadSetting, match="cannot be read"):
        read_licences(str(tmp_path / "none"))
    with pytest.raises(BadSetting, match="directory"):
        read_licences(str(tmp_path))
    (tmp_path / "licences.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "licences.toml").chmod(0o600)
    with pytest.raises(BadSetting, match="UTF-8"):
        read_licences(str(tmp_path / "licences.toml"))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://coast.example/", "coast.example"),
        ("https://COAST.example:8443/", "coast.example"),
        ("https://a.b.coast.example/", "coast.example"),
        ("https://inner.coast.example/", "inner.coast.example"),
        ("https://x.inner.coast.example/", "inner.coast.example"),
        ("http://inner.coast.example/", "inner.coast.example"),
        ("https://notcoast.example/", None),
        ("https://coast.example.evil.example/", None),
        ("https://example/", None),
        ("https://evil.example/coast.example", None),
        ("http://coast.example/", None),
    ],
)
def test_whose_licence(url, host):
    """Host and subdomains, the closest table, and http only where it is allowed."""
    licences = Licences(
        (
            Licence(host="coast.example", headers={"X": "1"}),
            Licence(host="inner.coast.example", headers={"X": "2"}, plain_http=True),
        )
    )
    found = licences.for_hop((), URL(url))
    assert (found.host if found else None) == host


def test_the_secret_is_not_shown():
    """Neither the headers nor their parts stand in what a log would write of a licence."""
    licence = Licence(host="coast.example", headers={"Authorization": f"Bearer {SECRET}"})
    assert SECRET not in repr(Licences((licence,)))
    assert licence.text(f"a {SECRET} b, Bearer") == f"a {'*' * len(SECRET)} b, Bearer"
