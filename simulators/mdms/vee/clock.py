"""The clock check: intervals that the meter's clock cut wrongly."""

from collections.abc import Iterable
from typing import Final

from ami.quality import CLOCK_CHANGED

DOUBT: Final = "clock"
OFF_GRID: Final = "off_grid"


def is_off_grid(end: int, day_start: int, minutes: int) -> bool:
    """Whether an interval ends where no interval of its day can. end, day_start: seconds since 1970."""
    return (end - day_start) % (minutes * 60) != 0


def says_clock_changed(qualities: Iterable[str]) -> bool:
    """Whether the meter itself marked the interval: it was not as long as it should be."""
    return CLOCK_CHANGED in qualities
