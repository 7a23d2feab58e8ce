"""Linear interpolation: a short gap is a straight line between its neighbours."""

from fractions import Fraction


def straight_line(before: int | None, after: int | None, count: int) -> list[Fraction] | None:
    """Values for `count` intervals between two neighbours; level where only one is known, None where none is.

    Source: EEI Uniform Business Practices, metering vol. 2, estimating, point-to-point linear interpolation.
    """
    if before is None and after is None:
        return None
    first = after if before is None else before
    last = before if after is None else after
    if first is None or last is None:
        return None
    return [Fraction(first) + Fraction((last - first) * step, count + 1) for step in range(1, count + 1)]
