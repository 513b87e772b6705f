"""Shingles and runs of equal words."""

import random
import time

import numpy as np

from storydiff.text.shingles import SIZE, SIZE_OF_SIGNS, Run, runs, shared_counts, shingled

FIRE = "A fire destroyed the old rope works in Tarnmouth early on Tuesday, the fire service said."
CREWS = "Six crews fought the blaze until dawn and two firefighters were treated for smoke."


def texts(a: list[str], b: list[str]) -> list[tuple[str, str]]:
    """The shared runs as they stand in both texts."""
    one, other = shingled(a), shingled(b)
    out = []
    for run in runs(one, other):
        row, start, end = one.place(slice(run.i, run.i + run.length))
        row_b, start_b, end_b = other.place(slice(run.j, run.j + run.length))
        out.append((a[row][start:end], b[row_b][start_b:end_b]))
    return out


def test_runs_are_exact_in_both() -> None:
    """A run is the same words in both, whatever the case, quotation marks and punctuation."""
    assert texts(["He saw: " + FIRE], [CREWS, "“" + FIRE.upper()]) == [(FIRE[:-1], FIRE.upper()[:-1])]


def test_shortest_run() -> None:
    """Six equal words are a run, five are a phrase."""
    assert texts(["x a fire destroyed the old rope y"], ["a fire destroyed the old rope"]) != []
    assert texts(["x a fire destroyed the old y"], ["a fire destroyed the old"]) == []


def test_run_ends_with_its_paragraph() -> None:
    """Runs do not cross paragraphs."""
    assert texts([FIRE + " " + CREWS], [FIRE, CREWS]) == [(FIRE[:-1], FIRE[:-1]), (CREWS[:-1], CREWS[:-1])]
    assert texts(["a fire destroyed", "the old rope works"], ["a fire destroyed the old rope works"]) == []


def test_longest_place_wins() -> None:
    """Of several places the one that goes on longest is taken."""
    one, other = shingled(["a b c d e f g h"]), shingled(["a b c d e f x", "a b c d e f g h"])
    assert list(runs(one, other)) == [Run(0, 7, 8)]


def test_quoted_words_do_not_count_as_own() -> None:
    """Shingles that touch a quotation are left out, in any quotation marks; apostrophes are no quotation."""
    free = len(shingled([FIRE]).own())
    for left, right in ("“”", '""', "«»", "„“", "‘’"):
        assert len(shingled([f"{left}{FIRE}{right}"]).own()) == 0
    assert len(shingled([f"'{FIRE}'"]).own()) == 0
    assert len(shingled(["The company’s and the workers’ " + FIRE]).own()) > free


def test_open_quotation_lasts_to_the_end_of_its_paragraph() -> None:
    """A quotation that goes on in the next paragraph opens again there."""
    assert len(shingled([f"“{FIRE}", FIRE]).own()) == len(shingled([FIRE]).own())


def test_scripts_without_spaces() -> None:
    """Characters are words there, and a run must be longer."""
    text = "港口的旧绳厂在星期二清晨被大火烧毁消防部门说"
    assert shingled([text]).size == SIZE_OF_SIGNS
    assert texts([text], ["据报道" + text]) == [(text, text)]
    assert shingled([FIRE]).size == SIZE
    assert list(runs(shingled([FIRE]), shingled([text]))) == []


def test_counts() -> None:
    """Counts are symmetric, with nothing on the diagonal."""
    own = [shingled(p).own() for p in ([FIRE], [FIRE, CREWS], [CREWS], [])]
    counts = shared_counts(own)
    assert counts[0, 1] == len(own[0])
    assert counts[1, 2] == len(own[2])
    assert counts[0, 2] == 0
    assert (counts == counts.T).all()
    assert shared_counts([]).shape == (0, 0)


def test_many_shingles_are_estimated() -> None:
    """When shared shingles exceed the sketch the count is an estimate near the truth."""
    draw = np.random.default_rng(1)
    common = np.unique(draw.integers(1, 2**63, 60_000, dtype=np.uint64))
    half = common[::2]
    counts = shared_counts([common, common, half])
    assert abs(counts[0, 1] / len(common) - 1) < 0.02
    assert abs(counts[0, 2] / len(half) - 1) < 0.05


def test_hostile_text() -> None:
    """Text that repeats itself, or opens quotations without end, ends at once."""
    draw = random.Random(1)
    start = time.perf_counter()
    same = shingled(["a " * 20_000])
    assert list(runs(same, same))
    shingled(["'a " * 20_000, "“" * 20_000, "‘a " * 20_000])
    both = [shingled([" ".join(draw.choices("ab", k=20_000))]) for _ in range(2)]
    list(runs(*both))
    assert time.perf_counter() - start < 10
