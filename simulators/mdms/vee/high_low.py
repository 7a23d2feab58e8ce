"""The high/low check: a day's total against the totals of earlier like days."""

from collections.abc import Sequence
from typing import Final

from simulators.mdms.vee.limits import HIGH_PERCENT, LOW_PERCENT

FEWEST_LIKE_DAYS: Final = 3


def out_of_the_ordinary(
    total_wh: int, like_totals: Sequence[int], high_percent: int = HIGH_PERCENT, low_percent: int = LOW_PERCENT
) -> str | None:
    """`high` or `low` where the total is far beyond all like days, else None; also None with fewer than three of them.

    Source: EEI Uniform Business Practices, metering vol. 2, high/low usage check.
    """
    if len(like_totals) < FEWEST_LIKE_DAYS or min(like_totals) <= 0:
        return None
    if total_wh * 100 > max(like_totals) * high_percent:
        return "high"
    if total_wh * 100 < min(like_totals) * low_percent:
        return "low"
    return None
