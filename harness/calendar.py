"""The calendar that MDMS and CIS of a simulated landscape share: three periods, two seasons, public holidays."""

from datetime import time
from zoneinfo import ZoneInfo

import holidays

from ami.time_of_use import Season, Slot, TimeOfUse

OFF_PEAK, SHOULDER, PEAK = 1, 2, 3
PERIOD_NAMES = ("off-peak", "shoulder", "peak")
YEARS = range(2010, 2041)

WINTER = Season(
    "winter",
    frozenset({1, 2, 3, 10, 11, 12}),
    (Slot(time(7), time(16), SHOULDER), Slot(time(16), time(20), PEAK), Slot(time(20), time(22), SHOULDER)),
)
SUMMER = Season("summer", frozenset({4, 5, 6, 7, 8, 9}), (Slot(time(7), time(17), SHOULDER), Slot(time(17), time(20), PEAK)))


def calendar(zone: ZoneInfo) -> TimeOfUse:
    """The calendar in `zone`, with the public holidays of England."""
    days = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=YEARS))
    return TimeOfUse(zone, PERIOD_NAMES, (WINTER, SUMMER), days, OFF_PEAK)
