"""Apportioning: whole watt-hours that follow given weights and sum to a given total, exactly."""

from collections.abc import Sequence
from fractions import Fraction


def apportion(weights: Sequence[Fraction | int], total: int) -> list[int]:
    """Shares of `total` in proportion to `weights`, by largest remainder; of equal remainders the earlier wins.

    weights: none below zero; where all are zero, the shares are equal. total: not below zero.
    """
    if not weights:
        return []
    whole = sum(weights)
    if whole == 0:
        weights, whole = [1] * len(weights), len(weights)
    exact = [Fraction(weight) * total / whole for weight in weights]
    shares = [share.numerator // share.denominator for share in exact]
    by_remainder = sorted(range(len(shares)), key=lambda place: shares[place] - exact[place])
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares
