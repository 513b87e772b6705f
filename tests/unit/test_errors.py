"""The tree of errors explains itself."""

import inspect

import pytest

from storydiff import errors


def every_error() -> list[type[errors.StorydiffError]]:
    kinds = [k for _, k in inspect.getmembers(errors, inspect.isclass) if issubclass(k, errors.StorydiffError)]
    return sorted(kinds, key=lambda k: k.__name__)


@pytest.mark.parametrize("kind", every_error(), ids=lambda k: k.__name__)
def test_says_what_happened(kind: type[errors.StorydiffError]) -> None:
    """Raised without words, an error still gives a sentence, a code and an exit code that is documented."""
    error = kind()
    assert error.message.endswith(".")
    assert "\n" not in error.message
    assert error.code.replace("_", "").isalpha()
    assert error.exit_code in {2, 3, 4}


def test_the_drawn_tree_is_the_real_one() -> None:
    """The module's drawing names every class, with its real parent one level to the left."""
    drawn: dict[str, int] = {}
    for line in (errors.__doc__ or "").splitlines():
        name = line.strip(" │├└─").split(" ")[0]
        if hasattr(errors, name) and line.startswith("    "):
            drawn[name] = (len(line) - len(line.lstrip(" │├└─")) - 4) // 4
    assert set(drawn) == {k.__name__ for k in every_error()}
    for kind in every_error():
        if kind is not errors.StorydiffError:
            assert drawn[kind.__name__] == drawn[kind.__mro__[1].__name__] + 1


def test_codes_are_snake_case() -> None:
    """Programs get stable names."""
    assert [k().code for k in (errors.RobotsDenied, errors.NotHTML, errors.TimedOut)] == [
        "robots_denied",
        "not_html",
        "timed_out",
    ]


def test_own_words_win() -> None:
    """A message and a hint given at the place of the failure replace the general ones."""
    error = errors.NotFound("https://a.example/x: 404", hint="Look again.")
    assert (str(error), error.hint) == ("https://a.example/x: 404", "Look again.")
