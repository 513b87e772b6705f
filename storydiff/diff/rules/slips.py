"""Whether one figure looks like a slip of another, by its digits."""

from __future__ import annotations

import math

from storydiff.diff.rules.figures import Figure


def _digits(x: Figure) -> str:
    return f"{x.quantity.printed:g}".replace(".", "").rstrip("0")


def turned(x: Figure, y: Figure) -> bool:
    """41,000 and 14,000: the same digits in another order."""
    first, second = _digits(x), _digits(y)
    return len(first) > 1 and first != second and sorted(first) == sorted(second)


def slip(x: Figure, y: Figure) -> bool:
    """12,000 and 2,000, 8 and 18, 1.8 and 18: a digit too many or too few, a point lost, another unit on the digits."""
    first, second = f"{x.quantity.printed:g}", f"{y.quantity.printed:g}"
    longer, shorter = sorted((first, second), key=len, reverse=True)
    moved = _digits(x) == _digits(y)
    lost = _one_unit(x, y) and (longer.endswith(shorter) or longer.startswith(shorter))
    return moved or sorted(first) == sorted(second) or lost


def _one_unit(x: Figure, y: Figure) -> bool:
    """Whether both are printed in one unit: three minutes and 36 years are no slip of each other."""
    return math.isclose(x.quantity.exact * y.quantity.printed, y.quantity.exact * x.quantity.printed, rel_tol=0.01)


def one_digit(x: Figure, y: Figure) -> bool:
    """37 and 34, 620 and 720, 32 and 23: as many digits, and one is another or two are exchanged."""
    first, second = _digits(x), _digits(y)
    if len(first) != len(second) or not _one_unit(x, y):
        return False
    return len(first) > 1 and (turned(x, y) or sum(p != q for p, q in zip(first, second, strict=True)) == 1)
