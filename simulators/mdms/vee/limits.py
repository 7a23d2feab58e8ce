"""The limits that the checks hold readings against, each with where it comes from."""

from dataclasses import dataclass
from typing import Final

SPIKE_PERCENT: Final = 180
"""EEI Uniform Business Practices, metering vol. 2, spike check: (highest - third highest) / third highest above 180 %."""

INTERPOLATE_HOURS: Final = 2
"""EEI Uniform Business Practices, metering vol. 2, estimating: a straight line for gaps of up to two hours."""

LIKE_DAYS: Final = 3
LIKE_WEEKS: Final = 4
"""Same source, estimating: the mean of the latest like days; ours are the latest three of the four weeks before."""

LIKE_TOTALS: Final = 5
"""A week's worth of like days for the high/low check."""

HIGH_PERCENT: Final = 500
LOW_PERCENT: Final = 5
"""Same source, high/low usage: the percentages are the utility's own; ours are wide, for a party is no fault."""

ZERO_RUN_HOURS: Final = 6
"""Same source, zero intervals: the utility's own; ours lets a power cut of an evening pass unasked."""

SUM_TOLERANCE_WH: Final = 1
"""Same source, sum check: the registers' own resolution; two registers of whole watt-hours are off by one together."""

RESCALE_FACTOR: Final = 2
"""Beyond this ratio between registers and intervals nobody can say which is wrong: a person has to look."""

REGISTER_DIGITS: Final = 5
"""A register of whole kWh with five digits turns over at 100,000 kWh."""


@dataclass(frozen=True, slots=True)
class Limits:
    """One utility's limits; the defaults are those of the constants."""

    spike_percent: int = SPIKE_PERCENT
    interpolate_hours: int = INTERPOLATE_HOURS
    like_days: int = LIKE_DAYS
    like_weeks: int = LIKE_WEEKS
    like_totals: int = LIKE_TOTALS
    high_percent: int = HIGH_PERCENT
    low_percent: int = LOW_PERCENT
    zero_run_hours: int = ZERO_RUN_HOURS
    sum_tolerance_wh: int = SUM_TOLERANCE_WH
    rescale_factor: int = RESCALE_FACTOR
    register_digits: int = REGISTER_DIGITS
